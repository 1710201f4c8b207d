//! The page tree, flattened: every page once, with what it inherits.

use std::collections::BTreeSet;

use super::{
    ahead::{self, Ahead, Repacked, Rewritten, Undecoded},
    content,
    eye::Seen,
    sight::{self, Sight},
    walk::{Home, Walk},
};
use crate::{
    error::Error,
    formats::pdf::{
        model::{Encoding, Fields, Id, Item, Value, tables as types},
        parse::{
            document::Document,
            object::{Dict, Object},
        },
        threats, verify,
    },
    report::{Action, ContentKind, Detail, Spot},
    toolkits::{
        codec::{
            flate::{self, Wrapper},
            repack::Source,
        },
        deflate::Runs,
    },
};

/// Attributes that pages inherit (table 31).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// The box of a page that has none.
const LETTER: [f64; 4] = [0.0, 0.0, 612.0, 792.0];

/// The largest coordinate of a page that is taken for one.
const FARTHEST: f64 = 1_000_000.0;

/// A page of the source.
pub(crate) struct Page<'d, 's> {
    pub(crate) number: u32,
    pub(crate) dict: &'d Dict<'s>,
    pub(crate) inherited: [&'d Object<'s>; 4],
    /// The object in which its resources stand or are named.
    pub(crate) resources_in: u32,
}

/// How much of what is packed by its symbols is inflated again, of one file: a hundredth of a large one's time.
const INFLATED_AGAIN: usize = 256 << 10;

/// A content stream written anew, and what it uses.
pub(crate) struct Painting {
    pub(crate) bytes: Vec<u8>,
    /// What of the source stands in it.
    pub(crate) runs: Runs,
    pub(crate) resources: Fields,
    /// Nothing was taken away from what was rewritten.
    pub(crate) is_whole: bool,
}

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// The pages in order. Nodes and pages are reached once; loops and doubles are recorded.
    pub(crate) fn collect_pages(&mut self, root: &'d Dict<'s>) -> Result<Vec<Page<'d, 's>>, Error> {
        const NULL: &Object<'static> = &Object::Null;
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<(&'d Object<'s>, [&'d Object<'s>; 4], u32)> =
            vec![(root.get(b"Pages"), [NULL; 4], 0)];
        while let Some((node, mut inherited, mut resources_in)) = stack.pop() {
            self.ctx.budget().objects(1)?;
            let (number, node) = self.document.follow(node)?;
            // A page that is a stream is read by its dictionary.
            let Some(dict) = node.as_dict() else { continue };
            if number.is_some_and(|number| !seen.insert(number)) {
                self.at = number.unwrap_or(0);
                self.removed(&threats::PAGE_TREE_AND_LOOPS)?;
                continue;
            }
            for (slot, key) in inherited.iter_mut().zip(INHERITED) {
                let own = dict.get(key);
                if *self.get(own)? != Object::Null {
                    *slot = own;
                    if key == b"Resources" {
                        resources_in = number.unwrap_or(0);
                    }
                }
            }
            let kids = self.get(dict.get(b"Kids"))?;
            let kind = self.get(dict.get(b"Type"))?.as_name();
            match kids {
                Object::Array(kids) if kind != Some(b"Page") => {
                    if dict.has(b"AA") {
                        self.at = number.unwrap_or(0);
                        self.removed(&threats::TRIGGER_PAGE_AA)?;
                    }
                    stack.extend(kids.iter().rev().map(|kid| (kid, inherited, resources_in)));
                }
                _ if kind == Some(b"Pages") => (),
                _ => pages.push(Page { number: number.unwrap_or(0), dict, inherited, resources_in }),
            }
        }
        Ok(pages)
    }

    /// The pages of a file whose page tree is lost, in the order of their numbers.
    pub(crate) fn loose_pages(&mut self) -> Result<Vec<Page<'d, 's>>, Error> {
        let mut pages = Vec::new();
        for number in self.document.source().numbers() {
            let Object::Dict(dict) = self.document.object(number)? else { continue };
            if self.get(dict.get(b"Type"))?.as_name() == Some(b"Page") {
                let inherited = INHERITED.map(|key| dict.get(key));
                pages.push(Page { number, dict, inherited, resources_in: number });
            }
        }
        Ok(pages)
    }

    /// Makes one page of the content that was made `ahead`; `parent` is the root of the new, flat page tree.
    pub(crate) fn page(
        &mut self,
        page: &Page<'d, 's>,
        id: Id,
        parent: Id,
        ahead: Ahead,
    ) -> Result<(), Error> {
        self.at = page.number;
        let [resources, media, crop, rotate] = page.inherited;
        let mut fields = Fields::default();
        fields.set("Type", Value::name("Page"));
        fields.set("Parent", Value::Ref(parent));
        let media = match self.corners(media)? {
            Some(corners) => corners,
            None => {
                self.replaced(&threats::PAGE_TREE_AND_LOOPS)?;
                LETTER
            }
        };
        let crop = self.corners(crop)?.filter(|corners| *corners != media);
        let shown = crop.unwrap_or(media);
        match crop {
            // What is cut off is hidden: the page becomes what is shown of it.
            Some(corners) if self.hidden_goes() => {
                self.removed(&threats::HIDDEN_TEXT_AND_COVER_OBJECTS)?;
                fields.set("MediaBox", numbers(&corners));
            }
            Some(corners) => {
                fields.set("MediaBox", numbers(&media));
                fields.set("CropBox", numbers(&corners));
            }
            None => fields.set("MediaBox", numbers(&media)),
        }
        let degrees = self.get(rotate)?.as_int().unwrap_or(0);
        if degrees % 360 != 0 && degrees % 90 == 0 {
            fields.set("Rotate", Value::Int(degrees.rem_euclid(360)));
        }
        if let Some(unit) = self.get(page.dict.get(b"UserUnit"))?.as_number()
            && (0.001..=75_000.0).contains(&unit)
            && unit != 1.0
        {
            fields.set("UserUnit", Value::number(unit));
        }
        self.home = Home::of(resources, page.resources_in);
        let resources = self.get(resources)?.as_dict();
        self.resources = resources;
        self.about_content(&ahead)?;
        match ahead.content {
            Ok(Repacked { unpacked, rewritten, packed }) => {
                self.shown = Some(shown);
                let written = self.painting(&unpacked.plain, rewritten, resources, id);
                self.shown = None;
                let Painting { bytes, runs, resources, is_whole } = written?;
                fields.set("Resources", Value::Dict(resources));
                if !bytes.is_empty() {
                    let item = match is_whole {
                        true => self.flate_packed(Fields::default(), &bytes, packed)?,
                        false => self.flate_like(Fields::default(), &bytes, unpacked.source(&runs))?,
                    };
                    fields.set("Contents", Value::Ref(self.graph.add(item)));
                }
                flate::give_back(bytes);
                unpacked.give_back(self.ctx.budget());
                let annotations = self.annotations(page.dict, id)?;
                if !annotations.is_empty() {
                    fields.set("Annots", Value::Array(annotations));
                }
            }
            Err(undecoded) => {
                let reason = undecoded.reason();
                let part = format!("page {}", self.page_order.len() + 1);
                let action = self.ctx.choose_with(
                    &threats::PAGE_NOT_REBUILT,
                    Spot::Part(&part),
                    Detail::excerpt(reason),
                )?;
                if action != Action::Remove {
                    self.placeholder(&mut fields, &media, reason)?;
                }
            }
        }
        self.at = page.number;
        for (key, value) in self.dict(types::PAGE_OBJECT, page.dict)?.0 {
            if fields.get(key.bytes()).is_none() {
                fields.0.push((key, value));
            }
        }
        self.graph.put(id, Item::Value(Value::Dict(fields)));
        Ok(())
    }

    /// A page that says it could not be rebuilt.
    fn placeholder(&mut self, fields: &mut Fields, media: &[f64; 4], reason: &str) -> Result<(), Error> {
        let [left, bottom, right, top] = *media;
        let size = ((right - left).min(top - bottom) / 30.0).clamp(1.0, 24.0);
        let (x, y) = (left + 2.0 * size, top - 4.0 * size);
        let text = format!(
            "BT\n/F {size:.2} Tf\n{x:.2} {y:.2} Td\n(This page could not be rebuilt.) Tj\n0 -{:.2} Td\n({reason}) Tj\nET\n",
            size * 1.5
        );
        let mut font = Fields::default();
        font.set("Type", Value::name("Font"));
        font.set("Subtype", Value::name("Type1"));
        font.set("BaseFont", Value::name("Helvetica"));
        let mut fonts = Fields::default();
        fonts.give(b"F", Value::Dict(font));
        let mut resources = Fields::default();
        resources.set("Font", Value::Dict(fonts));
        fields.set("Resources", Value::Dict(resources));
        let item = self.flate(Fields::default(), text.as_bytes())?;
        fields.set("Contents", Value::Ref(self.graph.add(item)));
        Ok(())
    }

    /// The corners of a box, lower left first; `None` where it is no box.
    pub(crate) fn corners(&mut self, object: &'d Object<'s>) -> Result<Option<[f64; 4]>, Error> {
        let corners = any_corners(object, self.document)?;
        if corners.iter().flatten().any(|corner| corner.abs() > FARTHEST) {
            let part = format!("object {}", self.at);
            return Err(self.ctx.refuse(&threats::DEEP_NESTING_AND_SIZES, Spot::Part(&part)));
        }
        Ok(corners)
    }

    /// Says what there is to be said about the content of a page.
    fn about_content(&mut self, Ahead { about, content }: &Ahead) -> Result<(), Error> {
        for _ in 0..about.elsewhere {
            self.removed(&threats::EXTERNAL_STREAM_F)?;
        }
        for _ in 0..about.cut {
            self.replaced(&threats::STREAM_LENGTH_CONFUSION)?;
        }
        match content {
            Err(Undecoded::Unknown) => self.not_decoded(about.long_chain)?,
            Ok(_) if about.several => self.replaced(&threats::CONTENT_ARRAYS_AND_SHARED_STREAMS)?,
            _ => (),
        }
        Ok(())
    }

    /// Rewrites a content stream and the resources it uses. `owner` is the object that is painted by it.
    pub(crate) fn content(
        &mut self,
        bytes: &[u8],
        resources: Option<&'d Dict<'s>>,
        owner: Id,
    ) -> Result<Painting, Error> {
        let mut eye = std::mem::take(&mut self.eye);
        let rewritten = ahead::rewritten(bytes, self.shown, self.level(), &mut eye, self.ctx.budget());
        self.eye = eye;
        self.painting(bytes, rewritten?, resources, owner)
    }

    /// What a content stream that was rewritten from `bytes` paints, and with which resources.
    pub(crate) fn painting(
        &mut self,
        bytes: &[u8],
        rewritten: Rewritten,
        resources: Option<&'d Dict<'s>>,
        owner: Id,
    ) -> Result<Painting, Error> {
        let Rewritten { content: written, recoded, seen } = rewritten;
        if written.too_deep {
            let part = format!("object {}", self.at);
            return Err(self.ctx.refuse(&threats::SHADING_PATTERN_RECURSION, Spot::Part(&part)));
        }
        let mut left_out = written.left_out > 0 || holds_comment(bytes, &written.bytes);
        if written.lost_images > 0 {
            self.removed(&threats::INLINE_IMAGES)?;
        }
        if recoded {
            self.replaced(&threats::INLINE_IMAGES)?;
        }
        let own = self.used_resources(&written.used, resources, owner)?;
        let sight = self.sight(&written, seen, resources, &own)?;
        left_out |= sight.missing > 0;
        if left_out {
            self.removed(&threats::CONTENT_STREAM_OPERATORS)?;
        }
        let Some(bytes) = sight.bytes else {
            return Ok(Painting { bytes: written.bytes, runs: written.runs, resources: own, is_whole: true });
        };
        // What went no longer needs its resources.
        self.paints.remove(&owner);
        let (level, budget) = (self.level(), self.ctx.budget());
        let mut inline = |dict: &Dict<'_>, data: &[u8]| super::image::inline(dict, data, level, budget);
        let written = content::rewrite(&bytes, budget, &mut inline, &mut ())?;
        verify::content(&written.bytes)?;
        let own = self.used_resources(&written.used, resources, owner)?;
        // They are runs of what was taken from, not of the source.
        Ok(Painting { bytes: written.bytes, runs: Runs::default(), resources: own, is_whole: false })
    }

    /// True where the policy takes away what nobody sees.
    pub(crate) fn hidden_goes(&self) -> bool {
        self.ctx.run().policy.action(Some(crate::format::PDF), ContentKind::HiddenContent) == Action::Remove
    }

    /// What a written stream hides, recorded; and the stream without what goes.
    fn sight(
        &mut self,
        written: &content::Content,
        seen: Seen,
        resources: Option<&'d Dict<'s>>,
        own: &Fields,
    ) -> Result<Sight, Error> {
        use content::Category;
        let made = own.0.iter().filter_map(|(category, value)| match value {
            Value::Dict(entries) => Some(entries.0.iter().map(|(name, _)| (category.bytes(), name.bytes()))),
            _ => None,
        });
        let made: BTreeSet<(&[u8], &[u8])> = made.flatten().collect();
        let known = |category: Category, name: &[u8]| made.contains(&(category.key().as_bytes(), name));
        let any_missing = written.used.keys().any(|(category, name)| {
            matches!(category, Category::XObject | Category::ExtGState | Category::Shading)
                && !known(*category, name)
        });
        let (mut layers, mut painted) = (BTreeSet::new(), BTreeSet::new());
        if self.flat {
            for (category, name) in written.used.keys() {
                let Some(source) = resources else { break };
                let Some(entries) = self.get(source.get(category.key().as_bytes()))?.as_dict() else {
                    continue;
                };
                match category {
                    Category::Properties if self.is_off(entries.get(name))? => {
                        layers.insert(name.clone());
                    }
                    Category::XObject => {
                        let layer = self.get(entries.get(name))?.as_dict().map(|dict| dict.get(b"OC"));
                        if let Some(layer) = layer
                            && self.is_off(layer)?
                        {
                            painted.insert(name.clone());
                        }
                    }
                    _ => (),
                }
            }
        }
        let around = sight::Surroundings {
            shown: self.shown,
            layer_is_off: &|name| layers.contains(name),
            painted_is_off: &|name| painted.contains(name),
            missing: &|category, name| !known(category, name),
            any_missing,
            without_layers: self.flat,
            without_hidden_text: self.hidden_goes(),
        };
        let sight = match around.is_removing() {
            true => sight::look(&written.bytes, &around),
            false => Sight { seen, ..Sight::default() },
        };
        if sight.seen == Seen::default() {
            return Ok(sight);
        }
        let part = format!("object {}", self.at);
        if sight.seen.hidden_text {
            self.ctx.choose(&threats::HIDDEN_TEXT_AND_COVER_OBJECTS, Spot::Part(&part))?;
        }
        if sight.seen.covered_text {
            self.ctx.choose(&threats::COVERED_TEXT, Spot::Part(&part))?;
        }
        if sight.seen.replaced_text {
            self.ctx.choose(&threats::ACTUALTEXT_SPOOF, Spot::Part(&part))?;
        }
        Ok(sight)
    }

    /// The resources that were named, each by the type its category asks for.
    fn used_resources(
        &mut self,
        used: &content::Used,
        resources: Option<&'d Dict<'s>>,
        owner: Id,
    ) -> Result<Fields, Error> {
        use content::Category;
        let mut own = Fields::default();
        let Some(resources) = resources else { return Ok(own) };
        let before = self.resources.replace(resources);
        for category in [
            Category::ColorSpace,
            Category::ExtGState,
            Category::Font,
            Category::Pattern,
            Category::Properties,
            Category::Shading,
            Category::XObject,
        ] {
            let map = match category {
                Category::ColorSpace => types::COLOR_SPACE_MAP,
                Category::ExtGState => types::GRAPHICS_STATE_PARAMETER_MAP,
                Category::Font => types::FONT_MAP,
                Category::Pattern => types::PATTERN_MAP,
                Category::Properties => types::DICTIONARY_OF_DICTIONARIES,
                Category::Shading => types::SHADING_MAP,
                Category::XObject => types::XOBJECT_MAP,
            };
            let Some(source) = self.get(resources.get(category.key().as_bytes()))?.as_dict() else {
                continue;
            };
            let mut entries = Fields::default();
            let mut names: Vec<(&[u8], u64)> = used
                .iter()
                .filter(|((known, _), _)| *known == category)
                .map(|((_, name), count)| (name.as_slice(), *count))
                .collect();
            if category == Category::ColorSpace {
                // These change what the device colour operators mean (8.6.5.6).
                names.extend([(&b"DefaultCMYK"[..], 0), (b"DefaultGray", 0), (b"DefaultRGB", 0)]);
                names.sort_unstable();
                names.dedup_by_key(|(name, _)| *name);
            }
            for (name, count) in names {
                if !source.has(name) {
                    continue;
                }
                let object = source.get(name);
                let value = match category {
                    Category::Properties => self.property_list(object)?,
                    _ => match map.row().key(name).map(|key| &key.rule) {
                        Some(crate::formats::pdf::model::allow::Rule::Allow(allowed)) => {
                            let value = self.value(object, allowed)?;
                            if value.is_none() && *self.get(object)? != Object::Null {
                                self.lost_resource(object)?;
                            }
                            value
                        }
                        _ => None,
                    },
                };
                let Some(value) = value else { continue };
                if let (Category::XObject | Category::Pattern | Category::Font, Value::Ref(painted)) =
                    (category, &value)
                {
                    self.paints.entry(owner).or_default().push((*painted, count.max(1)));
                }
                entries.give(name, value);
            }
            if !entries.0.is_empty() {
                own.set(category.key(), Value::Dict(entries));
            }
        }
        self.resources = before;
        Ok(own)
    }

    fn lost_resource(&mut self, object: &'d Object<'s>) -> Result<(), Error> {
        let dict = self.get(object)?.as_dict();
        let threat = match dict.and_then(|dict| dict.get(b"Subtype").as_name()) {
            Some(b"PS") => &threats::POSTSCRIPT_XOBJECT,
            _ => &threats::PIECEINFO_AND_PRIVATE_DATA,
        };
        self.removed(threat)
    }

    /// A property list: a layer, or what tags need.
    fn property_list(&mut self, object: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let (number, target) = self.document.follow(object)?;
        let Object::Dict(dict) = target else { return Ok(None) };
        let kind = match self.get(dict.get(b"Type"))?.as_name() {
            Some(b"OCG") => types::OPT_CONTENT_GROUP,
            Some(b"OCMD") => types::OPT_CONTENT_MEMBERSHIP,
            _ => {
                let mut fields = Fields::default();
                if let Some(id) = self.get(dict.get(b"MCID"))?.as_int() {
                    fields.set("MCID", Value::Int(id));
                }
                for key in ["ActualText", "Alt", "E", "Lang"] {
                    if let Object::String(text) = self.get(dict.get(key.as_bytes()))? {
                        fields.set(key, Value::String(self.text(text)?));
                    }
                }
                if fields.0.len() < dict.len() {
                    self.removed(&threats::PIECEINFO_AND_PRIVATE_DATA)?;
                }
                return Ok(Some(Value::Dict(fields)));
            }
        };
        Ok(Some(match number {
            Some(number) => Value::Ref(self.assign(number, kind)?),
            None => Value::Dict(self.dict(kind, dict)?),
        }))
    }

    /// A stream of `bytes`, deflated by the symbols of `source` where it can be.
    pub(crate) fn flate_like(
        &mut self,
        fields: Fields,
        bytes: &[u8],
        source: Option<Source<'_>>,
    ) -> Result<Item, Error> {
        let packed = ahead::packed(bytes, source, self.level(), self.ctx.budget())?;
        self.flate_packed(fields, bytes, packed)
    }

    /// A stream of `bytes`, which were deflated to `packed`.
    fn flate_packed(&mut self, fields: Fields, bytes: &[u8], packed: Vec<u8>) -> Result<Item, Error> {
        let budget = self.ctx.budget();
        // Verification does not inflate contents. Of the first ones it is seen here that another reads them so.
        if self.inflated_again < INFLATED_AGAIN {
            self.inflated_again += bytes.len();
            match flate::inflate_paid(&packed, bytes.len() as u64, Wrapper::Zlib, budget) {
                Ok(again) if again == bytes => (),
                Err(error @ Error::Limit(_)) => return Err(error),
                _ => return Err(Error::Internal("a stream that does not inflate to what was packed")),
            }
        }
        Ok(Item::Stream { fields, encoding: Encoding::Flate, predictor: None, bytes: packed })
    }

    /// A stream of `bytes`, deflated.
    pub(crate) fn flate(&self, fields: Fields, bytes: &[u8]) -> Result<Item, Error> {
        let packed = flate::deflate_briefly(bytes, self.level(), Wrapper::Zlib)?;
        Ok(Item::Stream { fields, encoding: Encoding::Flate, predictor: None, bytes: packed })
    }
}

/// The corners of a box, however far they are.
fn any_corners<'s>(object: &Object<'s>, document: &Document<'s>) -> Result<Option<[f64; 4]>, Error> {
    let Object::Array(items) = document.resolve(object)? else { return Ok(None) };
    let mut corners = [0.0; 4];
    if items.len() < 4 {
        return Ok(None);
    }
    for (corner, item) in corners.iter_mut().zip(items) {
        match document.resolve(item)?.as_number() {
            Some(number) if number.is_finite() => *corner = number,
            _ => return Ok(None),
        }
    }
    let [a, b, c, d] = corners;
    let is_far = corners.iter().any(|corner| corner.abs() > FARTHEST);
    Ok((is_far || (a != c && b != d)).then_some([a.min(c), b.min(d), a.max(c), b.max(d)]))
}

/// The part of a page that is shown.
pub(crate) fn shown_part<'s>(page: &Page<'_, 's>, document: &Document<'s>) -> Result<[f64; 4], Error> {
    let [_, media, crop, _] = page.inherited;
    Ok(match any_corners(crop, document)? {
        Some(corners) => corners,
        None => any_corners(media, document)?.unwrap_or(LETTER),
    })
}

/// True where `source` has comments, which the stream `written` from it has not. A comment is told by its sign,
/// of which fewer are left; pictures within the content may hold any number of them.
fn holds_comment(source: &[u8], written: &[u8]) -> bool {
    let signs = |bytes: &[u8]| memchr::memchr_iter(b'%', bytes).count();
    memchr::memchr(b'%', source).is_some()
        && signs(source) > signs(written)
        && memchr::memmem::find(source, b"BI").is_none()
}

/// An array of numbers.
pub(crate) fn numbers(values: &[f64]) -> Value {
    Value::Array(values.iter().map(|value| Value::number(*value)).collect())
}

//! Elements that mean more than their name: fields, links, objects, changes, comments, properties.

use super::{
    fields,
    filter::{Fate, Filter, Frame, Role, Standing, detail},
};
use crate::{
    error::Error,
    formats::ooxml::{
        allow::{Class, Hook},
        field::Write,
        threats,
    },
    policy::MetadataField,
    report::{Action, Threat},
    toolkits::markup::xml::{Attribute, escape, split},
};

/// The `uri` of graphic data that holds an OLE object (ECMA-376 Part 1, 19.3.2.4), in both namespaces.
const OLE_GRAPHIC: [&str; 2] = [
    "http://schemas.openxmlformats.org/presentationml/2006/ole",
    "http://purl.oclc.org/ooxml/presentationml/ole",
];

/// Programs whose name changes how a reader lays a document out.
const PRODUCERS: [&str; 6] = [
    "Microsoft Excel",
    "Microsoft Macintosh Excel",
    "Microsoft Office PowerPoint",
    "Microsoft Macintosh PowerPoint",
    "Microsoft Office Word",
    "Microsoft Macintosh Word",
];

impl<'a> Filter<'a, '_, '_> {
    /// Does what the hook of an element asks. True when the element is dealt with.
    pub(super) fn hooked(
        &mut self,
        hook: Hook,
        class: Class,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        self.strangers_last(class)?;
        match hook {
            Hook::FieldChar => self.field_char(empty),
            Hook::FieldInstruction => self.field_instruction(class, name, empty),
            Hook::SimpleField => self.simple_field(class, name, empty, canonical),
            Hook::WordObject => self.word_object(class, name, empty),
            Hook::GraphicData => self.graphic_data(),
            Hook::CellFormula => self.cell_formula(class, name, empty, canonical),
            Hook::DefinedName => self.defined_name(class, name, empty, canonical),
            Hook::TrackedChange => self.tracked_change(name, empty),
            Hook::CommentMark => self.policy_decides(&threats::PPTX_COMMENTS_AUTHORS, name, empty),
            Hook::HiddenText => self.policy_decides(&threats::OOXML_HIDDEN_CONTENT, name, empty),
            Hook::Property => self.property(name, empty),
            Hook::SheetObjects | Hook::SlideObject => {
                self.leave(empty, &threats::OOXML_OLE_EMBEDDED_OBJECT, name).map(|()| true)
            }
            Hook::SheetControls | Hook::SlideControls => {
                self.leave(empty, &threats::OOXML_ACTIVEX_CONTROL, name).map(|()| true)
            }
            Hook::Sheet => self.sheet(class, hook, name, empty, canonical),
            Hook::Producer => self.producer(class, name, empty, canonical),
            Hook::PictureName => self.picture_name(class, name, empty, canonical),
            Hook::Reported => self.reported(class, hook, name, empty, canonical),
            Hook::Protection => {
                self.ctx.choose(&threats::DOCX_PROTECTION_SETTINGS, self.offset())?;
                Ok(false)
            }
            Hook::Hyperlink | Hook::Blip | Hook::VmlImage | Hook::ExternalData | Hook::CacheSource => {
                Ok(false)
            }
        }
    }

    /// What an element is without the relationship it names.
    pub(super) fn without_relation(&self, class: Class, hook: Option<Hook>) -> Standing {
        let has = |wanted: &[u8]| self.attributes.iter().any(|attribute| attribute.split().1 == wanted);
        match hook {
            // The frame and its alternative text stay where the picture is gone.
            Some(Hook::Blip) => Standing::Keep,
            Some(Hook::Hyperlink) => match class.usual_name() {
                ("w", _) if has(b"anchor") => Standing::Keep,
                ("w", _) => Standing::Unwrap,
                ("x", _) if has(b"location") => Standing::Keep,
                _ => Standing::Leave,
            },
            Some(Hook::VmlImage) => Standing::Leave,
            // The picture around it says the same.
            _ if class.usual_name() == ("asvg", "svgBlip") => Standing::Leave,
            _ if class.needs_target() => Standing::Leave,
            _ => Standing::Keep,
        }
    }

    fn field_char(&mut self, empty: bool) -> Result<bool, Error> {
        match self.field_write {
            Some(Write::Keep | Write::Text(_)) => Ok(false),
            Some(Write::Drop) | None => self.skip(empty).map(|()| true),
        }
    }

    fn field_instruction(&mut self, class: Class, name: &'a [u8], empty: bool) -> Result<bool, Error> {
        match self.field_write {
            Some(Write::Keep) => {
                if !empty {
                    // Only characters: the tags are written as they stand, and the text is checked.
                    let start = self.tokenizer.span();
                    self.judge_attributes(class, None)?;
                    let (text, canonical) = self.element_text()?;
                    if !canonical || self.fates.iter().any(|fate| *fate != Fate::Keep) {
                        self.rewrite_text(start.0, name, &text);
                    }
                }
                self.count();
                Ok(true)
            }
            Some(Write::Text(text)) => {
                let start = self.tokenizer.span();
                self.judge_attributes(class, None)?;
                if !empty {
                    self.element_text()?;
                }
                self.rewrite_text(start.0, name, text);
                self.count();
                Ok(true)
            }
            Some(Write::Drop) | None => self.skip(empty).map(|()| true),
        }
    }

    /// Writes the element whose start tag stood at `start`, and whose end was just read, with `text` in it.
    pub(super) fn rewrite_text(&mut self, start: usize, name: &[u8], text: &str) {
        let end = self.tokenizer.span().1;
        let Self { output, attributes, fates, .. } = self;
        output.replace((start, end), |written| {
            super::filter::write_tag(written, name, attributes, fates, false);
            escape::encode(text, escape::Within::Text, written);
            written.extend_from_slice(b"</");
            written.extend_from_slice(name);
            written.push(b'>');
        });
    }

    fn simple_field(
        &mut self,
        class: Class,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        match self.field_write {
            Some(Write::Keep) => Ok(false),
            Some(Write::Text(text)) => {
                self.judge_attributes(class, None)?;
                for (attribute, fate) in self.attributes.iter().zip(&mut self.fates) {
                    if attribute.split().1 == b"instr" {
                        *fate = Fate::Replace(text.to_owned());
                    }
                }
                self.write_start(name, empty, canonical);
                self.open(class, empty);
                Ok(true)
            }
            Some(Write::Drop) | None => {
                self.unwrap(empty);
                Ok(true)
            }
        }
    }

    /// An OLE object in a run: what draws its preview stays, as a picture.
    fn word_object(&mut self, class: Class, name: &'a [u8], empty: bool) -> Result<bool, Error> {
        if !empty && !self.tokenizer.declares_namespaces() && begins_with_drawing(self.tokenizer.rest(), name)
        {
            // Strict documents draw the preview as any picture, which stands in a run by itself.
            self.output.omit(self.tokenizer.span());
            self.frames.push(Frame::new(class, Role::Unwrapped, None));
            return Ok(true);
        }
        let mark = Some(self.output.mark(self.tokenizer.span().0));
        self.fates = self
            .attributes
            .iter()
            .map(|attribute| match attribute.name.starts_with(b"xmlns") {
                true => self.declaration(attribute),
                false => Ok(Fate::Leave),
            })
            .collect::<Result<_, _>>()?;
        let renamed = super::filter::renamed(name, "pict");
        let Self { output, attributes, fates, tokenizer, .. } = self;
        output.replace(tokenizer.span(), |written| {
            super::filter::write_tag(written, &renamed, attributes, fates, empty);
        });
        if !empty {
            self.frames.push(Frame::new(class, Role::Renamed("pict"), mark));
        }
        Ok(true)
    }

    /// The frame of an OLE object on a slide becomes the picture it holds: everything from the frame down to
    /// the picture loses its tags, and the picture is judged as a child of the slide's shape tree.
    fn graphic_data(&mut self) -> Result<bool, Error> {
        let Some(uri) = self.attribute_value(b"uri")? else { return Ok(false) };
        if !OLE_GRAPHIC.contains(&uri.trim()) {
            return Ok(false);
        }
        let index = self.frames.iter().rposition(|frame| frame.class.usual_name() == ("p", "graphicFrame"));
        let Some((index, mark)) = index.and_then(|index| Some((index, self.frames.get(index)?.mark?))) else {
            return Ok(false);
        };
        let class =
            index.checked_sub(1).and_then(|parent| self.frames.get(parent)).map(|parent| parent.class);
        let Some(class) = class else { return Ok(false) };
        self.removed(&threats::PPTX_OLE_OBJECTS_PROGID, None)?;
        self.meet_object(index, mark);
        self.output.roll_back(mark, self.tokenizer.span().1);
        for frame in self.frames.iter_mut().skip(index) {
            *frame = Frame::new(class, Role::PictureOnly, None);
        }
        self.frames.push(Frame::new(class, Role::PictureOnly, None));
        self.picture_found = false;
        Ok(true)
    }

    /// An element on the way from an object's frame to its picture. True when it is dealt with.
    pub(super) fn towards_picture(&mut self, class: Class, local: &[u8], empty: bool) -> Result<bool, Error> {
        if local == b"oleObj" {
            self.meet_shape()?;
        }
        match local {
            b"pic" if !self.picture_found => {
                self.picture_found = true;
                Ok(false)
            }
            b"AlternateContent" | b"Choice" | b"Fallback" | b"oleObj" if !empty => {
                self.output.omit(self.tokenizer.span());
                self.frames.push(Frame::new(class, Role::PictureOnly, None));
                Ok(true)
            }
            _ => self.skip(empty).map(|()| true),
        }
    }

    /// The program that wrote the document. Readers lay out by it, so a known name stays; any other would be
    /// text that nobody sees.
    fn producer(
        &mut self,
        class: Class,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        if empty {
            return self.leave(empty, &threats::OPC_CORE_PROPERTIES, name).map(|()| true);
        }
        let start = self.tokenizer.span();
        self.judge_attributes(class, None)?;
        let tag_stands = self.tag_stands(canonical);
        let (text, text_stands) = self.element_text()?;
        let is_version = text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !PRODUCERS.contains(&text.as_str()) && !is_version {
            self.output.omit((start.0, self.tokenizer.span().1));
            self.removed(&threats::OPC_CORE_PROPERTIES, Some(detail(name)))?;
            return Ok(true);
        }
        if !tag_stands || !text_stands {
            self.rewrite_text(start.0, name, &text);
        }
        self.count_element(class);
        Ok(true)
    }

    /// What a reader of the report should know of, though it stays.
    fn reported(
        &mut self,
        class: Class,
        hook: Hook,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        let threat = match class.usual_name() {
            ("a", "srcRect") => {
                let is_crop =
                    |raw: &str| raw.trim_end_matches('%').parse::<f64>().is_ok_and(|part| part > 0.0);
                self.attributes
                    .iter()
                    .any(|attribute| is_crop(attribute.raw))
                    .then_some(&threats::OOXML_IMAGE_CROP_HIDDEN_AREA)
            }
            ("x", "numFmt") => {
                let code = self.attribute_value(b"formatCode")?.unwrap_or_default();
                // Three empty sections show nothing; nothing but quoted text shows that instead of the value.
                let is_constant = code.len() > 2
                    && code.starts_with('"')
                    && code.trim_end_matches('"').rfind('"') == Some(0);
                (code.contains(";;;") || is_constant).then_some(&threats::XLSX_NUMBER_FORMAT_SPOOF)
            }
            ("w", "sz") => {
                // One point and less: nobody reads that in a run. In a paragraph's own mark it is a thin line.
                let is_tiny =
                    self.attribute_value(b"val")?.is_some_and(|size| matches!(&*size, "0" | "1" | "2"));
                let of_run = || {
                    let mut outer = self.frames.iter().rev().map(|frame| frame.class.usual_name());
                    outer.next() == Some(("w", "rPr")) && outer.next() == Some(("w", "r"))
                };
                (is_tiny && of_run()).then_some(&threats::OOXML_HIDDEN_CONTENT)
            }
            _ => self.attribute_value(b"loop")?.is_some().then_some(&threats::PPTX_PRESPROPS_KIOSK_AUTORUN),
        };
        let Some(threat) = threat else { return Ok(false) };
        if self.ctx.choose(threat, self.offset())? == Action::Keep {
            return Ok(false);
        }
        match class.usual_name() {
            // The whole picture shows, and the number itself.
            ("a", "srcRect") | ("w", "sz") => self.skip(empty).map(|()| true),
            ("x", "numFmt") => {
                self.judge_attributes(class, Some(hook))?;
                for (attribute, fate) in self.attributes.iter().zip(&mut self.fates) {
                    if attribute.split().1 == b"formatCode" {
                        *fate = Fate::Replace("General".to_owned());
                    }
                }
                self.write_start(name, empty, canonical);
                self.open(class, empty);
                Ok(true)
            }
            _ => self.without_attribute(b"loop", class, hook, name, empty, canonical),
        }
    }

    /// A sheet: a hidden one is reported, and shown where the policy keeps nothing hidden.
    fn sheet(
        &mut self,
        class: Class,
        hook: Hook,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        let threat = match self.attribute_value(b"state")?.as_deref() {
            Some("veryHidden") => &threats::XLSX_SHEET_VERYHIDDEN,
            Some("hidden") => &threats::OOXML_HIDDEN_CONTENT,
            _ => return Ok(false),
        };
        if self.ctx.choose(threat, self.offset())? == Action::Keep {
            return Ok(false);
        }
        self.without_attribute(b"state", class, hook, name, empty, canonical)
    }

    /// Writes the element at hand without one of its attributes.
    fn without_attribute(
        &mut self,
        local: &[u8],
        class: Class,
        hook: Hook,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        if self.judge_attributes(class, Some(hook))? != Standing::Keep {
            return self.skip(empty).map(|()| true);
        }
        for (attribute, fate) in self.attributes.iter().zip(&mut self.fates) {
            if attribute.split().1 == local {
                *fate = Fate::Leave;
            }
        }
        self.write_start(name, empty, canonical);
        self.open(class, empty);
        Ok(true)
    }

    fn tracked_change(&mut self, name: &'a [u8], empty: bool) -> Result<bool, Error> {
        if self.ctx.choose(&threats::OOXML_TRACKED_CHANGES_HIDDEN, self.offset())? == Action::Keep {
            return Ok(false);
        }
        match split(name).1 {
            b"ins" | b"moveTo" => {
                self.unwrap(empty);
                Ok(true)
            }
            _ => self.skip(empty).map(|()| true),
        }
    }

    /// Kept or left out, as the policy says.
    fn policy_decides(&mut self, threat: &'static Threat, name: &[u8], empty: bool) -> Result<bool, Error> {
        match self.ctx.choose_with(threat, self.offset(), detail(name))? {
            Action::Keep => Ok(false),
            _ => self.skip(empty).map(|()| true),
        }
    }

    /// A document property: kept where the policy names it.
    fn property(&mut self, name: &[u8], empty: bool) -> Result<bool, Error> {
        let field = match split(name).1 {
            b"title" => Some(MetadataField::Title),
            b"language" => Some(MetadataField::Language),
            b"creator" | b"lastModifiedBy" => Some(MetadataField::Author),
            b"created" | b"modified" => Some(MetadataField::Dates),
            _ => None,
        };
        if field.is_some_and(|field| self.ctx.switches().keep_metadata.contains(&field)) {
            return Ok(false);
        }
        self.leave(empty, &threats::OPC_CORE_PROPERTIES, name).map(|()| true)
    }

    /// The value of the attribute with this local name at the element at hand.
    pub(super) fn attribute_value(&self, local: &[u8]) -> Result<Option<std::borrow::Cow<'a, str>>, Error> {
        let known = self.attributes.iter().take(self.known_attributes);
        let found = known.into_iter().find(|attribute: &&Attribute<'a>| attribute.split().1 == local);
        found
            .map(|found| escape::decode(found.raw, escape::Within::Attribute, found.offset as u64))
            .transpose()
    }

    /// Tells the plan of the fields about the token at hand.
    pub(super) fn follow_fields(&mut self, token: &crate::toolkits::markup::xml::Token<'a>) {
        let Some(replay) = &mut self.fields else { return };
        self.field_write = None;
        if let Some(mark) = fields::mark(token, self.tokenizer.attributes()) {
            self.field_write = Some(replay.event(mark));
            if matches!(
                (mark, token),
                (
                    crate::formats::ooxml::field::Mark::BeginSimple,
                    crate::toolkits::markup::xml::Token::Start { empty: true, .. }
                )
            ) {
                replay.event(crate::formats::ooxml::field::Mark::EndSimple);
            }
        }
    }

    /// True while the part is inside the instruction of a field: what stands there is not shown.
    pub(super) fn hidden_by_field(&self) -> bool {
        self.fields.as_ref().is_some_and(|replay| replay.hides())
    }
}

/// Whether the first element of `content` is a `drawing` with the prefix of `name`.
fn begins_with_drawing(content: &[u8], name: &[u8]) -> bool {
    let (prefix, _) = split(name);
    let tag = content.trim_ascii_start().strip_prefix(b"<");
    let Some((drawing, behind)) = tag.and_then(|tag| tag.split_at_checked(name.len() + 1)) else {
        return false;
    };
    split(drawing) == (prefix, b"drawing")
        && matches!(behind.first(), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n'))
}

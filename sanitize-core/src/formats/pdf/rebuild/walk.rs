//! The walk from the catalog: each value against the allow-list, each object once per type.

use std::collections::{BTreeMap, BTreeSet};

use super::{eye::Eye, image::Recoded};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::pdf::{
        model::{
            Fields, Graph, Id, Item, Value,
            allow::{Allowed, Rule, Shape, TypeId, kind},
            tables as types,
        },
        parse::{
            document::Document,
            object::{Dict, Object},
        },
        threats,
    },
    report::{Detail, Spot, Threat},
};

/// An object that was named and is yet to be made.
struct Job {
    id: Id,
    number: u32,
    kind: TypeId,
    /// The resources of the stream that named it, for streams that have none of their own.
    home: Option<Home>,
}

/// Where a resource dictionary stands. Walks let go of what they have read, and find it again by this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// The object with this number.
    Object(u32),
    /// `/Resources` of the object with this number.
    In(u32),
}

impl Home {
    /// The home of `resources`, found in the object `number`.
    pub(crate) fn of(resources: &Object<'_>, number: u32) -> Option<Self> {
        match resources {
            Object::Ref(resources) => Some(Self::Object(*resources)),
            Object::Null => None,
            _ => Some(Self::In(number)),
        }
    }
}

/// What was assigned: most objects are of one type.
#[derive(Default)]
struct Known {
    first: Vec<Option<(TypeId, Id)>>,
    others: BTreeMap<(u32, TypeId), Id>,
}

/// Where keys were found in the tables: objects of a kind come one after the other, with the same keys.
struct Places([u8; 256]);

impl Places {
    /// The place of `key` in the table of `kind`.
    fn find(&mut self, kind: TypeId, key: &[u8]) -> Option<usize> {
        let row = kind.row();
        let (first, last) = (key.first().copied().unwrap_or(0), key.last().copied().unwrap_or(0));
        let mixed = (first ^ last.rotate_left(3) ^ (key.len() as u8).rotate_left(5)) ^ (kind.0 as u8);
        let met = self.0.get_mut(usize::from(mixed))?;
        if row.keys.get(usize::from(*met)).is_some_and(|known| known.key.as_bytes() == key && key != b"*") {
            return Some(usize::from(*met));
        }
        let place = row.place(key)?;
        *met = u8::try_from(place).unwrap_or(u8::MAX);
        Some(place)
    }
}

/// The walk and what it has made so far.
pub(crate) struct Walk<'d, 's, 'c, 'r> {
    pub(crate) document: &'d Document<'s>,
    pub(crate) ctx: &'c mut Ctx<'r>,
    pub(crate) graph: Graph,
    /// The last one is made first, while what names it is still held.
    jobs: Vec<Job>,
    known: Known,
    places: Places,
    /// Pages by their number in the source.
    pub(crate) pages: BTreeMap<u32, Id>,
    /// Pages in order.
    pub(crate) page_order: Vec<Id>,
    /// Where the walk stands, for findings.
    pub(crate) at: u32,
    /// What the stream being written may fall back on.
    pub(crate) resources: Option<&'d Dict<'s>>,
    /// Where that stands.
    pub(crate) home: Option<Home>,
    /// How often each content stream paints others.
    pub(crate) paints: BTreeMap<Id, Vec<(Id, u64)>>,
    /// Annotations that stand on a page, by source number.
    pub(crate) annotations: BTreeMap<u32, Id>,
    /// Colour profiles by source number; `None` where one could not be rebuilt.
    profiles: BTreeMap<u32, Option<Id>>,
    /// Layers that are off when the document opens.
    pub(crate) layers_off: BTreeSet<u32>,
    /// Layers are taken away: what is off goes, what is on stays without them.
    pub(crate) flat: bool,
    /// A font for values of fields, once one was needed.
    pub(crate) japanese: Option<Value>,
    /// What the page shows of itself; `None` within forms.
    pub(crate) shown: Option<[f64; 4]>,
    /// Who looks on while content is written.
    pub(crate) eye: Eye,
    /// How much of what was packed was inflated again.
    pub(crate) inflated_again: usize,
    /// Photographs that were made ahead, by source number.
    pub(crate) photographs: BTreeMap<u32, Result<Option<Recoded>, Error>>,
}

impl<'d, 's> Walk<'d, 's, '_, '_> {
    pub(crate) fn budget(&self) -> &'d crate::budget::Budget
    where
        's: 'd,
    {
        self.document.source().budget()
    }

    pub(crate) fn level(&self) -> u32 {
        self.ctx.switches().compression.deflate_level()
    }

    /// Records that something is left out at the object the walk stands at.
    pub(crate) fn removed(&mut self, threat: &'static Threat) -> Result<(), Error> {
        let part = format!("object {}", self.at);
        self.ctx.removed(threat, Spot::Part(&part))
    }

    /// As [`Walk::removed`], with a fact.
    pub(crate) fn removed_with(&mut self, threat: &'static Threat, detail: Detail) -> Result<(), Error> {
        let part = format!("object {}", self.at);
        self.ctx.removed_with(threat, Spot::Part(&part), detail)
    }

    /// Records that something is written otherwise than it stood.
    pub(crate) fn replaced(&mut self, threat: &'static Threat) -> Result<(), Error> {
        let part = format!("object {}", self.at);
        self.ctx.replaced(threat, Spot::Part(&part), None)
    }

    /// What `object` refers to.
    pub(crate) fn get(&self, object: &'d Object<'s>) -> Result<&'d Object<'s>, Error> {
        self.document.resolve(object)
    }

    /// The place of the object `number` as a `kind`; queued when it is new.
    pub(crate) fn assign(&mut self, number: u32, kind: TypeId) -> Result<Id, Error> {
        if let Some(id) = self.assigned(number, kind) {
            return Ok(id);
        }
        self.document.pay(1)?;
        let id = self.graph.place();
        let index = self.document.source().index(number);
        match index.and_then(|index| self.known.first.get_mut(index)) {
            Some(first @ None) => *first = Some((kind, id)),
            _ => {
                self.known.others.insert((number, kind), id);
            }
        }
        self.jobs.push(Job { id, number, kind, home: self.home });
        Ok(id)
    }

    /// What became of a colour profile, if it was met before.
    pub(crate) fn assigned_profile(&self, number: u32) -> Option<Option<Id>> {
        self.profiles.get(&number).copied()
    }

    pub(crate) fn keep_profile(&mut self, number: u32, id: Option<Id>) {
        self.profiles.insert(number, id);
    }

    /// The place of an object that was assigned before.
    pub(crate) fn assigned(&self, number: u32, kind: TypeId) -> Option<Id> {
        let index = self.document.source().index(number);
        match index.and_then(|index| self.known.first.get(index)).copied().flatten() {
            Some((known, id)) if known == kind => Some(id),
            None if index.is_some() => None,
            _ => self.known.others.get(&(number, kind)).copied(),
        }
    }

    /// `object` as far as `allowed` lets it be written; `None` where it is not of an allowed type.
    pub(crate) fn value(
        &mut self,
        object: &'d Object<'s>,
        allowed: &Allowed,
    ) -> Result<Option<Value>, Error> {
        let has = |bits: u32| allowed.kinds & bits != 0;
        if let Object::Ref(number) = object
            && let Some(id) = self.met(*number, allowed)
        {
            return Ok(Some(Value::Ref(id)));
        }
        let (number, target) = self.document.follow(object)?;
        let listed = |text: &[u8]| {
            allowed.values.is_empty() || allowed.values.iter().any(|value| value.as_bytes() == text)
        };
        Ok(match target {
            Object::Null => has(kind::NULL).then_some(Value::Null),
            Object::Bool(value) => has(kind::BOOL).then_some(Value::Bool(*value)),
            Object::Int(value) if has(kind::INT) => (allowed.values.is_empty()
                || listed(value.to_string().as_bytes()))
            .then_some(Value::Int(*value)),
            Object::Int(value) => has(kind::NUMBER).then_some(Value::Int(*value)),
            Object::Real(value) if has(kind::NUMBER) => Some(Value::Real(*value)),
            // Whole numbers written as reals are read by every viewer.
            Object::Real(_) => target.as_int().filter(|_| has(kind::INT)).map(Value::Int),
            Object::Name(name) => (has(kind::NAME) && listed(name)).then(|| Value::Name(name.to_vec())),
            Object::String(text) if has(kind::STRING) => Some(Value::String(self.text(text)?)),
            Object::String(_) => None,
            Object::Array(items) => {
                if has(kind::RECTANGLE) {
                    return self.rectangle(items);
                }
                if has(kind::MATRIX) {
                    return self.numbers(items, 6);
                }
                let Some(chosen) = self.choose(allowed.links, target, Shape::Array)? else { return Ok(None) };
                if chosen == types::ICCBASED_COLOR_SPACE {
                    return self.icc_space(items);
                }
                match number {
                    Some(number) if chosen != types::PAGE_OBJECT => {
                        Some(Value::Ref(self.assign(number, chosen)?))
                    }
                    _ => Some(Value::Array(self.array(chosen, items)?)),
                }
            }
            Object::Dict(dict) => return self.dictionary(number, dict, target, allowed),
            Object::Stream(stream) => match self.choose(allowed.links, target, Shape::Stream)? {
                Some(chosen) => match number {
                    Some(number) => Some(Value::Ref(self.assign(number, chosen)?)),
                    None => None,
                },
                // A stream where a dictionary is wanted is read by its own.
                None if !has(kind::STREAM) && number.is_some() => {
                    return self.dictionary(number, &stream.dict, target, allowed);
                }
                None => None,
            },
            Object::Ref(_) => None,
        })
    }

    /// A dictionary, `target` itself or that of a stream, in the object `number` or within another.
    fn dictionary(
        &mut self,
        number: Option<u32>,
        dict: &'d Dict<'s>,
        target: &'d Object<'s>,
        allowed: &Allowed,
    ) -> Result<Option<Value>, Error> {
        if allowed.kinds & kind::NAME_TREE != 0 {
            return self.tree(dict, b"Names", allowed).map(Some);
        }
        if allowed.kinds & kind::NUMBER_TREE != 0 {
            return self.tree(dict, b"Nums", allowed).map(Some);
        }
        if allowed.links.contains(&types::PAGE_OBJECT)
            && let Some(page) = number.and_then(|number| self.pages.get(&number))
        {
            return Ok(Some(Value::Ref(*page)));
        }
        let Some(chosen) = self.choose(allowed.links, target, Shape::Dict)? else { return Ok(None) };
        if chosen == types::PAGE_OBJECT {
            return Ok(None);
        }
        let chosen = self.narrowed(chosen, dict)?;
        Ok(Some(match number {
            // Where it is used a map of roles is told from other dictionaries, whatever it names.
            Some(number) if chosen != types::ROLE_MAP => Value::Ref(self.assign(number, chosen)?),
            _ => {
                let mut fields = self.dict(chosen, dict)?;
                if chosen == types::STRUCT_ELEM {
                    self.no_action(dict, &mut fields)?;
                }
                Value::Dict(fields)
            }
        }))
    }

    /// The place of an object that was met before as one of the allowed types: it need not be read again.
    fn met(&self, number: u32, allowed: &Allowed) -> Option<Id> {
        if allowed.links.contains(&types::PAGE_OBJECT)
            && let Some(page) = self.pages.get(&number)
        {
            return Some(*page);
        }
        let (known, id) = self.known.first.get(self.document.source().index(number)?).copied().flatten()?;
        let is_tree = allowed.kinds & (kind::NAME_TREE | kind::NUMBER_TREE) != 0;
        (!is_tree && allowed.links.contains(&known)).then_some(id)
    }

    /// The one type in which code writes a dictionary that the model knows under several.
    fn narrowed(&self, chosen: TypeId, dict: &Dict<'_>) -> Result<TypeId, Error> {
        let is_field = [
            types::ANNOT_WIDGET,
            types::FIELD,
            types::FIELD_TX,
            types::FIELD_BTN_PUSH,
            types::FIELD_BTN_CHECKBOX,
            types::FIELD_BTN_RADIO,
            types::FIELD_CHOICE,
        ];
        Ok(match chosen {
            _ if !is_field.contains(&chosen) => chosen,
            _ if dict.get(b"Subtype").as_name() == Some(b"Widget") => types::WIDGET,
            _ => types::FIELD_GROUP,
        })
    }

    /// Four numbers, however a rectangle's corners are given.
    fn rectangle(&mut self, items: &'d [Object<'s>]) -> Result<Option<Value>, Error> {
        let Some(Value::Array(numbers)) = self.numbers(items, 4)? else { return Ok(None) };
        Ok(Some(Value::Array(numbers)))
    }

    fn numbers(&mut self, items: &'d [Object<'s>], count: usize) -> Result<Option<Value>, Error> {
        let mut numbers = Vec::new();
        for item in items.iter().take(count) {
            match self.get(item)?.as_number() {
                Some(number) if number.is_finite() => numbers.push(Value::number(number)),
                _ => return Ok(None),
            }
        }
        Ok((numbers.len() == count).then_some(Value::Array(numbers)))
    }

    /// The type among `links` that `target` is: none of its telling keys contradicts, and the most agree.
    pub(crate) fn choose(
        &self,
        links: &[TypeId],
        target: &'d Object<'s>,
        shape: Shape,
    ) -> Result<Option<TypeId>, Error> {
        let mut best: Option<(usize, TypeId)> = None;
        for link in links.iter().filter(|link| link.row().shape == shape) {
            if let Some(score) = self.score(*link, target)?
                && best.is_none_or(|(known, _)| score > known)
            {
                best = Some((score, *link));
            }
        }
        Ok(best.map(|(_, link)| link))
    }

    fn score(&self, link: TypeId, target: &'d Object<'s>) -> Result<Option<usize>, Error> {
        let mut score = 16_usize;
        let row = link.row();
        for index in row.telling {
            let index = usize::from(*index);
            let Some(key) = row.keys.get(index) else { continue };
            let (Rule::Allow(allowed) | Rule::Hook(allowed)) = &key.rule else { continue };
            let value = match target {
                // Of an array the row for any place tells nothing.
                Object::Array(_) if !key.key.starts_with(|first: char| first.is_ascii_digit()) => continue,
                Object::Array(items) => match items.get(index) {
                    Some(item) => self.get(item)?,
                    None => return Ok(None),
                },
                _ => match target.as_dict() {
                    Some(dict) => self.get(dict.get(key.key.as_bytes()))?,
                    None => return Ok(None),
                },
            };
            let listed = |text: &[u8]| allowed.values.iter().any(|value| value.as_bytes() == text);
            let agrees = match value {
                Object::Name(name) => listed(name),
                Object::Int(value) => listed(value.to_string().as_bytes()),
                Object::Real(_) => value.as_int().is_some_and(|value| listed(value.to_string().as_bytes())),
                // Other kinds of key, such as a page where a name may stand, tell nothing.
                Object::Null => {
                    if matches!(key.key, "Subtype" | "S" | "FunctionType" | "ShadingType" | "PatternType")
                        && allowed.required
                    {
                        score = score.saturating_sub(1);
                    }
                    continue;
                }
                _ => continue,
            };
            if agrees {
                score += if key.key == "Type" { 1 } else { 4 };
            } else if key.key == "Type" {
                // A wrong /Type alone is passed over by viewers.
                score = score.saturating_sub(1);
            } else {
                return Ok(None);
            }
        }
        // An array of a colour space starts with a name; one whose name nobody lists is none.
        Ok(Some(score))
    }

    /// The items of an array of type `kind`.
    pub(crate) fn array(&mut self, kind: TypeId, items: &'d [Object<'s>]) -> Result<Vec<Value>, Error> {
        let row = kind.row();
        let mut values = Vec::with_capacity(items.len());
        let fixed = row.keys.first().is_some_and(|key| key.key == "0");
        for (index, item) in items.iter().enumerate() {
            if index % 1024 == 1023 {
                self.ctx.budget().objects(1024)?;
            }
            let Some(key) = row.item(index) else {
                self.removed(&threats::PIECEINFO_AND_PRIVATE_DATA)?;
                break;
            };
            let value = match &key.rule {
                Rule::Allow(allowed) => self.value(item, allowed)?,
                Rule::Hook(allowed) => self.hook_item(kind, index, item, allowed)?,
                Rule::Writer => None,
                Rule::Drop(threat) => {
                    self.removed(threats::by_id(threat))?;
                    None
                }
            };
            match value {
                Some(value) => values.push(value),
                // In arrays whose places mean something a hole must stay a hole.
                None if fixed => values.push(Value::Null),
                None => (),
            }
        }
        Ok(values)
    }

    /// The entries of a dictionary of type `kind`, in the order of the table.
    pub(crate) fn dict(&mut self, kind: TypeId, dict: &'d Dict<'s>) -> Result<Fields, Error> {
        let row = kind.row();
        self.document.pay(dict.len() as u64 / 8 + 1)?;
        let mut given: Vec<(usize, &'d [u8], &'d Object<'s>)> = Vec::with_capacity(dict.len());
        for (key, value) in dict.iter() {
            given.push((self.places.find(kind, key).unwrap_or(usize::MAX), key, value));
        }
        // What the table does not know comes last. The sort is stable: of equal keys the last counts.
        given.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let mut fields = Fields(Vec::with_capacity(given.len()));
        let mut entries = given.into_iter().peekable();
        while let Some((place, key, value)) = entries.next() {
            if entries.peek().is_some_and(|next| next.1 == key) {
                self.removed_with(
                    &threats::DICTIONARY_DUPLICATE_KEYS,
                    Detail::name(&String::from_utf8_lossy(key)),
                )?;
                continue;
            }
            let Some(known) = row.keys.get(place) else {
                match row.any().map(|key| &key.rule) {
                    Some(Rule::Allow(allowed)) => {
                        if let Some(value) = self.value(value, allowed)? {
                            fields.give(key, value);
                        }
                    }
                    _ => self.unknown(kind, key)?,
                }
                continue;
            };
            match &known.rule {
                Rule::Allow(allowed) => {
                    if let Some(value) = self.value(value, allowed)? {
                        fields.0.push((crate::formats::pdf::model::Field::Known(known.key), value));
                    } else if *self.get(value)? != Object::Null {
                        self.lost(kind, known.key, value)?;
                    }
                }
                Rule::Hook(allowed) => {
                    if let Some(value) = self.hook(kind, known.key, value, dict, allowed)? {
                        fields.0.push((crate::formats::pdf::model::Field::Known(known.key), value));
                    }
                }
                Rule::Writer => (),
                Rule::Drop(threat) => self.removed(threats::by_id(threat))?,
            }
        }
        if self.flat {
            let layer = crate::formats::pdf::model::Field::Known("OC");
            fields.0.retain(|(field, _)| *field != layer);
        }
        Ok(fields)
    }

    /// A value of a type its key cannot have.
    fn lost(&mut self, kind: TypeId, key: &str, value: &'d Object<'s>) -> Result<(), Error> {
        let threat = match self.get(value)?.as_dict().map(|dict| dict.get(b"Subtype").as_name()) {
            Some(Some(b"PS")) => &threats::POSTSCRIPT_XOBJECT,
            _ => &threats::PIECEINFO_AND_PRIVATE_DATA,
        };
        self.removed_with(threat, Detail::name(&format!("{}.{key}", kind.row().name)))
    }

    /// A key that the specification does not know here.
    fn unknown(&mut self, kind: TypeId, key: &[u8]) -> Result<(), Error> {
        let threat = match key {
            b"F" | b"FFilter" => &threats::EXTERNAL_STREAM_F,
            b"A" | b"PA" => &threats::TRIGGER_LINK_PA,
            b"AA" => &threats::TRIGGER_ANNOTATION_AA,
            b"JS" => &threats::ACTION_JAVASCRIPT,
            b"AF" => &threats::ASSOCIATED_FILES,
            b"Metadata" => &threats::METADATA_XMP,
            b"Subtype2" | b"PS" => &threats::POSTSCRIPT_XOBJECT,
            b"XFA" => &threats::XFA,
            _ => &threats::PIECEINFO_AND_PRIVATE_DATA,
        };
        let name = format!("{}.{}", kind.row().name, String::from_utf8_lossy(key));
        self.removed_with(threat, Detail::name(&name))
    }

    /// A name or number tree as one sorted node.
    pub(crate) fn tree(
        &mut self,
        root: &'d Dict<'s>,
        leaf: &'static [u8],
        allowed: &Allowed,
    ) -> Result<Value, Error> {
        let pairs = self.tree_pairs(root, leaf)?;
        let kinds = kind::DICT | kind::ARRAY | kind::STREAM;
        let leaf_allowed = Allowed { kinds, links: allowed.links, values: &[], required: false };
        let mut items = Vec::with_capacity(pairs.len() * 2);
        for (key, value) in pairs {
            if let Some(value) = self.value(value, &leaf_allowed)? {
                items.push(key.value());
                items.push(value);
            }
        }
        let mut fields = Fields::default();
        fields.set(if leaf == b"Names" { "Names" } else { "Nums" }, Value::Array(items));
        Ok(Value::Dict(fields))
    }

    /// The entries of a dictionary whose keys are names of the document, sorted; of equal keys the last counts.
    pub(crate) fn entries(
        &mut self,
        dict: &'d Dict<'s>,
    ) -> Result<BTreeMap<&'d [u8], &'d Object<'s>>, Error> {
        self.ctx.budget().objects(dict.len() as u64)?;
        let entries: BTreeMap<&[u8], _> = dict.iter().map(|(key, value)| (&**key, value)).collect();
        if entries.len() < dict.len() {
            self.removed(&threats::DICTIONARY_DUPLICATE_KEYS)?;
        }
        Ok(entries)
    }

    /// The leaves of a name or number tree, sorted; loops are walked once.
    pub(crate) fn tree_pairs(
        &mut self,
        root: &'d Dict<'s>,
        leaf: &'static [u8],
    ) -> Result<BTreeMap<TreeKey, &'d Object<'s>>, Error> {
        let mut pairs = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            self.ctx.budget().objects(1)?;
            if let Object::Array(items) = self.get(node.get(leaf))? {
                self.ctx.budget().objects(items.len() as u64)?;
                for pair in items.chunks_exact(2) {
                    let [key, value] = pair else { continue };
                    let key = match self.get(key)? {
                        Object::String(key) => TreeKey::Name(key.to_vec()),
                        Object::Name(key) => TreeKey::Name(key.to_vec()),
                        Object::Int(key) => TreeKey::Number(*key),
                        _ => continue,
                    };
                    pairs.entry(key).or_insert(value);
                }
            }
            if let Object::Array(kids) = self.get(node.get(b"Kids"))? {
                for kid in kids {
                    let (number, kid) = self.document.follow(kid)?;
                    if number.is_some_and(|number| !seen.insert(number)) {
                        self.removed(&threats::PAGE_TREE_AND_LOOPS)?;
                        continue;
                    }
                    if let Object::Dict(kid) = kid {
                        stack.push(kid);
                    }
                }
            }
        }
        Ok(pairs)
    }

    /// What stands for an object that could not be made. What content paints stays as something that paints
    /// nothing, since the content names it already; anything else goes with every reference to it.
    fn nothing(&self, kind: TypeId) -> Result<Item, Error> {
        let mut fields = Fields::default();
        match kind {
            types::XOBJECT_FORM_TYPE1 | types::XOBJECT_IMAGE => {
                fields.set("Type", Value::name("XObject"));
                fields.set("Subtype", Value::name("Form"));
                fields.set("BBox", super::page::numbers(&[0.0, 0.0, 1.0, 1.0]));
                fields.set("Resources", Value::Dict(Fields::default()));
                self.flate(fields, b"")
            }
            types::SHADING_TYPE4 | types::SHADING_TYPE5 | types::SHADING_TYPE6 | types::SHADING_TYPE7 => {
                let mut function = Fields::default();
                function.set("FunctionType", Value::Int(2));
                function.set("Domain", super::page::numbers(&[0.0, 1.0]));
                function.set("N", Value::Int(1));
                fields.set("ShadingType", Value::Int(2));
                fields.set("ColorSpace", Value::name("DeviceGray"));
                fields.set("Coords", super::page::numbers(&[0.0; 4]));
                fields.set("Function", Value::Dict(function));
                Ok(Item::Value(Value::Dict(fields)))
            }
            _ => Ok(Item::Value(Value::Null)),
        }
    }

    /// Objects that are yet to be made and their types, the next one first.
    pub(crate) fn next_jobs(&self) -> impl Iterator<Item = (u32, TypeId)> {
        self.jobs.iter().rev().map(|job| (job.number, job.kind))
    }

    /// Makes the objects that were named, until none is left or it is time to let go of what was read. True when
    /// none is left.
    pub(crate) fn run(&mut self) -> Result<bool, Error> {
        while !self.document.is_full() {
            self.pictures_ahead()?;
            let Some(job) = self.jobs.pop() else { return Ok(true) };
            self.at = job.number;
            self.home = job.home;
            // Only these fall back on the resources of others.
            let falls_back = job.kind.row().shape == Shape::Stream || job.kind == types::FONT_TYPE3;
            self.resources = match job.home.filter(|_| falls_back) {
                Some(Home::Object(number)) => self.get(self.document.object(number)?)?.as_dict(),
                Some(Home::In(number)) => match self.get(self.document.object(number)?)?.as_dict() {
                    Some(dict) => self.get(dict.get(b"Resources"))?.as_dict(),
                    None => None,
                },
                None => None,
            };
            let object = self.document.object(job.number)?;
            let object = self.get(object)?;
            let item = match (job.kind.row().shape, object) {
                // A stream where a dictionary is wanted is read by its own.
                (Shape::Dict, Object::Dict(_) | Object::Stream(_)) => {
                    let Some(dict) = object.as_dict() else { continue };
                    let mut fields = self.special_dict(job.kind, dict, job.id)?;
                    self.without_person(job.kind, &mut fields);
                    Some(Item::Value(Value::Dict(fields)))
                }
                (Shape::Array, Object::Array(items)) => {
                    Some(Item::Value(Value::Array(self.array(job.kind, items)?)))
                }
                (Shape::Stream, Object::Stream(stream)) => self.stream(job.kind, stream, job.id)?,
                _ => None,
            };
            let item = match item {
                Some(item) => item,
                None => self.nothing(job.kind)?,
            };
            self.graph.put(job.id, item);
        }
        Ok(self.jobs.is_empty())
    }
}

/// A key of a name or number tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TreeKey {
    Number(i64),
    Name(Vec<u8>),
}

impl TreeKey {
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Number(number) => Value::Int(*number),
            Self::Name(name) => Value::String(name.clone()),
        }
    }
}

/// What a walk has made and has yet to make, free of what it has read.
#[derive(Default)]
pub(crate) struct Progress {
    graph: Graph,
    jobs: Vec<Job>,
    known: Known,
    pages: BTreeMap<u32, Id>,
    page_order: Vec<Id>,
    paints: BTreeMap<Id, Vec<(Id, u64)>>,
    annotations: BTreeMap<u32, Id>,
    profiles: BTreeMap<u32, Option<Id>>,
    layers_off: BTreeSet<u32>,
    flat: bool,
    japanese: Option<Value>,
}

impl<'d, 's, 'c, 'r> Walk<'d, 's, 'c, 'r> {
    /// A walk over `document` that goes on where another stopped.
    pub(crate) fn resume(document: &'d Document<'s>, ctx: &'c mut Ctx<'r>, progress: Progress) -> Self {
        let Progress {
            graph,
            jobs,
            mut known,
            pages,
            page_order,
            paints,
            annotations,
            profiles,
            layers_off,
            flat,
            japanese,
        } = progress;
        known.first.resize(document.source().count(), None);
        Self {
            document,
            ctx,
            graph,
            jobs,
            known,
            places: Places([u8::MAX; 256]),
            pages,
            page_order,
            at: 0,
            resources: None,
            home: None,
            paints,
            annotations,
            profiles,
            layers_off,
            flat,
            japanese,
            shown: None,
            inflated_again: 0,
            eye: Eye::default(),
            photographs: BTreeMap::new(),
        }
    }

    /// Stops, and lets go of what was read.
    pub(crate) fn stop(self) -> Result<Progress, Error> {
        self.document.settle()?;
        Ok(Progress {
            graph: self.graph,
            jobs: self.jobs,
            known: self.known,
            pages: self.pages,
            page_order: self.page_order,
            paints: self.paints,
            annotations: self.annotations,
            profiles: self.profiles,
            layers_off: self.layers_off,
            flat: self.flat,
            japanese: self.japanese,
        })
    }
}

impl Progress {
    /// What was made.
    pub(crate) fn into_graph(self) -> Graph {
        self.graph
    }
}

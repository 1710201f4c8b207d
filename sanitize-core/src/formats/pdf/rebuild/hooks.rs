//! Keys whose value needs more than a type: where the table says `Hook`.

use std::collections::BTreeMap;

use super::{
    annots,
    page::Painting,
    walk::{Home, Walk},
};
use crate::{
    error::Error,
    formats::pdf::{
        model::{
            Field, Fields, Id, Value,
            allow::{Allowed, TypeId},
            tables as types,
        },
        parse::object::{Dict, Object},
        threats,
    },
    report::Spot,
};

/// Fonts whose codes are letters of a known encoding, unless they say otherwise.
const FONTS: [TypeId; 3] = [types::FONT_TYPE1, types::FONT_TRUE_TYPE, types::FONT_MULTIPLE_MASTER];

/// How much replacement text an element has before a person should look at it. Ligatures and abbreviations, for
/// which it is meant, have less.
const REPLACED: usize = 48;

/// How long a value without a blank is before it is taken for coded bytes.
const STAGED: usize = 120;

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// The value of a hooked key, `None` where other code writes it or nothing is left.
    pub(crate) fn hook(
        &mut self,
        kind: TypeId,
        key: &'static str,
        value: &'d Object<'s>,
        dict: &'d Dict<'s>,
        allowed: &Allowed,
    ) -> Result<Option<Value>, Error> {
        let name = kind.row().name;
        match (name, key) {
            ("Catalog", _) => match key {
                "StructTreeRoot" => self.value(value, allowed),
                "Lang" => {
                    let keep =
                        self.ctx.switches().keep_metadata.contains(&crate::policy::MetadataField::Language);
                    if keep { self.value(value, allowed) } else { Ok(None) }
                }
                "PageMode" => match self.get(value)?.as_name() {
                    Some(mode @ (b"UseNone" | b"UseOutlines" | b"UseThumbs" | b"UseOC")) => {
                        Ok(Some(Value::Name(mode.to_vec())))
                    }
                    _ => {
                        self.removed(&threats::VIEWER_PREFERENCES_AND_PAGEMODE)?;
                        Ok(None)
                    }
                },
                _ => Ok(None),
            },
            ("PageObject" | "OutlineItem" | "InteractiveForm", _) => Ok(None),
            ("Widget" | "FieldGroup" | "AnnotFreeText", "DA") => self.default_appearance(value),
            ("Widget" | "FieldGroup", "V" | "DV") => self.field_value(value),
            ("Widget" | "FieldGroup", "Parent") => {
                let (number, target) = self.document.follow(value)?;
                match (number, target) {
                    (Some(number), Object::Dict(parent)) if !self.is_signature(parent)? => {
                        Ok(self.assigned(number, types::FIELD_GROUP).map(Value::Ref))
                    }
                    _ => Ok(None),
                }
            }
            ("Widget" | "FieldGroup", "Kids") => self.field_kids(value),
            ("Widget" | "FieldGroup", "FT") => match self.get(value)?.as_name() {
                Some(field @ (b"Tx" | b"Btn" | b"Ch")) => Ok(Some(Value::Name(field.to_vec()))),
                _ => Ok(None),
            },
            ("Widget", "MK") => self.value(value, allowed),
            (_, "AP") => self.appearance(value),
            ("FontType3", _) | ("CMapStream", "UseCMap") => Ok(None),
            ("FontType0", "Encoding") => {
                let (number, target) = self.document.follow(value)?;
                match (number, target) {
                    (_, Object::Name(name)) => Ok(Some(Value::Name(name.to_vec()))),
                    (Some(number), Object::Stream(_)) => {
                        Ok(Some(Value::Ref(self.assign(number, types::CMAP_STREAM)?)))
                    }
                    _ => Ok(None),
                }
            }
            ("FontCIDType0" | "FontCIDType2", "CIDToGIDMap") => match self.get(value)? {
                Object::Name(_) => Ok(Some(Value::name("Identity"))),
                // Two bytes for each of at most 65,536 characters (9.7.4.3).
                Object::Stream(stream) => match self.plain(stream)? {
                    Some(mut map) => {
                        map.truncate(2 << 16);
                        let item = self.flate(Fields::default(), &map)?;
                        Ok(Some(Value::Ref(self.graph.add(item))))
                    }
                    None => Ok(None),
                },
                _ => Ok(None),
            },
            (_, "FontFile" | "FontFile2" | "FontFile3") => {
                let (number, target) = self.document.follow(value)?;
                match (number, target, allowed.links.first()) {
                    (Some(number), Object::Stream(_), Some(kind)) => {
                        Ok(Some(Value::Ref(self.assign(number, *kind)?)))
                    }
                    _ => Ok(None),
                }
            }
            ("XObjectFormType1" | "PatternType1", _) => Ok(None),
            ("XObjectImage" | "XObjectImageMask" | "XObjectImageSoftMask", _) => Ok(None),
            ("StructTreeRoot", "ParentTree") => match self.get(value)? {
                Object::Dict(root) => self.tree(root, b"Nums", allowed).map(Some),
                _ => Ok(None),
            },
            ("StructTreeRoot", "IDTree") => match self.get(value)? {
                Object::Dict(root) => self.tree(root, b"Names", allowed).map(Some),
                _ => Ok(None),
            },
            // A function could show other colours in print than on the screen.
            ("GraphicsStateParameter", "TR" | "TR2") => match self.get(value)?.as_name() {
                Some(name @ (b"Identity" | b"Default")) => Ok(Some(Value::Name(name.to_vec()))),
                _ => {
                    self.removed(&threats::HALFTONE_TRANSFER_FUNCTIONS)?;
                    Ok(None)
                }
            },
            ("StructElem" | "StructTreeRoot", "K" | "P" | "ID") => self.value(value, allowed),
            (_, "A" | "Dest") if name.starts_with("Annot") => self.annotation_target(key, value, dict),
            (_, "P") => {
                let (number, _) = self.document.follow(value)?;
                Ok(number.and_then(|number| self.pages.get(&number)).map(|page| Value::Ref(*page)))
            }
            (_, "AS" | "Subtype") => self.value(value, allowed),
            ("Widget", "A") => {
                self.action_removed(value)?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// The item of a hooked place of an array.
    pub(crate) fn hook_item(
        &mut self,
        kind: TypeId,
        index: usize,
        item: &'d Object<'s>,
        allowed: &Allowed,
    ) -> Result<Option<Value>, Error> {
        if kind == types::INDEXED_COLOR_SPACE && index == 3 {
            return match self.get(item)? {
                Object::String(table) => Ok(Some(Value::String(table.to_vec()))),
                // A palette of at most 256 colours stands as well in a string.
                Object::Stream(stream) => {
                    let table = self.plain(stream)?;
                    Ok(table.map(|mut table| {
                        table.truncate(256 * 32);
                        Value::String(table)
                    }))
                }
                _ => Ok(None),
            };
        }
        self.value(item, allowed)
    }

    /// Renames an element of structure that holds nothing and belongs to nothing, where nothing tells its name from that
    /// of an action.
    pub(super) fn no_action(&mut self, dict: &'d Dict<'s>, fields: &mut Fields) -> Result<(), Error> {
        let is_alone = ["K", "P", "Pg"].iter().all(|key| fields.get(key.as_bytes()).is_none());
        let says = self.get(dict.get(b"S"))?.as_name().unwrap_or_default();
        if is_alone && annots::action_threat(says).id != threats::ACTION_UNKNOWN.id {
            self.removed(&threats::PIECEINFO_AND_PRIVATE_DATA)?;
            if let Some((_, says)) = fields.0.iter_mut().find(|(key, _)| key.bytes() == b"S") {
                *says = Value::name("NonStruct");
            }
        }
        Ok(())
    }

    /// Dictionaries that are more than the sum of their keys.
    pub(crate) fn special_dict(&mut self, kind: TypeId, dict: &'d Dict<'s>, id: Id) -> Result<Fields, Error> {
        if kind == types::THREAD {
            let mut fields = self.dict(kind, dict)?;
            fields.set("Type", Value::name("Thread"));
            return Ok(fields);
        }
        if kind == types::WIDGET {
            let mut fields = self.dict(kind, dict)?;
            self.field_look(dict, &mut fields)?;
            return Ok(fields);
        }
        if kind == types::STRUCT_ELEM {
            self.replacement_text(dict)?;
            let mut fields = self.dict(kind, dict)?;
            self.no_action(dict, &mut fields)?;
            return Ok(fields);
        }
        if FONTS.contains(&kind) {
            self.extracted_text(dict)?;
        }
        if kind != types::FONT_TYPE3 {
            return self.dict(kind, dict);
        }
        let mut fields = self.dict(kind, dict)?;
        let own = self.get(dict.get(b"Resources"))?.as_dict().or(self.resources);
        self.home = Home::of(dict.get(b"Resources"), self.at).or(self.home);
        let Some(glyphs) = self.get(dict.get(b"CharProcs"))?.as_dict() else { return Ok(fields) };
        // Glyphs are written in the order of their names, resources in the order of theirs.
        let mut resources: BTreeMap<Field, BTreeMap<Field, Value>> = BTreeMap::new();
        let mut procedures = Fields::default();
        let mut made: BTreeMap<u32, Id> = BTreeMap::new();
        for (name, glyph) in self.entries(glyphs)? {
            let (number, target) = self.document.follow(glyph)?;
            let (Some(number), Object::Stream(stream)) = (number, target) else { continue };
            let glyph_id = match made.get(&number) {
                Some(id) => *id,
                None => {
                    let Some(unpacked) = self.unpacked(stream)? else { continue };
                    let Painting { bytes, runs, resources: used, .. } =
                        self.content(&unpacked.plain, own, id)?;
                    for (category, value) in used.0 {
                        let Value::Dict(entries) = value else { continue };
                        let known = resources.entry(category).or_default();
                        for (name, value) in entries.0 {
                            known.entry(name).or_insert(value);
                        }
                    }
                    let item = self.flate_like(Fields::default(), &bytes, unpacked.source(&runs))?;
                    let glyph_id = self.graph.add(item);
                    made.insert(number, glyph_id);
                    glyph_id
                }
            };
            procedures.give(name, Value::Ref(glyph_id));
        }
        fields.set("CharProcs", Value::Dict(procedures));
        let dict = |entries: BTreeMap<_, _>| Value::Dict(Fields(entries.into_iter().collect()));
        let resources = resources.into_iter().map(|(category, entries)| (category, dict(entries)));
        fields.set("Resources", Value::Dict(Fields(resources.collect())));
        Ok(fields)
    }

    /// Fonts are used by the default appearance and named in the resources of the form.
    fn default_appearance(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let Object::String(text) = self.get(value)? else { return Ok(None) };
        let written = super::content::rewrite(text, self.ctx.budget(), &mut |_, _| Ok(None), &mut ())?;
        let bytes = written.bytes.strip_suffix(b"\n").unwrap_or(&written.bytes).to_vec();
        Ok(Some(Value::String(bytes)))
    }

    /// Records an element of the structure that reads as something long, whatever it shows.
    fn replacement_text(&mut self, dict: &'d Dict<'s>) -> Result<(), Error> {
        let said = self.get(dict.get(b"ActualText"))?.as_string().map(super::text::decode);
        if said.is_some_and(|said| said.chars().count() >= REPLACED) {
            let part = format!("object {}", self.at);
            self.ctx.choose(&threats::ACTUALTEXT_SPOOF, Spot::Part(&part))?;
        }
        Ok(())
    }

    /// Records a font whose letters are extracted as others. Only what the encoding says by its name can be
    /// compared: the letters of ASCII.
    fn extracted_text(&mut self, dict: &'d Dict<'s>) -> Result<(), Error> {
        let named = matches!(
            self.get(dict.get(b"Encoding"))?.as_name(),
            Some(b"WinAnsiEncoding" | b"MacRomanEncoding" | b"StandardEncoding")
        );
        let Object::Stream(map) = self.get(dict.get(b"ToUnicode"))? else { return Ok(()) };
        // A subset may number its letters as it likes, whatever encoding it names.
        let embedded = match self.get(dict.get(b"FontDescriptor"))? {
            Object::Dict(descriptor) => {
                [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key))
            }
            _ => false,
        };
        if !named || embedded {
            return Ok(());
        }
        let Some(bytes) = self.plain(map)? else { return Ok(()) };
        if super::font::cmap::parse(&bytes, self.ctx.budget())?.contradicts_ascii() {
            let part = format!("object {}", self.at);
            self.ctx.choose(&threats::OTHER_TEXT, Spot::Part(&part))?;
        }
        Ok(())
    }

    /// Records a value that reads like a program in transport: nobody types hundreds of letters without a blank.
    fn staged(&mut self, text: &[u8]) -> Result<(), Error> {
        let coded =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_');
        if text.len() >= STAGED && text.iter().all(coded) {
            let part = format!("object {}", self.at);
            self.ctx.choose(&threats::JS_STAGING_FIELDS, Spot::Part(&part))?;
        }
        Ok(())
    }

    /// Text, a choice or several, or the name of a state.
    fn field_value(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        Ok(match self.get(value)? {
            Object::String(text) => {
                self.staged(text)?;
                Some(Value::String(self.text(text)?))
            }
            Object::Name(state) => Some(Value::Name(state.to_vec())),
            Object::Array(choices) => {
                let mut chosen = Vec::new();
                for choice in choices {
                    if let Object::String(text) = self.get(choice)? {
                        chosen.push(Value::String(text.to_vec()));
                    }
                }
                Some(Value::Array(chosen))
            }
            Object::Stream(stream) => {
                let text = self.plain(stream)?;
                text.map(Value::String)
            }
            Object::Dict(_) => {
                self.removed(&threats::SIGNATURES)?;
                None
            }
            _ => None,
        })
    }
}

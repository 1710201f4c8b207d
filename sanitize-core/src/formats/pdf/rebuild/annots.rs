//! Annotations and form fields: what they show stays, what they do goes.

use super::walk::Walk;
use crate::{
    error::Error,
    formats::pdf::{
        model::{
            Fields, Id, Item, Value,
            allow::{Rule, TypeId},
            tables as types,
        },
        parse::object::{Dict, Object},
        threats,
    },
    report::{Action, Detail, Spot, Threat},
    toolkits::link,
};

/// Annotations by which people speak to each other (12.5.6.2).
const COMMENTS: [TypeId; 16] = [
    types::ANNOT_CARET,
    types::ANNOT_CIRCLE,
    types::ANNOT_FREE_TEXT,
    types::ANNOT_HIGHLIGHT,
    types::ANNOT_INK,
    types::ANNOT_LINE,
    types::ANNOT_POLY_LINE,
    types::ANNOT_POLYGON,
    types::ANNOT_POPUP,
    types::ANNOT_SQUARE,
    types::ANNOT_SQUIGGLY,
    types::ANNOT_STAMP,
    types::ANNOT_STRIKE_OUT,
    types::ANNOT_TEXT,
    types::ANNOT_UNDERLINE,
    types::ANNOT_WATERMARK,
];

/// Of these, the ones that are nothing but a remark. The others draw, as a form that was filled in by hand does.
const NOTES: [TypeId; 7] = [
    types::ANNOT_CARET,
    types::ANNOT_HIGHLIGHT,
    types::ANNOT_POPUP,
    types::ANNOT_SQUIGGLY,
    types::ANNOT_STRIKE_OUT,
    types::ANNOT_TEXT,
    types::ANNOT_UNDERLINE,
];

/// What was said, and by whom.
const OF_A_PERSON: [&[u8]; 8] =
    [b"T", b"Contents", b"Subj", b"Popup", b"IRT", b"RT", b"State", b"StateModel"];

/// Flags of annotations (table 167).
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;
const TOGGLE_NO_VIEW: i64 = 1 << 8;

/// How far up a field is asked for what it inherits.
const PARENTS: u32 = 32;

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// The annotations of a page.
    pub(crate) fn annotations(&mut self, page: &'d Dict<'s>, page_id: Id) -> Result<Vec<Value>, Error> {
        let Object::Array(items) = self.get(page.get(b"Annots"))? else { return Ok(Vec::new()) };
        let mut annotations = Vec::new();
        for item in items {
            self.ctx.budget().objects(1)?;
            let (number, target) = self.document.follow(item)?;
            let Object::Dict(dict) = target else { continue };
            let at = self.at;
            self.at = number.unwrap_or(at);
            let subtype = self.get(dict.get(b"Subtype"))?.as_name().unwrap_or_default();
            if !self.is_shown(subtype, dict)? {
                self.at = at;
                continue;
            }
            let kind = annotation_type(subtype).filter(|_| subtype != b"Widget");
            let value = match kind {
                Some(kind) => match number {
                    Some(number) => {
                        let id = self.assign(number, kind)?;
                        self.annotations.insert(number, id);
                        Some(Value::Ref(id))
                    }
                    None => {
                        let mut fields = self.dict(kind, dict)?;
                        self.without_person(kind, &mut fields);
                        Some(Value::Dict(fields))
                    }
                },
                None if subtype == b"Widget" && !self.is_signature(dict)? && self.form_stays()? => {
                    match number {
                        Some(number) => Some(Value::Ref(self.assign(number, types::WIDGET)?)),
                        None => Some(Value::Dict(self.special_dict(types::WIDGET, dict, page_id)?)),
                    }
                }
                None => self.static_mark(subtype, dict, page_id)?.map(Value::Ref),
            };
            self.at = at;
            annotations.extend(value);
        }
        Ok(annotations)
    }

    /// What of an annotation the policy lets stand: hidden ones and comments are recorded, and may go.
    fn is_shown(&mut self, subtype: &[u8], dict: &'d Dict<'s>) -> Result<bool, Error> {
        let part = format!("object {}", self.at);
        let flags = self.get(dict.get(b"F"))?.as_int().unwrap_or(0);
        if flags & (HIDDEN | NO_VIEW) != 0
            && self.ctx.choose(&threats::ANNOTATION_FLAGS_PRINT_ONLY, Spot::Part(&part))? == Action::Remove
        {
            return Ok(false);
        }
        if self.flat && self.is_off(dict.get(b"OC"))? {
            return Ok(false);
        }
        let Some(kind) = annotation_type(subtype) else { return Ok(true) };
        if !COMMENTS.contains(&kind) {
            return Ok(true);
        }
        // A drawing of nobody's, as one is that the engine left.
        let is_mute = !NOTES.contains(&kind) && !OF_A_PERSON.iter().any(|key| dict.has(key));
        if is_mute && self.comments_go() {
            return Ok(true);
        }
        let person = self.get(dict.get(b"T"))?.as_string().map(super::text::decode);
        // A popup shows the comment it belongs to.
        if kind == types::ANNOT_POPUP {
            return Ok(!self.comments_go());
        }
        let detail = person.map(|person| Detail::name(&person));
        let action = self.ctx.choose_with(&threats::COMMENT, Spot::Part(&part), detail)?;
        Ok(action != Action::Remove || !NOTES.contains(&kind))
    }

    fn comments_go(&self) -> bool {
        let policy = self.ctx.run().policy;
        policy.action(Some(crate::format::PDF), crate::report::ContentKind::Comment) == Action::Remove
    }

    /// Takes what was said and by whom from a drawing that stays, where comments go.
    pub(crate) fn without_person(&self, kind: TypeId, fields: &mut Fields) {
        if let Some(Value::Int(flags)) = fields.get(b"F").cloned()
            && flags & TOGGLE_NO_VIEW != 0
        {
            fields.set("F", Value::Int(flags & !TOGGLE_NO_VIEW));
        }
        if COMMENTS.contains(&kind) && self.comments_go() {
            for key in OF_A_PERSON {
                fields.remove(key);
            }
        }
    }

    fn form_stays(&mut self) -> Result<bool, Error> {
        Ok(self.ctx.run().policy.action(Some(crate::format::PDF), crate::report::ContentKind::Form)
            == Action::Keep)
    }

    /// What an annotation of another kind shows, as a stamp that does nothing.
    fn static_mark(&mut self, subtype: &[u8], dict: &'d Dict<'s>, page: Id) -> Result<Option<Id>, Error> {
        let threat: &'static Threat = match subtype {
            b"3D" => &threats::THREED_ONINSTANTIATE,
            b"RichMedia" => &threats::RICHMEDIA,
            b"Screen" | b"Movie" | b"Sound" => &threats::SCREEN_MOVIE_SOUND_ANNOTS,
            b"FileAttachment" => &threats::FILE_ATTACHMENT_ANNOTATION,
            b"Widget" if self.is_signature(dict)? => &threats::SIGNATURES,
            b"Widget" => &threats::ACROFORM_FIELDS,
            _ => &threats::ANNOT_TYPES_ALLOWLIST,
        };
        self.removed(threat)?;
        if dict.has(b"A") {
            self.action_removed(dict.get(b"A"))?;
        }
        if dict.has(b"AA") {
            self.removed(&threats::TRIGGER_ANNOTATION_AA)?;
        }
        let mut appearance = self.appearance(dict.get(b"AP"))?;
        if appearance.is_none()
            && subtype == b"Widget"
            && let Some(look) = self.drawn_value(dict)?
        {
            let mut states = Fields::default();
            states.set("N", look);
            appearance = Some(Value::Dict(states));
        }
        let Some(mut appearance) = appearance else { return Ok(None) };
        // One of several states: the one that is shown.
        if let Value::Dict(fields) = &mut appearance
            && let Some(Value::Dict(states)) = fields.get(b"N")
        {
            let shown = self.get(dict.get(b"AS"))?.as_name().unwrap_or_default();
            let Some(Value::Ref(id)) = states.get(shown).cloned() else { return Ok(None) };
            fields.set("N", Value::Ref(id));
        }
        let Some(corners) = self.corners(dict.get(b"Rect"))? else { return Ok(None) };
        let flags = self.get(dict.get(b"F"))?.as_int().unwrap_or(0);
        let mut fields = Fields::default();
        fields.set("Type", Value::name("Annot"));
        fields.set("Subtype", Value::name("Stamp"));
        fields.set("Rect", super::page::numbers(&corners));
        fields.set("P", Value::Ref(page));
        fields.set("F", Value::Int(flags & 0xff));
        fields.set("AP", appearance);
        Ok(Some(self.graph.add(Item::Value(Value::Dict(fields)))))
    }

    /// `/AP`: the normal appearance, in every state.
    pub(crate) fn appearance(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let Object::Dict(dict) = self.get(value)? else { return Ok(None) };
        if dict.has(b"R") || dict.has(b"D") {
            self.removed(&threats::APPEARANCE_ROLLOVER_STATES)?;
        }
        let (number, normal) = self.document.follow(dict.get(b"N"))?;
        let normal = match (normal, number) {
            (Object::Stream(_), Some(number)) => Value::Ref(self.assign(number, types::XOBJECT_FORM_TYPE1)?),
            (Object::Dict(states), _) => {
                let mut fields = Fields::default();
                for (state, stream) in self.entries(states)? {
                    let (number, target) = self.document.follow(stream)?;
                    if let (Some(number), Object::Stream(_)) = (number, target) {
                        fields.give(state, Value::Ref(self.assign(number, types::XOBJECT_FORM_TYPE1)?));
                    }
                }
                if fields.0.is_empty() {
                    return Ok(None);
                }
                Value::Dict(fields)
            }
            _ => return Ok(None),
        };
        let mut fields = Fields::default();
        fields.set("N", normal);
        Ok(Some(Value::Dict(fields)))
    }

    /// `/A` and `/Dest` of an annotation: a place in the document, or an address by P02.
    pub(crate) fn annotation_target(
        &mut self,
        key: &str,
        value: &'d Object<'s>,
        dict: &'d Dict<'s>,
    ) -> Result<Option<Value>, Error> {
        if key == "Dest" {
            return self.destination(value);
        }
        let Object::Dict(action) = self.get(value)? else { return Ok(None) };
        match self.get(action.get(b"S"))?.as_name() {
            Some(b"URI") => self.address(action),
            Some(b"GoTo") => {
                if action.has(b"Next") {
                    self.removed(&threats::ACTION_NEXT_CHAIN)?;
                }
                let _unused = dict;
                let target = self.destination(action.get(b"D"))?;
                Ok(target.map(go_to))
            }
            _ => {
                self.action_removed(value)?;
                Ok(None)
            }
        }
    }

    /// An address of an allowed scheme as a new action.
    pub(crate) fn address(&mut self, action: &'d Dict<'s>) -> Result<Option<Value>, Error> {
        if action.has(b"Next") {
            self.removed(&threats::ACTION_NEXT_CHAIN)?;
        }
        let Some(text) = self.get(action.get(b"URI"))?.as_string() else { return Ok(None) };
        let text = super::text::decode(text);
        let link = link::parse(&text);
        let part = format!("object {}", self.at);
        let (Some(written), true) = (link.written(), link.allowed(&self.ctx.switches().link_schemes)) else {
            self.ctx.removed_with(&threats::ACTION_URI, Spot::Part(&part), Detail::url(&text))?;
            return Ok(None);
        };
        let action = self.ctx.choose_with(&threats::LINK, Spot::Part(&part), Detail::url(&text))?;
        if action != Action::Keep {
            return Ok(None);
        }
        let mut fields = Fields::default();
        fields.set("S", Value::name("URI"));
        fields.set("URI", Value::String(written.as_bytes().to_vec()));
        Ok(Some(Value::Dict(fields)))
    }

    /// A destination: an explicit array, or a name that the document defines.
    pub(crate) fn destination(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let target = self.get(value)?;
        match target {
            Object::Name(name) => Ok(Some(Value::Name(name.to_vec()))),
            Object::String(name) => Ok(Some(Value::String(name.to_vec()))),
            Object::Array(items) => self.explicit_destination(items),
            Object::Dict(dict) => match self.get(dict.get(b"S"))?.as_name() {
                None | Some(b"GoTo") => match self.get(dict.get(b"D"))? {
                    Object::Array(items) => self.explicit_destination(items),
                    _ => Ok(None),
                },
                Some(_) => {
                    self.removed(&threats::TRIGGER_DESTS_AS_ACTIONS)?;
                    Ok(None)
                }
            },
            _ => Ok(None),
        }
    }

    fn explicit_destination(&mut self, items: &'d [Object<'s>]) -> Result<Option<Value>, Error> {
        let [page, kind, rest @ ..] = items else { return Ok(None) };
        let (number, target) = self.document.follow(page)?;
        let page = match (number, target) {
            (_, Object::Int(index)) => {
                usize::try_from(*index).ok().and_then(|index| self.page_order.get(index))
            }
            (Some(number), _) => self.pages.get(&number),
            _ => None,
        };
        let Some(page) = page.copied() else { return Ok(None) };
        let places = match self.get(kind)?.as_name() {
            Some(b"XYZ") => 3,
            Some(b"Fit" | b"FitB") => 0,
            Some(b"FitH" | b"FitV" | b"FitBH" | b"FitBV") => 1,
            Some(b"FitR") => 4,
            _ => return Ok(None),
        };
        let mut values = vec![Value::Ref(page)];
        values.extend(self.get(kind)?.as_name().map(|kind| Value::Name(kind.to_vec())));
        for index in 0..places {
            let number = match rest.get(index) {
                Some(item) => self.get(item)?.as_number().filter(|number| number.is_finite()),
                None => None,
            };
            values.push(number.map_or(Value::Null, Value::number));
        }
        Ok(Some(Value::Array(values)))
    }

    /// Records every action of a chain that is left out.
    pub(crate) fn action_removed(&mut self, value: &'d Object<'s>) -> Result<(), Error> {
        let mut seen = std::collections::BTreeSet::new();
        let mut stack = vec![value];
        while let Some(value) = stack.pop() {
            let (number, target) = self.document.follow(value)?;
            if number.is_some_and(|number| !seen.insert(number)) || seen.len() > 1000 {
                self.removed(&threats::ACTION_NEXT_CHAIN)?;
                continue;
            }
            self.ctx.budget().objects(1)?;
            let dict = match target {
                Object::Array(items) => {
                    stack.extend(items.iter().take(1000));
                    continue;
                }
                Object::Dict(dict) => dict,
                _ => continue,
            };
            let kind = self.get(dict.get(b"S"))?.as_name().unwrap_or_default();
            let detail = self.action_detail(dict)?;
            match detail {
                Some(detail) => self.removed_with(action_threat(kind), detail)?,
                None => self.removed(action_threat(kind))?,
            }
            if dict.has(b"Next") {
                stack.push(dict.get(b"Next"));
            }
        }
        Ok(())
    }

    fn action_detail(&mut self, dict: &'d Dict<'s>) -> Result<Option<Detail>, Error> {
        for key in [&b"JS"[..], b"URI", b"F", b"N"] {
            match self.get(dict.get(key))? {
                Object::String(text) => return Ok(Some(Detail::excerpt(&super::text::decode(text)))),
                Object::Name(name) => return Ok(Some(Detail::name(&String::from_utf8_lossy(name)))),
                Object::Dict(file) => {
                    if let Object::String(name) = self.get(file.get(b"F"))? {
                        return Ok(Some(Detail::name(&super::text::decode(name))));
                    }
                }
                _ => (),
            }
        }
        Ok(None)
    }

    /// True for a field, or a part of one, whose type is a signature.
    pub(crate) fn is_signature(&self, field: &'d Dict<'s>) -> Result<bool, Error> {
        let mut field = field;
        for _ in 0..PARENTS {
            match self.get(field.get(b"FT"))? {
                Object::Name(kind) => return Ok(&**kind == b"Sig"),
                _ => match self.get(field.get(b"Parent"))? {
                    Object::Dict(parent) => field = parent,
                    _ => return Ok(false),
                },
            }
        }
        Ok(false)
    }

    /// The kids of a field: fields and widgets, signatures aside.
    pub(crate) fn field_kids(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let Object::Array(items) = self.get(value)? else { return Ok(None) };
        let mut kids = Vec::new();
        for item in items {
            self.ctx.budget().objects(1)?;
            let (number, target) = self.document.follow(item)?;
            let (Some(number), Object::Dict(dict)) = (number, target) else { continue };
            if self.is_signature(dict)? {
                self.removed(&threats::SIGNATURES)?;
                continue;
            }
            let kind = match self.get(dict.get(b"Subtype"))?.as_name() {
                Some(b"Widget") => types::WIDGET,
                _ => types::FIELD_GROUP,
            };
            kids.push(Value::Ref(self.assign(number, kind)?));
        }
        Ok(Some(Value::Array(kids)))
    }

    /// The interactive form without anything interactive.
    pub(crate) fn form(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let (number, target) = self.document.follow(value)?;
        let Object::Dict(dict) = target else { return Ok(None) };
        if !self.form_stays()? {
            return Ok(None);
        }
        self.at = number.unwrap_or(self.at);
        if *self.get(dict.get(b"NeedAppearances"))? == Object::Bool(true) {
            self.replaced(&threats::ACROFORM_FIELDS)?;
        }
        let mut fields = self.dict(types::INTERACTIVE_FORM, dict)?;
        let Some(list) = self.field_kids(dict.get(b"Fields"))? else { return Ok(None) };
        if list == Value::Array(Vec::new()) {
            return Ok(None);
        }
        fields.set("Fields", list);
        if let Some(appearance) = self.default_appearance_of(dict)? {
            fields.set("DA", appearance);
        }
        // Default appearances name fonts here.
        if let Object::Dict(resources) = self.get(dict.get(b"DR"))?
            && let Object::Dict(fonts) = self.get(resources.get(b"Font"))?
        {
            let fonts = self.dict(types::FONT_MAP, fonts)?;
            let mut own = Fields::default();
            own.set("Font", Value::Dict(fonts));
            fields.set("DR", Value::Dict(own));
        }
        Ok(Some(Value::Dict(fields)))
    }

    fn default_appearance_of(&mut self, dict: &'d Dict<'s>) -> Result<Option<Value>, Error> {
        match types::WIDGET.row().key(b"DA").map(|key| &key.rule) {
            Some(Rule::Hook(allowed)) => self.hook(types::WIDGET, "DA", dict.get(b"DA"), dict, allowed),
            _ => Ok(None),
        }
    }
}

/// A go-to action to a place in the document.
pub(crate) fn go_to(target: Value) -> Value {
    let mut fields = Fields::default();
    fields.set("S", Value::name("GoTo"));
    fields.set("D", target);
    Value::Dict(fields)
}

/// The type of an annotation that is written as what it is.
fn annotation_type(subtype: &[u8]) -> Option<TypeId> {
    Some(match subtype {
        b"Text" => types::ANNOT_TEXT,
        b"Link" => types::ANNOT_LINK,
        b"FreeText" => types::ANNOT_FREE_TEXT,
        b"Line" => types::ANNOT_LINE,
        b"Square" => types::ANNOT_SQUARE,
        b"Circle" => types::ANNOT_CIRCLE,
        b"Polygon" => types::ANNOT_POLYGON,
        b"PolyLine" => types::ANNOT_POLY_LINE,
        b"Highlight" => types::ANNOT_HIGHLIGHT,
        b"Underline" => types::ANNOT_UNDERLINE,
        b"Squiggly" => types::ANNOT_SQUIGGLY,
        b"StrikeOut" => types::ANNOT_STRIKE_OUT,
        b"Caret" => types::ANNOT_CARET,
        b"Stamp" => types::ANNOT_STAMP,
        b"Ink" => types::ANNOT_INK,
        b"Popup" => types::ANNOT_POPUP,
        b"Watermark" => types::ANNOT_WATERMARK,
        b"Widget" => types::WIDGET,
        _ => return None,
    })
}

/// The threat an action of this type is.
pub(crate) fn action_threat(kind: &[u8]) -> &'static Threat {
    match kind {
        b"JavaScript" | b"ECMAScript" => &threats::ACTION_JAVASCRIPT,
        b"Launch" => &threats::ACTION_LAUNCH,
        b"URI" => &threats::ACTION_URI_AUTO,
        b"GoToR" => &threats::ACTION_GOTOR,
        b"GoToE" => &threats::ACTION_GOTOE,
        b"GoToDp" | b"GoTo3DView" => &threats::ACTION_GOTODP_AND_3DVIEW,
        b"Thread" => &threats::ACTION_THREAD,
        b"SubmitForm" => &threats::ACTION_SUBMITFORM,
        b"ImportData" => &threats::ACTION_IMPORTDATA,
        b"ResetForm" | b"Hide" | b"Named" | b"Trans" | b"NOP" | b"SetState" => {
            &threats::ACTION_RESETFORM_HIDE_NAMED
        }
        b"SetOCGState" => &threats::ACTION_SETOCGSTATE,
        b"Rendition" => &threats::ACTION_RENDITION,
        b"Sound" | b"Movie" | b"RichMedia" | b"RichMediaExecute" => {
            &threats::ACTION_SOUND_MOVIE_RICHMEDIA_EXECUTE
        }
        b"GoTo" => &threats::ACTION_NEXT_CHAIN,
        _ => &threats::ACTION_UNKNOWN,
    }
}

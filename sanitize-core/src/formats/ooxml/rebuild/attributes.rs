//! Attributes of a kept element: each by the class's allow-list, those that act by what they say.

use super::filter::{Fate, Filter, Standing};
use crate::{
    error::Error,
    formats::ooxml::{
        action,
        allow::{self, Class, Hook, Namespace, Value},
        threats,
    },
    report::{Detail, Threat},
    toolkits::{
        link::{self, Link},
        markup::xml::escape,
    },
};

impl<'a> Filter<'a, '_, '_> {
    /// Judges every attribute of the element at hand into `self.fates`, and says what that means for the
    /// element itself.
    pub(super) fn judge_attributes(&mut self, class: Class, hook: Option<Hook>) -> Result<Standing, Error> {
        self.fates.clear();
        let mut standing = Standing::Keep;
        for index in 0..self.attributes.len() {
            let Some(attribute) = self.attributes.get(index).copied() else { break };
            let (prefix, local) = attribute.split();
            let fate = if prefix == b"xmlns" || attribute.name == b"xmlns" {
                let fate = self.declaration(&attribute)?;
                if fate == Fate::Leave {
                    self.removed(
                        &threats::OPC_MCE_IGNORABLE_NAMESPACE,
                        Some(super::filter::detail(attribute.name)),
                    )?;
                }
                fate
            } else {
                match self.lookup(class, attribute.name, prefix, local)? {
                    Looked::Compatibility => self.compatibility(&attribute)?,
                    Looked::Unknown(threat) => {
                        self.removed(threat, Some(super::filter::detail(attribute.name)))?;
                        Fate::Leave
                    }
                    Looked::Value(Value::String) => Fate::Keep,
                    Looked::Value(value) if !value.acts() && value.accepts(attribute.raw.as_bytes()) => {
                        Fate::Keep
                    }
                    Looked::Value(value) => {
                        let text = escape::decode(
                            attribute.raw,
                            escape::Within::Attribute,
                            attribute.offset as u64,
                        )?;
                        self.acting(class, hook, value, &text, &mut standing)?
                    }
                }
            };
            self.fates.push(fate);
        }
        Ok(standing)
    }

    /// Puts attributes that are not written behind the others, so that none of them is taken for one of the same
    /// local name.
    pub(super) fn strangers_last(&mut self, class: Class) -> Result<(), Error> {
        let mut strangers = Vec::new();
        let mut index = 0;
        while let Some(attribute) = self.attributes.get(index).copied() {
            let (prefix, local) = attribute.split();
            let is_declaration = prefix == b"xmlns" || attribute.name == b"xmlns";
            let is_stranger = !is_declaration
                && matches!(self.lookup(class, attribute.name, prefix, local)?, Looked::Unknown(_));
            if is_stranger {
                strangers.push(self.attributes.remove(index));
            } else {
                index += 1;
            }
        }
        self.known_attributes = self.attributes.len();
        self.attributes.extend(strangers);
        Ok(())
    }

    fn lookup(&mut self, class: Class, name: &'a [u8], prefix: &[u8], local: &[u8]) -> Result<Looked, Error> {
        let epoch = self.namespaces.epoch();
        let found = match self.known.get(class, name, epoch) {
            Some(found) => found,
            None => {
                let namespace = match prefix {
                    b"" => Namespace::NONE,
                    _ => match self.namespace(prefix)? {
                        Some(Namespace::MC) => return Ok(Looked::Compatibility),
                        Some(namespace) => namespace,
                        None => return Ok(Looked::Unknown(&threats::OPC_MCE_IGNORABLE_NAMESPACE)),
                    },
                };
                let found = class.attribute(namespace, local);
                self.known.put(class, name, epoch, found);
                found
            }
        };
        Ok(match found {
            Some(allow::Attribute::Keep(value)) => Looked::Value(value),
            Some(allow::Attribute::Drop(threat)) => Looked::Unknown(threat),
            None => Looked::Unknown(&threats::OPC_MCE_IGNORABLE_NAMESPACE),
        })
    }

    /// An attribute whose value does something.
    fn acting(
        &mut self,
        class: Class,
        hook: Option<Hook>,
        value: Value,
        text: &str,
        standing: &mut Standing,
    ) -> Result<Fate, Error> {
        match value {
            Value::Relationship => self.relation(class, hook, text, standing),
            Value::Location => {
                let fate = self.location(text)?;
                let has_target = self.attributes.iter().any(|attribute| attribute.split().1 == b"id");
                if fate == Fate::Leave && hook == Some(Hook::Hyperlink) && !has_target {
                    // A link that leads nowhere is no link; its text stays.
                    *standing = if class.usual_name().0 == "w" { Standing::Unwrap } else { Standing::Leave };
                }
                Ok(fate)
            }
            Value::Style => self.style(text),
            // The plan of the fields has judged it, and its hook writes it.
            Value::FieldInstruction => Ok(Fate::Keep),
            Value::Action => match action::parse(text) {
                Ok(action::Action::Address) if text.is_empty() => Ok(Fate::Keep),
                Ok(action) if action.written() == text => Ok(Fate::Keep),
                Ok(action) => Ok(Fate::Replace(action.written())),
                Err(threat) => {
                    *standing = Standing::Leave;
                    self.removed(threats::by_id(threat), Some(Detail::excerpt(text)))?;
                    Ok(Fate::Leave)
                }
            },
            Value::Formula => match self.judge_formula(super::formulas::context(class), text)? {
                Some(formula) if formula == text => Ok(Fate::Keep),
                Some(formula) => Ok(Fate::Replace(formula)),
                None => {
                    if class.usual_name() == ("x", "cfvo") {
                        // A scale or a set of icons without one of its bounds is none.
                        *standing = Standing::LeaveRule;
                    }
                    Ok(Fate::Leave)
                }
            },
            // Characters that no value of this kind has.
            _ if value.accepts(text.as_bytes()) => Ok(Fate::Replace(text.to_owned())),
            _ => {
                self.removed(&threats::OPC_MCE_IGNORABLE_NAMESPACE, Some(Detail::excerpt(text)))?;
                Ok(Fate::Leave)
            }
        }
    }

    /// A reference to a relationship stays only if the relationship does. What an element means without it
    /// depends on the element.
    fn relation(
        &mut self,
        class: Class,
        hook: Option<Hook>,
        id: &str,
        standing: &mut Standing,
    ) -> Result<Fate, Error> {
        let is_link = hook == Some(Hook::Hyperlink);
        if self.part.relations.contains(id) && (is_link || !self.part.outside.contains(id)) {
            if !self.used.contains(id) {
                self.used.insert(id.to_owned());
            }
            return Ok(Fate::Keep);
        }
        // An action inside a presentation names no relationship and leaves the id empty.
        if id.is_empty() && is_link {
            return Ok(Fate::Keep);
        }
        if self.part.outside.contains(id) {
            // What a reader may click is no picture, and no workbook.
            self.removed(&threats::OOXML_LINKED_PICTURE, Some(Detail::name(id)))?;
        }
        if *standing == Standing::Keep {
            *standing = self.without_relation(class, hook);
        }
        Ok(Fate::Leave)
    }

    /// A place in the document itself.
    fn location(&mut self, text: &str) -> Result<Fate, Error> {
        match link::internal(text) {
            Link::Internal(place) if place == text => Ok(Fate::Keep),
            Link::Internal(place) => Ok(Fate::Replace(place)),
            _ => {
                self.removed(&threats::OOXML_HYPERLINK_EXECUTABLE_OR_LOCAL, Some(Detail::url(text)))?;
                Ok(Fate::Leave)
            }
        }
    }

    /// A style of VML: what could reach out or run is spelled with these characters, and no measure is.
    fn style(&mut self, text: &str) -> Result<Fate, Error> {
        let kept: Vec<&str> =
            text.split(';').filter(|declaration| is_plain_declaration(declaration)).collect();
        let kept = kept.join(";");
        if kept == text {
            return Ok(Fate::Keep);
        }
        self.removed(&threats::OOXML_VML_SCRIPT_AND_HREF, Some(Detail::excerpt(text)))?;
        Ok(Fate::Replace(kept))
    }
}

/// True for `name:value` whose value is words and measures.
fn is_plain_declaration(declaration: &str) -> bool {
    let Some((name, value)) = declaration.split_once(':') else { return declaration.trim().is_empty() };
    let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let is_value = |character: char| {
        character.is_alphanumeric()
            || matches!(
                character,
                ' ' | '.' | ',' | '-' | '_' | '%' | '#' | '\'' | '"' | '+' | '*' | '\n' | '\r' | '\t' | '@'
            )
    };
    let name = name.trim();
    !name.is_empty()
        && name.chars().all(is_name)
        && !name.eq_ignore_ascii_case("behavior")
        && value.chars().all(is_value)
}

enum Looked {
    /// An attribute of the compatibility namespace.
    Compatibility,
    /// Not written, and counted as this.
    Unknown(&'static Threat),
    /// Allowed, if its value is.
    Value(Value),
}

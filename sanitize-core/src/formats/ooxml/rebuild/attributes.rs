//! Attributes of a kept element: each by the class's allow-list, those that act by what they say.

use super::filter::{Fate, Filter, Standing};
use crate::{
    error::Error,
    formats::ooxml::{
        action,
        allow::{self, Class, Namespace, Value},
        threats,
    },
    report::{Action, Detail, Threat},
    toolkits::{link, markup::xml::escape},
};

impl<'a> Filter<'a, '_, '_> {
    /// Judges every attribute of the element at hand into `self.fates`, and says what that means for the
    /// element itself.
    pub(super) fn judge_attributes(&mut self, class: Class) -> Result<Standing, Error> {
        self.fates.clear();
        let mut standing = Standing::Keep;
        for index in 0..self.attributes.len() {
            let Some(attribute) = self.attributes.get(index).copied() else { break };
            let (prefix, local) = attribute.split();
            let fate = if prefix == b"xmlns" || attribute.name == b"xmlns" {
                let fate = self.declaration(&attribute)?;
                if fate == Fate::Leave {
                    self.removed(&threats::OPC_MCE_IGNORABLE_NAMESPACE, Some(super::filter::detail(attribute.name)))?;
                }
                fate
            } else {
                match self.lookup(class, attribute.name, prefix, local)? {
                    Looked::Compatibility => self.compatibility(&attribute)?,
                    Looked::Unknown(threat) => {
                        self.removed(threat, Some(super::filter::detail(attribute.name)))?;
                        Fate::Leave
                    }
                    Looked::Value(value) if value.is_plain() => Fate::Keep,
                    Looked::Value(value) => {
                        let text = escape::decode(attribute.raw, escape::Within::Attribute, attribute.offset as u64)?;
                        self.acting(class, value, &text, &mut standing)?
                    }
                }
            };
            self.fates.push(fate);
        }
        Ok(standing)
    }

    fn lookup(&mut self, class: Class, name: &'a [u8], prefix: &[u8], local: &[u8]) -> Result<Looked, Error> {
        let epoch = self.namespaces.epoch();
        let found = match self.known.get(class, name, epoch) {
            Some(found) => found,
            None => {
                let namespace = match prefix {
                    b"" => None,
                    _ => match self.namespace(prefix)? {
                        Some(Namespace::MC) => return Ok(Looked::Compatibility),
                        Some(namespace) => Some(namespace),
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
    fn acting(&mut self, class: Class, value: Value, text: &str, standing: &mut Standing) -> Result<Fate, Error> {
        match value {
            Value::RelationshipId => Ok(self.relation(class, text, standing)),
            Value::Uri => self.address(text),
            Value::Action => match action::judge(text) {
                action::Decision::Keep(canonical) if canonical == text => Ok(Fate::Keep),
                action::Decision::Keep(canonical) => Ok(Fate::Replace(canonical)),
                action::Decision::Remove(threat) => {
                    *standing = Standing::Leave;
                    self.removed(threats::by_id(threat), Some(Detail::excerpt(text)))?;
                    Ok(Fate::Leave)
                }
            },
            Value::Formula => match self.judge_formula(class, text)? {
                true => Ok(Fate::Keep),
                false => Ok(Fate::Leave),
            },
            _ => Ok(Fate::Keep),
        }
    }

    /// A reference to a relationship stays only if the relationship does. What an element means without it
    /// depends on the element.
    fn relation(&mut self, class: Class, id: &str, standing: &mut Standing) -> Fate {
        if self.part.relations.contains(id) {
            return Fate::Keep;
        }
        match class.without_relation() {
            // Actions inside a presentation name no relationship and leave the id empty.
            allow::Without::Attribute if id.is_empty() => return Fate::Keep,
            allow::Without::Attribute => {}
            allow::Without::Element => *standing = Standing::Leave,
            allow::Without::Tags => {
                let anchored = self.attributes.iter().any(|attribute| attribute.split().1 == b"anchor");
                if !anchored && *standing == Standing::Keep {
                    *standing = Standing::Unwrap;
                }
            }
        }
        Fate::Leave
    }

    /// An address that stands in the markup itself.
    fn address(&mut self, text: &str) -> Result<Fate, Error> {
        let link = link::parse(text);
        let allowed = link.allowed(&self.ctx.switches().link_schemes);
        let threat = if allowed { &threats::DOCX_HYPERLINK_FIELD } else { &threats::OOXML_VML_SCRIPT_AND_HREF };
        match (allowed, link.canonical()) {
            (true, Some(canonical)) => {
                if self.ctx.choose_with(threat, self.offset(), Detail::url(text))? != Action::Keep {
                    return Ok(Fate::Leave);
                }
                Ok(if canonical == text { Fate::Keep } else { Fate::Replace(canonical.to_owned()) })
            }
            _ => {
                self.removed(threat, Some(Detail::url(text)))?;
                Ok(Fate::Leave)
            }
        }
    }
}

enum Looked {
    /// An attribute of the compatibility namespace.
    Compatibility,
    /// Not written, and counted as this.
    Unknown(&'static Threat),
    /// Allowed, if its value is.
    Value(Value),
}

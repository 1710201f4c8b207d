//! Attributes, each by what its value is.

use super::{Scribe, attribute, threats};
use crate::{
    error::Error,
    formats::html::{
        allow::{self, Value},
        model::Attribute,
    },
    report::{Action, Detail, Spot},
    toolkits::{
        link::{self, Link},
        markup::html::Attribute as Read,
    },
};

/// Set before every name that elements have, so that no script of a viewer takes one for its own.
pub(super) const PREFIX: &str = "user-content-";

impl Scribe<'_, '_, '_> {
    /// The attributes of the element `element` that may be written, in order.
    pub(super) fn attributes(&mut self, element: &str, read: &[&Read]) -> Result<Vec<Attribute>, Error> {
        let mut kept = Vec::new();
        for read in read {
            self.ctx.budget().objects(1)?;
            let Some((name, kind)) = allow::attribute(element, read.name()) else {
                self.unlisted_attribute(read)?;
                continue;
            };
            if let Some(value) = self.value(name, kind, read.value())? {
                kept.push(attribute(name, value));
            }
        }
        Ok(kept)
    }

    fn value(&mut self, name: &str, kind: Value, value: &str) -> Result<Option<String>, Error> {
        let checked = match kind {
            Value::Text => Some(self.cleaned(value)?),
            Value::Classes => {
                let classes: Vec<_> = value.split_ascii_whitespace().filter(|class| !hides(class)).collect();
                (!classes.is_empty()).then(|| classes.join(" "))
            }
            Value::Id => return self.id(value),
            Value::Ids => {
                let mut ids = Vec::new();
                for id in value.split_ascii_whitespace() {
                    ids.extend(self.id(id)?);
                }
                (!ids.is_empty()).then(|| ids.join(" "))
            }
            Value::Fragment => match value.trim_ascii().strip_prefix('#') {
                Some(id) => return Ok(self.id(id)?.map(|id| format!("#{id}"))),
                None => None,
            },
            Value::Word => {
                let word = value.trim_ascii();
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-_.".contains(&byte);
                (word.len() <= 64 && word.bytes().all(plain)).then(|| word.to_owned())
            }
            Value::Length => {
                let length = value.trim_ascii();
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.%*, ".contains(&byte);
                (length.len() <= 1_024 && length.bytes().all(plain)).then(|| length.to_owned())
            }
            Value::Color => {
                let color = value.trim_ascii();
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"#(),.% ".contains(&byte);
                (color.len() <= 64 && color.bytes().all(plain)).then(|| color.to_owned())
            }
            Value::Flag => Some(String::new()),
            Value::Style => return self.style_attribute(value),
            Value::Link => return self.link(value),
            Value::Picture => return self.picture(value, &threats::REMOTE_IMAGE),
        };
        if checked.is_none() {
            self.ctx.removed_with(&threats::ELEMENT, Spot::Here, Detail::name(name))?;
        }
        Ok(checked)
    }

    /// The name an element has in the output.
    pub(super) fn id(&mut self, id: &str) -> Result<Option<String>, Error> {
        let id = id.trim_ascii();
        if id.starts_with(PREFIX) && !hides(id) {
            return Ok(Some(id.to_owned()));
        }
        self.ctx.replaced(&threats::IDS, Spot::Here, None)?;
        Ok(if id.is_empty() || hides(id) { None } else { Some(format!("{PREFIX}{id}")) })
    }

    /// P02: addresses of allowed schemes stay, of others the text that carried them.
    fn link(&mut self, value: &str) -> Result<Option<String>, Error> {
        let link = link::parse(value);
        if link.deceptive() {
            self.ctx.choose_with(&threats::CONFUSABLE, Spot::Here, Detail::url(value))?;
        }
        if let Link::Internal(place) = &link {
            // The top of the page is no element.
            if place.is_empty() || place.eq_ignore_ascii_case("top") {
                return Ok(Some(format!("#{place}")));
            }
            let id = self.id(place)?;
            return Ok(id
                .map(|id| format!("#{id}"))
                .filter(|link| link::parse(link).written().as_deref() == Some(link)));
        }
        let written = link.written().filter(|_| link.allowed(&self.ctx.switches().link_schemes));
        let Some(written) = written else {
            self.ctx.removed_with(&threats::DANGEROUS_LINK, Spot::Here, Detail::url(value))?;
            return Ok(None);
        };
        let kept = self.ctx.choose_with(&threats::LINK, Spot::Here, Detail::url(&written))? == Action::Keep;
        Ok(kept.then(|| written.into_owned()))
    }

    fn unlisted_attribute(&mut self, read: &Read) -> Result<(), Error> {
        let name = read.name();
        let (threat, is_address) = match name {
            _ if name.len() > 2 && name.starts_with("on") => {
                self.acted = true;
                (&threats::EVENT, false)
            }
            "srcset" | "imagesrcset" | "src" | "action" | "formaction" | "data" | "cite" | "longdesc"
            | "poster" | "ping" | "profile" | "manifest" | "classid" | "codebase" | "archive" | "code"
            | "lowsrc" | "dynsrc" | "icon" | "attributionsrc" | "xlink:href" | "href" | "background"
            | "usemap" => (&threats::FETCH, true),
            "popover"
            | "popovertarget"
            | "popovertargetaction"
            | "command"
            | "commandfor"
            | "shadowrootmode"
            | "is"
            | "contenteditable"
            | "autofocus"
            | "slot"
            | "part"
            | "invoketarget" => (&threats::SHADOW, false),
            "itemscope" | "itemtype" | "itemprop" | "itemid" | "itemref" | "property" | "typeof"
            | "about" | "resource" | "vocab" | "prefix" | "datatype" => (&threats::COMMENT, false),
            _ if name.starts_with("data-") => (&threats::COMMENT, false),
            _ if name.contains(':') => (&threats::CONDITIONAL, false),
            _ => (&threats::ELEMENT, false),
        };
        let detail = if is_address { Detail::url(read.value()) } else { Detail::name(name) };
        self.ctx.removed_with(threat, Spot::Here, detail)
    }
}

/// True for a name with characters that nobody sees.
fn hides(name: &str) -> bool {
    name.len() > 1_024 || name.chars().any(|character| character.is_control() || character.is_whitespace())
}

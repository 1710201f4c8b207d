//! Attributes, each by what its value is.

use super::{Read, Scribe, Space, threats};
use crate::{
    engine::{ctx::Nested, text},
    error::Error,
    format::{self, Format},
    formats::svg::{
        allow::{self, Element, Value},
        model::Attribute,
    },
    report::{Action, Detail, Spot},
    toolkits::{
        codec::base64,
        link::{self, Link},
        markup::css::{self, Profile},
    },
};

/// The formats that every viewer shows from a `data:` address.
const WRITTEN: [Format; 4] = [format::PNG, format::JPEG, format::GIF, format::WEBP];
/// Drawings larger than this, in units, are larger than any screen or sheet.
const LARGEST: f64 = 1e6;

impl Scribe<'_, '_> {
    /// The attributes that may be written, in order; `None` where the element is nothing without one that may not.
    pub(super) fn attributes(
        &mut self,
        element: &'static Element,
        read: &[Read<'_>],
        index: usize,
        offset: usize,
    ) -> Result<Option<Vec<Attribute>>, Error> {
        let mut kept: Vec<Attribute> = Vec::new();
        let has_plain_address = read.iter().any(|read| read.qualified == b"href");
        for read in read {
            self.ctx.budget().objects(1)?;
            let listed = match read.space {
                None => allow::attribute(read.name),
                Some(Space::XLink) if read.name == b"href" => {
                    // The one without a prefix goes before the other.
                    if has_plain_address { None } else { Some(("href", Value::Address)) }
                }
                _ if read.qualified == b"xml:lang" => Some(("xml:lang", Value::Words)),
                _ if read.qualified == b"xml:space" => Some(("xml:space", Value::Words)),
                _ => None,
            };
            let Some((name, kind)) = listed else {
                self.unlisted(read, offset)?;
                continue;
            };
            if kind == Value::Id {
                self.references.name(index, read.value.trim_ascii());
            }
            let name = if kind == Value::Address { "xlink:href" } else { name };
            // Two prefixes can stand for the same namespace.
            if kept.iter().any(|kept| kept.name == name) {
                self.unlisted(read, offset)?;
                continue;
            }
            let value = self.value(element, name, kind, &read.value, offset)?;
            if let Some(value) = value {
                self.drawing.has_addresses |= kind == Value::Address;
                kept.push(Attribute { name, value });
            }
        }
        let needs_address = matches!(element.name, "image" | "use" | "feImage");
        let has_address = kept.iter().any(|kept| kept.name == "xlink:href");
        if element.name == "svg" {
            self.check_size(&mut kept, offset)?;
        }
        Ok((has_address || !needs_address).then_some(kept))
    }

    fn value(
        &mut self,
        element: &Element,
        name: &'static str,
        kind: Value,
        value: &str,
        offset: usize,
    ) -> Result<Option<String>, Error> {
        let checked = match kind {
            Value::Numbers => {
                if is_beyond_measure(name, value) {
                    return Err(self.ctx.refuse(&threats::RECURSION, offset));
                }
                are_numbers(value).then(|| value.to_owned())
            }
            Value::Path => {
                let plain =
                    |byte: u8| b"MmZzLlHhVvCcSsQqTtAaEe+-., \t\n\r".contains(&byte) || byte.is_ascii_digit();
                self.ctx.budget().objects(value.len() as u64 / 8)?;
                value.bytes().all(plain).then(|| value.to_owned())
            }
            Value::Transform => {
                let plain = |byte: u8| b"()+-.,% \t\n\r".contains(&byte) || byte.is_ascii_alphanumeric();
                (value.bytes().all(plain) && !names_an_address(value)).then(|| value.to_owned())
            }
            // Of style sheets, the only type there is.
            Value::Words if element.name == "style" && name == "type" => {
                return Ok(None);
            }
            Value::Words => {
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte);
                (value.len() <= 256 && value.bytes().all(plain)).then(|| value.to_owned())
            }
            Value::Text => Some(text::cleaned(value, Spot::Here, self.ctx)?.into_owned()),
            Value::Id => {
                let id = value.trim_ascii();
                is_name(id).then(|| id.to_owned())
            }
            Value::Style => {
                let budget = self.ctx.budget();
                let kept = css::declarations(value, Profile::Svg, self, budget)?;
                return Ok((!kept.is_empty()).then(|| css::written(&kept)));
            }
            Value::Property => return self.property(name, value),
            Value::Address => return self.address(element, value, offset),
        };
        if checked.is_none() {
            self.ctx.removed_with(&threats::UNLISTED, offset, Detail::name(name))?;
        }
        Ok(checked)
    }

    /// A property that stands as an attribute: the one declaration it would be.
    fn property(&mut self, name: &'static str, value: &str) -> Result<Option<String>, Error> {
        if name == "stroke-dasharray" && is_dust(value) {
            self.ctx.removed_with(&threats::UNLISTED, Spot::Here, Detail::name(name))?;
            return Ok(None);
        }
        let budget = self.ctx.budget();
        let kept = css::declarations(&format!("{name}:{value}"), Profile::Svg, self, budget)?;
        match kept.as_slice() {
            [only] if only.property == name => Ok(Some(only.value.clone())),
            [] => Ok(None),
            _ => {
                self.ctx.removed_with(&threats::UNLISTED, Spot::Here, Detail::name(name))?;
                Ok(None)
            }
        }
    }

    fn address(&mut self, element: &Element, value: &str, offset: usize) -> Result<Option<String>, Error> {
        let value = value.trim_ascii();
        match element.name {
            "a" => self.link(value, offset),
            "image" => self.picture(value, offset),
            _ => {
                if let Some(id) = place(value) {
                    self.references.refer(id, "href");
                    return Ok(Some(format!("#{id}")));
                }
                if element.name == "feImage" && starts_with_scheme(value, "data:") {
                    return self.picture(value, offset);
                }
                self.ctx.removed_with(&threats::EXTERNAL, offset, Detail::url(value))?;
                Ok(None)
            }
        }
    }

    /// P02.
    fn link(&mut self, value: &str, offset: usize) -> Result<Option<String>, Error> {
        let link = link::parse(value);
        if let Link::Internal(id) = &link
            && is_name(id)
        {
            return Ok(Some(format!("#{id}")));
        }
        let written = link.written().filter(|_| {
            link.allowed(&self.ctx.switches().link_schemes) && !matches!(link, Link::Internal(_))
        });
        let Some(written) = written else {
            self.ctx.removed_with(&threats::DANGEROUS_LINK, offset, Detail::url(value))?;
            return Ok(None);
        };
        let kept = self.ctx.choose_with(&threats::LINK, offset, Detail::url(&written))? == Action::Keep;
        Ok(kept.then(|| written.into_owned()))
    }

    /// A picture in the drawing, rebuilt by its own format.
    fn picture(&mut self, url: &str, offset: usize) -> Result<Option<String>, Error> {
        if !starts_with_scheme(url, "data:") {
            self.ctx.removed_with(&threats::REMOTE_IMAGE, offset, Detail::url(url))?;
            return Ok(None);
        }
        let bytes = url.split_once(',').and_then(|(kind, body)| {
            let is_base64 = kind.to_ascii_lowercase().trim_ascii_end().ends_with(";base64");
            is_base64.then(|| base64::decode(body.as_bytes())).flatten()
        });
        if let Some(bytes) = bytes {
            self.ctx.budget().expand(bytes.len() as u64)?;
            self.pictures += 1;
            let name = format!("picture {}", self.pictures);
            if let Nested::Rebuilt { bytes, format } = self.ctx.nested(&name, &bytes)?
                && WRITTEN.contains(&format)
            {
                self.ctx.budget().expand(bytes.len() as u64 / 3 * 4)?;
                return Ok(Some(format!("data:{};base64,{}", format.media_type(), base64::encode(&bytes))));
            }
        }
        self.ctx.removed_with(&threats::DATA_IMAGE, offset, Detail::url(url))?;
        Ok(None)
    }

    /// A size beyond measure goes where the drawing says its own coordinates, and refuses it where not.
    fn check_size(&mut self, kept: &mut Vec<Attribute>, offset: usize) -> Result<(), Error> {
        let is_huge = |attribute: &Attribute| {
            matches!(attribute.name, "width" | "height")
                && numbers(&attribute.value)
                    .is_some_and(|numbers| numbers.iter().any(|(number, _)| *number > LARGEST))
        };
        if !kept.iter().any(is_huge) {
            return Ok(());
        }
        if !kept.iter().any(|attribute| attribute.name == "viewBox") {
            return Err(self.ctx.refuse(&threats::RECURSION, offset));
        }
        kept.retain(|attribute| !is_huge(attribute));
        self.ctx.removed_with(&threats::UNLISTED, offset, Detail::name("width"))
    }

    fn unlisted(&mut self, read: &Read<'_>, offset: usize) -> Result<(), Error> {
        let name = String::from_utf8_lossy(read.qualified);
        let lower = read.name.to_ascii_lowercase();
        let is_handler = lower.len() > 2 && lower.starts_with(b"on");
        let (threat, is_address) = match (read.space, lower.as_slice()) {
            _ if is_handler => (&threats::EVENT, false),
            (Some(Space::Events), _) => (&threats::EVENT, false),
            (_, b"base") if read.qualified == b"xml:base" => (&threats::EXTERNAL, true),
            (None, b"externalresourcesrequired") => (&threats::EXTERNAL, false),
            (None, b"src") => (&threats::EXTERNAL, true),
            (None, b"target" | b"ping" | b"download" | b"rel") => (&threats::DANGEROUS_LINK, false),
            (Some(Space::XLink), _) => (&threats::UNLISTED, false),
            (Some(_), _) => (&threats::METADATA, false),
            (None, name) if name.starts_with(b"data-") => (&threats::METADATA, false),
            (None, _) => (&threats::UNLISTED, false),
        };
        let detail = if is_address { Detail::url(&read.value) } else { Detail::name(&name) };
        self.ctx.removed_with(threat, offset, detail)
    }
}

/// The name in `#name`, which is a part of the drawing.
pub(super) fn place(address: &str) -> Option<&str> {
    address.trim_ascii().strip_prefix('#').filter(|id| is_name(id))
}

fn is_name(id: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    !id.is_empty() && id.len() <= 256 && id.chars().all(plain)
}

fn starts_with_scheme(address: &str, scheme: &str) -> bool {
    address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

fn names_an_address(value: &str) -> bool {
    value.to_ascii_lowercase().contains("url")
}

/// Numbers with their units, separated as SVG allows; or one word, such as `auto`.
fn are_numbers(value: &str) -> bool {
    let word = value.trim_ascii();
    let is_word = word.len() <= 24
        && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
        && !matches!(word.to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity" | "-inf" | "-infinity");
    is_word || numbers(value).is_some_and(|numbers| numbers.iter().all(|(number, _)| number.abs() <= 1e9))
}

/// The numbers in `value`, each with its unit.
fn numbers(value: &str) -> Option<Vec<(f64, &str)>> {
    let mut numbers = Vec::new();
    let mut rest = value.trim_start_matches([' ', '\t', '\n', '\r', ',']);
    while !rest.is_empty() {
        let bytes = rest.as_bytes();
        let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let mut len = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
        let whole = digits(len);
        len += whole;
        let mut fraction = 0;
        if bytes.get(len) == Some(&b'.') {
            fraction = digits(len + 1);
            len += 1 + fraction;
        }
        if whole + fraction == 0 || len > 64 {
            return None;
        }
        if matches!(bytes.get(len), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(len + 1), Some(b'+' | b'-')));
            let exponent = digits(len + 1 + sign);
            if exponent > 0 {
                len += 1 + sign + exponent;
            }
        }
        let (number, behind) = rest.split_at_checked(len)?;
        let unit = behind.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'%').count();
        let (unit, behind) = behind.split_at_checked(unit)?;
        if unit.len() > 4 {
            return None;
        }
        numbers.push((number.parse().ok().filter(|number: &f64| number.is_finite())?, unit));
        rest = behind.trim_start_matches([' ', '\t', '\n', '\r', ',', ';']);
    }
    Some(numbers)
}

/// Parameters of filters with which a viewer calculates for ever.
fn is_beyond_measure(name: &str, value: &str) -> bool {
    let limit = match name {
        "stdDeviation" => 2_000.0,
        "radius" => 1_000.0,
        "numOctaves" => 16.0,
        "order" => 32.0,
        _ => return false,
    };
    numbers(value).is_some_and(|numbers| numbers.iter().any(|(number, _)| *number > limit))
}

/// Dashes so short that a line is millions of them.
fn is_dust(value: &str) -> bool {
    let Some(numbers) = numbers(value) else { return false };
    let sum: f64 = numbers.iter().map(|(number, _)| number.abs()).sum();
    sum > 0.0 && sum < 0.005
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_svg_packs_them() {
        for good in ["1", "-1.5e3px 2%", "0-1.5.5", "1,2 ,3", "auto", "1e9", "", "0 0 1 0 ; 1"] {
            assert!(are_numbers(good), "{good}");
        }
        for bad in ["NaN", "1e10", "1 x", "url(#a)", "--1", "1e999", "javascript:x", "-Infinity"] {
            assert!(!are_numbers(bad), "{bad}");
        }
        assert!(is_dust("0.0000001") && !is_dust("0.1") && !is_dust("0 4"));
    }
}

//! Pictures: those in the page through their own formats, all others as their alternative text (P15).

use super::{Scribe, attribute, threats};
use crate::{
    engine::ctx::Nested,
    error::Error,
    format::{self, Format},
    formats::html::allow::{self, Element, SPAN},
    report::{Detail, Spot, Threat},
    toolkits::{codec::base64, markup::html::Attribute as Read},
};

/// The formats that every browser and mail program shows from a `data:` address.
const WRITTEN: [Format; 4] = [format::PNG, format::JPEG, format::GIF, format::WEBP];
/// What is set in place of a picture, before its own style: room for one whose size is known, a line around its words
/// where it is not, which takes no room. One of which the author says that it only decorates has no line.
const ROOM: &str = "display:inline-block;box-sizing:border-box;overflow:hidden";
const BORDER: &str = ";border:1px dotted #999";
/// The same for frames and films.
pub(super) const FRAME: &str =
    "display:inline-block;box-sizing:border-box;overflow:hidden;border:1px dotted #999";
const OUTLINE: &str = "outline:1px dotted #999";
/// Pictures of so many pixels show nothing; they tell a sender who opened the page.
const PIXELS: f64 = 3.0;

impl Scribe<'_, '_, '_> {
    /// Writes an image, or what stands in its place.
    pub(super) fn image(
        &mut self,
        attributes: &[Read],
        open: &mut Vec<&'static Element>,
    ) -> Result<(), Error> {
        let read: Vec<_> = attributes.iter().collect();
        let mut kept = self.attributes("img", &read)?;
        if self.is_styled_away("img", &kept)? {
            return Ok(());
        }
        if kept.iter().any(|attribute| attribute.name == "src") {
            if let Some(img) = allow::by_name("img") {
                self.start(img, kept)?;
            }
            return Ok(());
        }
        let value = |name: &str| kept.iter().find(|kept| kept.name == name).map(|kept| kept.value.clone());
        let (width, height) = (value("width"), value("height"));
        let is_tiny = |side: &Option<String>| {
            side.as_deref().and_then(|side| side.parse::<f64>().ok()).is_some_and(|side| side <= PIXELS)
        };
        if is_tiny(&width) && is_tiny(&height) {
            return Ok(());
        }
        let alternative = value("alt");
        let decorates = alternative.as_deref().is_some_and(|alternative| alternative.trim().is_empty());
        let sides = [("width", width), ("height", height)];
        let sides: String = sides
            .into_iter()
            .filter_map(|(name, side)| Some(format!(";{name}:{}", length(&side?)?)))
            .collect();
        let mut style = match (sides.is_empty(), decorates) {
            (true, true) => return Ok(()),
            (true, false) if alternative.is_some() => OUTLINE.to_owned(),
            (_, true) => format!("{ROOM}{sides}"),
            (_, false) => format!("{ROOM}{BORDER}{sides}"),
        };
        style.extend(value("style").map(|own| format!(";{own}")));
        kept.retain(|kept| matches!(kept.name, "id" | "class" | "title" | "lang" | "dir"));
        // Once more through the list, so that it stands in its one form.
        kept.extend(self.style_attribute(&style)?.map(|style| attribute("style", style)));
        self.start(&SPAN, kept)?;
        open.push(&SPAN);
        self.pending.push_str(&alternative.unwrap_or_default());
        self.end(&SPAN, open)
    }

    /// The address to write for a picture at `url`: of one that stands in the page, rebuilt, or in the mail
    /// around it.
    pub(super) fn picture(&mut self, url: &str, remote: &'static Threat) -> Result<Option<String>, Error> {
        let url = url.trim_ascii();
        let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
        if scheme.eq_ignore_ascii_case("cid") && is_content_id(rest) {
            return Ok(Some(format!("cid:{rest}")));
        }
        if scheme.eq_ignore_ascii_case("data") {
            let picture = self.data_picture(rest)?;
            if picture.is_none() {
                self.ctx.removed_with(&threats::DATA_IMAGE, Spot::Here, Detail::url(url))?;
            }
            return Ok(picture);
        }
        if !url.is_empty() {
            self.ctx.replaced(remote, Spot::Here, Detail::url(url))?;
        }
        Ok(None)
    }

    fn data_picture(&mut self, rest: &str) -> Result<Option<String>, Error> {
        let Some((kind, body)) = rest.split_once(',') else { return Ok(None) };
        let is_base64 = kind.to_ascii_lowercase().trim_ascii_end().ends_with(";base64");
        self.ctx.budget().expand(body.len() as u64)?;
        let plain = percent_decoded(body);
        let bytes = if is_base64 { decode(plain) } else { Some(plain) };
        let Some(bytes) = bytes else { return Ok(None) };
        self.pictures += 1;
        let name = format!("picture {}", self.pictures);
        let Nested::Rebuilt { bytes, format } = self.ctx.nested(&name, &bytes)? else { return Ok(None) };
        if !WRITTEN.contains(&format) {
            return Ok(None);
        }
        self.ctx.budget().expand(bytes.len() as u64 / 3 * 4)?;
        Ok(Some(format!("data:{};base64,{}", format.media_type(), base64::encode(&bytes))))
    }
}

/// Base64 as it stands in addresses: the padding may be missing.
fn decode(mut text: Vec<u8>) -> Option<Vec<u8>> {
    text.retain(|byte| !byte.is_ascii_whitespace());
    while !text.len().is_multiple_of(4) {
        text.push(b'=');
    }
    base64::decode(&text)
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        decoded.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    decoded
}

/// RFC 2392, with the characters that content ids are made of.
fn is_content_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"@.-_+%$!*'~=&/".contains(&byte);
    !id.is_empty() && id.len() <= 256 && id.bytes().all(plain)
}

/// A number of pixels, or a percentage, as a style has it.
pub(super) fn length(attribute: &str) -> Option<String> {
    let number = attribute.trim_end_matches("px").trim_end_matches('%');
    let plain = !number.is_empty() && number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| if attribute.ends_with('%') { attribute.to_owned() } else { format!("{number}px") })
}

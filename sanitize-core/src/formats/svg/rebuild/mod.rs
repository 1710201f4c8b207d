//! Text to model, in one walk.

mod attributes;
mod references;

use super::{
    allow::{self, Element, Holds},
    model::{Drawing, Piece},
    threats,
};
use crate::{
    engine::{ctx::Ctx, text},
    error::{Error, malformed},
    report::{Detail, Spot, Threat},
    toolkits::markup::{
        css::{self, Dropped, Host, Profile},
        xml::{Token, Tokenizer, escape, namespaces::Namespaces, split},
    },
};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";
const EVENTS: &str = "http://www.w3.org/2001/xml-events";

/// What a namespace is to a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    Svg,
    XLink,
    /// HTML and MathML, which are more than pictures.
    Page,
    Events,
    /// Of an editor, or of nobody.
    Other,
}

fn space(address: &str) -> Space {
    match address {
        SVG => Space::Svg,
        XLINK => Space::XLink,
        XHTML | MATHML => Space::Page,
        EVENTS => Space::Events,
        _ => Space::Other,
    }
}

pub(super) fn rebuild(text: &str, ctx: &mut Ctx<'_>) -> Result<Drawing, Error> {
    let mut scribe = Scribe {
        ctx,
        drawing: Drawing::default(),
        references: references::References::default(),
        open: Vec::new(),
        skipped: 0,
        text: String::new(),
        pictures: 0,
        filter_steps: 0,
    };
    scribe.walk(text)?;
    if scribe.references.are_too_many(scribe.ctx.budget())? {
        return Err(scribe.ctx.refuse(&threats::RECURSION, Spot::Here));
    }
    Ok(scribe.drawing)
}

/// Writes a drawing from tokens, and remembers what refers to what.
struct Scribe<'c, 'run> {
    ctx: &'c mut Ctx<'run>,
    drawing: Drawing,
    references: references::References,
    open: Vec<&'static Element>,
    /// How many elements are open that are left out, the outermost of them included.
    skipped: usize,
    /// Characters of the innermost element, until a tag ends them.
    text: String,
    /// Pictures so far, for their names in the report.
    pictures: u32,
    /// Steps of the filter that is open.
    filter_steps: u32,
}

/// What a tag says, prefixes resolved.
struct Tag<'a> {
    space: Space,
    name: &'a [u8],
    attributes: Vec<Read<'a>>,
}

/// An attribute as it was read.
struct Read<'a> {
    /// Its namespace; `None` for attributes without a prefix, which belong to their element.
    space: Option<Space>,
    /// With its prefix.
    qualified: &'a [u8],
    name: &'a [u8],
    value: String,
}

impl Scribe<'_, '_> {
    fn walk(&mut self, text: &str) -> Result<(), Error> {
        let budget = self.ctx.budget();
        let mut tokens = Tokenizer::new(text, budget);
        let mut namespaces: Namespaces<'_, Space> = Namespaces::new();
        while let Some(token) = tokens.next()? {
            match token {
                Token::Start { name, empty, .. } => {
                    let depth = tokens.depth() + usize::from(empty);
                    for attribute in tokens.attributes() {
                        let value = escape::decode(
                            attribute.raw,
                            escape::Within::Attribute,
                            attribute.offset as u64,
                        )?;
                        match attribute.split() {
                            (b"", b"xmlns") => namespaces.bind(b"", space(&value), depth),
                            (b"xmlns", prefix) => namespaces.bind(prefix, space(&value), depth),
                            _ => {}
                        }
                    }
                    let tag = tag(name, &tokens, &namespaces)?;
                    self.start(tag, tokens.span().0)?;
                    if empty {
                        self.end()?;
                        namespaces.leave(depth);
                    }
                }
                Token::End { .. } => {
                    self.end()?;
                    namespaces.leave(tokens.depth() + 1);
                }
                Token::Text { raw, .. } => {
                    let text = escape::decode(raw, escape::Within::Text, tokens.span().0 as u64)?;
                    self.characters(&text);
                }
                Token::CData(text) => self.characters(text),
                Token::Comment => self.ctx.removed(&threats::METADATA, tokens.span().0)?,
                Token::Instruction => {
                    let (start, end) = tokens.span();
                    let excerpt = text.get(start..end).unwrap_or_default();
                    let is_style = excerpt.starts_with("<?xml-stylesheet");
                    let threat = if is_style { &threats::CSS } else { &threats::METADATA };
                    self.ctx.removed_with(threat, start, Detail::excerpt(excerpt))?;
                }
            }
        }
        Ok(())
    }

    fn characters(&mut self, text: &str) {
        let holds = self.open.last().map(|element| element.holds);
        if self.skipped == 0 && !matches!(holds, None | Some(Holds::Elements)) {
            self.text.push_str(text);
        }
    }

    fn start(&mut self, tag: Tag<'_>, offset: usize) -> Result<(), Error> {
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let shown = String::from_utf8_lossy(tag.name).into_owned();
        let parent = self.open.last().map(|element| element.holds);
        let words_only = matches!(parent, Some(Holds::Words | Holds::Style));
        let listed = allow::by_name(tag.name).filter(|_| tag.space == Space::Svg);
        let root = self.drawing.pieces.is_empty();
        let Some(element) = listed.filter(|element| !words_only && (!root || element.name == "svg")) else {
            if root {
                return Err(malformed("root element", offset as u64));
            }
            self.skipped = 1;
            let threat = if words_only { &threats::METADATA } else { why_not(tag.space, tag.name) };
            return self.ctx.removed_with(threat, offset, Detail::name(&shown));
        };
        // No viewer knows an extension, so none would show it.
        let is_extension =
            |read: &Read<'_>| read.qualified == b"requiredExtensions" && !read.value.trim_ascii().is_empty();
        if tag.attributes.iter().any(is_extension) {
            self.skipped = 1;
            return self.ctx.removed_with(&threats::FOREIGN, offset, Detail::name(&shown));
        }
        self.filter_steps(element, offset)?;
        let index = self.references.open(self.drawing.pieces.len(), element.name);
        let Some(attributes) = self.attributes(element, &tag.attributes, index, offset)? else {
            self.references.close();
            self.skipped = 1;
            return Ok(());
        };
        self.flush()?;
        self.open.push(element);
        self.drawing.pieces.push(Piece::Start(element, attributes));
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        self.flush()?;
        self.references.close();
        if let Some(element) = self.open.pop() {
            self.drawing.pieces.push(Piece::End(element));
        }
        Ok(())
    }

    /// A filter is a program of its own: so many steps are more than anybody draws with.
    fn filter_steps(&mut self, element: &Element, offset: usize) -> Result<(), Error> {
        const STEPS: u32 = 100;
        if element.name == "filter" {
            self.filter_steps = 0;
        } else if element.name.starts_with("fe") {
            self.filter_steps += 1;
            if self.filter_steps > STEPS {
                return Err(self.ctx.refuse(&threats::RECURSION, offset));
            }
        }
        Ok(())
    }

    /// Characters as they stand, in front of the next tag.
    fn flush(&mut self) -> Result<(), Error> {
        if self.text.is_empty() {
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        let text = if self.open.last().is_some_and(|element| element.holds == Holds::Style) {
            let budget = self.ctx.budget();
            css::sheet(&text, Profile::Svg, self, budget)?
        } else {
            text::cleaned(&text, Spot::Here, self.ctx)?.into_owned()
        };
        if !text.is_empty() {
            self.drawing.pieces.push(Piece::Text(text));
        }
        Ok(())
    }
}

impl Host for Scribe<'_, '_> {
    /// Parts of the drawing alone: `url(#gradient)`.
    fn url(&mut self, property: &str, url: &str) -> Result<Option<String>, Error> {
        match attributes::place(url) {
            Some(id) => {
                self.references.refer(id, property);
                Ok(Some(format!("#{id}")))
            }
            None => {
                self.ctx.removed_with(&threats::EXTERNAL, Spot::Here, Detail::url(url))?;
                Ok(None)
            }
        }
    }

    fn id(&mut self, id: &str) -> String {
        id.to_owned()
    }

    fn dropped(&mut self, why: Dropped, name: &str) -> Result<(), Error> {
        let threat: &'static Threat = match why {
            Dropped::Code => &threats::CSS_CODE,
            Dropped::Fetch => &threats::CSS,
            Dropped::Overlay | Dropped::Unlisted => &threats::UNLISTED,
        };
        self.ctx.removed_with(threat, Spot::Here, Detail::name(name))
    }
}

/// The tag that was just read, prefixes resolved. A drawing without namespaces is taken for one with SVG's.
fn tag<'a>(
    name: &'a [u8],
    tokens: &Tokenizer<'a, '_>,
    namespaces: &Namespaces<'a, Space>,
) -> Result<Tag<'a>, Error> {
    let (prefix, local) = split(name);
    let unbound = if prefix.is_empty() { Space::Svg } else { Space::Other };
    let space = namespaces.resolve(prefix).unwrap_or(unbound);
    let mut attributes = Vec::with_capacity(tokens.attributes().len());
    for attribute in tokens.attributes() {
        let (prefix, local) = attribute.split();
        if prefix == b"xmlns" || attribute.name == b"xmlns" {
            continue;
        }
        let value = escape::decode(attribute.raw, escape::Within::Attribute, attribute.offset as u64)?;
        let space = match prefix {
            b"" => None,
            b"xlink" => Some(namespaces.resolve(prefix).unwrap_or(Space::XLink)),
            b"ev" => Some(namespaces.resolve(prefix).unwrap_or(Space::Events)),
            _ => Some(namespaces.resolve(prefix).unwrap_or(Space::Other)),
        };
        attributes.push(Read { space, qualified: attribute.name, name: local, value: value.into_owned() });
    }
    Ok(Tag { space, name: local, attributes })
}

/// The threat an element counts as that is left out with all that is in it.
fn why_not(space: Space, name: &[u8]) -> &'static Threat {
    let lower = name.to_ascii_lowercase();
    match (space, lower.as_slice()) {
        (_, b"script" | b"handler" | b"listener") => &threats::SCRIPT,
        (Space::Page, _) => &threats::FOREIGN,
        (Space::Svg, b"set" | b"mpath" | b"discard") => &threats::ANIMATION,
        (Space::Svg, name) if name.starts_with(b"animate") => &threats::ANIMATION,
        (Space::Svg, b"metadata") | (Space::Other | Space::XLink | Space::Events, _) => &threats::METADATA,
        (Space::Svg, b"tref" | b"cursor" | b"color-profile" | b"font-face-uri") => &threats::EXTERNAL,
        (Space::Svg, b"font" | b"glyph" | b"missing-glyph" | b"hkern" | b"vkern" | b"glyphref") => {
            &threats::FONTS
        }
        (Space::Svg, name) if name.starts_with(b"font-face") || name.starts_with(b"altglyph") => {
            &threats::FONTS
        }
        _ => &threats::FOREIGN,
    }
}

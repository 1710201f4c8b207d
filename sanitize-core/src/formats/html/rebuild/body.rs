//! The body: which element becomes which.

use super::{Scribe, attribute, picture, threats};
use crate::{
    error::Error,
    formats::html::{
        allow::{self, DIV, Element, SPAN},
        model::{Attribute, Piece},
        nesting,
    },
    report::{Action, Detail, Spot},
    toolkits::markup::html::{Attribute as Read, Content, Doctype, NodeId, Space, Tree},
};

/// A field that is filled in by hand.
const FIELD: &str = "display:inline-block;box-sizing:border-box;border:1px solid #999;min-height:1.4em";

/// What becomes of an element.
enum Becomes {
    /// This one, with its own attributes.
    Element(&'static Element),
    /// Nothing; what is in it stands in its place.
    Content,
    /// Nothing, and nothing of what is in it.
    Nothing,
    /// A box of this style with this text: what a field or a frame takes of the page.
    Box(String, String),
    /// This text.
    Text(String),
}

/// Elements whose start was written, or not, and whose end is still to come.
struct Open {
    node: NodeId,
    element: Option<&'static Element>,
}

impl Scribe<'_, '_, '_> {
    pub(super) fn body(&mut self) -> Result<(), Error> {
        let Some(html) = self.child(Tree::ROOT, "html") else { return Ok(()) };
        let Some(body) = self.child(html, "body") else {
            let frames = self.child(html, "frameset").is_some();
            return if frames { self.left_out("frameset", &[]) } else { Ok(()) };
        };
        let read: Vec<_> = self.element(body).map_or(&[][..], |(_, attributes)| attributes).iter().collect();
        self.page.body = self.attributes("body", &read)?;
        let mut parents: Vec<Open> = Vec::new();
        let mut open: Vec<&'static Element> = Vec::new();
        let mut next = self.tree.first(body);
        while let Some(node) = next {
            self.ctx.budget().objects(1)?;
            let enters = self.node(node, &mut open, &mut parents)?;
            next = if enters { self.tree.first(node) } else { self.tree.next(node) };
            while next.is_none() {
                let Some(parent) = parents.pop() else { break };
                if let Some(element) = parent.element {
                    self.end(element, &mut open)?;
                }
                next = self.tree.next(parent.node);
            }
        }
        self.flush()?;
        self.trim();
        Ok(())
    }

    /// Writes a box, where one can stand; its text alone where none can.
    fn room(&mut self, style: &str, text: &str, open: &mut Vec<&'static Element>) -> Result<(), Error> {
        let quirks = self.page.doctype == Doctype::Quirks;
        if open.last().is_some_and(|element| element.is_table_frame())
            || !nesting::permits(open, &SPAN, quirks)
        {
            return Ok(());
        }
        let style = self.style_attribute(style)?;
        self.start(&SPAN, style.map(|style| attribute("style", style)).into_iter().collect())?;
        open.push(&SPAN);
        self.pending.push_str(text);
        self.end(&SPAN, open)
    }

    /// Writes what `node` becomes; true where its children are to follow.
    fn node(
        &mut self,
        node: NodeId,
        open: &mut Vec<&'static Element>,
        parents: &mut Vec<Open>,
    ) -> Result<bool, Error> {
        let (space, name, attributes) = match self.tree.content(node) {
            Content::Text(text) => {
                // The parser puts no other text there; where it stands because an element around it is gone,
                // another parser would put it elsewhere.
                let framed = open.last().is_some_and(|element| element.is_table_frame());
                if !framed || text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | 0xc)) {
                    self.pending.push_str(text);
                } else {
                    self.mutated("text")?;
                }
                return Ok(false);
            }
            Content::Comment(_) => return self.comment(node).map(|()| false),
            Content::Root => return Ok(false),
            Content::Element { space, name, attributes } => (*space, &**name, attributes),
        };
        if space != Space::Html {
            self.foreign(name, attributes)?;
            return Ok(false);
        }
        let is_hidden = attributes.iter().any(|read| read.name() == "hidden");
        if is_hidden
            && self.ctx.choose_with(&threats::HIDDEN, Spot::Here, Detail::name(name))? != Action::Keep
        {
            return Ok(false);
        }
        let element = match self.becomes(node, name, attributes)? {
            Becomes::Element(element) => element,
            Becomes::Text(text) => {
                self.pending.push_str(&text);
                return Ok(false);
            }
            Becomes::Nothing => return Ok(false),
            Becomes::Box(style, text) => return self.room(&style, &text, open).map(|()| false),
            Becomes::Content => {
                parents.push(Open { node, element: None });
                return Ok(self.enters(node, parents));
            }
        };
        let quirks = self.page.doctype == Doctype::Quirks;
        let candidates = [element, &DIV, &SPAN];
        let fits = candidates.into_iter().find(|candidate| nesting::permits(open, candidate, quirks));
        let framed = open.last().is_some_and(|element| element.is_table_frame());
        let written = match fits {
            Some(written) => written,
            None if framed => return self.mutated(name).map(|()| false),
            None => {
                self.mutated(name)?;
                parents.push(Open { node, element: None });
                return Ok(self.enters(node, parents));
            }
        };
        // Parts of a table without their table, or a picture where none can stand, are only their content.
        let changed = written != element;
        if changed {
            self.mutated(name)?;
        }
        if element.name == "img" {
            if !changed {
                self.image(attributes, open)?;
            }
            return Ok(false);
        }
        let read: Vec<_> = attributes.iter().collect();
        let mut kept = self.attributes(written.name, &read)?;
        if self.is_styled_away(name, &kept)? {
            return Ok(false);
        }
        if changed && written == &SPAN {
            kept.retain(|attribute| attribute.name != "style");
            kept.push(attribute("style", "display:block"));
        }
        self.start(written, kept)?;
        if written.is_void() {
            return Ok(false);
        }
        open.push(written);
        parents.push(Open { node, element: Some(written) });
        if self.tree.first(node).is_none() {
            parents.pop();
            self.end(written, open)?;
            return Ok(false);
        }
        Ok(true)
    }

    /// True where `node`, whose parent entry was just pushed, has children; else the entry is taken back.
    fn enters(&self, node: NodeId, parents: &mut Vec<Open>) -> bool {
        let enters = self.tree.first(node).is_some();
        if !enters {
            parents.pop();
        }
        enters
    }

    fn mutated(&mut self, name: &str) -> Result<(), Error> {
        self.ctx.replaced(&threats::MUTATION, Spot::Here, Detail::name(name))
    }

    /// Hidden by its style, under a policy that does not keep what is hidden.
    pub(super) fn is_styled_away(&mut self, name: &str, kept: &[Attribute]) -> Result<bool, Error> {
        let style = kept.iter().find(|attribute| attribute.name == "style");
        let hides = |style: &str| {
            style
                .split(';')
                .any(|one| matches!(one.trim_end_matches("!important"), "display:none" | "visibility:hidden"))
        };
        if !style.is_some_and(|style| hides(&style.value)) {
            return Ok(false);
        }
        Ok(self.ctx.choose_with(&threats::HIDDEN, Spot::Here, Detail::name(name))? != Action::Keep)
    }

    pub(super) fn start(
        &mut self,
        element: &'static Element,
        attributes: Vec<Attribute>,
    ) -> Result<(), Error> {
        self.flush()?;
        self.page.content.push(Piece::Start(element, attributes));
        Ok(())
    }

    pub(super) fn end(
        &mut self,
        element: &'static Element,
        open: &mut Vec<&'static Element>,
    ) -> Result<(), Error> {
        self.flush()?;
        open.pop();
        self.page.content.push(Piece::End(element));
        Ok(())
    }

    /// Characters as they stand, in front of the next tag.
    fn flush(&mut self) -> Result<(), Error> {
        if !self.pending.is_empty() {
            let text = std::mem::take(&mut self.pending);
            let text = self.cleaned(&text)?;
            if !text.is_empty() {
                self.page.content.push(Piece::Text(text));
            }
        }
        Ok(())
    }

    /// White space at the ends of the body is not content: the page is written with line ends of its own.
    fn trim(&mut self) {
        let content = &mut self.page.content;
        if let Some(Piece::Text(text)) = content.last_mut() {
            text.truncate(text.trim_end_matches([' ', '\t', '\n', '\u{c}']).len());
        }
        if let Some(Piece::Text(text)) = content.first_mut() {
            *text = text.trim_start_matches([' ', '\t', '\n', '\u{c}']).to_owned();
        }
        content.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    }

    /// What stands in the place of the element `name`.
    fn becomes(&mut self, node: NodeId, name: &str, attributes: &[Read]) -> Result<Becomes, Error> {
        if let Some(element) = allow::by_name(name) {
            return Ok(Becomes::Element(element));
        }
        let known = |name: &str| allow::by_name(name).map_or(Becomes::Content, Becomes::Element);
        let value = |wanted: &str| attributes.iter().find(|read| read.name() == wanted).map(Read::value);
        Ok(match name {
            "form" | "fieldset" => {
                self.form(name, attributes)?;
                known("section")
            }
            "legend" | "dialog" | "marquee" => {
                self.unlisted(name)?;
                known("div")
            }
            "button" | "label" | "output" => {
                self.form(name, attributes)?;
                Becomes::Element(&SPAN)
            }
            "listing" | "xmp" | "plaintext" => {
                self.mutated(name)?;
                known("pre")
            }
            "input" => {
                self.form(name, attributes)?;
                let kind = value("type").unwrap_or_default().to_ascii_lowercase();
                let checked = value("checked").is_some();
                match kind.as_str() {
                    "hidden" | "password" | "file" | "image" => Becomes::Nothing,
                    "checkbox" => Becomes::Text(if checked { "☑" } else { "☐" }.to_owned()),
                    "radio" => Becomes::Text(if checked { "◉" } else { "○" }.to_owned()),
                    "submit" | "button" | "reset" => {
                        Becomes::Text(value("value").unwrap_or_default().to_owned())
                    }
                    _ => {
                        let width = value("size").and_then(picture::length).unwrap_or_default();
                        // Letters of an average font are half as wide as they are high.
                        let letters: u32 = width.trim_end_matches("px").parse().unwrap_or(20);
                        let style = format!("{FIELD};min-width:{}em", letters.min(80).div_ceil(2));
                        Becomes::Box(style, value("value").unwrap_or_default().to_owned())
                    }
                }
            }
            "textarea" => {
                self.form(name, attributes)?;
                Becomes::Text(self.tree.text(node))
            }
            "select" => {
                self.form(name, attributes)?;
                Becomes::Text(self.chosen(node))
            }
            "style" => {
                self.style_sheet(node, attributes)?;
                Becomes::Nothing
            }
            "meta" => {
                self.meta(attributes)?;
                Becomes::Nothing
            }
            "picture" | "slot" => Becomes::Content,
            "source" | "track" | "param" => {
                self.ctx.removed_with(&threats::FETCH, Spot::Here, Detail::name(name))?;
                Becomes::Nothing
            }
            "object" | "applet" => {
                // What stands in it is shown where the object cannot be.
                self.left_out(name, attributes)?;
                Becomes::Content
            }
            "embed" | "iframe" | "video" => {
                self.left_out(name, attributes)?;
                let side = |name: &str| value(name).and_then(picture::length);
                match (side("width"), side("height")) {
                    (Some(width), Some(height)) => Becomes::Box(
                        format!("{};width:{width};height:{height}", picture::FRAME),
                        String::new(),
                    ),
                    _ => Becomes::Nothing,
                }
            }
            "script" | "noscript" | "frame" | "frameset" | "noframes" | "noembed" | "portal"
            | "fencedframe" | "base" | "link" | "template" | "audio" | "canvas" | "bgsound" | "xml"
            | "datalist" | "keygen" => {
                self.left_out(name, attributes)?;
                Becomes::Nothing
            }
            // Under the body these are only what a part of a mail brings along.
            "html" | "head" | "body" | "title" => Becomes::Content,
            _ if name.contains(':') => {
                self.ctx.removed_with(&threats::CONDITIONAL, Spot::Here, Detail::name(name))?;
                Becomes::Content
            }
            _ => {
                self.unlisted(name)?;
                Becomes::Element(&SPAN)
            }
        })
    }

    fn unlisted(&mut self, name: &str) -> Result<(), Error> {
        self.ctx.removed_with(&threats::ELEMENT, Spot::Here, Detail::name(name))
    }

    fn form(&mut self, name: &str, attributes: &[Read]) -> Result<(), Error> {
        for read in attributes {
            if matches!(read.name(), "action" | "formaction" | "src") {
                self.ctx.removed_with(&threats::FETCH, Spot::Here, Detail::url(read.value()))?;
            }
        }
        self.ctx.replaced(&threats::FORM, Spot::Here, Detail::name(name))
    }

    /// The text of the choice that is made in a list; of the first one where none is.
    fn chosen(&self, select: NodeId) -> String {
        let options = self
            .tree
            .descendants(select)
            .filter(|node| self.element(*node).is_some_and(|(name, _)| name == "option"));
        let (mut first, mut chosen) = (None, None);
        for option in options {
            first = first.or(Some(option));
            let is_chosen = self
                .element(option)
                .is_some_and(|(_, attributes)| attributes.iter().any(|read| read.name() == "selected"));
            if is_chosen {
                chosen = Some(option);
            }
        }
        chosen.or(first).map(|option| self.tree.text(option)).unwrap_or_default()
    }

    /// Drawings and formulas: what makes other parsers see other trees is left out whole.
    fn foreign(&mut self, name: &str, attributes: &[Read]) -> Result<(), Error> {
        let _ = attributes;
        self.ctx.replaced(&threats::FOREIGN, Spot::Here, Detail::name(name))
    }
}

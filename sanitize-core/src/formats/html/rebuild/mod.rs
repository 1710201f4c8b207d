//! Tree to model, by allow-list.

mod attributes;
mod body;
mod picture;
mod style;
mod text;

use super::{
    model::{Attribute, Page},
    parse::Parsed,
    threats,
};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    policy::MetadataField,
    report::{Detail, Spot},
    toolkits::markup::html::{Attribute as Read, Content, NodeId, Tree},
};

pub(super) fn rebuild(parsed: &Parsed, ctx: &mut Ctx<'_>) -> Result<Page, Error> {
    if let Some(what) = parsed.acts_as {
        ctx.choose_with(&threats::HTA, Spot::Here, Detail::excerpt(what))?;
    }
    if let Some(encoding) = parsed.reencoded {
        ctx.replaced(&threats::CHARSET, Spot::Here, Detail::name(encoding))?;
    }
    let mut scribe = Scribe::new(&parsed.tree, ctx);
    scribe.head()?;
    scribe.body()?;
    scribe.finish()
}

/// Writes a page from a tree, and remembers what it came across.
pub(super) struct Scribe<'t, 'c, 'run> {
    tree: &'t Tree,
    ctx: &'c mut Ctx<'run>,
    page: Page,
    /// Something that acts was left out.
    acted: bool,
    /// Pictures so far, for their names in the report.
    pictures: u32,
    /// Characters of the element that is open, until another tag ends them.
    pending: String,
}

impl<'t, 'c, 'run> Scribe<'t, 'c, 'run> {
    fn new(tree: &'t Tree, ctx: &'c mut Ctx<'run>) -> Self {
        let page = Page {
            doctype: tree.doctype(),
            html: Vec::new(),
            title: None,
            styles: Vec::new(),
            body: Vec::new(),
            content: Vec::new(),
        };
        Self { tree, ctx, page, acted: false, pictures: 0, pending: String::new() }
    }

    /// The element's name and attributes; `None` for every other node.
    fn element(&self, node: NodeId) -> Option<(&'t str, &'t [Read])> {
        match self.tree.content(node) {
            Content::Element { name, attributes, .. } => Some((&**name, attributes)),
            _ => None,
        }
    }

    fn children(&self, node: NodeId) -> Vec<NodeId> {
        std::iter::successors(self.tree.first(node), |child| self.tree.next(*child)).collect()
    }

    fn child(&self, node: NodeId, wanted: &str) -> Option<NodeId> {
        self.children(node)
            .into_iter()
            .find(|child| self.element(*child).is_some_and(|(name, _)| name == wanted))
    }

    /// What stands outside the body: the root's language, the title, style sheets.
    fn head(&mut self) -> Result<(), Error> {
        for node in self.children(Tree::ROOT) {
            self.comment(node)?;
        }
        let Some(html) = self.child(Tree::ROOT, "html") else { return Ok(()) };
        for node in self.children(html) {
            self.comment(node)?;
        }
        let attributes = self.element(html).map_or(&[][..], |(_, attributes)| attributes);
        let language = self.ctx.switches().keep_metadata.contains(&MetadataField::Language);
        // The namespace of XHTML says nothing in HTML.
        let read: Vec<_> = attributes.iter().filter(|read| !is_about_xhtml(read.name())).collect();
        let kept = self.attributes("html", &read)?;
        self.page.html = kept.into_iter().filter(|kept| language || kept.name != "lang").collect();
        let Some(head) = self.child(html, "head") else { return Ok(()) };
        for node in self.children(head) {
            self.comment(node)?;
            if let Some((name, attributes)) = self.element(node) {
                self.head_element(node, name, attributes)?;
            }
        }
        Ok(())
    }

    fn head_element(&mut self, node: NodeId, name: &str, attributes: &[Read]) -> Result<(), Error> {
        match name {
            "title" => {
                let title = self.cleaned(&self.tree.text(node))?;
                let title = title.trim_ascii().to_owned();
                if !self.ctx.switches().keep_metadata.contains(&MetadataField::Title) {
                    self.ctx.removed(&threats::COMMENT, Spot::Part("title"))?;
                } else if self.page.title.is_none() && !title.is_empty() {
                    self.page.title = Some(title);
                }
                Ok(())
            }
            "style" => self.style_sheet(node, attributes),
            "meta" => self.meta(attributes),
            _ => self.left_out(name, attributes),
        }
    }

    fn meta(&mut self, attributes: &[Read]) -> Result<(), Error> {
        let value = |wanted: &str| {
            attributes.iter().find(|read| read.name() == wanted).map(|read| read.value().trim_ascii())
        };
        if let Some(charset) = value("charset") {
            let known = charset.eq_ignore_ascii_case("utf-8");
            return if known && attributes.len() == 1 {
                Ok(())
            } else {
                self.ctx.replaced(&threats::CHARSET, Spot::Here, Detail::name(charset))
            };
        }
        if let Some(declares) = value("http-equiv") {
            let what = declares.to_ascii_lowercase();
            return match what.as_str() {
                "content-type" => {
                    let content = value("content").unwrap_or_default();
                    self.ctx.replaced(&threats::CHARSET, Spot::Here, Detail::name(content))
                }
                "refresh" => {
                    self.acted = true;
                    let content = value("content").unwrap_or_default();
                    self.ctx.removed_with(&threats::REFRESH, Spot::Here, Detail::url(content))
                }
                _ => self.ctx.removed_with(&threats::REFRESH, Spot::Here, Detail::name(&what)),
            };
        }
        let name = value("name").or_else(|| value("property")).unwrap_or("meta");
        self.ctx.removed_with(&threats::COMMENT, Spot::Here, Detail::name(name))
    }

    /// Records a comment; other nodes are no business of this.
    fn comment(&mut self, node: NodeId) -> Result<(), Error> {
        let Content::Comment(text) = self.tree.content(node) else { return Ok(()) };
        let start = text.trim_ascii_start();
        let is = |mark: &str| start.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        let conditional = is("[if") || is("[endif") || is("[else") || is("?import") || is("?xml:namespace");
        // An XML declaration, and what is between `<!` and `>`, are comments to HTML.
        let threat = if conditional { &threats::CONDITIONAL } else { &threats::COMMENT };
        let excerpt: String = start.chars().take(60).collect();
        self.ctx.removed_with(threat, Spot::Here, Detail::excerpt(&excerpt))
    }

    /// Records an element that is left out with all that is in it.
    fn left_out(&mut self, name: &str, attributes: &[Read]) -> Result<(), Error> {
        let address = attributes.iter().find(|read| {
            matches!(read.name(), "src" | "href" | "data" | "code" | "classid" | "codebase" | "action")
        });
        let detail = match address {
            Some(read) if !read.value().is_empty() => Detail::url(read.value()),
            _ => Detail::name(name),
        };
        let shadow = name == "template" || name == "slot";
        let rel = attributes.iter().any(|read| {
            read.name() == "rel" && read.value().to_ascii_lowercase().contains("modulepreload")
                || read.name() == "type"
                    && matches!(
                        &*read.value().to_ascii_lowercase(),
                        "speculationrules" | "importmap" | "module"
                    )
        });
        let machine = name == "script"
            && attributes
                .iter()
                .any(|read| read.name() == "type" && read.value().to_ascii_lowercase().contains("json"));
        match name {
            _ if shadow || rel => {
                self.acted = true;
                self.ctx.removed_with(&threats::SHADOW, Spot::Here, detail)
            }
            _ if machine => self.ctx.removed_with(&threats::COMMENT, Spot::Here, Detail::name("script")),
            "audio" | "video" | "bgsound" => self.ctx.removed_with(&threats::MEDIA, Spot::Here, detail),
            "link" => self.ctx.removed_with(&threats::FETCH, Spot::Here, detail),
            "xml" => self.ctx.removed_with(&threats::CONDITIONAL, Spot::Here, detail),
            _ => {
                self.acted = true;
                self.ctx.removed_with(&threats::SCRIPT, Spot::Here, detail)
            }
        }
    }

    fn finish(self) -> Result<Page, Error> {
        if self.acted && !self.page.shows_something() {
            return Err(self.ctx.refuse(&threats::SMUGGLING, Spot::Here));
        }
        Ok(self.page)
    }
}

fn is_about_xhtml(name: &str) -> bool {
    name == "xmlns" || name.starts_with("xmlns:") || name == "xml:lang" || name == "version"
}

impl Page {
    /// True where a reader sees a letter or a picture.
    fn shows_something(&self) -> bool {
        use super::model::Piece;
        self.content.iter().any(|piece| match piece {
            Piece::Start(element, _) => element.name == "img",
            Piece::Text(text) => {
                text.chars().any(|character| !character.is_whitespace() && character != '\u{a0}')
            }
            Piece::End(_) => false,
        })
    }
}

/// An attribute of the model.
fn attribute(name: &'static str, value: impl Into<String>) -> Attribute {
    Attribute { name, value: value.into() }
}

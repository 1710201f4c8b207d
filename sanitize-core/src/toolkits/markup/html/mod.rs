//! HTML as browsers read it: bytes that nobody checked become a tree, and nothing is judged.
//!
//! [`Tree::parse`] runs the parser of the HTML standard (html5ever) under bounds of our own. That parser knows
//! no limits: what is quadratic in it (attributes of a tag, elements that are open at once, formatting elements
//! that are opened again) is bounded here before and while it runs.

mod bounds;
mod sink;
mod tree;

pub(crate) use tree::{Attribute, Content, Doctype, NodeId, Space, Tree};

use html5ever::{
    ParseOpts, TokenizerResult,
    interface::TreeSink as _,
    tendril::StrTendril,
    tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

use crate::{budget::Budget, error::Error};
use sink::{Handle, Sink};

/// How the source is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// As `text/html`.
    Html,
    /// As XHTML: `<p/>` is an element without content.
    Xhtml,
}

/// How much is parsed between two looks at the budget.
const CHUNK: usize = 4 << 10;

impl Tree {
    /// The tree of the document `text`.
    pub(crate) fn parse(text: &str, syntax: Syntax, budget: &Budget) -> Result<Self, Error> {
        bounds::attributes(text, budget)?;
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts { scripting_enabled: true, ..TreeBuilderOpts::default() },
            tokenizer: TokenizerOpts::default(),
        };
        let builder = TreeBuilder::new(Sink::new(budget), options.tree_builder);
        let tokenizer = Tokenizer::new(Adapter { builder, syntax }, options.tokenizer);
        let mut rest = text;
        while !rest.is_empty() {
            let (chunk, behind) = rest.split_at(rest.floor_char_boundary(CHUNK));
            rest = behind;
            let queue = BufferQueue::default();
            queue.push_back(StrTendril::from_slice(chunk));
            // A finished script element, or a hint about the encoding, only interrupts the feeding.
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {
                budget.check()?;
            }
            tokenizer.sink.builder.sink.state()?;
        }
        tokenizer.end();
        tokenizer.sink.builder.sink.state()?;
        Ok(tokenizer.sink.builder.sink.finish())
    }
}

/// Between tokenizer and tree builder: gives XHTML's empty elements the end tags that HTML wants.
struct Adapter<'a> {
    builder: TreeBuilder<Handle, Sink<'a>>,
    syntax: Syntax,
}

impl TokenSink for Adapter<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let Token::TagToken(tag) = &token else { return self.builder.process_token(token, line) };
        let empty = self.syntax == Syntax::Xhtml && tag.kind == TagKind::StartTag && tag.self_closing;
        let foreign = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        if !empty || foreign || is_void(&tag.name) || matches!(&*tag.name, "svg" | "math") {
            return self.builder.process_token(token, line);
        }
        if is_raw(&tag.name) {
            // Without content there is nothing to read, and the start tag alone would swallow the document.
            return TokenSinkResult::Continue;
        }
        let mut end = tag.clone();
        end.kind = TagKind::EndTag;
        end.self_closing = false;
        end.attrs.clear();
        let _started = self.builder.process_token(token, line);
        self.builder.process_token(Token::TagToken(end), line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements that never have content (HTML, section 13.1.2).
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content is text up to their end tag.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "textarea"
            | "style"
            | "script"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
    )
}

#[cfg(test)]
mod tests;

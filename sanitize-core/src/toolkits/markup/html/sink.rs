//! Where the parser puts what it reads.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use html5ever::{
    Attribute as ReadAttribute, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    ns,
    tendril::StrTendril,
};

use super::tree::{Attribute, Content, Doctype, Node, Space, Tree};
use crate::{budget::Budget, error::Error, limits::Resource};

/// How many elements may be open at once. Trees are cut at a lesser depth when they are rebuilt; here the
/// parser's searches through the open elements are bounded.
const OPEN_ELEMENTS: u32 = 2_048;
/// What a node costs in memory, roughly.
const NODE_BYTES: u64 = 128;

/// A node as the parser knows it.
#[derive(Clone)]
pub(super) struct Handle {
    index: u32,
    name: Option<Rc<QualName>>,
}

/// Gathers nodes, and remembers the first error: the parser's calls cannot fail.
pub(super) struct Sink<'a> {
    nodes: RefCell<Vec<Node>>,
    doctype: Cell<Doctype>,
    failed: RefCell<Option<Error>>,
    budget: &'a Budget,
    unnamed: QualName,
}

impl<'a> Sink<'a> {
    pub(super) fn new(budget: &'a Budget) -> Self {
        let sink = Self {
            nodes: RefCell::new(Vec::new()),
            doctype: Cell::new(Doctype::Standards),
            failed: RefCell::new(None),
            budget,
            unnamed: QualName::new(None, ns!(), "".into()),
        };
        sink.push(Content::Root);
        sink
    }

    /// The error that the run ends with, once there is one.
    pub(super) fn state(&self) -> Result<(), Error> {
        self.failed.borrow().clone().map_or(Ok(()), Err)
    }

    fn fail(&self, error: Error) {
        self.failed.borrow_mut().get_or_insert(error);
    }

    fn push(&self, content: Content) -> u32 {
        let paid = self.budget.objects(1).and_then(|()| self.budget.expand(NODE_BYTES));
        if let Err(error) = paid {
            self.fail(error);
        }
        let mut nodes = self.nodes.borrow_mut();
        let index = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
        nodes.push(Node {
            content,
            parent: None,
            first: None,
            last: None,
            next: None,
            previous: None,
            depth: 0,
        });
        index
    }

    /// Changes the node `index`, if there is one.
    fn with<R>(&self, index: u32, change: impl FnOnce(&mut Node) -> R) -> Option<R> {
        self.nodes.borrow_mut().get_mut(index as usize).map(change)
    }

    fn field<R>(&self, index: u32, read: impl FnOnce(&Node) -> R) -> Option<R> {
        self.nodes.borrow().get(index as usize).map(read)
    }

    fn detach(&self, index: u32) {
        let Some((parent, previous, next)) =
            self.with(index, |node| (node.parent.take(), node.previous.take(), node.next.take()))
        else {
            return;
        };
        match previous {
            Some(previous) => _ = self.with(previous, |node| node.next = next),
            None => _ = parent.and_then(|parent| self.with(parent, |node| node.first = next)),
        }
        match next {
            Some(next) => _ = self.with(next, |node| node.previous = previous),
            None => _ = parent.and_then(|parent| self.with(parent, |node| node.last = previous)),
        }
    }

    /// Puts `index` under `parent`, before `next` or last.
    fn insert(&self, parent: u32, index: u32, next: Option<u32>) {
        self.detach(index);
        let depth = self.field(parent, |node| node.depth).unwrap_or(0).saturating_add(1);
        if depth > OPEN_ELEMENTS {
            self.fail(self.budget.trip(Resource::TreeDepth));
        }
        let previous = match next {
            Some(next) => self.field(next, |node| node.previous).flatten(),
            None => self.field(parent, |node| node.last).flatten(),
        };
        self.with(index, |node| {
            node.parent = Some(parent);
            node.previous = previous;
            node.next = next;
            node.depth = depth;
        });
        match previous {
            Some(previous) => _ = self.with(previous, |node| node.next = Some(index)),
            None => _ = self.with(parent, |node| node.first = Some(index)),
        }
        match next {
            Some(next) => _ = self.with(next, |node| node.previous = Some(index)),
            None => _ = self.with(parent, |node| node.last = Some(index)),
        }
    }

    /// Adds `text` to the text node `index`; false when it is none.
    fn extend(&self, index: Option<u32>, text: &str) -> bool {
        let add = |node: &mut Node| match &mut node.content {
            Content::Text(before) => {
                before.push_str(text);
                true
            }
            _ => false,
        };
        index.and_then(|index| self.with(index, add)).unwrap_or(false)
    }

    fn place(&self, parent: u32, child: NodeOrText<Handle>, next: Option<u32>) {
        match child {
            NodeOrText::AppendNode(node) => self.insert(parent, node.index, next),
            NodeOrText::AppendText(text) => {
                let before = match next {
                    Some(next) => self.field(next, |node| node.previous).flatten(),
                    None => self.field(parent, |node| node.last).flatten(),
                };
                if !self.extend(before, &text) {
                    let node = self.push(Content::Text(text.to_string()));
                    self.insert(parent, node, next);
                }
            }
        }
    }

    fn unnamed(&self, content: Content) -> Handle {
        Handle { index: self.push(content), name: None }
    }
}

fn attribute(read: ReadAttribute) -> Attribute {
    let name = match read.name.prefix {
        // `xlink:href` is told from `href`.
        Some(prefix) => format!("{prefix}:{}", read.name.local).into(),
        None => read.name.local,
    };
    Attribute { name, value: read.value.to_string() }
}

impl TreeSink for Sink<'_> {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'b>
        = &'b QualName
    where
        Self: 'b;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner(), doctype: self.doctype.get() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { index: 0, name: None }
    }

    fn elem_name<'b>(&'b self, target: &'b Handle) -> &'b QualName {
        target.name.as_deref().unwrap_or(&self.unnamed)
    }

    fn create_element(&self, name: QualName, attributes: Vec<ReadAttribute>, _: ElementFlags) -> Handle {
        let space = if name.ns == ns!(html) {
            Space::Html
        } else if name.ns == ns!(svg) {
            Space::Svg
        } else if name.ns == ns!(mathml) {
            Space::MathMl
        } else {
            Space::Other
        };
        let attributes = attributes.into_iter().map(attribute).collect();
        let content = Content::Element { space, name: name.local.clone(), attributes };
        Handle { index: self.push(content), name: Some(Rc::new(name)) }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.unnamed(Content::Comment(text.to_string()))
    }

    fn create_pi(&self, target: StrTendril, _data: StrTendril) -> Handle {
        self.unnamed(Content::Comment(target.to_string()))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(parent.index, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.field(element.index, |node| node.parent).flatten().is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    /// What stands in a template is its child here; the template is left out with all that is in it.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.index == y.index
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.doctype.set(mode.into());
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let Some(parent) = self.field(sibling.index, |node| node.parent).flatten() {
            self.place(parent, child, Some(sibling.index));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, added: Vec<ReadAttribute>) {
        let limit = self.budget.limits().xml_attributes as usize;
        let full = self.with(target.index, |node| match &mut node.content {
            Content::Element { attributes, .. } => {
                for read in added.into_iter().map(attribute) {
                    if !attributes.iter().any(|known| known.name == read.name) {
                        attributes.push(read);
                    }
                }
                attributes.len() > limit
            }
            _ => false,
        });
        // `<html a><html b>…` adds to one element for ever.
        if full == Some(true) {
            self.fail(self.budget.trip(Resource::Attributes));
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.index);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut next = self.field(node.index, |node| node.first).flatten();
        while let Some(child) = next {
            if let Err(error) = self.budget.objects(1) {
                self.fail(error);
            }
            next = self.field(child, |node| node.next).flatten();
            self.insert(parent.index, child, None);
        }
    }
}

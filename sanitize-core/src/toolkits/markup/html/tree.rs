use html5ever::{LocalName, tree_builder::QuirksMode};

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(pub(super) u32);

/// The language an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// HTML.
    Html,
    /// SVG inside HTML.
    Svg,
    /// MathML inside HTML.
    MathMl,
    /// Anything else.
    Other,
}

/// An attribute as it was read, references resolved.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(super) name: LocalName,
    pub(super) value: String,
}

impl Attribute {
    /// The name in lower case; of SVG with the letters SVG wants.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The value.
    pub(crate) fn value(&self) -> &str {
        &self.value
    }
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// The document, or what stands in a template.
    Root,
    /// An element with its attributes in order, none twice.
    Element { space: Space, name: LocalName, attributes: Vec<Attribute> },
    /// Characters.
    Text(String),
    /// A comment.
    Comment(String),
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) content: Content,
    pub(super) parent: Option<u32>,
    pub(super) first: Option<u32>,
    pub(super) last: Option<u32>,
    pub(super) next: Option<u32>,
    pub(super) previous: Option<u32>,
    pub(super) depth: u32,
}

/// By what rules browsers lay a document out, which its document type decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doctype {
    /// By the standards.
    Standards,
    /// Nearly so: images in table cells leave no gap.
    Transitional,
    /// As browsers did before there were standards.
    Quirks,
}

impl From<QuirksMode> for Doctype {
    fn from(mode: QuirksMode) -> Self {
        match mode {
            QuirksMode::NoQuirks => Self::Standards,
            QuirksMode::LimitedQuirks => Self::Transitional,
            QuirksMode::Quirks => Self::Quirks,
        }
    }
}

/// A document as a tree. Nodes stand in one list and name each other by number, so that neither a walk nor
/// dropping the tree takes stack.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) doctype: Doctype,
}

impl Tree {
    /// The document itself.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// How the document is laid out.
    pub(crate) fn doctype(&self) -> Doctype {
        self.doctype
    }

    /// What `node` is.
    pub(crate) fn content(&self, node: NodeId) -> &Content {
        self.node(node).map_or(&Content::Root, |node| &node.content)
    }

    /// The first child.
    pub(crate) fn first(&self, node: NodeId) -> Option<NodeId> {
        self.node(node)?.first.map(NodeId)
    }

    /// The node behind this one under the same parent.
    pub(crate) fn next(&self, node: NodeId) -> Option<NodeId> {
        self.node(node)?.next.map(NodeId)
    }

    /// The parent.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.node(node)?.parent.map(NodeId)
    }

    /// The node that follows `node` and all that is in it, as long as that stands in `within`.
    pub(crate) fn behind(&self, node: NodeId, within: NodeId) -> Option<NodeId> {
        let mut at = node;
        while at != within {
            if let Some(next) = self.next(at) {
                return Some(next);
            }
            at = self.parent(at)?;
        }
        None
    }

    /// Every node in `within`, in the order of the document.
    pub(crate) fn descendants(&self, within: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let follow = move |node: &NodeId| self.first(*node).or_else(|| self.behind(*node, within));
        std::iter::successors(self.first(within), follow)
    }

    /// The characters in `within`, joined.
    pub(crate) fn text(&self, within: NodeId) -> String {
        let mut joined = String::new();
        for node in self.descendants(within) {
            if let Content::Text(text) = self.content(node) {
                joined.push_str(text);
            }
        }
        joined
    }

    fn node(&self, node: NodeId) -> Option<&Node> {
        self.nodes.get(node.0 as usize)
    }
}

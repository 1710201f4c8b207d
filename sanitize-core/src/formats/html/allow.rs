//! The elements and attributes that may be written.

/// An element that may be written, with what the parser of the standard does about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    flags: u8,
}

/// It has no content and no end tag.
const VOID: u8 = 1;
/// Its start tag ends an open paragraph.
const CLOSES_P: u8 = 2;
/// It is in the standard's list of special elements, at which searches for a list item end.
const SPECIAL: u8 = 4;
/// Nothing outside of it is in scope inside.
const SCOPE: u8 = 8;
const BLOCK: u8 = CLOSES_P | SPECIAL;

impl Element {
    pub(super) fn is_void(&self) -> bool {
        self.flags & VOID != 0
    }

    pub(super) fn closes_p(&self) -> bool {
        self.flags & CLOSES_P != 0
    }

    pub(super) fn is_special(&self) -> bool {
        self.flags & SPECIAL != 0
    }

    pub(super) fn is_scope(&self) -> bool {
        self.flags & SCOPE != 0
    }

    pub(super) fn is_heading(&self) -> bool {
        matches!(self.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }

    /// An element of a table that has no text of its own.
    pub(super) fn is_table_frame(&self) -> bool {
        matches!(self.name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup")
    }
}

const fn element(name: &'static str, flags: u8) -> Element {
    Element { name, flags }
}

pub(super) static DIV: Element = element("div", BLOCK);
pub(super) static SPAN: Element = element("span", 0);

/// Sorted by name.
static ELEMENTS: &[Element] = &[
    element("a", 0),
    element("abbr", 0),
    element("acronym", 0),
    element("address", BLOCK),
    element("area", VOID | SPECIAL),
    element("article", BLOCK),
    element("aside", BLOCK),
    element("b", 0),
    element("bdi", 0),
    element("bdo", 0),
    element("big", 0),
    element("blockquote", BLOCK),
    element("br", VOID | SPECIAL),
    element("caption", SPECIAL | SCOPE),
    element("center", BLOCK),
    element("cite", 0),
    element("code", 0),
    element("col", VOID | SPECIAL),
    element("colgroup", SPECIAL),
    element("data", 0),
    element("dd", BLOCK),
    element("del", 0),
    element("details", BLOCK),
    element("dfn", 0),
    element("dir", BLOCK),
    element("div", BLOCK),
    element("dl", BLOCK),
    element("dt", BLOCK),
    element("em", 0),
    element("figcaption", BLOCK),
    element("figure", BLOCK),
    element("font", 0),
    element("footer", BLOCK),
    element("h1", BLOCK),
    element("h2", BLOCK),
    element("h3", BLOCK),
    element("h4", BLOCK),
    element("h5", BLOCK),
    element("h6", BLOCK),
    element("header", BLOCK),
    element("hgroup", BLOCK),
    element("hr", VOID | BLOCK),
    element("i", 0),
    element("img", VOID | SPECIAL),
    element("ins", 0),
    element("kbd", 0),
    element("li", BLOCK),
    element("main", BLOCK),
    element("map", 0),
    element("mark", 0),
    element("menu", BLOCK),
    element("nav", BLOCK),
    element("nobr", 0),
    element("ol", BLOCK),
    element("p", BLOCK),
    element("pre", BLOCK),
    element("q", 0),
    element("rb", 0),
    element("rp", 0),
    element("rt", 0),
    element("rtc", 0),
    element("ruby", 0),
    element("s", 0),
    element("samp", 0),
    element("section", BLOCK),
    element("small", 0),
    element("span", 0),
    element("strike", 0),
    element("strong", 0),
    element("sub", 0),
    element("summary", BLOCK),
    element("sup", 0),
    element("table", BLOCK | SCOPE),
    element("tbody", SPECIAL),
    element("td", SPECIAL | SCOPE),
    element("tfoot", SPECIAL),
    element("th", SPECIAL | SCOPE),
    element("thead", SPECIAL),
    element("time", 0),
    element("tr", SPECIAL),
    element("tt", 0),
    element("u", 0),
    element("ul", BLOCK),
    element("var", 0),
    element("wbr", VOID | SPECIAL),
];

/// The element `name`, if it may be written.
pub(super) fn by_name(name: &str) -> Option<&'static Element> {
    let index = ELEMENTS.binary_search_by(|element| element.name.cmp(name)).ok()?;
    ELEMENTS.get(index)
}

/// What the value of an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Any text.
    Text,
    /// Names of classes.
    Classes,
    /// The name of this element.
    Id,
    /// Names of other elements.
    Ids,
    /// `#` and the name of another element.
    Fragment,
    /// A word or number of ASCII letters.
    Word,
    /// A number, a percentage, or several of them.
    Length,
    /// A colour as the old attributes have it.
    Color,
    /// Nothing but that it is there.
    Flag,
    /// Declarations of style.
    Style,
    /// The address of a link.
    Link,
    /// The address of a picture.
    Picture,
}

/// Attributes of every element. Sorted.
const GLOBAL: &[(&str, Value)] = &[
    ("align", Value::Word),
    ("aria-describedby", Value::Ids),
    ("aria-hidden", Value::Word),
    ("aria-label", Value::Text),
    ("aria-labelledby", Value::Ids),
    ("bgcolor", Value::Color),
    ("class", Value::Classes),
    ("clear", Value::Word),
    ("dir", Value::Word),
    ("height", Value::Length),
    ("hidden", Value::Flag),
    ("id", Value::Id),
    ("lang", Value::Word),
    ("nowrap", Value::Flag),
    ("role", Value::Word),
    ("style", Value::Style),
    ("title", Value::Text),
    ("valign", Value::Word),
    ("width", Value::Length),
];

const LIST: &[(&str, Value)] =
    &[("compact", Value::Flag), ("reversed", Value::Flag), ("start", Value::Length), ("type", Value::Word)];
const CELL: &[(&str, Value)] = &[
    ("abbr", Value::Text),
    ("axis", Value::Text),
    ("background", Value::Picture),
    ("bordercolor", Value::Color),
    ("char", Value::Text),
    ("colspan", Value::Length),
    ("headers", Value::Ids),
    ("rowspan", Value::Length),
    ("scope", Value::Word),
];
const ROWS: &[(&str, Value)] = &[("background", Value::Picture), ("bordercolor", Value::Color)];
const COLUMNS: &[(&str, Value)] = &[("span", Value::Length)];
const CHANGE: &[(&str, Value)] = &[("datetime", Value::Text)];

/// Attributes of `element` besides the global ones.
fn own(element: &str) -> &'static [(&'static str, Value)] {
    match element {
        "a" => &[("href", Value::Link), ("hreflang", Value::Word), ("name", Value::Id)],
        "area" => {
            &[("alt", Value::Text), ("coords", Value::Length), ("href", Value::Link), ("shape", Value::Word)]
        }
        "body" => &[
            ("alink", Value::Color),
            ("background", Value::Picture),
            ("bottommargin", Value::Length),
            ("leftmargin", Value::Length),
            ("link", Value::Color),
            ("marginheight", Value::Length),
            ("marginwidth", Value::Length),
            ("rightmargin", Value::Length),
            ("text", Value::Color),
            ("topmargin", Value::Length),
            ("vlink", Value::Color),
        ],
        "col" | "colgroup" => COLUMNS,
        "data" => &[("value", Value::Text)],
        "del" | "ins" | "time" => CHANGE,
        "details" => &[("open", Value::Flag)],
        "font" => &[("color", Value::Color), ("face", Value::Text), ("size", Value::Word)],
        "hr" => &[("color", Value::Color), ("noshade", Value::Flag), ("size", Value::Length)],
        "img" => &[
            ("alt", Value::Text),
            ("border", Value::Length),
            ("hspace", Value::Length),
            ("src", Value::Picture),
            ("usemap", Value::Fragment),
            ("vspace", Value::Length),
        ],
        "li" => &[("type", Value::Word), ("value", Value::Length)],
        "map" => &[("name", Value::Id)],
        "dir" | "dl" | "menu" | "ol" | "ul" => LIST,
        "table" => &[
            ("background", Value::Picture),
            ("border", Value::Length),
            ("bordercolor", Value::Color),
            ("cellpadding", Value::Length),
            ("cellspacing", Value::Length),
            ("frame", Value::Word),
            ("rules", Value::Word),
            ("summary", Value::Text),
        ],
        "tbody" | "tfoot" | "thead" | "tr" => ROWS,
        "td" | "th" => CELL,
        _ => &[],
    }
}

/// The attribute `name` of `element`, under its own name, and what its value is.
pub(super) fn attribute(element: &str, name: &str) -> Option<(&'static str, Value)> {
    let find = |list: &'static [(&'static str, Value)]| {
        list.binary_search_by(|(known, _)| (*known).cmp(name)).ok().and_then(|index| list.get(index)).copied()
    };
    find(own(element)).or_else(|| find(GLOBAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(ELEMENTS.is_sorted_by_key(|element| element.name));
        assert!(GLOBAL.is_sorted_by_key(|(name, _)| *name));
        for element in ELEMENTS.iter().map(|element| element.name).chain(["body"]) {
            assert!(own(element).is_sorted_by_key(|(name, _)| *name), "{element}");
        }
    }
}

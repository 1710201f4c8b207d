//! Which elements may stand in which, so that the parser of the HTML standard makes of the written page the
//! very tree it was written from.
//!
//! That parser ends elements nobody ended: a paragraph where a list starts, a link where another one starts.
//! A tree in which such an element still stands where it would have been ended cannot be said in HTML, and
//! what is said instead is read as another tree. Mutation attacks live on that (HTML, sections 13.2.6.4.7 to
//! 13.2.6.4.15).

use super::allow::Element;

/// How deep elements are written. Browsers put what is deeper beside instead of inside, at 512.
pub(super) const DEPTH: usize = 240;

/// True when a start tag of `new` is read as a child of the innermost of `open` elements.
///
/// `quirks` says that the page is laid out by the rules in which a table does not end a paragraph.
pub(super) fn permits(open: &[&Element], new: &Element, quirks: bool) -> bool {
    let parent = open.last().map_or("body", |element| element.name);
    let fits_table = match parent {
        "table" => matches!(new.name, "caption" | "colgroup" | "thead" | "tbody" | "tfoot"),
        "thead" | "tbody" | "tfoot" => new.name == "tr",
        "tr" => matches!(new.name, "td" | "th"),
        "colgroup" => new.name == "col",
        _ => !matches!(
            new.name,
            "caption" | "colgroup" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "col"
        ),
    };
    let closes_p = new.closes_p() && !(new.name == "table" && quirks);
    let in_heading = new.is_heading() && open.last().is_some_and(|element| element.is_heading());
    fits_table
        && open.len() < DEPTH
        && !in_heading
        && !(closes_p && in_scope(open, "p"))
        && !ends_item(open, new.name)
        && !(new.name == "a" && in_cell(open, "a"))
        && !(new.name == "nobr" && in_scope(open, "nobr"))
        && !ends_ruby(open, new.name, parent)
}

/// True when an element `name` is open and nothing hides it (section 13.2.4.2; a list item hides nothing here).
fn in_scope(open: &[&Element], name: &str) -> bool {
    let found = open.iter().rev().find(|element| element.name == name || element.is_scope());
    found.is_some_and(|element| element.name == name)
}

/// As [`in_scope`], where only cells and captions hide what is outside: the list of formatting elements.
fn in_cell(open: &[&Element], name: &str) -> bool {
    let hides = |element: &&&Element| matches!(element.name, "td" | "th" | "caption") || element.name == name;
    open.iter().rev().find(hides).is_some_and(|element| element.name == name)
}

/// A list item ends the one before it, as far up as no other block stands between.
fn ends_item(open: &[&Element], new: &str) -> bool {
    let same = |name: &str| match new {
        "li" => name == "li",
        "dd" | "dt" => matches!(name, "dd" | "dt"),
        _ => false,
    };
    if !matches!(new, "li" | "dd" | "dt") {
        return false;
    }
    for element in open.iter().rev() {
        if same(element.name) {
            return true;
        }
        if element.is_special() && !matches!(element.name, "address" | "div" | "p") {
            return false;
        }
    }
    false
}

/// Parts of a ruby end what is open in it and need not be ended.
fn ends_ruby(open: &[&Element], new: &str, parent: &str) -> bool {
    let ended = match new {
        "rb" | "rtc" => matches!(parent, "dd" | "dt" | "li" | "p" | "rb" | "rp" | "rt" | "rtc"),
        "rp" | "rt" => matches!(parent, "dd" | "dt" | "li" | "p" | "rb" | "rp" | "rt"),
        _ => false,
    };
    ended && in_scope(open, "ruby")
}

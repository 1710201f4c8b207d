//! Samples of the area `pdf`: tiny files written by hand, one page of text with the KEEP marker.
//!
//! What can be hidden by the layout of a file is planted once in plain sight and once in each of `HIDING`.

mod actions;
mod drawing;
mod encryption;
mod fonts;
mod hidden;
mod page;
mod parts;
mod structure;

pub use page::{Layout, Page, ascii_85, find_last, hexadecimal, stream, write, zlib};

use crate::sample::{Expect, Index, KillMarker, Marks};

/// Layouts that hide what is planted from whoever searches the bytes.
const HIDING: [(Layout, &str); 4] = [
    (Layout::EscapedNames, "escaped"),
    (Layout::ObjectStream, "object-stream"),
    (Layout::Update, "update"),
    (Layout::Encrypted, "encrypted"),
];

/// The samples of the area.
pub fn samples(index: &mut Index) {
    index.benign("benign.pdf", "pdf", |m| Page::new(m).file());
    index
        .benign("benign.pdf", "pdf", |m| Page::new(m).layout(Layout::ObjectStream).file())
        .variant("object-stream");
    actions::samples(index);
    parts::samples(index);
    structure::samples(index);
    drawing::samples(index);
    fonts::samples(index);
    hidden::samples(index);
}

/// A planted page in every layout. `also` are the ids under which the same thing may be reported.
fn family(index: &mut Index, id: &'static str, also: &'static [&'static str], page: fn(&Marks) -> Page) {
    index.add(id, "pdf", Expect::Sanitized, KillMarker::Absent, Box::new(move |m| page(m).file())).also(also);
    for (layout, variant) in HIDING {
        index
            .add(
                id,
                "pdf",
                Expect::Sanitized,
                KillMarker::Absent,
                Box::new(move |m| page(m).layout(layout).file()),
            )
            .variant(variant)
            .also(also);
    }
}

/// A page with one annotation, object 6.
fn annotation(marks: &Marks, entries: &str) -> Page {
    Page::new(marks)
        .page("/Annots [6 0 R]")
        .object(format!("<< /Type /Annot /Rect [40 40 200 80] {entries} >>"))
}

/// A page that paints the object 6, a stream.
fn painting(marks: &Marks, entries: &str, data: &[u8]) -> Page {
    Page::new(marks)
        .resources("/XObject << /X 6 0 R >>")
        .content("q 60 0 0 60 40 500 cm /X Do Q")
        .stream(entries, data)
}

/// The entries of a form that can be painted.
const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";

/// A text of PDF between parentheses.
fn text(plain: &str) -> String {
    let escaped: String = plain
        .chars()
        .flat_map(|letter| {
            let escape = matches!(letter, '(' | ')' | '\\').then_some('\\');
            escape.into_iter().chain([letter])
        })
        .collect();
    format!("({escaped})")
}

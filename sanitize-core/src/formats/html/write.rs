use super::model::{Attribute, Page, Piece};
use crate::toolkits::markup::html::Doctype;

/// The document type that has a page laid out as `doctype` says.
pub(super) fn doctype(doctype: Doctype) -> &'static str {
    match doctype {
        Doctype::Standards => "<!DOCTYPE html>\n",
        Doctype::Transitional => "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"\">\n",
        Doctype::Quirks => "",
    }
}

pub(super) fn write(page: &Page) -> Vec<u8> {
    let mut output = String::from(doctype(page.doctype));
    start("html", &page.html, &mut output);
    output.push_str("\n<head>\n<meta charset=\"utf-8\">\n");
    if let Some(title) = &page.title {
        output.push_str("<title>");
        write_text(title, &mut output);
        output.push_str("</title>\n");
    }
    for style in &page.styles {
        output.push_str("<style>\n");
        output.push_str(style);
        output.push_str("</style>\n");
    }
    output.push_str("</head>\n");
    start("body", &page.body, &mut output);
    output.push('\n');
    let mut in_pre = false;
    for piece in &page.content {
        match piece {
            Piece::Start(element, attributes) => start(element.name, attributes, &mut output),
            Piece::End(element) => {
                output.push_str("</");
                output.push_str(element.name);
                output.push('>');
            }
            Piece::Text(text) => {
                // A line end right behind `<pre>` is not read.
                if in_pre && text.starts_with('\n') {
                    output.push('\n');
                }
                write_text(text, &mut output);
            }
        }
        in_pre = matches!(piece, Piece::Start(element, _) if element.name == "pre");
    }
    output.push_str("\n</body>\n</html>\n");
    output.into_bytes()
}

fn start(name: &str, attributes: &[Attribute], output: &mut String) {
    output.push('<');
    output.push_str(name);
    for attribute in attributes {
        output.push(' ');
        output.push_str(attribute.name);
        output.push_str("=\"");
        escape(&attribute.value, output);
        output.push('"');
    }
    output.push('>');
}

/// Text of the page. One that speaks of PDF files is not taken for such a file.
fn write_text(text: &str, output: &mut String) {
    for (index, part) in text.split("%PDF-").enumerate() {
        if index > 0 {
            output.push_str("&#37;PDF-");
        }
        escape(part, output);
    }
}

/// The same four characters everywhere, so that no place is special.
fn escape(text: &str, output: &mut String) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        output.push_str(text.get(copied..at).unwrap_or_default());
        output.push_str(escaped);
        copied = at + 1;
    }
    output.push_str(text.get(copied..).unwrap_or_default());
}

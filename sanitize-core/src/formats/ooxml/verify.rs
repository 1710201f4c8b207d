//! Re-reads a package that was written: every part under a name, a type and a root the model can have, every
//! relationship to one of them or to a web address.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    allow::{self, Content},
    kinds,
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    format::{self, Family, Format},
    toolkits::{
        archive::zip::{WrittenMember, verify_archive},
        markup::xml::DECLARATION,
    },
};

/// Addresses a relationship may have outside the package: what the link toolkit writes.
const OUTSIDE: [&str; 6] = ["http://", "https://", "mailto:", "tel:", "ftp://", "#"];

/// Fails unless `output` is a package of `format` that this engine can have written.
pub(super) fn verify(output: &[u8], format: Format, budget: &Budget) -> Result<(), Error> {
    let mut types = None;
    let mut relationships = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut parts = Vec::new();
    verify_archive(output, budget, |member| {
        names.insert(member.name.to_owned());
        if member.name == "[Content_Types].xml" {
            types = Some(text(&member.plain(budget)?)?);
        } else if member.name.ends_with(".rels") {
            relationships.insert(member.name.to_owned(), text(&member.plain(budget)?)?);
        } else if member.name.ends_with(".xml") || member.name.ends_with(".vml") {
            parts.push(*member);
        } else if !is_file(member.name) {
            return Err(malformed("name of a written part", 0));
        }
        Ok(())
    })?;
    let check = |part: &WrittenMember<'_>| {
        let mut markup = Markup::default();
        part.windows(budget, |window| markup.window(window))?;
        markup.end()
    };
    budget.each(&parts, |part| part.size, check)?;
    let types = types.ok_or_else(|| malformed("written content types", 0))?;
    let main = kinds::main_content_type(format).ok_or_else(|| malformed("written format", 0))?;
    if !types.contains(&format!("ContentType=\"{main}\"")) {
        return Err(malformed("written main content type", 0));
    }
    for declared in types.split("ContentType=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if declared != main && !is_part_type(declared) {
            return Err(malformed("written content type", 0));
        }
    }
    for (name, body) in &relationships {
        targets(name, body, &names)?;
    }
    Ok(())
}

/// A content type that the parts of a written package may have, besides that of its main part.
fn is_part_type(declared: &str) -> bool {
    let of_parts = || allow::PARTS.iter().filter(|kind| kind.content() == Content::Xml);
    let documents =
        [format::DOCX, format::XLSX, format::PPTX, format::DOTX, format::XLTX, format::POTX, format::PPSX];
    let of_files = || {
        let drawings = [format::SVG, format::EMF, format::WMF];
        let is_picture =
            move |format: &&Format| format.family() == Family::Picture || drawings.contains(format);
        let pictures = Format::all().iter().filter(is_picture);
        pictures.chain(documents.iter())
    };
    ["application/vnd.openxmlformats-package.relationships+xml", "application/xml"].contains(&declared)
        || of_parts().any(|kind| kind.content_types().first() == Some(&declared))
        || of_files().any(|format| format.media_type() == declared)
}

/// The written text of a part.
fn text(plain: &[u8]) -> Result<String, Error> {
    markup(plain)?;
    String::from_utf8(plain.to_vec()).map_err(|_| malformed("written XML", 0))
}

fn markup(plain: &[u8]) -> Result<(), Error> {
    let mut markup = Markup::default();
    markup.window(plain)?;
    markup.end()
}

/// What every written XML part has: our declaration, UTF-8, and neither declaration of a document type nor
/// processing instruction. A part is looked at window by window; the first holds the declaration.
#[derive(Debug, Default)]
struct Markup {
    /// The last byte seen; none before the body.
    last: Option<u8>,
    /// The bytes there are of a character that goes on in the next window.
    cut: Vec<u8>,
}

impl Markup {
    fn window(&mut self, window: &[u8]) -> Result<(), Error> {
        let body = match self.last {
            Some(_) => window,
            None => {
                let body = window.strip_prefix(DECLARATION);
                let body = body.ok_or_else(|| malformed("written XML declaration", 0))?;
                if body.first() != Some(&b'<') {
                    return Err(malformed("written XML", 0));
                }
                body
            }
        };
        self.characters(body)?;
        // In the text `<` is always the start of a tag, and no tag starts like `<!` and `<?`.
        let before = |at: usize| match at.checked_sub(1) {
            Some(before) => body.get(before).copied(),
            None => self.last,
        };
        if memchr::memchr2_iter(b'!', b'?', body).any(|at| before(at) == Some(b'<')) {
            return Err(malformed("written markup", 0));
        }
        self.last = body.last().copied().or(self.last);
        Ok(())
    }

    /// UTF-8, whatever stands in one window and whatever in the next.
    fn characters(&mut self, mut body: &[u8]) -> Result<(), Error> {
        if let Some(lead) = self.cut.first() {
            let missing = width(*lead).saturating_sub(self.cut.len());
            let (rest_of_it, behind) = body.split_at_checked(missing).unwrap_or((body, &[]));
            self.cut.extend_from_slice(rest_of_it);
            if rest_of_it.len() < missing {
                return Ok(());
            }
            utf8(&self.cut)?;
            self.cut.clear();
            body = behind;
        }
        let is_lead_of_more = |(back, byte): (usize, &u8)| (width(*byte) > back + 1).then_some(back + 1);
        let cut = body.iter().rev().enumerate().take(3).find_map(is_lead_of_more).unwrap_or(0);
        let (whole, cut) = body.split_at(body.len().saturating_sub(cut));
        self.cut.extend_from_slice(cut);
        utf8(whole)
    }

    fn end(&self) -> Result<(), Error> {
        match self.last == Some(b'>') && self.cut.is_empty() {
            true => Ok(()),
            false => Err(malformed("written XML", 0)),
        }
    }
}

fn utf8(bytes: &[u8]) -> Result<(), Error> {
    simdutf8::basic::from_utf8(bytes).map(drop).map_err(|_| malformed("written XML", 0))
}

/// How many bytes a character has that begins with `lead`; nothing for what is no beginning.
fn width(lead: u8) -> usize {
    match lead {
        0x80..=0xbf => 0,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0.. => 4,
        _ => 1,
    }
}

/// Pictures and embedded packages, by the extensions their formats are written under.
fn is_file(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    let in_folder = name.contains("/media/") || name.contains("/embeddings/");
    in_folder && Format::by_extension(extension).is_some_and(|format| format.extension() == extension)
}

/// Every target is a part that was written, or an address of an allowed kind in a hyperlink.
fn targets(name: &str, body: &str, names: &BTreeSet<String>) -> Result<(), Error> {
    let wrong = || malformed("written relationship", 0);
    for relationship in body.split("<Relationship ").skip(1) {
        let attribute = |wanted: &str| {
            let start = relationship.find(&format!("{wanted}=\""))? + wanted.len() + 2;
            relationship.get(start..)?.split('"').next()
        };
        let (kind, target) = (attribute("Type").ok_or_else(wrong)?, attribute("Target").ok_or_else(wrong)?);
        if attribute("TargetMode").is_some() {
            let allowed = OUTSIDE.iter().any(|start| target.starts_with(start));
            if !allowed || !kind.ends_with("/hyperlink") {
                return Err(wrong());
            }
        } else if !names.contains(&resolved(name, target)) {
            return Err(wrong());
        }
    }
    Ok(())
}

/// The part that `target` names in the relationships part `name`.
fn resolved(name: &str, target: &str) -> String {
    let mut folders: Vec<&str> = name.split('/').collect();
    folders.truncate(folders.len().saturating_sub(2));
    for segment in target.split('/') {
        match segment {
            ".." => drop(folders.pop()),
            _ => folders.push(segment),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_no_writer_writes_is_noticed() {
        let written = |body: &str| markup(&[DECLARATION, body.as_bytes()].concat());
        assert!(written("<a>x</a>").is_ok());
        for wrong in ["<!DOCTYPE a><a/>", "<a><!--x--></a>", "<a><?x?></a>", "", "x<a/>", "<a/>x"] {
            assert!(written(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_window_may_end_anywhere() {
        let judge = |body: &[u8], at: usize| {
            let written = [DECLARATION, body].concat();
            let (first, second) = written.split_at(DECLARATION.len() + at);
            let mut markup = Markup::default();
            markup.window(first)?;
            for byte in second.chunks(1) {
                markup.window(byte)?;
            }
            markup.end()
        };
        let good = "<a>無害化 é \u{20000}!?</a>".as_bytes();
        let broken =
            [&b"<a>\xe7\x84</a>"[..], b"<a>\xff</a>", b"<a/>\xe7", b"<a><!--x--></a>", b"<a><?x?></a>"];
        for at in 1..good.len() {
            assert!(judge(good, at).is_ok(), "{at}");
        }
        for body in broken {
            for at in 1..body.len() {
                assert!(judge(body, at).is_err(), "{body:?} {at}");
            }
        }
    }

    #[test]
    fn a_relationship_leads_to_a_part_or_the_web() {
        let names = BTreeSet::from(["word/document.xml".to_owned()]);
        let check =
            |attributes: &str| targets("_rels/.rels", &format!("<Relationship {attributes}/>"), &names);
        assert!(check("Id=\"a\" Type=\"t/officeDocument\" Target=\"word/document.xml\"").is_ok());
        assert!(check("Id=\"a\" Type=\"t\" Target=\"word/vbaProject.bin\"").is_err());
        assert!(check("Id=\"a\" Type=\"t/hyperlink\" Target=\"https://h/\" TargetMode=\"External\"").is_ok());
        assert!(
            check("Id=\"a\" Type=\"t/hyperlink\" Target=\"file:///c:/x\" TargetMode=\"External\"").is_err()
        );
        assert!(check("Id=\"a\" Type=\"t/frame\" Target=\"https://h/\" TargetMode=\"External\"").is_err());
    }
}

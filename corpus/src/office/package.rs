//! A package of parts, content types and relationships, written as a ZIP file.
//!
//! Parts hold slots, `{{name}}`, into which a sample puts what it plants; slots that stay empty vanish.
//! Filling a slot or replacing a text that is not there panics: a sample that plants nothing proves nothing.

use super::archive::{Archive, Member};

/// The start of the relationship types of the Transitional standard.
pub const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// The start of Microsoft's own relationship types.
pub const MICROSOFT: &str = "http://schemas.microsoft.com/office/2006/relationships/";

/// Namespaces and relationship types that Strict files have other names for.
const STRICT: [(&str, &str); 8] = [
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    ),
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        "http://schemas.openxmlformats.org/presentationml/2006/main",
        "http://purl.oclc.org/ooxml/presentationml/main",
    ),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    ),
    ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
];

#[derive(Clone, Debug)]
struct Relationship {
    source: String,
    id: String,
    kind: String,
    target: String,
    mode: Option<&'static str>,
}

/// A package.
#[derive(Clone, Debug, Default)]
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
    defaults: Vec<(String, String)>,
    overrides: Vec<(String, String)>,
    relationships: Vec<Relationship>,
    strict: bool,
}

impl Package {
    /// A part under an `Override` of its own.
    pub fn part(mut self, name: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.overrides.push((format!("/{name}"), content_type.to_owned()));
        self.item(name, body)
    }

    /// A ZIP item of which `[Content_Types].xml` says nothing by name.
    pub fn item(mut self, name: &str, body: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), body.into()));
        self
    }

    /// The content type of an extension.
    pub fn default_type(mut self, extension: &str, content_type: &str) -> Self {
        self.defaults.push((extension.to_owned(), content_type.to_owned()));
        self
    }

    /// One more `Override`, whether the part is there or not.
    pub fn override_type(mut self, name: &str, content_type: &str) -> Self {
        self.overrides.push((format!("/{name}"), content_type.to_owned()));
        self
    }

    /// Gives a part another content type.
    pub fn retype(mut self, name: &str, content_type: &str) -> Self {
        let name = format!("/{name}");
        let found = self.overrides.iter_mut().find(|(part, _)| *part == name);
        found.unwrap_or_else(|| panic!("no override for {name}")).1 = content_type.to_owned();
        self
    }

    /// A relationship to another part. `source` is a part's name, or empty for the package itself; a `kind`
    /// without `://` is one of the Transitional standard.
    pub fn relate(self, source: &str, id: &str, kind: &str, target: &str) -> Self {
        self.relate_as(source, id, kind, target, None)
    }

    /// A relationship to something outside the package.
    pub fn external(self, source: &str, id: &str, kind: &str, target: &str) -> Self {
        self.relate_as(source, id, kind, target, Some("External"))
    }

    /// A relationship with any target mode.
    pub fn relate_as(
        mut self,
        source: &str,
        id: &str,
        kind: &str,
        target: &str,
        mode: Option<&'static str>,
    ) -> Self {
        let kind = if kind.contains("://") { kind.to_owned() } else { format!("{RELATIONSHIPS}{kind}") };
        self.relationships.push(Relationship {
            source: source.to_owned(),
            id: id.to_owned(),
            kind,
            target: target.to_owned(),
            mode,
        });
        self
    }

    /// Puts `text` into a slot of a part, behind what was put there before.
    pub fn fill(self, part: &str, slot: &str, text: &str) -> Self {
        let slot = format!("{{{{{slot}}}}}");
        let filled = format!("{text}{slot}");
        self.replace(part, &slot, &filled)
    }

    /// Replaces every `from` of a part.
    pub fn replace(mut self, part: &str, from: &str, to: &str) -> Self {
        let (_, body) = self
            .parts
            .iter_mut()
            .find(|(name, _)| name == part)
            .unwrap_or_else(|| panic!("the package has no part {part}"));
        let text = String::from_utf8_lossy(body).into_owned();
        assert!(text.contains(from), "{part} has no {from}");
        *body = text.replace(from, to).into_bytes();
        self
    }

    /// Writes the whole body of a part anew.
    pub fn body(mut self, part: &str, rewrite: impl FnOnce(String) -> Vec<u8>) -> Self {
        let (_, body) = self
            .parts
            .iter_mut()
            .find(|(name, _)| name == part)
            .unwrap_or_else(|| panic!("the package has no part {part}"));
        let text = without_slots(&String::from_utf8_lossy(body));
        *body = rewrite(text);
        self
    }

    /// Renames an item; relationships and content types are left as they are.
    pub fn rename(mut self, from: &str, to: &str) -> Self {
        let (name, _) =
            self.parts.iter_mut().find(|(name, _)| name == from).unwrap_or_else(|| panic!("{from}"));
        *name = to.to_owned();
        self
    }

    /// The Strict variant of the same package.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The ZIP file before it is written, for samples that damage it.
    pub fn archive(&self) -> Archive {
        let mut members = vec![Member::new("[Content_Types].xml", self.content_types())];
        let mut sources: Vec<&str> = Vec::new();
        for relationship in &self.relationships {
            if !sources.contains(&relationship.source.as_str()) {
                sources.push(&relationship.source);
            }
        }
        for source in sources {
            let name = relationships_name(source);
            if self.parts.iter().all(|(part, _)| *part != name) {
                members.push(Member::new(&name, self.relationships_of(source)));
            }
        }
        for (name, body) in &self.parts {
            let is_markup = body.trim_ascii_start().starts_with(b"<");
            let body = match std::str::from_utf8(body) {
                Ok(text) if is_markup => self.named(&without_slots(text)).into_bytes(),
                _ => body.clone(),
            };
            members.push(Member::new(name, body));
        }
        Archive { members, ..Archive::default() }
    }

    /// The file.
    pub fn zip(&self) -> Vec<u8> {
        self.archive().bytes()
    }

    fn named(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.strict {
            for (transitional, strict) in STRICT {
                text = text.replace(transitional, strict);
            }
        }
        text
    }

    /// `[Content_Types].xml`.
    pub fn content_types(&self) -> String {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>",
        );
        for (extension, content_type) in &self.defaults {
            text += &format!("<Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>");
        }
        for (part, content_type) in &self.overrides {
            text += &format!("<Override PartName=\"{part}\" ContentType=\"{content_type}\"/>");
        }
        text + "</Types>"
    }

    /// The relationships part of `source`.
    pub fn relationships_of(&self, source: &str) -> String {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
        );
        for relationship in self.relationships.iter().filter(|relationship| relationship.source == source) {
            let mode = relationship.mode.map(|mode| format!(" TargetMode=\"{mode}\"")).unwrap_or_default();
            text += &format!(
                "<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>",
                relationship.id,
                self.named(&relationship.kind),
                escape(&relationship.target),
            );
        }
        text + "</Relationships>"
    }
}

/// The name of the relationships part of `source`.
pub fn relationships_name(source: &str) -> String {
    match source.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{source}.rels"),
    }
}

/// `text` as XML character data or an attribute's value. Character references that a sample wrote itself
/// stay as they are.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace("&amp;#", "&#")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn without_slots(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

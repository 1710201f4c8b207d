//! Reads data that was written, strictly: one form of tag, attribute and reference, every prefix declared, and nothing
//! of the vocabularies that act.

use super::vocabulary::{self, Vocabulary};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::{
        charset::{HiddenKind, hidden, is_plain_ascii},
        markup::Cursor,
    },
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader { cursor: Cursor::new(output)?, budget, bindings: Vec::new() };
    reader.cursor.expect("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "declaration")?;
    reader.tree()?;
    if reader.cursor.rest() == "\n" { Ok(()) } else { Err(reader.cursor.wrong("end of the document")) }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    budget: &'a Budget,
    /// Prefixes, what they mean, and how many elements were open when they were bound.
    bindings: Vec<(&'a str, Vocabulary, usize)>,
}

impl<'a> Reader<'a> {
    fn name(&mut self) -> Result<&'a str, Error> {
        let name = self.cursor.run(|byte| !b" =/><\"&\n\t\r".contains(&byte));
        if vocabulary::is_name(name) { Ok(name) } else { Err(self.cursor.wrong("name")) }
    }

    fn tree(&mut self) -> Result<(), Error> {
        let mut open: Vec<&'a str> = Vec::new();
        loop {
            self.budget.objects(1)?;
            if self.cursor.takes("</") {
                let closed = open.pop();
                self.cursor.expect(closed.unwrap_or("<"), "end tag")?;
                self.cursor.expect(">", "end tag")?;
                self.leave(open.len());
            } else {
                self.cursor.expect("<", "tag")?;
                let name = self.name()?;
                if self.tag(name, open.len())? {
                    self.leave(open.len());
                } else {
                    open.push(name);
                    self.budget.tree_depth(u32::try_from(open.len()).unwrap_or(u32::MAX))?;
                }
            }
            if open.is_empty() {
                return Ok(());
            }
            self.characters(b'<')?;
        }
    }

    /// Forgets what was bound in elements that are closed.
    fn leave(&mut self, open: usize) {
        while self.bindings.last().is_some_and(|(_, _, bound)| *bound >= open) {
            self.bindings.pop();
        }
    }

    /// Attributes up to the end of the tag; true where the element is empty.
    fn tag(&mut self, element: &'a str, open: usize) -> Result<bool, Error> {
        let mut names: Vec<&'a str> = Vec::new();
        let is_empty = loop {
            if self.cursor.takes("/>") {
                break true;
            }
            if self.cursor.takes(">") {
                break false;
            }
            self.cursor.expect(" ", "attribute")?;
            let name = self.name()?;
            self.cursor.expect("=\"", "attribute")?;
            let value = self.characters(b'"')?;
            self.cursor.expect("\"", "attribute value")?;
            if name == "xmlns" || name.starts_with("xmlns:") {
                let prefix = name.strip_prefix("xmlns:").unwrap_or_default();
                self.bindings.push((prefix, vocabulary::of(&value.replace("&amp;", "&")), open));
            }
            names.push(name);
        };
        self.budget.objects(names.len() as u64)?;
        let prefix = element.split_once(':').map_or("", |(prefix, _)| prefix);
        let local = element.rsplit(':').next().unwrap_or_default();
        let harmless = matches!(
            self.meaning(prefix)?,
            Vocabulary::Data | Vocabulary::Xml | Vocabulary::Instance | Vocabulary::XLink
        );
        if !harmless || vocabulary::is_script(local) || open == 0 && vocabulary::is_program_root(element) {
            return Err(self.cursor.wrong("element"));
        }
        for name in &names {
            let Some((prefix, local)) = name.split_once(':').filter(|(prefix, _)| *prefix != "xmlns") else {
                continue;
            };
            let fine = match self.meaning(prefix)? {
                Vocabulary::Data => true,
                Vocabulary::Xml => matches!(local, "lang" | "space" | "id"),
                Vocabulary::Instance => matches!(local, "type" | "nil"),
                Vocabulary::XLink => local != "actuate",
                Vocabulary::Include | Vocabulary::Signature | Vocabulary::Page | Vocabulary::Program(_) => {
                    false
                }
            };
            if !fine {
                return Err(self.cursor.wrong("attribute"));
            }
        }
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(self.cursor.wrong("attribute given twice"));
        }
        Ok(is_empty)
    }

    fn meaning(&self, prefix: &str) -> Result<Vocabulary, Error> {
        let bound = self.bindings.iter().rev().find(|(bound, _, _)| *bound == prefix);
        match (bound, prefix) {
            (Some((_, vocabulary, _)), _) => Ok(*vocabulary),
            (None, "") => Ok(Vocabulary::Data),
            (None, "xml") => Ok(Vocabulary::Xml),
            (None, _) => Err(self.cursor.wrong("prefix of no namespace")),
        }
    }

    /// Characters and references up to `end`, which the writer may have written.
    fn characters(&mut self, end: u8) -> Result<&'a str, Error> {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#9;", "&#10;", "&#13;"];
        let run = self.cursor.characters(&[end], &known)?;
        if end == b'"' && run.contains(['\t', '\n']) {
            return Err(self.cursor.wrong("character"));
        }
        if !is_plain_ascii(run.as_bytes())
            && hidden(run).iter().any(|hidden| hidden.kind != HiddenKind::Balanced)
        {
            return Err(self.cursor.wrong("hidden character"));
        }
        Ok(run)
    }
}

use std::collections::BTreeMap;

use super::{Unread, part_name};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::markup::xml::{Token, Tokenizer, prepare},
};

/// `[Content_Types].xml` (OPC §7.2): what each part says it is.
#[derive(Debug, Default)]
pub(crate) struct ContentTypes {
    defaults: BTreeMap<String, String>,
    overrides: BTreeMap<String, String>,
    /// A part or an extension was declared twice, differently.
    pub(crate) conflict: bool,
    pub(crate) unread: Unread,
}

/// Attributes that are read.
const READ: [&[u8]; 3] = [b"Extension", b"PartName", b"ContentType"];

impl ContentTypes {
    pub(crate) fn read(input: &[u8], budget: &Budget) -> Result<Self, Error> {
        let prepared = prepare::text(input, budget)?;
        let mut tokenizer = Tokenizer::new(&prepared.text, budget);
        let mut types = Self::default();
        while let Some(token) = tokenizer.next()? {
            types.unread.look(&token, &tokenizer, prepared.offset, &READ);
            let Token::Start { name, .. } = token else { continue };
            let (_, local) = crate::toolkits::markup::xml::split(name);
            match local {
                b"Default" => {
                    if let (Some(extension), Some(kind)) =
                        (tokenizer.value(b"Extension")?, tokenizer.value(b"ContentType")?)
                    {
                        let extension = extension.trim().to_ascii_lowercase();
                        types.conflict |= insert(&mut types.defaults, extension, kind.trim());
                    }
                }
                b"Override" => {
                    if let (Some(name), Some(kind)) =
                        (tokenizer.value(b"PartName")?, tokenizer.value(b"ContentType")?)
                        && let Some(key) = part_name::key(&name)
                    {
                        types.conflict |= insert(&mut types.overrides, key, kind.trim());
                    }
                }
                b"Types" if tokenizer.depth() <= 1 => {}
                _ => return Err(malformed("content types", tokenizer.span().0 as u64)),
            }
        }
        Ok(types)
    }

    /// What the part with `key` says it is.
    pub(crate) fn of(&self, key: &str) -> Option<&str> {
        let by_extension = || {
            let (_, extension) = key.rsplit_once('.')?;
            self.defaults.get(extension)
        };
        self.overrides.get(key).or_else(by_extension).map(String::as_str)
    }
}

/// True when `key` was there with another value.
fn insert(map: &mut BTreeMap<String, String>, key: String, value: &str) -> bool {
    match map.get(&key) {
        Some(known) => !known.eq_ignore_ascii_case(value),
        None => {
            map.insert(key, value.to_owned());
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn read(body: &str) -> Result<ContentTypes, Error> {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        ContentTypes::read(format!("<Types>{body}</Types>").as_bytes(), &budget)
    }

    #[test]
    fn an_override_wins_over_its_extension() {
        let types = read(
            "<Default Extension=\"XML\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/word/Document.xml\" ContentType=\"main\"/>",
        )
        .unwrap();
        assert_eq!(types.of("word/document.xml"), Some("main"));
        assert_eq!(types.of("word/other.xml"), Some("application/xml"));
        assert_eq!(types.of("word/other.bin"), None);
    }

    #[test]
    fn two_answers_for_one_part_are_a_conflict() {
        let twice = |second: &str| {
            read(&format!(
                "<Override PartName=\"/a.xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/A.xml\" ContentType=\"{second}\"/>"
            ))
            .unwrap()
            .conflict
        };
        assert!(twice("application/vnd.ms-office.vbaProject"));
        assert!(!twice("application/xml"));
    }
}

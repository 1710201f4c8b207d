use std::collections::BTreeSet;

use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::markup::xml::{Token, Tokenizer, prepare, split},
};

/// How a target is to be read (OPC §6.5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetMode {
    /// A part of the package.
    Internal,
    /// Anything else.
    External,
}

/// One relationship as written, its references resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relationship {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
    pub(crate) mode: TargetMode,
    /// Where it stands in its part.
    pub(crate) offset: u64,
    /// An earlier one of the same part has this id: readers differ on which of the two they follow.
    pub(crate) repeated: bool,
}

/// Reads a relationships part.
pub(crate) fn read(input: &[u8], budget: &Budget) -> Result<Vec<Relationship>, Error> {
    let prepared = prepare::text(input, budget)?;
    let mut tokenizer = Tokenizer::new(&prepared.text, budget);
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    while let Some(token) = tokenizer.next()? {
        let Token::Start { name, .. } = token else { continue };
        let offset = prepared.offset + tokenizer.span().0 as u64;
        match split(name).1 {
            b"Relationship" => {}
            b"Relationships" if tokenizer.depth() <= 1 => continue,
            _ => return Err(malformed("relationships", offset)),
        }
        let (Some(id), Some(kind), Some(target)) =
            (tokenizer.value(b"Id")?, tokenizer.value(b"Type")?, tokenizer.value(b"Target")?)
        else {
            return Err(malformed("relationship", offset));
        };
        let mode = match tokenizer.value(b"TargetMode")? {
            Some(mode) if mode.trim().eq_ignore_ascii_case("external") => TargetMode::External,
            _ => TargetMode::Internal,
        };
        let repeated = !ids.insert(id.to_string());
        found.push(Relationship {
            id: id.into_owned(),
            kind: kind.trim().to_owned(),
            target: target.into_owned(),
            mode,
            offset,
            repeated,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    #[test]
    fn syntax_hides_nothing() {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        let read = read(
            b"<x:Relationships xmlns:x='u'><x:Relationship  TargetMode = 'external' Target='&#104;ttps://h/a' Type='t' Id='r1'/>\
              <x:Relationship Id='r1' Type='t' Target='b'/></x:Relationships>",
            &budget,
        )
        .unwrap();
        assert_eq!((read[0].target.as_str(), read[0].mode), ("https://h/a", TargetMode::External));
        assert!(!read[0].repeated && read[1].repeated);
    }
}

use std::collections::BTreeSet;

use super::Unread;
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
    /// It has an id, a type and a target, as it must.
    pub(crate) complete: bool,
}

/// Attributes that are read.
const READ: [&[u8]; 4] = [b"Id", b"Type", b"Target", b"TargetMode"];

/// Reads a relationships part; says as well what in it nobody reads.
pub(crate) fn read(input: &[u8], budget: &Budget) -> Result<(Vec<Relationship>, Unread), Error> {
    let prepared = prepare::text(input, budget)?;
    let mut tokenizer = Tokenizer::new(&prepared.text, budget);
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    let mut unread = Unread::default();
    while let Some(token) = tokenizer.next()? {
        unread.look(&token, &tokenizer, prepared.offset, &READ);
        let Token::Start { name, .. } = token else { continue };
        let offset = prepared.offset + tokenizer.span().0 as u64;
        match split(name).1 {
            b"Relationship" => {}
            b"Relationships" if tokenizer.depth() <= 1 => continue,
            _ => return Err(malformed("relationships", offset)),
        }
        let (id, kind, target) =
            (tokenizer.value(b"Id")?, tokenizer.value(b"Type")?, tokenizer.value(b"Target")?);
        let complete = id.is_some() && kind.is_some() && target.is_some();
        let (id, kind, target) =
            (id.unwrap_or_default(), kind.unwrap_or_default(), target.unwrap_or_default());
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
            complete,
        });
    }
    Ok((found, unread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    #[test]
    fn syntax_hides_nothing() {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        let (read, unread) = read(
            b"<x:Relationships xmlns:x='u'><x:Relationship  TargetMode = 'external' Target='&#104;ttps://h/a' Type='t' Id='r1'/>\
              <x:Relationship Id='r1' Type='t' Target='b'/></x:Relationships>",
            &budget,
        )
        .unwrap();
        assert_eq!((read[0].target.as_str(), read[0].mode), ("https://h/a", TargetMode::External));
        assert!(!read[0].repeated && read[1].repeated && read[0].complete);
        assert_eq!(unread, Unread::default());
    }

    #[test]
    fn what_is_missing_is_told_and_the_others_are_read() {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        let part = "<Relationships><Relationship Type='t' Target='a'/><Relationship Id='r' Type='t'/>\
                    <Relationship Id='s' Target='a'/><Relationship Id='x' Type='t' Target=''/></Relationships>";
        let complete = read(part.as_bytes(), &budget).unwrap().0.into_iter().map(|read| read.complete);
        assert_eq!(complete.collect::<Vec<_>>(), [false, false, false, true]);
    }

    #[test]
    fn what_nobody_reads_is_told() {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        let unread = |body: &str| {
            let part = format!("<Relationships xmlns='u'>{body}</Relationships>");
            let unread = read(part.as_bytes(), &budget).unwrap().1;
            (unread.attribute.is_some(), unread.remark.is_some())
        };
        assert_eq!(unread("\n <Relationship Id='r1' Type='t' Target='b'/>\n"), (false, false));
        assert_eq!(unread("<Relationship Id='r1' Type='t' Target='b' Note='n'/>"), (true, false));
        for remark in ["<!--n-->", "<?n n?>", "n", "<![CDATA[n]]>"] {
            assert_eq!(unread(remark), (false, true), "{remark}");
        }
    }
}

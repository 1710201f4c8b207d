use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

/// Where in the input something stood: the documents from outermost to innermost, a part of the last one,
/// and an offset in it.
///
/// Prints as `mail.eml ▸ plan.zip ▸ report.docm ▸ word/vbaProject.bin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    document: Arc<str>,
    part: Option<Arc<str>>,
    offset: Option<u64>,
}

impl Place {
    /// The file that was given.
    pub(crate) fn root(name: &str) -> Self {
        Self { document: super::finding::printable(name).into(), part: None, offset: None }
    }

    /// A document nested under `name`.
    pub(crate) fn nested(&self, name: &str) -> Self {
        let document = format!("{} ▸ {}", self.document, super::finding::printable(name)).into();
        Self { document, part: None, offset: None }
    }

    /// A part of this document.
    pub(crate) fn part(&self, name: &str) -> Self {
        let part = Some(super::finding::printable(name).into());
        Self { document: Arc::clone(&self.document), part, offset: None }
    }

    /// The same place, narrowed to `spot`.
    pub(crate) fn at(&self, spot: Spot<'_>) -> Self {
        match spot {
            Spot::Here => self.clone(),
            Spot::Offset(offset) => Self { offset: Some(offset), ..self.clone() },
            Spot::Part(name) => self.part(name),
        }
    }

    /// True when both name the same part of the same document, offsets aside.
    pub(crate) fn same_part(&self, other: &Self) -> bool {
        fn same(a: &Arc<str>, b: &Arc<str>) -> bool {
            Arc::ptr_eq(a, b) || a == b
        }
        same(&self.document, &other.document)
            && match (&self.part, &other.part) {
                (Some(a), Some(b)) => same(a, b),
                (None, None) => true,
                _ => false,
            }
    }

    /// The offset in bytes in the part, where one is known.
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document)?;
        match &self.part {
            Some(part) => write!(f, " ▸ {part}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A place relative to what is being rebuilt.
#[derive(Clone, Copy, Debug)]
pub enum Spot<'a> {
    /// The document or part as a whole.
    Here,
    /// Bytes from the start of the document or part.
    Offset(u64),
    /// A named part, member, chunk or key.
    Part(&'a str),
}

impl From<u64> for Spot<'_> {
    fn from(offset: u64) -> Self {
        Self::Offset(offset)
    }
}

impl From<usize> for Spot<'_> {
    fn from(offset: usize) -> Self {
        Self::Offset(offset as u64)
    }
}

impl<'a> From<&'a str> for Spot<'a> {
    fn from(part: &'a str) -> Self {
        Self::Part(part)
    }
}

//! Records one behind the other, each with its own length.

use crate::bytes::Reader;

/// How a record begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// MS-EMF 2.3: a type, then the size in bytes, 32 bits each.
    Enhanced,
    /// MS-WMF 2.3: the size in words in 32 bits, then a function in 16.
    Plain,
}

/// One record: what it is, where it starts, and what stands behind type and size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) kind: u32,
    pub(crate) offset: u64,
    pub(crate) body: &'a [u8],
}

/// The records of a file, each of them inside it. Ends at the first whose size cannot be true.
#[derive(Debug)]
pub(crate) struct Records<'a> {
    reader: Reader<'a>,
    shape: Shape,
    broken: bool,
}

impl<'a> Records<'a> {
    /// Records of `input` from `start` on.
    pub(crate) fn new(input: &'a [u8], start: usize, shape: Shape) -> Self {
        let rest = input.get(start..).unwrap_or_default();
        Self { reader: Reader::at(rest, start as u64), shape, broken: false }
    }

    /// True once a record had a size that cannot be.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Where the next record starts.
    pub(crate) fn offset(&self) -> u64 {
        self.reader.offset()
    }

    /// What stands behind the records that were read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.reader.rest()
    }

    fn read(&mut self) -> Option<Record<'a>> {
        let offset = self.reader.offset();
        let (kind, head, size) = match self.shape {
            Shape::Enhanced => {
                let kind = self.reader.u32_le("record type").ok()?;
                (kind, 8, self.reader.u32_le("record size").ok()?)
            }
            Shape::Plain => {
                let words = self.reader.u32_le("record size").ok()?;
                (self.reader.u16_le("record function").ok()?.into(), 6, words.checked_mul(2)?)
            }
        };
        let body = self.reader.take(size.checked_sub(head)?, "record").ok()?;
        Some(Record { kind, offset, body })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.broken || self.reader.is_empty() {
            return None;
        }
        let record = self.read();
        self.broken = record.is_none();
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_ends_inside_the_file_or_ends_the_records() {
        let mut bytes = vec![33, 0, 0, 0, 8, 0, 0, 0, 27, 0, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        let read = |bytes: &[u8]| {
            let mut records = Records::new(bytes, 0, Shape::Enhanced);
            let kinds: Vec<u32> = records.by_ref().map(|record| record.kind).collect();
            (kinds, records.is_broken())
        };
        assert_eq!(read(&bytes), (vec![33, 27], false));
        bytes[12] = 17;
        assert_eq!(read(&bytes), (vec![33], true));
        bytes[12] = 0;
        assert_eq!(read(&bytes), (vec![33], true));
    }
}

use crate::bytes::Reader;

/// Extra field of ZIP64 sizes and offsets, APPNOTE 4.5.3.
pub(super) const ZIP64: u16 = 0x0001;
/// Info-ZIP Unicode Path, APPNOTE 4.6.9.
pub(super) const UNICODE_PATH: u16 = 0x7075;
/// WinZip AES.
pub(super) const AES: u16 = 0x9901;
/// PKWARE Unix, APPNOTE 4.5.7: carries the target of a link.
pub(super) const PKWARE_UNIX: u16 = 0x000d;
/// ASi Unix: carries a mode and the target of a link.
pub(super) const ASI_UNIX: u16 = 0x756e;

/// Extra fields as pairs of id and body. Ends at the first that does not fit: padding tools leave such tails.
pub(super) struct Fields<'a>(Reader<'a>);

pub(super) fn fields(extra: &[u8]) -> Fields<'_> {
    Fields(Reader::new(extra))
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.0.u16_le("extra field id").ok()?;
        let len = self.0.u16_le("extra field length").ok()?;
        Some((id, self.0.take(len, "extra field").ok()?))
    }
}

/// The ZIP64 field, and whether there is another one.
pub(super) fn zip64(extra: &[u8]) -> (Option<&[u8]>, bool) {
    let mut bodies = fields(extra).filter(|(id, _)| *id == ZIP64).map(|(_, body)| body);
    (bodies.next(), bodies.next().is_some())
}

/// True when there is anything but ZIP64 sizes.
pub(super) fn has_more(extra: &[u8]) -> bool {
    let known: usize = fields(extra).filter(|(id, _)| *id == ZIP64).map(|(_, body)| body.len() + 4).sum();
    extra.len() > known
}

/// Replaces the values that a header gives as `0xffffffff` by those of its ZIP64 field, in the field's fixed
/// order. `None` where the field is missing or too short for them, or repeats plain values falsely.
pub(super) fn resolve(extra: &[u8], values: [&mut u64; 3]) -> Option<()> {
    const UNKNOWN: u64 = u32::MAX as u64;
    let (field, twice) = zip64(extra);
    if twice {
        return None;
    }
    let needed = values.iter().any(|value| **value == UNKNOWN);
    let Some(field) = field else { return (!needed).then_some(()) };
    let mut reader = Reader::new(field);
    if needed {
        for value in values {
            if *value == UNKNOWN {
                *value = reader.u64_le("ZIP64 value").ok()?;
            }
        }
        return Some(());
    }
    // Not needed, yet written by some programs: harmless while it says nothing new.
    for value in values.into_iter().take(2) {
        match reader.u64_le("ZIP64 value") {
            Ok(stated) if stated != 0 && stated != *value => return None,
            _ => (),
        }
    }
    Some(())
}

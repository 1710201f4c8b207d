//! Records of a fixed layout: a table says what each field may hold, and one function reads them all.

use crate::bytes::Reader;

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Field {
    /// A coordinate, a length or an index that is looked at elsewhere: any number.
    Any,
    /// A number by which something is divided.
    NonZero,
    /// A number from the first to the second.
    Range(u32, u32),
    /// These bits; others are cleared.
    Bits(u32),
    /// A finite number of 32 bits with a binary point.
    Float,
}

impl Field {
    /// The value as it may be written; `None` where no value may.
    pub(crate) fn checked(self, value: u32) -> Option<u32> {
        match self {
            Self::Any => Some(value),
            Self::NonZero => (value != 0).then_some(value),
            Self::Range(least, most) => (least..=most).contains(&value).then_some(value),
            Self::Bits(mask) => Some(value & mask),
            Self::Float => f32::from_bits(value).is_finite().then_some(value),
        }
    }
}

/// The fields of one record, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) values: Vec<u32>,
    /// The record held something that no field has room for.
    pub(crate) changed: bool,
}

impl Fields {
    /// Reads 32-bit fields of this layout; `None` where one is missing or must not be.
    pub(crate) fn wide(layout: &[Field], reader: &mut Reader<'_>) -> Option<Self> {
        Self::read(layout, || reader.u32_le("field").ok())
    }

    /// Reads 16-bit fields of this layout.
    pub(crate) fn short(layout: &[Field], reader: &mut Reader<'_>) -> Option<Self> {
        Self::read(layout, || reader.u16_le("field").ok().map(u32::from))
    }

    fn read(layout: &[Field], mut next: impl FnMut() -> Option<u32>) -> Option<Self> {
        let mut fields = Self { values: Vec::with_capacity(layout.len()), changed: false };
        for field in layout {
            let value = next()?;
            let checked = field.checked(value)?;
            fields.changed |= checked != value;
            fields.values.push(checked);
        }
        Some(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_out_of_its_range_is_none_and_foreign_bits_are_cleared() {
        let read =
            |bytes: &[u8]| Fields::short(&[Field::Range(1, 2), Field::Bits(0x0f)], &mut Reader::new(bytes));
        assert_eq!(read(&[2, 0, 0x1f, 0]), Some(Fields { values: vec![2, 15], changed: true }));
        assert_eq!(read(&[3, 0, 0, 0]), None);
        assert_eq!(read(&[1, 0, 0]), None);
        assert!(Field::Float.checked(f32::NAN.to_bits()).is_none());
    }
}

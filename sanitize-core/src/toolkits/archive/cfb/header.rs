use super::SIGNATURE;
use crate::{
    bytes::Reader,
    error::{Error, malformed},
};

/// Entries of the DIFAT that stand in the header itself.
pub(super) const DIFAT_IN_HEADER: usize = 109;

/// The header (2.2), as far as a reader needs it.
#[derive(Debug)]
pub(super) struct Header {
    /// Bytes of a sector: 512 or 4,096.
    pub(super) sector_size: usize,
    /// Stream sizes have 32 bits that mean something, not 64 (2.6.1, Stream Size).
    pub(super) is_version_3: bool,
    /// How many sectors the FAT is said to have.
    pub(super) table_sectors: u32,
    /// First sector of the directory.
    pub(super) directory: u32,
    /// Streams shorter than this stand in the mini stream.
    pub(super) mini_cutoff: u64,
    /// First sector of the mini FAT.
    pub(super) mini_table: u32,
    /// First sector of the DIFAT beyond the header.
    pub(super) difat: u32,
    /// The first sectors of the FAT.
    pub(super) first_difat: [u32; DIFAT_IN_HEADER],
}

impl Header {
    pub(super) fn read(input: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(input);
        if reader.take(SIGNATURE.len(), "compound file signature")? != SIGNATURE {
            return Err(malformed("compound file signature", 0));
        }
        reader.skip(16 + 2, "header")?;
        let version = reader.u16_le("major version")?;
        let byte_order = reader.u16_le("byte order")?;
        let sector_shift = reader.u16_le("sector shift")?;
        let mini_shift = reader.u16_le("mini sector shift")?;
        let sector_size = match (version, sector_shift) {
            (3, 9) => 512,
            (4, 12) => 4_096,
            _ => return Err(malformed("sector shift", 30)),
        };
        if byte_order != 0xfffe || mini_shift != 6 {
            return Err(malformed("byte order or mini sector shift", 28));
        }
        // Reserved, and the number of directory sectors, which version 3 does not give.
        reader.skip(6 + 4, "header")?;
        let table_sectors = reader.u32_le("number of FAT sectors")?;
        let directory = reader.u32_le("first directory sector")?;
        reader.skip(4, "transaction signature")?;
        let mini_cutoff = u64::from(reader.u32_le("mini stream cutoff")?);
        let mini_table = reader.u32_le("first mini FAT sector")?;
        reader.skip(4, "number of mini FAT sectors")?;
        let difat = reader.u32_le("first DIFAT sector")?;
        reader.skip(4, "number of DIFAT sectors")?;
        let mut first_difat = [0; DIFAT_IN_HEADER];
        for entry in &mut first_difat {
            *entry = reader.u32_le("DIFAT")?;
        }
        let is_version_3 = version == 3;
        Ok(Self {
            sector_size,
            is_version_3,
            table_sectors,
            directory,
            mini_cutoff,
            mini_table,
            difat,
            first_difat,
        })
    }
}

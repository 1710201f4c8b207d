//! Compound files (MS-CFB): storages and streams in chains of sectors, as OLE and Office 97 write them.
//!
//! [`CompoundFile::read`] reads the allocation tables and the directory; [`CompoundFile::stream`] gathers a
//! stream when it is asked for, and pays for it then. Nothing is ever written.
//!
//! Every chain is known to end before it is followed ([`chain::Chains`]), so that a loop costs one pass over
//! the table and no more. Sizes are claims: none is believed past what its chain and the file hold.

mod chain;
mod directory;
mod header;
mod sectors;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{
    budget::Budget,
    error::{Error, malformed},
};
use chain::Chains;
pub(crate) use directory::{Entry, EntryKind};
use header::Header;
use sectors::Sectors;

/// The first bytes of every compound file.
pub(crate) const SIGNATURE: &[u8; 8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Bytes of a sector of the mini stream: the specification knows no other size (2.2, Mini Sector Shift).
const MINI_SECTOR: usize = 64;

/// A compound file whose directory was read.
#[derive(Debug)]
pub(crate) struct CompoundFile<'a> {
    sectors: Sectors<'a>,
    /// The FAT.
    chains: Chains,
    /// The mini FAT.
    mini_chains: Chains,
    /// The sectors that the mini stream stands in, in its order.
    mini_stream: Vec<u32>,
    /// Streams shorter than this stand in the mini stream.
    mini_cutoff: u64,
    entries: Vec<Entry>,
    /// Entries by the storage they stand in and their name as [`directory::key`] has it.
    places: BTreeMap<(usize, Vec<u16>), usize>,
}

impl<'a> CompoundFile<'a> {
    /// Reads the tables and the directory of `input`.
    pub(crate) fn read(input: &'a [u8], budget: &Budget) -> Result<Self, Error> {
        let header = Header::read(input)?;
        let sectors = Sectors::new(input, header.sector_size);
        let chains = Chains::new(sectors.allocation_table(&header, budget)?, budget)?;
        let raw = sectors.gather(&chains, header.directory, "directory chain", budget)?;
        let (entries, places) = directory::read(&raw, header.is_version_3, budget)?;
        let mut file = Self {
            sectors,
            chains,
            mini_chains: Chains::default(),
            mini_stream: Vec::new(),
            mini_cutoff: header.mini_cutoff,
            entries,
            places,
        };
        file.read_mini_stream(&header, budget)?;
        Ok(file)
    }

    /// The root storage, and below it all storages and streams. A storage stands before what is in it.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry at `path`: names between slashes from below the root, in any case, as names of compound
    /// files are compared (2.6.4).
    pub(crate) fn find(&self, path: &str) -> Option<&Entry> {
        let mut at = 0;
        for name in path.split('/') {
            let name: Vec<u16> = name.encode_utf16().collect();
            at = *self.places.get(&(at, directory::key(&name)))?;
        }
        self.entries.get(at)
    }

    /// The bytes of the stream at `path`; `None` when there is no stream of this name.
    pub(crate) fn stream(&self, path: &str, budget: &Budget) -> Result<Option<Vec<u8>>, Error> {
        match self.find(path).filter(|entry| entry.kind == EntryKind::Stream) {
            Some(entry) => self.read_stream(entry, budget).map(Some),
            None => Ok(None),
        }
    }

    /// The bytes of `entry`, a stream of this file.
    pub(crate) fn read_stream(&self, entry: &Entry, budget: &Budget) -> Result<Vec<u8>, Error> {
        if entry.size == 0 {
            return Ok(Vec::new());
        }
        if entry.size > self.sectors.input_len() {
            return Err(malformed("stream size", 0));
        }
        let mut stream = budget.buffer(entry.size)?;
        let mut left = usize::try_from(entry.size).map_err(|_| malformed("stream size", 0))?;
        let is_mini = entry.size < self.mini_cutoff;
        let (chains, unit) =
            if is_mini { (&self.mini_chains, MINI_SECTOR) } else { (&self.chains, self.sectors.size()) };
        for sector in chains.chain(entry.start, "stream chain")? {
            // Some writers leave sectors behind the end in the chain.
            if left == 0 {
                break;
            }
            let wanted = left.min(unit);
            let bytes =
                if is_mini { self.mini_sector(sector, wanted) } else { self.sectors.get(sector, wanted) };
            stream.extend_from_slice(bytes?);
            left -= wanted;
        }
        if left == 0 { Ok(stream) } else { Err(malformed("stream chain", 0)) }
    }

    /// Finds the mini stream, which the root entry's own chain holds, and reads the mini FAT.
    fn read_mini_stream(&mut self, header: &Header, budget: &Budget) -> Result<(), Error> {
        let Some(root) = self.entries.first().filter(|root| root.size > 0) else { return Ok(()) };
        if root.size > self.sectors.input_len() {
            return Err(malformed("mini stream size", 0));
        }
        let count = root.size.div_ceil(self.sectors.size() as u64);
        budget.expand(count.saturating_mul(4))?;
        let chain = self.chains.chain(root.start, "mini stream chain")?;
        self.mini_stream = chain.take(usize::try_from(count).unwrap_or(usize::MAX)).collect();
        if (self.mini_stream.len() as u64) < count {
            return Err(malformed("mini stream chain", 0));
        }
        let raw = self.sectors.gather(&self.chains, header.mini_table, "mini FAT chain", budget)?;
        let mini_sectors = root.size.div_ceil(MINI_SECTOR as u64);
        let next = sectors::words(&raw).take(usize::try_from(mini_sectors).unwrap_or(usize::MAX));
        budget.expand(mini_sectors.saturating_mul(4))?;
        self.mini_chains = Chains::new(next.collect(), budget)?;
        Ok(())
    }

    /// The first `len` bytes of a sector of the mini stream.
    fn mini_sector(&self, sector: u32, len: usize) -> Result<&'a [u8], Error> {
        let broken = || malformed("mini sector", u64::from(sector));
        let per_sector = self.sectors.size() / MINI_SECTOR;
        let index = usize::try_from(sector).map_err(|_| broken())?;
        let holder = *self.mini_stream.get(index / per_sector).ok_or_else(broken)?;
        let start = index % per_sector * MINI_SECTOR;
        self.sectors.get(holder, start + len)?.get(start..).ok_or_else(broken)
    }
}

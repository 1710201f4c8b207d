use super::{
    chain::{Chains, END_OF_CHAIN, FREE},
    header::Header,
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// The sectors of the file. The header takes the place of one; numbers count from behind it.
#[derive(Debug)]
pub(super) struct Sectors<'a> {
    input: &'a [u8],
    size: usize,
}

impl<'a> Sectors<'a> {
    pub(super) fn new(input: &'a [u8], size: usize) -> Self {
        Self { input, size }
    }

    /// Bytes of a sector.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Bytes of the file, which nothing in it can exceed.
    pub(super) fn input_len(&self) -> u64 {
        self.input.len() as u64
    }

    /// How many sectors there are; the last one may be cut short.
    fn count(&self) -> usize {
        self.input.len().saturating_sub(self.size).div_ceil(self.size)
    }

    /// The first `len` bytes of a sector.
    pub(super) fn get(&self, sector: u32, len: usize) -> Result<&'a [u8], Error> {
        let find = || {
            let start = usize::try_from(sector).ok()?.checked_add(1)?.checked_mul(self.size)?;
            self.input.get(start..start.checked_add(len)?)
        };
        find().ok_or_else(|| malformed("sector", u64::from(sector)))
    }

    /// The sectors of the chain from `start`, one after the other.
    pub(super) fn gather(
        &self,
        chains: &Chains,
        start: u32,
        what: &'static str,
        budget: &Budget,
    ) -> Result<Vec<u8>, Error> {
        let len = chains.chain(start, what)?.count().saturating_mul(self.size);
        let mut gathered = budget.buffer(len as u64)?;
        for sector in chains.chain(start, what)? {
            gathered.extend_from_slice(self.get(sector, self.size)?);
        }
        Ok(gathered)
    }

    /// The FAT, cut to the sectors that there are. Its own sectors are listed in the DIFAT (2.5): the first
    /// of them in the header, the others in a list of sectors.
    pub(super) fn allocation_table(&self, header: &Header, budget: &Budget) -> Result<Vec<u32>, Error> {
        let (count, per_sector) = (self.count(), self.size / 4);
        let said = usize::try_from(header.table_sectors).unwrap_or(usize::MAX);
        if said > count {
            return Err(malformed("number of FAT sectors", 44));
        }
        budget.expand((count as u64).saturating_mul(4))?;
        let mut table = Vec::with_capacity(count);
        let mut taken = vec![false; count];
        let mut listed = 0;
        let mut take = |sector: u32| -> Result<bool, Error> {
            if listed == said {
                return Ok(false);
            }
            listed += 1;
            // A sector that is listed twice would stand for two parts of the table.
            let index = usize::try_from(sector).unwrap_or(usize::MAX);
            match taken.get_mut(index) {
                Some(taken) if !*taken => *taken = true,
                _ => return Err(malformed("DIFAT", u64::from(sector))),
            }
            // What lies beyond the end of the file is not needed.
            let wanted = (count - table.len()).min(per_sector);
            if wanted > 0 {
                budget.check()?;
                table.extend(words(self.get(sector, self.size)?).take(wanted));
            }
            Ok(true)
        };
        for sector in header.first_difat {
            if !take(sector)? {
                return Ok(table);
            }
        }
        // Each sector of the list gives at least one new sector of the FAT or is the last, so that a loop in
        // the list meets a sector it has listed before.
        let mut list = header.difat;
        while !matches!(list, END_OF_CHAIN | FREE) {
            let mut entries = words(self.get(list, self.size)?);
            for sector in entries.by_ref().take(per_sector - 1) {
                if !take(sector)? {
                    return Ok(table);
                }
            }
            list = entries.next().unwrap_or(END_OF_CHAIN);
        }
        if listed == said { Ok(table) } else { Err(malformed("DIFAT", 0)) }
    }
}

/// Numbers of four bytes, least significant first.
pub(super) fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}

use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// The last sector of a chain points here.
pub(super) const END_OF_CHAIN: u32 = 0xffff_fffe;
/// A sector that belongs to nothing; some writers also mean an empty chain by it.
pub(super) const FREE: u32 = 0xffff_ffff;

/// The FAT or the mini FAT (2.3, 2.4): for every sector the one that follows it.
#[derive(Debug, Default)]
pub(super) struct Chains {
    next: Vec<u32>,
    /// Whether the chain from this sector comes to an end inside the table.
    ends: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unknown,
    /// On the path that is being followed: meeting it again is a loop.
    Open,
    Ends,
    /// Leads into a loop, out of the table or to a sector that is no part of a chain.
    Broken,
}

impl Chains {
    /// Learns of every sector whether its chain ends, in one pass over the table: each sector is stepped on
    /// once, and remembered for all chains that run into it.
    pub(super) fn new(next: Vec<u32>, budget: &Budget) -> Result<Self, Error> {
        budget.objects(next.len() as u64)?;
        let mut states = vec![State::Unknown; next.len()];
        let mut path = Vec::new();
        for start in 0..next.len() {
            let mut at = start;
            let outcome = loop {
                match states.get_mut(at) {
                    None => break State::Broken,
                    Some(state @ State::Unknown) => {
                        *state = State::Open;
                        path.push(at);
                    }
                    Some(State::Ends) => break State::Ends,
                    Some(State::Open | State::Broken) => break State::Broken,
                }
                match next.get(at).copied() {
                    Some(END_OF_CHAIN) => break State::Ends,
                    Some(following) => at = usize::try_from(following).unwrap_or(usize::MAX),
                    None => break State::Broken,
                }
            };
            for passed in path.drain(..) {
                if let Some(state) = states.get_mut(passed) {
                    *state = outcome;
                }
            }
        }
        let ends = states.into_iter().map(|state| state == State::Ends).collect();
        Ok(Self { next, ends })
    }

    /// The sectors of the chain from `start`, of which there are no more than the table has entries.
    pub(super) fn chain(&self, start: u32, what: &'static str) -> Result<Chain<'_>, Error> {
        let index = usize::try_from(start).unwrap_or(usize::MAX);
        let is_empty = matches!(start, END_OF_CHAIN | FREE);
        if !is_empty && self.ends.get(index) != Some(&true) {
            return Err(malformed(what, u64::from(start)));
        }
        Ok(Chain { next: &self.next, at: start })
    }
}

/// Walks a chain that is known to end.
#[derive(Debug)]
pub(super) struct Chain<'a> {
    next: &'a [u32],
    at: u32,
}

impl Iterator for Chain<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let here = self.at;
        self.at = *self.next.get(usize::try_from(here).ok()?)?;
        Some(here)
    }
}

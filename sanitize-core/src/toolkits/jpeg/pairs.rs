//! AC codes ready for decoding whole: the bits behind a short code are looked up with it, and with them the code
//! that follows.

use super::{
    bits::{NOTHING, token, top},
    huffman::{DecodeTable, Entry, FAST, LOOK},
};

/// One or two tokens that the next bits hold whole, packed: bits 0–19 the first token, 20–39 the second or
/// [`NOTHING`], 40–43 bits of both, 44–47 bits of the first, 48–54 how far both move the position in the block,
/// 55–60 how far the first does, 61 whether there is a second. Zero is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair(u64);

/// Bits of a token: ten of its number and at most ten that are appended to an AC code.
const TOKEN: u64 = (1 << 20) - 1;

impl Pair {
    /// What [`LOOK`] bits, at the top of `bits`, hold.
    fn of(bits: u64, codes: &DecodeTable) -> Self {
        let Some((first, entry)) = whole(bits, LOOK, codes) else { return Self(0) };
        let (total, step) = (entry.total(), entry.step());
        let behind = if step == Entry::END { None } else { whole(bits << total, LOOK - total, codes) };
        let (second, more) = behind.unwrap_or((NOTHING, Entry(0)));
        Self(
            u64::from(first)
                | u64::from(second) << 20
                | u64::from(total + more.total()) << 40
                | u64::from(total) << 44
                | u64::from(step + more.step()) << 48
                | u64::from(step) << 55
                | u64::from(behind.is_some()) << 61,
        )
    }

    /// True where there is a token.
    #[inline(always)]
    pub(super) fn is_some(self) -> bool {
        self.0 != 0
    }

    /// The first token.
    #[inline(always)]
    pub(super) fn first(self) -> u32 {
        (self.0 & TOKEN) as u32
    }

    /// The second token, or [`NOTHING`].
    #[inline(always)]
    pub(super) fn second(self) -> u32 {
        (self.0 >> 20 & TOKEN) as u32
    }

    /// How many tokens there are, 1 or 2.
    #[inline(always)]
    pub(super) fn count(self) -> usize {
        (1 + (self.0 >> 61)) as usize
    }

    /// Bits of all tokens.
    #[inline(always)]
    pub(super) fn total(self) -> u32 {
        (self.0 >> 40 & 15) as u32
    }

    /// Bits of the first token.
    #[inline(always)]
    pub(super) fn total_of_first(self) -> u32 {
        (self.0 >> 44 & 15) as u32
    }

    /// How far all tokens move the position.
    #[inline(always)]
    pub(super) fn step(self) -> u32 {
        (self.0 >> 48 & 127) as u32
    }

    /// How far the first token moves the position.
    #[inline(always)]
    pub(super) fn step_of_first(self) -> u32 {
        (self.0 >> 55 & 63) as u32
    }
}

/// The token whose code and appended bits stand whole in the top `count` bits of `bits`.
fn whole(bits: u64, count: u32, codes: &DecodeTable) -> Option<(u32, Entry)> {
    let entry = codes.look_up_short(bits)?;
    let extra = top(bits << (entry.total() - entry.extra()), entry.extra());
    (entry.total() <= count).then(|| (token(entry.index(), extra), entry))
}

/// The AC codes of a sequential scan.
#[derive(Clone, Debug)]
pub(super) struct AcTable {
    /// Every code by itself.
    pub(super) codes: DecodeTable,
    pairs: [Pair; FAST],
}

impl AcTable {
    pub(super) fn new(codes: DecodeTable) -> Box<Self> {
        let mut table = Box::new(Self { codes, pairs: [Pair(0); FAST] });
        for (index, pair) in (0_u64..).zip(&mut table.pairs) {
            *pair = Pair::of(index << (64 - LOOK), &table.codes);
        }
        table
    }

    /// What the bits at the top of `bits` start with.
    #[inline(always)]
    pub(super) fn pair(&self, bits: u64) -> Pair {
        self.pairs.get((bits >> (64 - LOOK)) as usize).copied().unwrap_or(Pair(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toolkits::jpeg::{huffman::Role, standard};

    #[test]
    fn pairs_are_what_the_codes_by_themselves_say() {
        for number in 0..2 {
            let spec = standard::standard(Role::Ac(number), number as u8).unwrap();
            let table = AcTable::new(*DecodeTable::new(&spec, Role::Ac(number)));
            let (mut singles, mut doubles) = (0, 0);
            for index in 0..FAST as u64 {
                let bits = index << (64 - LOOK);
                let pair = table.pair(bits);
                if !pair.is_some() {
                    let entry = table.codes.look_up(bits);
                    assert!(entry.0 == 0 || entry.total() > LOOK);
                    continue;
                }
                let first = table.codes.look_up(bits);
                assert_eq!((pair.first() & 1023, pair.total_of_first()), (first.index(), first.total()));
                assert_eq!(pair.step_of_first(), first.step());
                if pair.count() == 1 {
                    singles += 1;
                    assert_eq!(
                        (pair.second(), pair.total(), pair.step()),
                        (NOTHING, first.total(), first.step())
                    );
                    continue;
                }
                doubles += 1;
                let second = table.codes.look_up(bits << first.total());
                assert_eq!(pair.second() & 1023, second.index());
                assert_eq!(pair.total(), first.total() + second.total());
                assert_eq!(pair.step(), first.step() + second.step());
            }
            assert!(singles > 100 && doubles > 100, "{singles} and {doubles}");
        }
    }
}

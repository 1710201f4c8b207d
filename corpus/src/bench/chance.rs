//! Chance without chance: a sequence that is the same on every machine (splitmix64).

/// The state of the sequence.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number from 0 to 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number whose middle is `middle`, up to `most`: two of three are within `e` to the power of `spread` tenths.
    pub(super) fn around(&mut self, middle: usize, spread: u32, most: usize) -> usize {
        // Twelve even chances make a bell; its logarithm is what sizes of files are like.
        let bell = (0..12).map(|_| self.unit()).sum::<f64>() - 6.0;
        let factor = (bell * f64::from(spread) / 10.0).exp();
        ((middle as f64 * factor) as usize).clamp(1, most)
    }

    /// A small number: the higher, the rarer, as words are (Zipf).
    pub(super) fn rank(&mut self, end: u64) -> u64 {
        let range = (end as f64).ln();
        ((self.unit() * range).exp() as u64).min(end.saturating_sub(1))
    }

    /// A sentence of `words` words, with the entropy of prose.
    pub(super) fn sentence(&mut self, words: u64) -> String {
        let mut text = String::new();
        for number in 0..words {
            let word = word(self.rank(4_000));
            if number == 0 {
                text.push_str(word.get(..1).unwrap_or_default().to_uppercase().as_str());
                text.push_str(word.get(1..).unwrap_or_default());
            } else {
                text.push_str(if self.below(12) == 0 { ", " } else { " " });
                text.push_str(&word);
            }
        }
        text.push('.');
        text
    }
}

/// The word of this rank: frequent words are short.
fn word(rank: u64) -> String {
    const HEADS: [&str; 16] =
        ["t", "s", "c", "p", "m", "d", "r", "f", "w", "l", "b", "st", "pr", "n", "tr", "h"];
    const HEARTS: [&str; 10] = ["e", "a", "o", "i", "u", "ea", "io", "ou", "ai", "y"];
    const TAILS: [&str; 12] = ["", "n", "r", "s", "t", "d", "l", "ng", "ck", "m", "st", "nt"];
    let mut chance = Chance::new(rank.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let syllables = 1 + (rank > 30) as u64 + (rank > 400) as u64 + chance.below(2) * (rank > 100) as u64;
    let mut text = String::new();
    for _ in 0..syllables {
        for part in [&HEADS[..], &HEARTS, &TAILS] {
            text.push_str(part.get(chance.below(part.len() as u64) as usize).copied().unwrap_or_default());
        }
    }
    text
}

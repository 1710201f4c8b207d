//! Probabilities for a new stream, computed from what it will hold.

use super::{
    tables::{DEFAULT_TOKENS, TOKEN_UPDATES, TokenProbabilities},
    tokens::{TokenCounts, token},
};

/// What decisions of a probability of n / 256 cost, in 1/256 bit.
struct Costs([u16; 257]);

impl Costs {
    fn new() -> Self {
        Self(std::array::from_fn(|n| logarithm(n.max(1) as u64)))
    }

    /// What `falses` and `trues` cost together.
    fn of(&self, falses: u64, trues: u64, probability: u8) -> u64 {
        let one = |n: usize| u64::from(self.0.get(n).copied().unwrap_or(0));
        let probability = usize::from(probability);
        falses * one(probability) + trues * one(256 - probability)
    }
}

/// −256 log2(n / 256), rounded, for n from 1 to 256.
fn logarithm(n: u64) -> u16 {
    let whole = n.ilog2();
    // Thirty-two bits behind the point; each square doubles the logarithm.
    let mut fraction = (n << 32) >> whole;
    let mut logarithm = u64::from(whole);
    // One bit more than is kept, to round.
    for _ in 0..9 {
        fraction = (fraction >> 16) * (fraction >> 16);
        logarithm <<= 1;
        if fraction >= 2 << 32 {
            fraction >>= 1;
            logarithm |= 1;
        }
    }
    (8 * 512 - logarithm).div_ceil(2) as u16
}

/// The probability that fits `falses` and `trues`, never one that rules a decision out which comes.
pub(super) fn fitting(falses: u64, trues: u64) -> u8 {
    let total = falses + trues;
    if trues == 0 {
        return 255;
    }
    ((falses * 256 + total / 2) / total).clamp(1, 255) as u8
}

/// The probabilities of tokens: those of a key frame, but where a fitting one saves more than it costs to say.
pub(super) fn tokens(counts: &TokenCounts) -> Box<TokenProbabilities> {
    let costs = Costs::new();
    let mut chosen = Box::new(DEFAULT_TOKENS);
    let contexts = counts.as_flattened().as_flattened();
    let updates = TOKEN_UPDATES.as_flattened().as_flattened();
    let flat = chosen.as_flattened_mut().as_flattened_mut();
    for ((context, probabilities), updates) in contexts.iter().zip(flat).zip(updates) {
        for ((branch, probability), update) in branches(context).into_iter().zip(probabilities).zip(updates) {
            let (falses, trues) = branch;
            let new = fitting(falses, trues);
            let kept = costs.of(falses, trues, *probability) + costs.of(1, 0, *update);
            let changed = costs.of(falses, trues, new) + costs.of(0, 1, *update) + 8 * 256;
            if changed < kept {
                *probability = new;
            }
        }
    }
    chosen
}

/// For each branch of the tree of tokens (RFC 6386, 13.2) how often it was false, and true.
fn branches(counts: &[u32; token::ALL * 2]) -> [(u64, u64); 11] {
    let first = |token: usize| u64::from(counts.get(token).copied().unwrap_or(0));
    let all = |token: usize| first(token) + first(token + token::ALL);
    let sum = |from: usize, to: usize| (from..to).map(all).sum::<u64>();
    [
        (first(token::END), (token::ZERO..token::ALL).map(first).sum()),
        (all(token::ZERO), sum(token::ONE, token::ALL)),
        (all(token::ONE), sum(token::TWO, token::ALL)),
        (sum(token::TWO, token::CATEGORY_1), sum(token::CATEGORY_1, token::ALL)),
        (all(token::TWO), sum(token::THREE, token::CATEGORY_1)),
        (all(token::THREE), all(token::THREE + 1)),
        (sum(token::CATEGORY_1, token::CATEGORY_3), sum(token::CATEGORY_3, token::ALL)),
        (all(token::CATEGORY_1), all(token::CATEGORY_2)),
        (sum(token::CATEGORY_3, token::CATEGORY_3 + 2), sum(token::CATEGORY_3 + 2, token::ALL)),
        (all(token::CATEGORY_3), all(token::CATEGORY_3 + 1)),
        (all(token::CATEGORY_3 + 2), all(token::CATEGORY_3 + 3)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_logarithms() {
        assert_eq!([1, 2, 64, 128, 256].map(logarithm), [2_048, 1_792, 512, 256, 0]);
        for n in 1..=256 {
            let exact = -256.0 * (n as f64 / 256.0).log2();
            assert!((f64::from(logarithm(n)) - exact).abs() <= 1.0, "{n}");
        }
    }

    #[test]
    fn a_probability_fits_and_rules_nothing_out() {
        assert_eq!(fitting(0, 0), 255);
        assert_eq!(fitting(5, 0), 255);
        assert_eq!(fitting(0, 5), 1);
        assert_eq!(fitting(1, 1), 128);
        assert_eq!(fitting(1_000_000, 1), 255);
    }
}

//! Bilevel pictures as CCITT group 4 (ITU-T T.6), written from where colours change in each row.

use fax::maps::{black, white};

/// A picture being written, row by row.
#[derive(Debug)]
pub(crate) struct Group4 {
    output: Vec<u8>,
    held: u64,
    count: u32,
    width: u32,
    /// Where the row above changes.
    above: Vec<u32>,
}

impl Group4 {
    /// A picture of rows of `width` pixels.
    pub(crate) fn new(width: u32) -> Self {
        Self { output: Vec::new(), held: 0, count: 0, width, above: Vec::new() }
    }

    /// A row, which begins white and changes its colour at each of `changes`: ascending, each below the width.
    pub(crate) fn row(&mut self, changes: &[u32]) {
        let (width, above) = (self.width, std::mem::take(&mut self.above));
        let of = |changes: &[u32], index: usize| changes.get(index).copied().unwrap_or(width);
        // T.6, 2.2.1: `a0` is where the row is written up to, `a1` its next change, `b1` the next one of the row above
        // to the same colour, `b2` the one behind it. Changes to black have even places in both rows.
        let (mut next, mut across, mut a0) = (0, 0, 0);
        while a0 < width {
            let (a1, b1, b2) = (of(changes, next), of(&above, across), of(&above, across + 1));
            if b2 < a1 {
                self.put(0b0001, 4);
                a0 = b2;
                across += 2;
                continue;
            }
            match i64::from(a1) - i64::from(b1) {
                0 => self.put(1, 1),
                1 => self.put(0b011, 3),
                -1 => self.put(0b010, 3),
                2 => self.put(0b00_0011, 6),
                -2 => self.put(0b00_0010, 6),
                3 => self.put(0b000_0011, 7),
                -3 => self.put(0b000_0010, 7),
                _ => {
                    let a2 = of(changes, next + 1);
                    self.put(0b001, 3);
                    let (first, second) = (a1 - a0, a2 - a1);
                    if next % 2 == 0 {
                        self.run(&white::ENTRIES, first);
                        self.run(&black::ENTRIES, second);
                    } else {
                        self.run(&black::ENTRIES, first);
                        self.run(&white::ENTRIES, second);
                    }
                    a0 = a2;
                    next += 2;
                    while of(&above, across) <= a0 && across < above.len() {
                        across += 2;
                    }
                    continue;
                }
            }
            a0 = a1;
            next += 1;
            across = if across > 0 { across - 1 } else { 1 };
            while of(&above, across) <= a0 && across < above.len() {
                across += 2;
            }
        }
        self.above = above;
        self.above.clear();
        self.above.extend_from_slice(changes);
    }

    /// The length of a run, of as many codes as it takes (T.4, 4.1.1).
    fn run(&mut self, codes: &[(u16, fax::Bits)], length: u32) {
        let mut left = length;
        let part = |this: &mut Self, length: u32| {
            let index = if length < 64 { length } else { 63 + length / 64 };
            if let Some((_, bits)) = codes.get(index as usize) {
                this.put(bits.data.into(), bits.len.into());
            }
        };
        while left >= 2_560 {
            part(self, 2_560);
            left -= 2_560;
        }
        if left >= 64 {
            part(self, left / 64 * 64);
        }
        part(self, left % 64);
    }

    /// The lowest `count` bits of `bits`.
    #[inline(always)]
    fn put(&mut self, bits: u32, count: u32) {
        self.held = self.held << count | u64::from(bits);
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            self.output.extend_from_slice(&((self.held >> self.count) as u32).to_be_bytes());
        }
    }

    /// The picture, which ends with two codes that end a line.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.put(1, 12);
        self.put(1, 12);
        let filling = self.count.next_multiple_of(8) - self.count;
        self.put(0, filling);
        let left = (self.held as u32).to_be_bytes();
        let used = (self.count / 8) as usize;
        self.output.extend_from_slice(left.get(4 - used..).unwrap_or_default());
        self.output
    }
}

/// Where the colour of a row changes, of bits from the most significant: white begins, and `black` says which bit
/// is black.
pub(crate) fn changes(row: &[u8], width: u32, black: bool, changes: &mut Vec<u32>) {
    changes.clear();
    let flip = if black { 0 } else { u64::MAX };
    let mut before = 0_u64;
    for (index, eight) in row.chunks(8).enumerate() {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(eight).for_each(|(place, byte)| *place = *byte);
        let word = u64::from_be_bytes(bytes) ^ flip;
        let mut changed = word ^ (word >> 1 | before << 63);
        before = word & 1;
        let start = index as u32 * 64;
        while changed != 0 {
            let place = changed.leading_zeros();
            if start + place >= width {
                return;
            }
            changes.push(start + place);
            changed &= !(1 << (63 - place));
        }
    }
}

#[cfg(test)]
mod tests {
    use fax::{Color, VecWriter, encoder::Encoder};

    use super::*;

    /// Rows of bits, 1 for black, of several kinds.
    fn rows(seed: u64, width: usize, height: usize) -> Vec<Vec<bool>> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut chance = |of: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) % of
        };
        let mut above = vec![false; width];
        let mut rows = Vec::new();
        for _ in 0..height {
            let mut row = above.clone();
            match chance(5) {
                0 => row.iter_mut().for_each(|bit| *bit = chance(2) == 0),
                1 => row.rotate_right((chance(4) as usize).min(width)),
                2 => {
                    let color = chance(2) == 0;
                    let (from, to) = (chance(width as u64) as usize, chance(width as u64 + 1) as usize);
                    row.iter_mut().take(to).skip(from).for_each(|bit| *bit = color);
                }
                3 => row.fill(chance(2) == 0),
                _ => (),
            }
            rows.push(row.clone());
            above = row;
        }
        rows
    }

    fn packed(row: &[bool]) -> Vec<u8> {
        row.chunks(8)
            .map(|bits| bits.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at)))
            .collect()
    }

    #[test]
    fn what_is_written_is_what_another_encoder_writes() {
        for seed in 0..200 {
            let width =
                [1, 2, 7, 8, 9, 63, 64, 65, 130, 1_000, 2_559, 2_560, 2_700, 9_000][seed as usize % 14];
            let rows = rows(seed, width, 40);
            let mut other = Encoder::new(VecWriter::new());
            let mut own = Group4::new(width as u32);
            let mut places = Vec::new();
            for row in &rows {
                let inks = row.iter().map(|bit| if *bit { Color::Black } else { Color::White });
                other.encode_line(inks, width as u16).unwrap();
                changes(&packed(row), width as u32, true, &mut places);
                own.row(&places);
            }
            assert!(own.finish() == other.finish().unwrap().finish(), "{seed}");
        }
    }

    #[test]
    fn changes_are_found_in_both_polarities_and_not_in_what_fills_the_last_byte() {
        let mut found = Vec::new();
        changes(&[0b0011_0111], 5, true, &mut found);
        assert_eq!(found, [2, 4]);
        changes(&[0b0011_0111], 5, false, &mut found);
        assert_eq!(found, [0, 2, 4]);
        let long = [&[0xff; 8][..], &[0; 8], &[0xff]].concat();
        changes(&long, 136, true, &mut found);
        assert_eq!(found, [0, 64, 128]);
        changes(&long, 128, false, &mut found);
        assert_eq!(found, [64]);
    }

    #[test]
    fn rows_that_are_too_long_for_other_encoders_are_read_back() {
        let width = 100_000;
        let rows = rows(7, width, 20);
        let mut own = Group4::new(width as u32);
        let mut places = Vec::new();
        for row in &rows {
            changes(&packed(row), width as u32, true, &mut places);
            own.row(&places);
        }
        struct Rows(Vec<Vec<u32>>);
        impl hayro_ccitt::Decoder for Rows {
            fn push_row(&mut self, changes: &[u32]) {
                self.0.push(changes.to_vec());
            }
        }
        let settings = hayro_ccitt::DecodeSettings {
            columns: width as u32,
            rows: 20,
            end_of_block: true,
            end_of_line: false,
            rows_are_byte_aligned: false,
            encoding: hayro_ccitt::EncodingMode::Group4,
            strict: true,
        };
        let mut read = Rows(Vec::new());
        let mut context = hayro_ccitt::DecoderContext::new(settings);
        hayro_ccitt::decode(&own.finish(), &mut read, &mut context).unwrap();
        for (row, read) in rows.iter().zip(&read.0) {
            changes(&packed(row), width as u32, true, &mut places);
            assert!(places == *read);
        }
        assert_eq!(read.0.len(), 20);
    }
}

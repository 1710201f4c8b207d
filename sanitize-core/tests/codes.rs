//! Pictures whose codes stay, through the public API: GIF, and the strips of TIFF.

use std::io::{Cursor, Write as _};

use sanitize_core::{Input, Outcome, Sanitizer};
use sanitize_corpus::pictures::JPEG;
use weezl::BitOrder;

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    let sanitizer = Sanitizer::builder().build().unwrap();
    sanitizer.sanitize(Input::new(bytes).named(name))
}

#[track_caller]
fn delivered(name: &str, bytes: &[u8]) -> Vec<u8> {
    let outcome = clean(name, bytes);
    let bytes = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty())).to_vec();
    assert_eq!(clean(name, &bytes).bytes(), Some(&*bytes), "a second time");
    bytes
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// A GIF of one frame of 4 × 4 pixels of sixteen colours, its codes those of `stream`.
fn gif_of_codes(flags: u8, code_size: u8, stream: &[u8]) -> Vec<u8> {
    let palette: Vec<u8> = (0..16_u8).flat_map(|index| [index * 16, 255 - index, 7]).collect();
    let place = [0x2c, 0, 0, 0, 0, 4, 0, 4, 0, flags, code_size];
    let screen = b"GIF89a\x04\0\x04\0\xf3\0\0";
    let length = [stream.len() as u8];
    [screen.as_slice(), &palette, &place, &length, stream, b"\0;"].concat()
}

fn gif_pixels(bytes: &[u8]) -> Vec<u8> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    decoder.read_next_frame().unwrap().unwrap().buffer.to_vec()
}

#[test]
fn codes_of_a_gif_stay_and_what_stands_behind_them_does_not() {
    let indices: Vec<u8> = (0..16_u8).map(|place| place * 7 % 16).collect();
    let mut plain = weezl::encode::Encoder::new(BitOrder::Lsb, 4);
    let stream = plain.encode(&indices).unwrap();
    for flags in [0, 0x40] {
        let input = gif_of_codes(flags, 4, &stream);
        assert_eq!(delivered("a.gif", &input), input, "as it was, interlaced or not");
        let more = gif_of_codes(flags, 4, &[stream.as_slice(), b"KILL!"].concat());
        let outcome = clean("a.gif", &more);
        assert_eq!(outcome.bytes(), Some(input.as_slice()));
        assert_eq!(ids(&outcome), ["img.trailing-data"]);
    }
}

#[test]
fn a_frame_whose_codes_break_off_or_go_on_is_compressed_anew() {
    let indices: Vec<u8> = (0..16_u8).map(|place| place * 7 % 16).collect();
    let encoded = |indices: &[u8]| weezl::encode::Encoder::new(BitOrder::Lsb, 4).encode(indices).unwrap();
    let whole = gif_pixels(&gif_of_codes(0, 4, &encoded(&indices)));
    let longer = clean("a.gif", &gif_of_codes(0, 4, &encoded(&indices.repeat(40))));
    assert_eq!(ids(&longer), ["img.trailing-data"]);
    assert_eq!(gif_pixels(longer.bytes().unwrap()), whole);
    // Colour 0 stands where nothing is; those that are not shown any more are zeroed.
    let cut = delivered("a.gif", &gif_of_codes(0, 4, &encoded(&indices[..9])));
    let half = gif_pixels(&cut);
    assert_eq!(half.get(..36), whole.get(..36));
    assert!(half.chunks(4).skip(9).all(|pixel| pixel == [0, 255, 7, 255]));
    assert_eq!(delivered("a.gif", &cut), cut);
    // An index that the palette does not have: it is shown as black.
    let beyond = delivered(
        "a.gif",
        &gif_of_codes(0, 8, &{
            let mut encoder = weezl::encode::Encoder::new(BitOrder::Lsb, 8);
            encoder.encode(&[200; 16]).unwrap()
        }),
    );
    assert!(gif_pixels(&beyond).chunks(4).all(|pixel| pixel == [0, 0, 0, 255]));
}

/// A little-endian TIFF of 8 bits a sample, 16 × 16 pixels of as many channels, in two strips.
fn tiff_of(
    compression: u32,
    photometric: u32,
    channels: u32,
    more: &[(u16, &[u16])],
    strips: [&[u8]; 2],
) -> Vec<u8> {
    tiff_of_side(16, compression, photometric, channels, more, strips)
}

/// The same, of as many pixels a side.
fn tiff_of_side(
    side: u32,
    compression: u32,
    photometric: u32,
    channels: u32,
    more: &[(u16, &[u16])],
    strips: [&[u8]; 2],
) -> Vec<u8> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut places = Vec::new();
    for strip in strips {
        places.push(file.len() as u32);
        file.extend_from_slice(strip);
    }
    let longs = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let lengths = strips.map(|strip| strip.len() as u32);
    let mut entries: Vec<(u16, u16, Vec<u8>)> = vec![
        (256, 4, longs(&[side])),
        (257, 4, longs(&[side])),
        (258, 4, longs(&[8])),
        (259, 4, longs(&[compression])),
        (262, 4, longs(&[photometric])),
        (273, 4, longs(&places)),
        (277, 4, longs(&[channels])),
        (278, 4, longs(&[side / 2])),
        (279, 4, longs(&lengths)),
    ];
    for (tag, values) in more {
        entries.push((*tag, 3, values.iter().flat_map(|value| value.to_le_bytes()).collect()));
    }
    entries.sort();
    let mut directory = (entries.len() as u16).to_le_bytes().to_vec();
    for (tag, kind, value) in &entries {
        directory.extend_from_slice(&tag.to_le_bytes());
        directory.extend_from_slice(&kind.to_le_bytes());
        directory.extend_from_slice(&((value.len() / if *kind == 3 { 2 } else { 4 }) as u32).to_le_bytes());
        if value.len() <= 4 {
            directory.extend_from_slice(&[value.as_slice(), &[0; 4]].concat()[..4]);
        } else {
            directory.extend_from_slice(&(file.len() as u32).to_le_bytes());
            file.extend_from_slice(value);
        }
    }
    let start = (file.len() as u32).to_le_bytes();
    file[4..8].copy_from_slice(&start);
    [file, directory, vec![0; 4]].concat()
}

fn lzw(samples: &[u8]) -> Vec<u8> {
    weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(samples).unwrap()
}

/// The compression, and the samples as another reader has them.
fn read(bytes: &[u8]) -> (u16, Vec<u8>) {
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).unwrap();
    let compression = decoder.get_tag_unsigned(tiff::tags::Tag::Compression).unwrap();
    let tiff::decoder::DecodingResult::U8(samples) = decoder.read_image().unwrap() else { panic!("8 bits") };
    (compression, samples)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// 16 × 16 pixels.
fn samples(channels: usize) -> Vec<u8> {
    (0..256 * channels).map(|place| (place * place / 7 % 61) as u8).collect()
}

#[test]
fn lzw_strips_of_a_tiff_keep_their_codes_and_nothing_behind_them() {
    for (photometric, channels) in [(1, 1), (2, 3), (5, 4)] {
        let samples = samples(channels);
        let (upper, lower) = samples.split_at(samples.len() / 2);
        let (upper, lower) = (lzw(upper), lzw(lower));
        let behind = [&lower[..], b"KILL"].concat();
        let bytes = delivered("a.tif", &tiff_of(5, photometric, channels as u32, &[], [&upper, &behind]));
        assert!(holds(&bytes, &upper) && holds(&bytes, &lower), "the same codes");
        assert!(!holds(&bytes, b"KILL"));
        assert_eq!(read(&bytes), (5, samples));
    }
}

#[test]
fn tiles_that_stand_where_strips_do_are_tiles() {
    let tiles = [(322, &[16_u16] as &[u16]), (323, &[32])];
    let bytes = delivered("a.tif", &tiff_of_side(32, 1, 1, 1, &tiles, [&[7; 512], &[200; 512]]));
    let (_, samples) = read(&bytes);
    assert!(samples.chunks(16).zip([7, 200].into_iter().cycle()).all(|(half, value)| half == [value; 16]));
}

#[test]
fn differences_stay_differences() {
    let strip = lzw(&[5; 384]);
    let bytes = delivered("a.tif", &tiff_of(5, 2, 3, &[(317, &[2])], [&strip, &strip]));
    let (compression, found) = read(&bytes);
    assert_eq!(compression, 5);
    assert!(
        found.chunks(48).all(|row| row.iter().zip((0..48).map(|at| at / 3 * 5 + 5)).all(|(a, b)| *a == b))
    );
}

#[test]
fn lzw_strips_that_are_not_as_they_should_be_are_packed_anew() {
    let samples = samples(1);
    let (upper, lower) = samples.split_at(128);
    let (whole, rest) = (lzw(upper), lzw(lower));
    // Longer, shorter, with a palette of differences, inverted, turned.
    let longer = lzw(&[lower, &[9; 40]].concat());
    assert_eq!(read(&delivered("a.tif", &tiff_of(5, 1, 1, &[], [&whole, &longer]))), (8, samples.clone()));
    let shorter = delivered("a.tif", &tiff_of(5, 1, 1, &[], [&whole, &lzw(&lower[..100])]));
    assert_eq!(read(&shorter).0, 8);
    let inverted = read(&delivered("a.tif", &tiff_of(5, 0, 1, &[], [&whole, &rest])));
    assert_eq!(inverted, (8, samples.iter().map(|sample| !sample).collect()));
    let turned = delivered("a.tif", &tiff_of(5, 1, 1, &[(274, &[3])], [&whole, &rest]));
    assert_eq!(read(&turned), (8, samples.iter().rev().copied().collect()));
    let twice = tiff_of(5, 1, 1, &[(266, &[2])], [&whole, &rest]);
    assert!(clean("a.tif", &twice).bytes().is_none_or(|bytes| read(bytes).0 == 8));
}

fn deflated(samples: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(samples).unwrap();
    encoder.finish().unwrap()
}

/// 256 × 256 pixels of a slope with a little noise, and the same as two strips of their differences.
fn large(channels: usize) -> (Vec<u8>, [Vec<u8>; 2]) {
    let noise = |at: usize| ((at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 62) as u8;
    let sample = |at: usize| (at / channels % 256 / 3 + at / channels / 256 / 2) as u8 + noise(at);
    let samples: Vec<u8> = (0..65_536 * channels).map(sample).collect();
    let rows = samples.chunks(256 * channels).map(|row| {
        let lefts = std::iter::repeat_n(0, channels).chain(row.iter().copied());
        row.iter().zip(lefts).map(|(sample, left)| sample.wrapping_sub(left)).collect::<Vec<u8>>()
    });
    let differences: Vec<u8> = rows.flatten().collect();
    let (upper, lower) = differences.split_at(differences.len() / 2);
    let strips = [upper.to_vec(), lower.to_vec()];
    (samples, strips)
}

#[test]
fn deflated_strips_keep_their_symbols_and_nothing_of_their_bits() {
    for (photometric, channels, compression) in [(2, 3, 8), (5, 4, 32_946), (2, 3, 32_946)] {
        let (samples, strips) = large(channels);
        let [upper, lower] = strips.map(|strip| deflated(&strip, 9));
        let behind = [lower.as_slice(), b"KILL"].concat();
        let of = |lower| {
            let more: [(u16, &[u16]); 1] = [(317, &[2])];
            tiff_of_side(256, compression, photometric, channels as u32, &more, [&upper, lower])
        };
        let input = of(&lower);
        let bytes = delivered("a.tif", &input);
        assert_eq!(read(&bytes), (8, samples.clone()));
        assert!(bytes.len() <= input.len() + 64 && !holds(&bytes, &upper[..upper.len() / 2]));
        let more = delivered("a.tif", &of(&behind));
        assert!(!holds(&more, b"KILL"));
        assert_eq!(read(&more), (8, samples));
    }
}

#[test]
fn deflated_strips_that_are_not_as_they_should_be_are_packed_anew() {
    let (samples, [upper, lower]) = large(3);
    let of = |upper: &[u8], lower: &[u8]| {
        delivered("a.tif", &tiff_of_side(256, 8, 2, 3, &[(317, &[2])], [upper, lower]))
    };
    let kept = of(&deflated(&upper, 6), &deflated(&lower, 6));
    // Stored, with more rows than there are, with a wrong checksum: the same picture, in strips of the engine's.
    let stored = of(&deflated(&upper, 0), &deflated(&lower, 6));
    let longer = of(&deflated(&upper, 6), &deflated(&[lower.as_slice(), &[9; 4_000]].concat(), 6));
    for bytes in [&kept, &stored, &longer] {
        assert_eq!(read(bytes), (8, samples.clone()));
    }
    assert!(stored == longer && stored != kept && stored.len() < 196_608);
    // Small pictures are packed anew whatever they were packed in.
    let small = |level| {
        let [upper, lower] = [&upper, &lower].map(|strip| deflated(&strip[..384], level));
        delivered("a.tif", &tiff_of(8, 2, 3, &[], [&upper, &lower]))
    };
    assert_eq!(small(1), small(9));
}

#[test]
fn colours_of_a_palette_that_no_symbol_of_a_deflated_strip_names_are_zeroed() {
    let map: Vec<u16> = (0..768).map(|place| place * 80 + 257).collect();
    let indices = |from: u8| (0..65_536_u32).map(|at| from + (at / 7 % 3) as u8).collect::<Vec<u8>>();
    let (upper, lower) = ([indices(10), indices(12)].concat(), [indices(20), indices(22)].concat());
    let input = tiff_of_side(512, 8, 3, 1, &[(320, &map)], [&deflated(&upper, 6), &deflated(&lower, 6)]);
    assert_eq!(ids(&clean("a.tif", &input)), ["img.transparent-pixel-data"]);
    let bytes = delivered("a.tif", &input);
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(&bytes)).unwrap();
    let found = decoder.get_tag_u16_vec(tiff::tags::Tag::ColorMap).unwrap();
    for (place, (found, before)) in found.iter().zip(&map).enumerate() {
        let seen = matches!(place % 256, 10..=14 | 20..=24);
        assert_eq!(*found, if seen { (before >> 8) * 257 } else { 0 }, "{place}");
    }
}

#[test]
fn colours_of_a_palette_that_no_code_names_are_zeroed() {
    let map: Vec<u16> = (0..768).map(|place| place * 80 + 257).collect();
    let (upper, lower) = (lzw(&[7; 128]), lzw(&[[9; 64], [7; 64]].concat()));
    let input = tiff_of(5, 3, 1, &[(320, &map)], [&upper, &lower]);
    assert_eq!(ids(&clean("a.tif", &input)), ["img.transparent-pixel-data"]);
    let bytes = delivered("a.tif", &input);
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(&bytes)).unwrap();
    let found = decoder.get_tag_u16_vec(tiff::tags::Tag::ColorMap).unwrap();
    for (place, (found, before)) in found.iter().zip(&map).enumerate() {
        let seen = matches!(place % 256, 7 | 9);
        assert_eq!(*found, if seen { (before >> 8) * 257 } else { 0 }, "{place}");
    }
}

#[test]
fn jpeg_strips_of_a_tiff_keep_their_coefficients_and_share_their_tables() {
    // A comment, and bytes behind the end, of no use.
    let (start, rest) = JPEG.split_at(2);
    let strip = [start, b"\xff\xfe\0\x06KILL", rest, b"KILL"].concat();
    let input = tiff_of(7, 1, 1, &[], [&strip, &strip]);
    let bytes = delivered("a.tif", &input);
    assert!(!holds(&bytes, b"KILL"));
    let quantisers = JPEG.get(2..71).unwrap();
    assert_eq!(bytes.windows(69).filter(|part| *part == quantisers).count(), 1, "once, unchanged");
    let (compression, samples) = read(&bytes);
    assert_eq!((compression, &samples), (7, &read(&tiff_of(7, 1, 1, &[], [JPEG, JPEG])).1));
    assert!(
        samples.len() == 256 && samples.chunks(16).all(|row| row[0] < 60 && row[15] > 190),
        "{samples:?}"
    );
    // One of another size is packed anew, or refused.
    let taller =
        JPEG.iter().enumerate().map(|(at, byte)| if at == 77 { 16 } else { *byte }).collect::<Vec<u8>>();
    let outcome = clean("a.tif", &tiff_of(7, 1, 1, &[], [&taller, JPEG]));
    assert!(outcome.bytes().is_none_or(|bytes| read(bytes).0 == 8));
}

/// A bilevel TIFF of 40 × 6 pixels as group 4.
fn fax_of(photometric: u16, rows: &[[bool; 40]]) -> Vec<u8> {
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for row in rows {
        let inks = row.iter().map(|black| if *black { fax::Color::Black } else { fax::Color::White });
        encoder.encode_line(inks, 40).unwrap();
    }
    let strip = encoder.finish().unwrap().finish();
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    let entries: [(u16, u32); 8] = [
        (256, 40),
        (257, 6),
        (258, 1),
        (259, 4),
        (262, photometric.into()),
        (273, 8 + 2 + 8 * 12 + 4),
        (278, 6),
        (279, strip.len() as u32),
    ];
    file.extend_from_slice(&8_u16.to_le_bytes());
    for (tag, value) in entries {
        file.extend_from_slice(&tag.to_le_bytes());
        file.extend_from_slice(b"\x04\0\x01\0\0\0");
        file.extend_from_slice(&value.to_le_bytes());
    }
    [file, vec![0; 4], strip].concat()
}

#[test]
fn a_fax_is_written_anew_with_white_as_zero() {
    let mut rows = [[false; 40]; 6];
    rows[1][3..9].fill(true);
    rows[2][0..30].fill(true);
    rows[3][35..].fill(true);
    rows[4].fill(true);
    for photometric in [0, 1] {
        let bytes = delivered("a.tif", &fax_of(photometric, &rows));
        let black = rows.map(|row| row.map(|bit| bit == (photometric == 0)));
        let expected = fax_of(0, &black);
        let strip = expected.get(8 + 2 + 8 * 12 + 4..).unwrap();
        assert!(holds(&bytes, strip), "{photometric}");
        // Rows that are missing are white to the fax.
        let cut = delivered("a.tif", &fax_of(photometric, &rows[..3]));
        let mut short = rows;
        short[3..].fill([false; 40]);
        let expected = fax_of(0, &short.map(|row| row.map(|bit| bit == (photometric == 0))));
        assert!(holds(&cut, expected.get(8 + 2 + 8 * 12 + 4..).unwrap()), "{photometric}");
    }
}

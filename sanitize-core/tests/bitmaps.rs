//! Rare bitmaps, and rare ways to store the samples of TIFF and GIF, through the public API.

use sanitize_core::{Input, Limits, Outcome, Sanitizer};
use sanitize_corpus::pictures;

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    let sanitizer = Sanitizer::builder().build().unwrap();
    sanitizer.sanitize(Input::new(bytes).named(name))
}

#[track_caller]
fn delivered(name: &str, bytes: &[u8]) -> Vec<u8> {
    let outcome = clean(name, bytes);
    outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty())).to_vec()
}

fn ids(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    clean(name, bytes).report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// A bitmap of 8 pixels a row, its palette and its rows from the bottom up.
struct Bitmap<'a> {
    height: u16,
    bits: u16,
    palette: &'a [[u8; 3]],
    rows: &'a [u8],
}

const BLACK: [u8; 3] = [0, 0, 0];
const WHITE: [u8; 3] = [255, 255, 255];
const RED: [u8; 3] = [255, 0, 0];

impl Bitmap<'_> {
    /// The file header of OS/2 with its short bitmap header and palette, the pixels standing at `pixels`.
    fn headers(&self, kind: &[u8; 2], hot_spot: (u16, u16), pixels: u32) -> Vec<u8> {
        let mut bytes = kind.to_vec();
        bytes.extend(26_u32.to_le_bytes());
        bytes.extend(hot_spot.0.to_le_bytes());
        bytes.extend(hot_spot.1.to_le_bytes());
        bytes.extend(pixels.to_le_bytes());
        bytes.extend(12_u32.to_le_bytes());
        for field in [8, self.height, 1, self.bits] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(self.palette.iter().flat_map(|[red, green, blue]| [*blue, *green, *red]));
        bytes
    }
}

/// Screen kept in the left four columns of both rows, turned over in the first of them.
const MASKS: Bitmap<'static> = Bitmap {
    height: 4,
    bits: 1,
    palette: &[BLACK, WHITE],
    rows: &[0x80, 0, 0, 0, 0x80, 0, 0, 0, 0xf0, 0, 0, 0, 0xf0, 0, 0, 0],
};

/// All red.
fn colors() -> Bitmap<'static> {
    let mut palette = [BLACK; 16];
    palette[1] = WHITE;
    palette[2] = RED;
    Bitmap { height: 2, bits: 4, palette: Box::leak(Box::new(palette)), rows: &[0x22; 8] }
}

fn color_icon(kind: &[u8; 2], hot_spot: (u16, u16)) -> Vec<u8> {
    let colors = colors();
    let headers = MASKS.headers(kind, hot_spot, 0).len() + colors.headers(kind, hot_spot, 0).len();
    let mut file = MASKS.headers(kind, hot_spot, headers as u32);
    file.extend(colors.headers(kind, hot_spot, (headers + MASKS.rows.len()) as u32));
    file.extend(MASKS.rows);
    file.extend(colors.rows);
    file
}

/// Bitmaps in an array.
fn array(bitmaps: &[Bitmap<'_>]) -> Vec<u8> {
    let length = |bitmap: &Bitmap<'_>| 14 + bitmap.headers(b"BM", (0, 0), 0).len() as u32;
    let mut pixels: u32 = bitmaps.iter().map(length).sum();
    let mut file = Vec::new();
    for (index, bitmap) in bitmaps.iter().enumerate() {
        let next = if index + 1 < bitmaps.len() { file.len() as u32 + length(bitmap) } else { 0 };
        file.extend(b"BA");
        file.extend(40_u32.to_le_bytes());
        file.extend(next.to_le_bytes());
        file.extend([0; 4]);
        file.extend(bitmap.headers(b"BM", (0, 0), pixels));
        pixels += bitmap.rows.len() as u32;
    }
    bitmaps.iter().for_each(|bitmap| file.extend(bitmap.rows));
    file
}

/// The only picture of an icon or cursor: palette, rows from the bottom up, mask rows.
fn picture(icon: &[u8]) -> (Vec<[u8; 3]>, Vec<u8>) {
    let start = u32::from_le_bytes(icon[18..22].try_into().unwrap()) as usize;
    let dib = &icon[start..];
    let entries = u32::from_le_bytes(dib[32..36].try_into().unwrap()) as usize;
    let palette = dib[40..40 + entries * 4].chunks(4).map(|entry| [entry[2], entry[1], entry[0]]).collect();
    (palette, dib[40 + entries * 4..].to_vec())
}

#[test]
fn an_icon_of_os2_becomes_one_of_windows_with_its_mask() {
    let icon = delivered("a.ico", &color_icon(b"CI", (4, 1)));
    assert_eq!(icon[..6], [0, 0, 1, 0, 1, 0]);
    let (palette, rows) = picture(&icon);
    assert_eq!(palette[..3], [BLACK, WHITE, RED]);
    // White turns the screen over, black keeps it, and the rest is red.
    assert_eq!(rows, [0x10, 0, 0x22, 0x22, 0x10, 0, 0x22, 0x22, 0xf0, 0, 0, 0, 0xf0, 0, 0, 0]);
    assert_eq!(ids("a.ico", &color_icon(b"CI", (4, 1))), Vec::<&str>::new());
    assert_eq!(delivered("a.ico", &icon), icon);
}

#[test]
fn an_icon_of_one_colour_is_its_masks() {
    let headers = MASKS.headers(b"IC", (0, 0), 32);
    let icon = delivered("a.ico", &[&headers, MASKS.rows].concat());
    let (palette, rows) = picture(&icon);
    assert_eq!(palette, [BLACK, WHITE]);
    assert_eq!(rows, MASKS.rows);
}

#[test]
fn the_hot_spot_of_a_pointer_counts_from_the_top() {
    let cursor = delivered("a.ptr", &color_icon(b"CP", (3, 0)));
    assert_eq!(cursor[..6], [0, 0, 2, 0, 1, 0]);
    assert_eq!(cursor[10..14], [3, 0, 1, 0]);
}

#[test]
fn an_icon_whose_colours_have_another_size_is_rejected() {
    let mut icon = color_icon(b"CI", (0, 0));
    icon[32 + 18] = 7;
    assert!(clean("a.ico", &icon).bytes().is_none());
}

#[test]
fn the_best_bitmap_of_an_array_is_delivered_and_the_others_are_reported() {
    let small = || Bitmap { height: 1, bits: 1, palette: &[BLACK, WHITE], rows: &[0xf0, 0, 0, 0] };
    let single = array(&[small()]);
    assert!(!ids("a.bmp", &single).contains(&"img.bmp-structure"));
    let file = array(&[small(), colors(), small()]);
    let bitmap = delivered("a.bmp", &file);
    assert_eq!(bitmap[18..30], [8, 0, 0, 0, 2, 0, 0, 0, 1, 0, 4, 0]);
    assert!(bitmap.ends_with(&[0x22; 8]));
    assert!(ids("a.bmp", &file).contains(&"img.bmp-structure"));
}

#[test]
fn bytes_behind_an_array_are_left_out_and_reported() {
    let mut file = array(&[colors()]);
    file.extend(b"PK\x03\x04KILL");
    assert!(ids("a.bmp", &file).contains(&"img.polyglot-header-abuse"));
    assert!(!delivered("a.bmp", &file).windows(4).any(|part| part == b"KILL"));
}

#[test]
fn an_array_that_leads_back_ends_there() {
    let mut file = array(&[colors(), colors()]);
    let second = u32::from_le_bytes(file[6..10].try_into().unwrap()) as usize;
    file[second + 6] = 1;
    assert!(ids("a.bmp", &file).contains(&"img.bmp-structure"));
    delivered("a.bmp", &file);
}

#[test]
fn bitmaps_that_share_their_bytes_are_paid_for_by_their_sizes() {
    // Each claims a million pixels from the same run lengths of none.
    let file = |count: u32| {
        let mut file = Vec::new();
        for index in 0..count {
            file.extend(b"BA");
            file.extend([92, 0, 0, 0]);
            file.extend((if index + 1 < count { (index + 1) * 54 } else { 0 }).to_le_bytes());
            file.extend([0; 4]);
            file.extend(b"BM\0\0\0\0\0\0\0\0");
            file.extend((54 * count + 1_024).to_le_bytes());
            file.extend(26_u32.to_le_bytes());
            file.extend(1_000_u32.to_le_bytes());
            file.extend(1_000_u32.to_le_bytes());
            file.extend([1, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        }
        file.resize(54 * count as usize + 1_024, 0);
        file.extend([0, 1]);
        file
    };
    let limits = Limits { pixels: 3_000_000, ..Limits::default() };
    let sanitizer = Sanitizer::builder().limits(limits).build().unwrap();
    assert!(sanitizer.sanitize(Input::new(&file(3))).bytes().is_some());
    let outcome = sanitizer.sanitize(Input::new(&file(4)));
    assert!(outcome.bytes().is_none());
    assert!(outcome.report().findings().iter().any(|finding| finding.threat.id == "img.dimension-bomb"));
}

#[test]
fn run_lengths_of_true_colours_are_read() {
    let mut file = b"BM\0\0\0\0\0\0\0\0\x4e\0\0\0".to_vec();
    for field in [64_u32, 3, 2, 1 | 24 << 16, 4] {
        file.extend(field.to_le_bytes());
    }
    file.resize(0x4e, 0);
    // Two blue pixels and an end of line; one green, one red, one blue by themselves.
    file.extend([2, 255, 0, 0, 0, 0]);
    file.extend([0, 3, 0, 255, 0, 0, 0, 255, 255, 0, 0, 0, 0, 1]);
    let bitmap = delivered("a.bmp", &file);
    let rows = [255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0];
    assert!(bitmap.ends_with(&rows), "{bitmap:?}");
}

#[test]
fn a_text_that_starts_like_an_icon_stays_a_text() {
    for text in ["CI,branch,result\r\nmain,1,passed\r\n", "PT and IC are two letters. CP too, and BA."] {
        assert!(delivered("a.txt", text.as_bytes()).starts_with(&text.as_bytes()[..4]));
    }
}

/// A little-endian TIFF of one page with one strip for each of `strips`.
fn tiff(tags: &[(u16, u16, &[u32])], strips: &[&[u8]]) -> Vec<u8> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let (mut offsets, mut lengths) = (Vec::new(), Vec::new());
    for strip in strips {
        offsets.push(file.len() as u32);
        lengths.push(strip.len() as u32);
        file.extend_from_slice(strip);
    }
    let mut tags = tags.to_vec();
    tags.extend([(273, 4, offsets.as_slice()), (279, 4, lengths.as_slice())]);
    tags.sort_unstable();
    let mut entries = Vec::new();
    for (tag, kind, values) in &tags {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes().into_iter().take(if *kind == 3 { 2 } else { 4 }))
            .collect();
        entries.extend(tag.to_le_bytes());
        entries.extend(kind.to_le_bytes());
        let count = if *kind == 5 { values.len() / 2 } else { values.len() };
        entries.extend((count as u32).to_le_bytes());
        if bytes.len() <= 4 {
            entries.extend(bytes.into_iter().chain([0; 4]).take(4));
        } else {
            entries.extend((file.len() as u32).to_le_bytes());
            file.extend(bytes);
        }
    }
    let directory = (file.len() as u32).to_le_bytes();
    file[4..8].copy_from_slice(&directory);
    file.extend((tags.len() as u16).to_le_bytes());
    file.extend(entries);
    file.extend([0; 4]);
    file
}

/// The samples of the page that is delivered.
#[track_caller]
fn page(file: &[u8]) -> tiff::decoder::DecodingResult {
    let bytes = delivered("a.tif", file);
    tiff::decoder::Decoder::new(std::io::Cursor::new(&bytes)).unwrap().read_image().unwrap()
}

#[test]
fn samples_of_12_bits_become_the_upper_ones_of_16() {
    let tags: [(u16, u16, &[u32]); 5] =
        [(256, 3, &[3]), (257, 3, &[2]), (258, 3, &[12]), (262, 3, &[1]), (277, 3, &[1])];
    // A row of three fills 36 bits, and the rest of its last byte is nothing.
    let rows = [0xab, 0xc0, 0x00, 0xff, 0xff, 0x80, 0x00, 0x01, 0x12, 0x30];
    let tiff::decoder::DecodingResult::U16(samples) = page(&tiff(&tags, &[&rows])) else { panic!("16 bits") };
    assert_eq!(samples, [0xabca, 0x000, 0xffff, 0x8008, 0x0010, 0x1231]);
}

#[test]
fn lab_of_16_bits_is_read_under_its_white_and_keeps_its_alpha() {
    // Half light without colour is the same grey under any white; full light with alpha 0x8000.
    let pixels = [0xffff_u16, 0, 0, 0x8000, 0x7fff, 0, 0, 0xffff].map(u16::to_le_bytes).concat();
    let tags: [(u16, u16, &[u32]); 6] = [
        (256, 3, &[2]),
        (257, 3, &[1]),
        (258, 3, &[16, 16, 16, 16]),
        (262, 3, &[8]),
        (277, 3, &[4]),
        (338, 3, &[2]),
    ];
    for white in [[0_u32, 0], [3_127, 10_000]] {
        let point = [white[0], white[1], 3_290, 10_000];
        let mut tags = tags.to_vec();
        if white[1] > 0 {
            tags.push((318, 5, &point));
        }
        let tiff::decoder::DecodingResult::U16(samples) = page(&tiff(&tags, &[&pixels])) else {
            panic!("16 bits")
        };
        assert_eq!((samples[3], samples[7]), (0x8000, 0xffff));
        let near = |sample: u16, value: u16| sample.abs_diff(value) < 0x60;
        assert!(samples[..3].iter().all(|sample| near(*sample, 0xffff)), "{samples:x?}");
        assert!(samples[4..7].iter().all(|sample| near(*sample, 0x7766)), "{samples:x?}");
    }
}

#[test]
fn planes_of_coarse_chroma_are_spread_over_their_pixels() {
    let tags: [(u16, u16, &[u32]); 7] = [
        (256, 3, &[4]),
        (257, 3, &[2]),
        (258, 3, &[8, 8, 8]),
        (262, 3, &[6]),
        (277, 3, &[3]),
        (284, 3, &[2]),
        (530, 3, &[2, 2]),
    ];
    let tiff::decoder::DecodingResult::U8(samples) =
        page(&tiff(&tags, &[&[100; 8], &[128, 128], &[128, 228]]))
    else {
        panic!("8 bits")
    };
    assert_eq!(samples[..9], [100, 100, 100, 100, 100, 100, 240, 29, 100]);
}

#[test]
fn a_strip_that_is_a_webp_is_read_and_one_of_another_size_is_not() {
    let tags = |width: &'static [u32]| -> Vec<(u16, u16, &'static [u32])> {
        vec![
            (256, 3, width),
            (257, 3, &[16]),
            (258, 3, &[8, 8, 8]),
            (259, 3, &[50_001]),
            (262, 3, &[2]),
            (277, 3, &[3]),
        ]
    };
    let tiff::decoder::DecodingResult::U8(samples) = page(&tiff(&tags(&[16]), &[pictures::LOSSY_WEBP]))
    else {
        panic!("8 bits")
    };
    assert_eq!(samples.len(), 16 * 16 * 3);
    assert!(samples[0] < 40 && (90..150).contains(&samples[1]) && samples[2] < 60, "{:?}", &samples[..3]);
    assert!(clean("a.tif", &tiff(&tags(&[17]), &[pictures::LOSSY_WEBP])).bytes().is_none());
}

#[test]
fn clear_codes_between_all_pixels_of_a_gif_are_read() {
    // Codes of four bits: two clear codes, then the pixels 1, 0, 1, 0 with one before each, and the end code.
    let mut file = b"GIF89a\x02\0\x02\0\xf2\0\0".to_vec();
    file.extend((0..8).flat_map(|entry| [entry * 30; 3]));
    file.extend(b",\0\0\0\0\x02\0\x02\0\0\x03\x06");
    file.extend([0x88, 0x81, 0x80, 0x81, 0x80, 0x09]);
    file.extend(b"\0;");
    let bytes = delivered("a.gif", &file);
    let mut decoder = gif::DecodeOptions::new().read_info(&bytes[..]).unwrap();
    assert_eq!(*decoder.read_next_frame().unwrap().unwrap().buffer, [1, 0, 1, 0]);
}

#[test]
fn a_picture_under_the_name_of_a_metafile_gets_its_own() {
    let png = pictures::rgb_png(&[]);
    let outcome = clean("image1.emf", &png);
    assert_eq!(outcome.report().output().map(|output| output.name.as_str()), Some("image1.png"));
    assert!(ids("image1.emf", &png).contains(&"img.name-mime-mismatch"));
    assert!(clean("image1.docx", &png).bytes().is_none());
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
    assert!(clean("image1.svg", svg).bytes().is_some());
    assert!(clean("image1.png", svg).bytes().is_none());
}

#[test]
fn faxes_of_every_group_are_the_rows_they_code() {
    let tags = |compression: &'static [u32], options: &'static [u32]| -> Vec<(u16, u16, &'static [u32])> {
        vec![
            (256, 3, &[6]),
            (257, 3, &[2]),
            (258, 3, &[1]),
            (259, 3, compression),
            (262, 3, &[0]),
            (277, 3, &[1]),
            (292, 4, options),
        ]
    };
    // Twice three white, one black, two white.
    let plain = delivered("a.tif", &tiff(&tags(&[1], &[0]), &[&[0x10, 0x10]]));
    // Group 2 fills every row to a byte.
    assert_eq!(delivered("a.tif", &tiff(&tags(&[2], &[0]), &[&[0x84, 0xe0, 0x84, 0xe0]])), plain);
    // Group 3 has an end of line in front of each, and here none behind the last.
    let one = [0x00, 0x18, 0x4e, 0x00, 0x30, 0x9c];
    assert_eq!(delivered("a.tif", &tiff(&tags(&[3], &[0]), &[&one])), plain);
    // The second row repeats the first: two vertical modes, and the end of the row.
    let two = [0x00, 0x1c, 0x27, 0x00, 0x0b, 0x80];
    assert_eq!(delivered("a.tif", &tiff(&tags(&[3], &[1]), &[&two])), plain);
}

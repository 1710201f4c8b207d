//! Bitmaps, icons and pointers of OS/2 through the public API.

use sanitize_core::{Input, Limits, Outcome, Sanitizer};

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

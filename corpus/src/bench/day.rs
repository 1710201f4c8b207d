//! The day of a mail gateway: files of all kinds and sizes, as offices send them.

use super::{Media, chance::Chance, pdfs, photo, pictures, sheets, texts};
use crate::office::archive::{Archive, Member};

/// How many files the day has.
pub const FILES: usize = 600;

/// Every file of the day with its name: 200 PDF, 160 of Office, 60 ZIP, 108 JPEG, 50 PNG, 22 of text. About half of
/// the bytes are PDF, a quarter Office. `file` is called with one after the other; the same each time.
pub fn day(mut file: impl FnMut(&str, &[u8])) {
    let mut chance = Chance::new(600);
    let stock = Stock::new();
    // Of the small ones, for archives that hold several.
    let mut small: Vec<(String, Vec<u8>)> = Vec::new();
    let mut number = 0;
    let mut add = |extension: &str, bytes: Vec<u8>| {
        number += 1;
        let name = format!("f{number:04}.{extension}");
        file(&name, &bytes);
        if bytes.len() < 1_000_000 && small.len() < 120 && extension != "zip" {
            small.push((name, bytes));
        }
    };
    for _ in 0..110 {
        add("pdf", pdfs::text(chance.around(12, 10, 250), pdfs::LISTED));
    }
    for _ in 0..75 {
        let pages = chance.around(5, 4, 20);
        let pictures: Vec<_> = (0..pages).map(|_| stock.photo(&mut chance)).collect();
        add("pdf", pdfs::of_pictures(pictures.into_iter().map(|(size, jpeg)| (*size, jpeg))));
    }
    for _ in 0..15 {
        add("pdf", pdfs::tagged(chance.around(8, 3, 60)));
    }
    for _ in 0..82 {
        let media = stock.media(chance.below(4), &mut chance);
        add("docx", texts::document(chance.around(8, 6, 60), &media));
    }
    for _ in 0..50 {
        let sheets = 1 + chance.below(3) as u32;
        add("xlsx", sheets::workbook(sheets, chance.around(1_800, 10, 60_000) as u32));
    }
    for _ in 0..28 {
        let media = stock.media(2 + chance.below(3), &mut chance);
        add("pptx", texts::presentation(5 + chance.below(20) as usize, &media));
    }
    for _ in 0..108 {
        add("jpg", stock.photo(&mut chance).1.clone());
    }
    for _ in 0..50 {
        add("png", stock.screen(&mut chance).to_vec());
    }
    for _ in 0..11 {
        add("txt", texts::plain(chance.around(40_000, 20, 2_000_000)));
        add("csv", texts::rows(chance.around(60_000, 20, 2_000_000)));
    }
    for _ in 0..25 {
        add("zip", texts::small_files(5 + chance.below(115)));
    }
    for _ in 0..35 {
        let members = (0..2 + chance.below(5)).filter_map(|number| {
            let (name, bytes) = small.get(chance.below(small.len() as u64) as usize)?;
            Some(Member::new(&format!("{number}/{name}"), bytes.clone()))
        });
        let archive = Archive { members: members.collect(), ..Archive::default() };
        number += 1;
        file(&format!("f{number:04}.zip"), &archive.bytes());
    }
}

/// Pictures that the files of the day share.
struct Stock {
    /// With width and height.
    photos: Vec<((u16, u16), Vec<u8>)>,
    screens: Vec<Vec<u8>>,
}

impl Stock {
    fn new() -> Self {
        const SIZES: [(u16, u16); 12] = [
            (640, 480),
            (800, 600),
            (1_000, 700),
            (1_024, 768),
            (1_200, 900),
            (1_280, 960),
            (1_400, 1_000),
            (1_500, 1_000),
            (1_600, 1_200),
            (1_800, 1_200),
            (2_048, 1_536),
            (2_480, 1_654),
        ];
        let photos = (0..36_u16).zip(SIZES.into_iter().cycle()).map(|(number, (width, height))| {
            let (width, quality) = (width + number, [75, 82, 88, 92][usize::from(number % 4)]);
            ((width, height), pictures::jpeg(&photo(width, height), quality, number % 5 == 4))
        });
        let screens = [(640, 400), (800, 600), (1_280, 800), (1_920, 1_080), (2_560, 1_440)];
        let screens = (0..10_u64).zip(screens.into_iter().cycle()).map(|(number, (width, height))| {
            let mut chance = Chance::new(number);
            match number % 2 {
                1 => pictures::png(&pictures::photo(&mut chance, width / 2, height / 2)),
                _ => pictures::png(&pictures::screen(&mut chance, width, height)),
            }
        });
        Self { photos: photos.collect(), screens: screens.collect() }
    }

    fn photo(&self, chance: &mut Chance) -> &((u16, u16), Vec<u8>) {
        &self.photos[chance.below(self.photos.len() as u64) as usize]
    }

    fn screen(&self, chance: &mut Chance) -> &[u8] {
        &self.screens[chance.below(self.screens.len() as u64) as usize]
    }

    fn media(&self, count: u64, chance: &mut Chance) -> Vec<Media> {
        let one = |_| match chance.below(5) {
            4 => Media { extension: "png", bytes: self.screen(chance).to_vec() },
            _ => Media { extension: "jpeg", bytes: self.photo(chance).1.clone() },
        };
        (0..count).map(one).collect()
    }
}

//! Inputs of the measurements: large harmless files, of the kind offices send each other.
//!
//! They are the same each time, and resemble what other programs write in what costs time: how much XML a
//! package holds, how well it compresses (level 6), how large its pictures are.

mod chance;
mod codes;
mod day;
mod large;
mod pdfs;
mod pictures;
mod sheets;
mod texts;

use chance::Chance;
pub use day::{FILES, day};

/// An input: what it is called, how it is made.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// Its name in every table.
    pub name: &'static str,
    /// The extension of its file.
    pub extension: &'static str,
    /// How often the file is there: more than once for what a batch of small ones takes.
    pub files: usize,
    make: fn() -> Vec<u8>,
}

impl Class {
    const fn one(name: &'static str, extension: &'static str, make: fn() -> Vec<u8>) -> Self {
        Self { name, extension, files: 1, make }
    }

    /// The file. The same bytes each time.
    pub fn bytes(&self) -> Vec<u8> {
        (self.make)()
    }

    /// True for a ZIP package, whose members another program can pack again.
    pub fn is_package(&self) -> bool {
        matches!(self.extension, "docx" | "xlsx" | "pptx" | "zip")
    }
}

/// Every class, from small to large inside each format.
pub const CLASSES: [Class; 30] = [
    Class::one("docx_textonly", "docx", || texts::document(500, &[])),
    Class::one("docx_2mb", "docx", || texts::document(60, &photos(20, 900, 620))),
    Class::one("docx_20mb", "docx", || texts::document(200, &photos(20, 3_000, 2_000))),
    Class::one("xlsx_1mb", "xlsx", || sheets::workbook(3, 5_000)),
    Class::one("xlsx_10mb", "xlsx", || sheets::workbook(4, 32_500)),
    Class::one("xlsx_40mb", "xlsx", || sheets::workbook(6, 86_600)),
    Class::one("pptx_5mb", "pptx", || texts::presentation(30, &photos(30, 1_000, 700))),
    Class::one("pdf_text_10p", "pdf", || pdfs::text(10, pdfs::LISTED)),
    Class::one("pdf_text_500p", "pdf", || pdfs::text(500, pdfs::LISTED)),
    Class::one("pdf_text_500p_named", "pdf", || pdfs::text(500, pdfs::NAMED)),
    Class::one("pdf_text_5000p", "pdf", || pdfs::text(5_000, pdfs::LISTED)),
    Class::one("pdf_objects_145k", "pdf", || pdfs::tagged(2_000)),
    Class::one("pdf_img_50mb", "pdf", || pdfs::photos(40, 2_480, 1_654)),
    Class::one("zip_1000small", "zip", || texts::small_files(1_000)),
    Class::one("jpg_0.2mp", "jpg", || jpeg(548, 365, false)),
    Class { name: "jpg_0.2mp_x100", extension: "jpg", files: 100, make: || jpeg(548, 365, false) },
    Class::one("jpg_3mp", "jpg", || jpeg(2_048, 1_536, false)),
    Class::one("jpg_3mp_prog", "jpg", || jpeg(2_048, 1_536, true)),
    Class::one("jpg_12mp", "jpg", || jpeg(4_000, 3_000, false)),
    Class::one("png_photo_3mp", "png", || pictures::png(&photo(2_048, 1_536))),
    Class::one("png_screen_2mp", "png", || pictures::png(&screen(1_920, 1_080))),
    Class::one("png_pal_1mp", "png", || pictures::png_with_palette(&screen(1_280, 800))),
    Class::one("png_rgba_1mp", "png", || pictures::png_with_alpha(&screen(1_280, 800))),
    Class::one("gif_anim_24f", "gif", || codes::gif(&frames(24, &photo(480, 360)))),
    Class::one("gif_screen_2mp", "gif", || codes::gif(&[screen(1_920, 1_080)])),
    Class::one("tiff_g4_8p", "tif", || codes::tiff(&scans(8), codes::Packing::Fax)),
    Class::one("tiff_lzw_4p", "tif", || codes::tiff(&pages(4), codes::Packing::Lzw)),
    Class::one("tiff_deflate_4p", "tif", || codes::tiff(&pages(4), codes::Packing::Deflate)),
    Class::one("txt_2mb", "txt", || texts::plain(2 << 20)),
    Class::one("csv_2mb", "csv", || texts::rows(2 << 20)),
];

/// Files as large as any that a gateway is given.
pub const LARGE: [Class; 5] = [
    Class::one("zip of 10,000 members", "zip", || large::archive(10_000)),
    Class::one("xlsx of 1,048,576 rows", "xlsx", || sheets::workbook(1, 1 << 20)),
    Class::one("pdf of 420 photographs", "pdf", || large::album(420)),
    Class::one("jpg of 100 megapixels", "jpg", || large::jpeg(10_000)),
    Class::one("png of 100 megapixels", "png", || large::png(10_000)),
];

/// Inputs of one kind and of any size.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    /// Its name in every table.
    pub name: &'static str,
    /// The extension of its files.
    pub extension: &'static str,
    make: fn(u32) -> Vec<u8>,
}

impl Series {
    /// The file of `times` the smallest size: 1, 4 or 16.
    pub fn bytes(&self, times: u32) -> Vec<u8> {
        (self.make)(times)
    }
}

/// One series for each format in which size is a matter of its own.
pub const SERIES: [Series; 11] = [
    Series {
        name: "docx of text",
        extension: "docx",
        make: |times| texts::document(250 * times as usize, &[]),
    },
    Series {
        name: "docx of pictures",
        extension: "docx",
        make: |times| texts::document(5 * times as usize, &photos(4 * u64::from(times), 1_500, 1_000)),
    },
    Series { name: "xlsx", extension: "xlsx", make: |times| sheets::workbook(1, 10_000 * times) },
    Series {
        name: "pptx",
        extension: "pptx",
        make: |times| texts::presentation(8 * times as usize, &photos(8 * u64::from(times), 1_000, 700)),
    },
    Series {
        name: "pdf of text",
        extension: "pdf",
        make: |times| pdfs::text(250 * times as usize, pdfs::LISTED),
    },
    Series { name: "pdf of objects", extension: "pdf", make: |times| pdfs::tagged(100 * times as usize) },
    Series { name: "zip", extension: "zip", make: |times| texts::small_files(250 * u64::from(times)) },
    Series {
        name: "jpg",
        extension: "jpg",
        make: |times| {
            let side = 1_024 * side(times);
            jpeg(side, side, false)
        },
    },
    Series {
        name: "png",
        extension: "png",
        make: |times| {
            let side = 512 * side(times);
            pictures::png(&photo(side, side))
        },
    },
    Series { name: "txt", extension: "txt", make: |times| texts::plain((4 << 20) * times as usize) },
    Series { name: "csv", extension: "csv", make: |times| texts::rows((4 << 20) * times as usize) },
];

/// How many times the side of a picture of so many times the area is.
fn side(times: u32) -> u16 {
    u16::try_from(times.isqrt()).unwrap_or(1)
}

fn photo(width: u16, height: u16) -> pictures::Picture {
    pictures::photo(&mut Chance::new(u64::from(width) << 16 | u64::from(height)), width, height)
}

fn screen(width: u16, height: u16) -> pictures::Picture {
    pictures::screen(&mut Chance::new(7), width, height)
}

/// An animation.
fn frames(count: usize, photo: &pictures::Picture) -> Vec<pictures::Picture> {
    (0..count).map(|number| codes::disc(photo, number)).collect()
}

/// Pages of text at 200 dots an inch.
fn scans(count: u64) -> Vec<pictures::Picture> {
    (0..count).map(|number| codes::page(&mut Chance::new(2_000 + number), 1_654, 2_339)).collect()
}

/// Pages of photographs at 150 dots an inch.
fn pages(count: u64) -> Vec<pictures::Picture> {
    (0..count).map(|number| pictures::photo(&mut Chance::new(3_000 + number), 1_240, 1_754)).collect()
}

fn jpeg(width: u16, height: u16, progressive: bool) -> Vec<u8> {
    pictures::jpeg(&photo(width, height), 88, progressive)
}

/// Pictures of a document: photos, and a picture of a screen now and then.
fn photos(count: u64, width: u16, height: u16) -> Vec<Media> {
    let media = |number: u64| {
        let mut chance = Chance::new(1_000 + number);
        match number % 5 {
            4 => Media {
                extension: "png",
                bytes: pictures::png(&pictures::screen(&mut chance, width / 2, height / 2)),
            },
            _ => Media {
                extension: "jpeg",
                bytes: pictures::jpeg(&pictures::photo(&mut chance, width, height), 85, false),
            },
        }
    };
    (0..count).map(media).collect()
}

/// A picture in a document.
#[derive(Clone, Debug)]
struct Media {
    extension: &'static str,
    bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_the_same_each_time() {
        for name in
            ["docx_2mb", "xlsx_1mb", "pdf_text_10p", "zip_1000small", "jpg_0.2mp", "gif_anim_24f", "csv_2mb"]
        {
            let class = CLASSES.iter().find(|class| class.name == name).expect("a known class");
            assert!(class.bytes() == class.bytes(), "{name}");
        }
    }
}

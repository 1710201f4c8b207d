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
    Class { name: "docx_textonly", extension: "docx", files: 1, make: || texts::document(500, &[]) },
    Class {
        name: "docx_2mb",
        extension: "docx",
        files: 1,
        make: || texts::document(60, &photos(20, 900, 620)),
    },
    Class {
        name: "docx_20mb",
        extension: "docx",
        files: 1,
        make: || texts::document(200, &photos(20, 3_000, 2_000)),
    },
    Class { name: "xlsx_1mb", extension: "xlsx", files: 1, make: || sheets::workbook(3, 5_000) },
    Class { name: "xlsx_10mb", extension: "xlsx", files: 1, make: || sheets::workbook(4, 32_500) },
    Class { name: "xlsx_40mb", extension: "xlsx", files: 1, make: || sheets::workbook(6, 86_600) },
    Class {
        name: "pptx_5mb",
        extension: "pptx",
        files: 1,
        make: || texts::presentation(30, &photos(30, 1_000, 700)),
    },
    Class { name: "pdf_text_10p", extension: "pdf", files: 1, make: || pdfs::text(10, pdfs::LISTED) },
    Class { name: "pdf_text_500p", extension: "pdf", files: 1, make: || pdfs::text(500, pdfs::LISTED) },
    Class { name: "pdf_text_500p_named", extension: "pdf", files: 1, make: || pdfs::text(500, pdfs::NAMED) },
    Class { name: "pdf_text_5000p", extension: "pdf", files: 1, make: || pdfs::text(5_000, pdfs::LISTED) },
    Class { name: "pdf_objects_145k", extension: "pdf", files: 1, make: || pdfs::tagged(2_000) },
    Class { name: "pdf_img_50mb", extension: "pdf", files: 1, make: || pdfs::photos(40, 2_480, 1_654) },
    Class { name: "zip_1000small", extension: "zip", files: 1, make: || texts::small_files(1_000) },
    Class { name: "jpg_0.2mp", extension: "jpg", files: 1, make: || jpeg(548, 365, false) },
    Class { name: "jpg_0.2mp_x100", extension: "jpg", files: 100, make: || jpeg(548, 365, false) },
    Class { name: "jpg_3mp", extension: "jpg", files: 1, make: || jpeg(2_048, 1_536, false) },
    Class { name: "jpg_3mp_prog", extension: "jpg", files: 1, make: || jpeg(2_048, 1_536, true) },
    Class { name: "jpg_12mp", extension: "jpg", files: 1, make: || jpeg(4_000, 3_000, false) },
    Class { name: "png_photo_3mp", extension: "png", files: 1, make: || pictures::png(&photo(2_048, 1_536)) },
    Class {
        name: "png_screen_2mp",
        extension: "png",
        files: 1,
        make: || pictures::png(&screen(1_920, 1_080)),
    },
    Class {
        name: "png_pal_1mp",
        extension: "png",
        files: 1,
        make: || pictures::png_with_palette(&screen(1_280, 800)),
    },
    Class {
        name: "png_rgba_1mp",
        extension: "png",
        files: 1,
        make: || pictures::png_with_alpha(&screen(1_280, 800)),
    },
    Class {
        name: "gif_anim_24f",
        extension: "gif",
        files: 1,
        make: || codes::gif(&frames(24, &photo(480, 360))),
    },
    Class {
        name: "gif_screen_2mp",
        extension: "gif",
        files: 1,
        make: || codes::gif(&[screen(1_920, 1_080)]),
    },
    Class {
        name: "tiff_g4_8p",
        extension: "tif",
        files: 1,
        make: || codes::tiff(&scans(8), codes::Packing::Fax),
    },
    Class {
        name: "tiff_lzw_4p",
        extension: "tif",
        files: 1,
        make: || codes::tiff(&pages(4), codes::Packing::Lzw),
    },
    Class {
        name: "tiff_deflate_4p",
        extension: "tif",
        files: 1,
        make: || codes::tiff(&pages(4), codes::Packing::Deflate),
    },
    Class { name: "txt_2mb", extension: "txt", files: 1, make: || texts::plain(2 << 20) },
    Class { name: "csv_2mb", extension: "csv", files: 1, make: || texts::rows(2 << 20) },
];

/// Files as large as any that a gateway is given.
pub const LARGE: [Class; 5] = [
    Class { name: "zip of 10,000 members", extension: "zip", files: 1, make: || large::archive(10_000) },
    Class {
        name: "xlsx of 1,048,576 rows",
        extension: "xlsx",
        files: 1,
        make: || sheets::workbook(1, 1 << 20),
    },
    Class { name: "pdf of 420 photographs", extension: "pdf", files: 1, make: || large::album(420) },
    Class { name: "jpg of 100 megapixels", extension: "jpg", files: 1, make: || large::jpeg(10_000) },
    Class { name: "png of 100 megapixels", extension: "png", files: 1, make: || large::png(10_000) },
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

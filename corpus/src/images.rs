//! Samples of the area `img`: what picture files hold beside their picture.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

use crate::{
    office::media::{jpeg, png, png_with},
    pictures,
    sample::{Expect, Index, KillMarker, Marks},
};

const METADATA: &[&str] = &[
    "img.exif-block",
    "img.xmp",
    "img.iptc-photoshop",
    "img.jpeg-app-segments",
    "img.png-text-chunks",
    "img.png-private-chunks",
    "img.polyglot-header-abuse",
];

/// A JPEG with this segment behind its first.
fn jpeg_with(marker: u8, body: &[u8]) -> Vec<u8> {
    let plain = jpeg();
    let mut file = plain[..20].to_vec();
    file.extend([0xff, marker]);
    file.extend((body.len() as u16 + 2).to_be_bytes());
    file.extend(body);
    file.extend(&plain[20..]);
    file
}

/// A GIF of one pixel, with these blocks before its frame and before its trailer.
fn gif(before: &[u8], after: &[u8]) -> Vec<u8> {
    let mut file = b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\0".to_vec();
    file.extend(before);
    file.extend(b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
    file.extend(after);
    file.push(0x3b);
    file
}

/// A BMP of 2 × 2 pixels in 24 bits with `gap` before its pixels.
fn bmp(gap: &[u8]) -> Vec<u8> {
    let offset = 54 + gap.len() as u32;
    let mut file = b"BM".to_vec();
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    file.extend(words(&[offset + 16, 0, offset, 40, 2, 2]));
    file.extend([1, 0, 24, 0]);
    file.extend(words(&[0, 16, 2835, 2835, 0, 0]));
    file.extend(gap);
    file.extend([10, 20, 30, 40, 50, 60, 0, 0].repeat(2));
    file
}

/// A WebP of one pixel without loss, with further chunks in an extended file.
fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let mut chunk = kind.to_vec();
        chunk.extend((body.len() as u32).to_le_bytes());
        chunk.extend(body);
        if body.len() % 2 == 1 {
            chunk.push(0);
        }
        chunk
    };
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(b"VP8X", &[0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    body.extend(chunk(b"VP8L", b"\x2f\0\0\0\0\x07\x10\xfd\x8f\xfe\x07\x22\xa2\xff\x01\0"));
    for (kind, content) in chunks {
        body.extend(chunk(kind, content));
    }
    chunk(b"RIFF", &body)
}

/// A grey TIFF of 2 × 2 pixels with further ASCII tags; the directory's successor is `next`.
fn tiff(tags: &[(u16, &str)], next: u32) -> Vec<u8> {
    let count = 9 + tags.len() as u16;
    let mut data_at = 8 + 2 + 12 * u32::from(count) + 4;
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend(count.to_le_bytes());
    let mut tail = vec![10u8, 20, 30, 40];
    let pixels_at = data_at;
    data_at += 4;
    let mut entries: Vec<(u16, u16, u32, u32)> = vec![
        (256, 3, 1, 2),
        (257, 3, 1, 2),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, pixels_at),
        (277, 3, 1, 1),
        (278, 3, 1, 2),
        (279, 4, 1, 4),
    ];
    for (tag, text) in tags {
        entries.push((*tag, 2, text.len() as u32, data_at));
        data_at += text.len() as u32;
        tail.extend(text.bytes());
    }
    entries.sort_unstable();
    for (tag, kind, number, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(number.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend(next.to_le_bytes());
    file.extend(tail);
    file
}

fn zlib(body: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(body).and_then(|()| encoder.finish()).unwrap_or_default()
}

fn exif(m: &Marks) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0".to_vec();
    block.extend((m.kill.len() as u32).to_le_bytes());
    block.extend(26u32.to_le_bytes());
    block.extend([0; 4]);
    block.extend(m.kill.bytes());
    block
}

/// Rows of id, variant, extension and file; the picture carries no text to keep.
type Rows = &'static [(&'static str, &'static str, &'static str, fn(&Marks) -> Vec<u8>)];

const ABSENT: Rows = &[
    ("img.reencode-principle", "", "jpg", |m| jpeg_with(0xfe, m.kill.as_bytes())),
    ("img.trailing-data", "", "png", |m| [png([1, 2, 3]), m.kill.clone().into_bytes()].concat()),
    ("img.trailing-data", "jpeg", "jpg", |m| [jpeg(), m.kill.clone().into_bytes()].concat()),
    ("img.trailing-data", "gif", "gif", |m| [gif(b"", b""), m.kill.clone().into_bytes()].concat()),
    ("img.trailing-data", "bmp", "bmp", |m| [bmp(b""), m.kill.clone().into_bytes()].concat()),
    ("img.polyglot-header-abuse", "", "jpg", |m| {
        jpeg_with(0xfe, format!("<?php echo '{}';", m.kill).as_bytes())
    }),
    ("img.exif-block", "", "jpg", |m| jpeg_with(0xe1, &[b"Exif\0\0".as_slice(), &exif(m)].concat())),
    ("img.exif-block", "png", "png", |m| png_with([1, 2, 3], &[(b"eXIf", &exif(m))])),
    ("img.xmp", "", "jpg", |m| {
        jpeg_with(0xe1, format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{}</x:xmpmeta>", m.kill).as_bytes())
    }),
    ("img.xmp", "png", "png", |m| {
        png_with([1, 2, 3], &[(b"iTXt", format!("XML:com.adobe.xmp\0\0\0\0\0<x>{}</x>", m.kill).as_bytes())])
    }),
    ("img.iptc-photoshop", "", "jpg", |m| {
        jpeg_with(0xed, format!("Photoshop 3.0\08BIM\x04\x04{}", m.kill).as_bytes())
    }),
    ("img.icc-profile", "", "png", |m| {
        png_with(
            [1, 2, 3],
            &[(
                b"iCCP",
                &[b"p\0\0".as_slice(), &zlib(format!("{}{}", "\0".repeat(128), m.kill).as_bytes())].concat(),
            )],
        )
    }),
    ("img.jpeg-app-segments", "", "jpg", |m| jpeg_with(0xec, m.kill.as_bytes())),
    ("img.jpeg-mpf-and-gainmap", "", "jpg", |m| {
        let mut file = jpeg_with(0xe2, b"MPF\0II*\0\x08\0\0\0\0\0");
        file.extend(jpeg_with(0xfe, m.kill.as_bytes()));
        file
    }),
    ("img.c2pa-jumbf", "", "jpg", |m| {
        jpeg_with(0xeb, format!("JP\0\x01jumb c2pa {}", m.url("manifest")).as_bytes())
    }),
    ("img.png-text-chunks", "", "png", |m| {
        let packed = [b"profile\0\0".as_slice(), &zlib(m.kill.as_bytes())].concat();
        png_with([1, 2, 3], &[(b"tEXt", format!("Comment\0{}", m.kill).as_bytes()), (b"zTXt", &packed)])
    }),
    ("img.png-private-chunks", "", "png", |m| png_with([1, 2, 3], &[(b"kiLl", m.kill.as_bytes())])),
    ("img.gif-extensions", "", "gif", |m| {
        let block =
            |label: u8, text: &str| [&[0x21, label, text.len() as u8], text.as_bytes(), &[0]].concat();
        let mut application = vec![0x21, 0xff, 11];
        application.extend(b"KILLAPP0001");
        application.push(m.kill.len() as u8);
        application.extend(m.kill.bytes());
        application.push(0);
        gif(&block(0xfe, &m.kill), &application)
    }),
    ("img.webp-chunks", "", "webp", |m| {
        webp(&[(b"EXIF", &exif(m)), (b"XMP ", m.kill.as_bytes()), (b"KILL", m.kill.as_bytes())])
    }),
    ("img.tiff-metadata-tags", "", "tif", |m| {
        tiff(&[(270, &format!("{}\0", m.kill)), (65_000, &format!("{}\0", m.kill))], 0)
    }),
    ("img.bmp-structure", "", "bmp", |m| bmp(m.kill.as_bytes())),
    ("img.bmp-linked-profile", "", "bmp", |m| {
        let path = format!("{}\0", m.unc("p.icm"));
        let plain = bmp(b"");
        let mut file = plain[..14].to_vec();
        file[10..14].copy_from_slice(&(14u32 + 124).to_le_bytes());
        file.extend(124u32.to_le_bytes());
        file.extend(&plain[18..54]);
        file.extend([0; 16]);
        file.extend(b"KNIL");
        file.extend([0; 48]);
        file.extend(4u32.to_le_bytes());
        file.extend((124u32 + 16).to_le_bytes());
        file.extend((path.len() as u32).to_le_bytes());
        file.extend([0; 4]);
        file.extend(&plain[54..]);
        file.extend(path.bytes());
        file
    }),
    ("img.resolution-and-physical-size", "", "png", |m| {
        png_with(
            [1, 2, 3],
            &[(b"pHYs", &[0, 0, 0, 0, 0, 0, 0, 0, 1]), (b"tEXt", format!("x\0{}", m.kill).as_bytes())],
        )
    }),
    ("img.name-mime-mismatch", "", "jpg", |m| {
        png_with([1, 2, 3], &[(b"tEXt", format!("x\0{}", m.kill).as_bytes())])
    }),
    ("img.ico-cur-ani", "", "ico", |m| {
        let picture = png([1, 2, 3]);
        let mut file = vec![0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0];
        file.extend((picture.len() as u32).to_le_bytes());
        file.extend((22 + m.kill.len() as u32).to_le_bytes());
        file.extend(m.kill.bytes());
        file.extend(picture);
        file
    }),
];

const REFUSED: Rows = &[
    ("img.dimension-bomb", "", "png", |m| {
        let mut file = png_with([1, 2, 3], &[(b"tEXt", format!("x\0{}", m.kill).as_bytes())]);
        file[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let checksum = crc32fast::hash(&file[12..29]);
        file[29..33].copy_from_slice(&checksum.to_be_bytes());
        file
    }),
    ("img.png-structure-abuse", "", "png", |m| {
        let mut file = png_with([1, 2, 3], &[(b"tEXt", format!("x\0{}", m.kill).as_bytes())]);
        file[29] ^= 0xff;
        file
    }),
    ("img.gif-animation-abuse", "", "gif", |m| {
        let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".repeat(100_000);
        let comment = [&[0x21, 0xfe, m.kill.len() as u8], m.kill.as_bytes(), &[0]].concat();
        let mut file = gif(&comment, &frame);
        file[6..10].copy_from_slice(&[0x60, 0xea, 0x60, 0xea]);
        file
    }),
    ("img.jp2-jxl-psd-raw", "", "jp2", |m| {
        [b"\0\0\0\x0cjP  \r\n\x87\n".as_slice(), m.url("x").as_bytes()].concat()
    }),
];

/// The samples of the area `img`.
pub fn samples(index: &mut Index) {
    index.benign("benign.png", "png", |_| png([9, 9, 9])).without_keep();
    index.benign("benign.jpg", "jpg", |_| jpeg()).without_keep();
    index.benign("benign.gif", "gif", |_| gif(b"", b"")).without_keep();
    index.benign("benign.bmp", "bmp", |_| bmp(b"")).without_keep();
    for (id, variant, extension, make) in ABSENT {
        index.absent(id, extension, *make).variant(variant).without_keep().also(METADATA);
    }
    for (id, variant, extension, make) in REFUSED {
        index.refused(id, extension, *make).variant(variant).also(&[
            "file.global-expansion-budget",
            "file.unsupported-format",
            "file.truncated-input",
            "img.dimension-bomb",
        ]);
    }
    planted_in_pixels(index);
    // A directory that follows itself, and a second page: either read within bounds or rejected.
    index
        .either("img.tiff-ifd-tricks", "tif", |m| tiff(&[(65_000, &format!("{}\0", m.kill))], 8))
        .also(&["file.truncated-input"]);
    index
        .either("img.decoder-limits-progressive", "jpg", |m| {
            let plain = jpeg_with(0xfe, m.kill.as_bytes());
            let end = plain.len() - 2;
            let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x3f];
            [&plain[..end], scan.repeat(20_000).as_slice(), &plain[end..]].concat()
        })
        .also(&[
            "file.truncated-input",
            "file.global-expansion-budget",
            "img.reencode-principle",
            "img.jpeg-app-segments",
        ]);
}

/// Threats that stand in what a picture shows, or beside it in the coding itself: no text can mark them.
const UNMARKED: [&str; 8] = [
    "img.apng",
    "img.exif-orientation",
    "img.exif-thumbnail",
    "img.png-cgbi",
    "img.png-gamma-dual-image",
    "img.tiff-multipage-and-hidden-ifd",
    "img.transparent-pixel-data",
    "img.webp-vp8l",
];

fn planted_in_pixels(index: &mut Index) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for sample in pictures::samples().into_iter().filter(|sample| UNMARKED.contains(&sample.threat)) {
        let extension = sample.name.rsplit('.').next().unwrap_or_default();
        let (expect, marker) = match sample.threat {
            _ if sample.refused => (Expect::Rejected, KillMarker::NoOutput),
            // Kept by P28 and P14.
            "img.apng" | "img.tiff-multipage-and-hidden-ifd" => (Expect::Kept, KillMarker::Stays),
            _ => (Expect::Sanitized, KillMarker::Absent),
        };
        let again = seen.iter().filter(|known| **known == (sample.threat, extension)).count();
        seen.push((sample.threat, extension));
        let bytes = sample.bytes;
        index
            .add(sample.threat, extension, expect, marker, Box::new(move |_| bytes.clone()))
            .variant(if again > 0 { "second" } else { "" })
            .without_keep()
            .also(METADATA);
    }
    index
        .absent("img.exif-thumbnail", "jpg", |m| {
            pictures::jpeg(&[(0xe0, &[b"JFXX\0\x13".as_slice(), m.kill.as_bytes()].concat())], b"")
        })
        .variant("marked")
        .without_keep();
    index
        .either("img.php-in-pixels", "png", |m| {
            // The pixels are the program, and stand in the file as they are.
            let row = [b"\0".as_slice(), format!("<?={}?>", m.kill).as_bytes()].concat();
            let width = row.len() as u32 - 1;
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
            let stored = encoder.write_all(&row).and_then(|()| encoder.finish()).unwrap_or_default();
            pictures::png(&[(b"IHDR", &pictures::ihdr(width, 1, 8, 0)), (b"IDAT", &stored)])
        })
        .without_keep();
    for (extension, brand) in [("heic", b"heic"), ("avif", b"avif")] {
        index
            .add(
                "img.heif-avif-boxes",
                extension,
                Expect::Rejected,
                KillMarker::NoOutput,
                Box::new(move |m| {
                    let url = format!("\0\0\0\0{}\0", m.url("h"));
                    let mut file = b"\0\0\0\x18ftyp".to_vec();
                    file.extend_from_slice(brand);
                    file.extend_from_slice(b"\0\0\0\0mif1");
                    file.extend_from_slice(brand);
                    file.extend((url.len() as u32 + 8).to_be_bytes());
                    file.extend_from_slice(b"url ");
                    file.extend_from_slice(url.as_bytes());
                    file.extend_from_slice(m.kill.as_bytes());
                    file
                }),
            )
            .without_keep()
            .also(&["file.unsupported-format"]);
    }
}

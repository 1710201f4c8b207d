//! Tiny pictures, honest and hostile, byte by byte. What stands for a payload is the word `KILL`.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

/// A picture that carries something, and what is expected of it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// A file name with the right extension.
    pub name: &'static str,
    /// The threat in the catalogue.
    pub threat: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// True where no output may be written.
    pub refused: bool,
}

/// The payload of every sample.
pub const MARKER: &[u8] = b"KILL";

/// zlib at its best level.
pub fn zlib(plain: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let _never_fails = encoder.write_all(plain);
    encoder.finish().unwrap_or_default()
}

/// A PNG of these chunks, checksums right; IEND is added.
pub fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, body) in chunks.iter().chain([&(b"IEND", &[][..])]) {
        file.extend_from_slice(&(body.len() as u32).to_be_bytes());
        let start = file.len();
        file.extend_from_slice(*kind);
        file.extend_from_slice(body);
        let checksum = crc32fast::hash(file.get(start..).unwrap_or_default());
        file.extend_from_slice(&checksum.to_be_bytes());
    }
    file
}

/// The body of IHDR.
pub fn ihdr(width: u32, height: u32, bits: u8, color: u8) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, color, 0, 0, 0]].concat()
}

/// A PNG of 2 × 1 RGB pixels with `chunks` before its data.
pub fn rgb_png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let (header, data) = (ihdr(2, 1, 8, 2), zlib(&[0, 1, 2, 3, 200, 100, 50]));
    let mut all: Vec<(&[u8; 4], &[u8])> = vec![(b"IHDR", &header)];
    all.extend_from_slice(chunks);
    all.push((b"IDAT", &data));
    png(&all)
}

/// EXIF in little-endian TIFF: the orientation, a description with the marker, and a second directory.
pub fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend_from_slice(b"\x0e\x01\x02\0\x04\0\0\0KILL");
    tiff.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0");
    tiff.extend_from_slice(&orientation.to_le_bytes());
    tiff.extend_from_slice(b"\0\0\x26\0\0\0\0\0\0\0\0\0");
    tiff
}

/// A grey JPEG of 16 × 8 pixels, the left half dark, the right half light, without any application segment.
pub const JPEG: &[u8] = b"\xff\xd8\xff\xdb\x00\x43\x00\x03\x02\x02\x03\x02\x02\x03\x03\x03\x03\x04\x03\x03\x04\x05\x08\x05\
\x05\x04\x04\x05\x0a\x07\x07\x06\x08\x0c\x0a\x0c\x0c\x0b\x0a\x0b\x0b\x0d\x0e\x12\x10\x0d\x0e\x11\x0e\x0b\x0b\x10\x16\x10\
\x11\x13\x14\x15\x15\x15\x0c\x0f\x17\x18\x16\x14\x18\x12\x14\x15\x14\xff\xc0\x00\x0b\x08\x00\x08\x00\x10\x01\x01\x11\x00\
\xff\xc4\x00\x15\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x09\x0a\xff\xc4\x00\x14\x10\x01\x00\
\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x37\xd4\x60\xff\xd9";

/// [`JPEG`] with marker segments behind SOI, and bytes behind EOI.
pub fn jpeg(segments: &[(u8, &[u8])], trailing: &[u8]) -> Vec<u8> {
    let (start, rest) = JPEG.split_at(2);
    let mut file = start.to_vec();
    for (marker, body) in segments {
        file.extend_from_slice(&[0xff, *marker]);
        file.extend_from_slice(&(body.len() as u16 + 2).to_be_bytes());
        file.extend_from_slice(body);
    }
    file.extend_from_slice(rest);
    file.extend_from_slice(trailing);
    file
}

/// A GIF of 2 × 1 pixels with blocks before its picture.
pub fn gif(blocks: &[u8], frames: usize, trailing: &[u8]) -> Vec<u8> {
    let mut file = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    file.extend_from_slice(blocks);
    for _ in 0..frames {
        file.extend_from_slice(b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x02\0\x01\0\0\x02\x02\x44\x0a\0");
    }
    file.push(b';');
    file.extend_from_slice(trailing);
    file
}

/// A BMP of 2 × 1 pixels of 24 bits: a header of `header` bytes, whose tail is `tail`, and a gap.
pub fn bmp(compression: u32, tail: &[u8], gap: &[u8], trailing: &[u8]) -> Vec<u8> {
    let header = 40 + tail.len();
    let mut file = b"BM\0\0\0\0\0\0\0\0".to_vec();
    file.extend_from_slice(&((14 + header + gap.len()) as u32).to_le_bytes());
    for number in [header as u32, 2, 1, 1 | 24 << 16, compression, 8, 2_835, 2_835, 0, 0] {
        file.extend_from_slice(&number.to_le_bytes());
    }
    file.extend_from_slice(tail);
    file.extend_from_slice(gap);
    file.extend_from_slice(&[1, 2, 3, 4, 5, 6, 0, 0]);
    file.extend_from_slice(trailing);
    file
}

/// The tail of a version 5 header that names its colour profile's file.
pub fn linked_profile(path: &[u8]) -> Vec<u8> {
    let mut tail = vec![0; 84];
    tail.splice(16..20, *b"KNIL");
    tail.splice(72..76, (124_u32 + 8).to_le_bytes());
    tail.splice(76..80, (path.len() as u32).to_le_bytes());
    tail
}

/// A little-endian TIFF of one 2 × 1 grey page for each of `pages`, with more entries in each directory: tag,
/// type, count, value. The last directory's link is `last`.
pub fn tiff(pages: usize, more: &[(u16, u16, u32, u32)], last: u32) -> Vec<u8> {
    let mut file = b"II*\0\x0a\0\0\0\x10\xf0".to_vec();
    for page in 0..pages {
        let mut entries = vec![
            (256, 4, 1, 2),
            (257, 4, 1, 1),
            (258, 3, 1, 8),
            (259, 3, 1, 1),
            (262, 3, 1, 1),
            (273, 4, 1, 8),
            (277, 3, 1, 1),
            (278, 4, 1, 1),
            (279, 4, 1, 2),
        ];
        entries.extend_from_slice(more);
        entries.sort_by_key(|(tag, ..)| *tag);
        put_entries(&mut file, &entries);
        let next = if page + 1 == pages { last } else { file.len() as u32 + 4 };
        file.extend_from_slice(&next.to_le_bytes());
    }
    file
}

/// Adds the entries of a little-endian TIFF directory: tag, type, count, value. The link to the next one comes behind.
pub fn put_entries(file: &mut Vec<u8>, entries: &[(u16, u16, u32, u32)]) {
    file.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend_from_slice(&tag.to_le_bytes());
        file.extend_from_slice(&kind.to_le_bytes());
        file.extend_from_slice(&count.to_le_bytes());
        file.extend_from_slice(&value.to_le_bytes());
    }
}

/// A lossless WebP of 3 × 2 pixels, one of them transparent with a colour, with more chunks.
pub fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let picture = b"\x2f\x02\x40\x00\x10\x0f\x70\x0a\xa8\x2b\xf8\x9e\xc2\x63\xff\x83\x07\x23\x10\xd1\xff\x08";
    let extended = [0x1c, 0, 0, 0, 2, 0, 0, 1, 0, 0];
    let first: [(&[u8; 4], &[u8]); 2] = [(b"VP8X", &extended), (b"VP8L", picture)];
    webp_of(&[&first, chunks].concat())
}

/// A WebP of these chunks.
pub fn webp_of(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, chunk) in chunks {
        body.extend_from_slice(*kind);
        body.extend_from_slice(&(chunk.len() as u32).to_le_bytes());
        body.extend_from_slice(chunk);
        body.extend_from_slice([0].get(..chunk.len() % 2).unwrap_or_default());
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

/// A lossy WebP of 16 × 16 pixels of one green.
pub const LOSSY_WEBP: &[u8] = b"RIFF8\0\0\0WEBP\x56\x50\x38\x20\x2c\x00\x00\x00\xb0\x01\x00\x9d\x01\x2a\x10\x00\x10\x00\x01\x40\
\x26\x25\xa0\x02\x74\xba\x00\x04\x66\x80\x00\xfe\xf2\xeb\x7f\xf8\x0d\xd7\xc5\xb4\xcb\xff\x9f\x99\xfe\xe9\xfe\x77\xe8\x90\
\x00\x00";

/// A VP8L stream of 4 × 4 pixels whose first code has three symbols of one bit.
pub const OVERFULL_VP8L: &[u8] = b"\x2f\x03\xc0\0\0\0\x40\xe2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x20\x22\x02\0\0\0\0";

/// The picture of [`LOSSY_WEBP`], to be turned, which its coding cannot do.
pub fn turned_lossy_webp() -> Vec<u8> {
    let extended = [0x08, 0, 0, 0, 15, 0, 0, 15, 0, 0];
    let picture = LOSSY_WEBP.get(20..).unwrap_or_default();
    webp_of(&[(b"VP8X", &extended), (b"VP8 ", picture), (b"EXIF", &exif(6))])
}

/// An icon or cursor of one 2 × 1 bitmap with a mask.
pub fn icon(kind: u8, trailing: &[u8]) -> Vec<u8> {
    let mut file = vec![0, 0, kind, 0, 1, 0, 2, 1, 0, 0, 1, 0, 1, 0, 52, 0, 0, 0, 22, 0, 0, 0];
    for number in [40_u32, 2, 2, 1 | 24 << 16, 0, 0, 0, 0, 0, 0] {
        file.extend_from_slice(&number.to_le_bytes());
    }
    file.extend_from_slice(&[1, 2, 3, 4, 5, 6, 0, 0, 0x40, 0, 0, 0]);
    file.extend_from_slice(trailing);
    file
}

/// One sample at least for each picture threat that a raster file can carry.
pub fn samples() -> Vec<Sample> {
    let keep = |name, threat, bytes| Sample { name, threat, bytes, refused: false };
    let refuse = |name, threat, bytes| Sample { name, threat, bytes, refused: true };
    let zip = b"PK\x03\x04KILL.zip";
    let profile = |body: &[u8]| [b"x\0\0", &zlib(body)[..]].concat();
    let with_exif = |turn| [b"Exif\0\0", &exif(turn)[..]].concat();
    let control = |x: u32| {
        let numbers: Vec<u8> = [x, 2, 1, 0, 0].iter().flat_map(|number: &u32| number.to_be_bytes()).collect();
        [&numbers[..], &[0, 1, 0, 10, 0, 0]].concat()
    };
    let (frame, plays) = ([&1_u32.to_be_bytes()[..], &zlib(&[0; 7])].concat(), [0, 0, 0, 1, 0, 0, 0, 0]);
    let animation = {
        let (header, data) = (ihdr(2, 1, 8, 2), zlib(&[0, 1, 2, 3, 200, 100, 50]));
        png(&[
            (b"IHDR", &header),
            (b"acTL", &plays),
            (b"IDAT", &data),
            (b"fcTL", &control(0)),
            (b"fdAT", &frame),
        ])
    };
    let palette = |more: &[(&[u8; 4], &[u8])]| {
        let (header, data) = (ihdr(2, 1, 8, 3), zlib(&[0, 0, 1]));
        let mut chunks: Vec<(&[u8; 4], &[u8])> = vec![(b"IHDR", &header), (b"PLTE", b"abcdefKILL!!")];
        chunks.extend_from_slice(more);
        chunks.push((b"IDAT", &data));
        png(&chunks)
    };
    let bad_sum = {
        let mut file = rgb_png(&[]);
        if let Some(byte) = file.get_mut(30) {
            *byte ^= 1;
        }
        file
    };
    let hidden = png(&[(b"IHDR", &ihdr(2, 1, 8, 6)), (b"IDAT", &zlib(b"\0KIL\0LLL\xff"))]);
    let scans = {
        let start = JPEG.iter().position(|byte| *byte == 0xda).map_or(0, |at| at - 1);
        let (tables, scan) = JPEG.split_at(start);
        [tables, &scan.get(..scan.len() - 2).unwrap_or_default().repeat(200), b"\xff\xd9"].concat()
    };
    let lossless = {
        let mut file = JPEG.to_vec();
        if let Some(at) = file.windows(2).position(|pair| pair == [0xff, 0xc0]) {
            file.splice(at + 1..at + 2, [0xc3]);
        }
        file
    };
    let huge_gif = {
        let mut file = gif(b"", 1, b"");
        file.splice(6..10, [0xff, 0xff, 0xff, 0xff]);
        file
    };
    let path = br"\\kill.example.invalid\KILL\p.icm";
    vec![
        keep("a.png", "img.trailing-data", [rgb_png(&[]), b"KILL".to_vec()].concat()),
        keep("a.png", "img.polyglot-header-abuse", [rgb_png(&[]), zip.to_vec()].concat()),
        refuse(
            "a.png",
            "img.dimension-bomb",
            png(&[(b"IHDR", &ihdr(60_000, 60_000, 1, 0)), (b"IDAT", &zlib(b""))]),
        ),
        keep("a.png", "img.exif-block", rgb_png(&[(b"eXIf", &exif(1))])),
        keep("a.png", "img.exif-orientation", rgb_png(&[(b"eXIf", &exif(6))])),
        keep("a.png", "img.exif-thumbnail", rgb_png(&[(b"eXIf", &exif(1))])),
        keep("a.png", "img.xmp", rgb_png(&[(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0KILL")])),
        keep("a.png", "img.icc-profile", rgb_png(&[(b"iCCP", &profile(b"KILL"))])),
        keep("a.png", "img.icc-profile", rgb_png(&[(b"iCCP", &profile(&vec![0; 64 << 20]))])),
        keep("a.png", "img.png-text-chunks", rgb_png(&[(b"tEXt", b"profile\0/etc/KILL")])),
        keep("a.png", "img.png-private-chunks", rgb_png(&[(b"kiLl", b"KILL")])),
        keep("a.png", "img.c2pa-jumbf", rgb_png(&[(b"caBX", b"KILL")])),
        refuse("a.png", "img.png-cgbi", png(&[(b"CgBI", b"KILL"), (b"IHDR", &ihdr(1, 1, 8, 6))])),
        refuse("a.png", "img.png-structure-abuse", palette(&[(b"PLTE", b"KILL!!")])),
        refuse("a.png", "img.png-structure-abuse", bad_sum),
        keep("a.png", "img.png-gamma-dual-image", rgb_png(&[(b"gAMA", &2_300_u32.to_be_bytes())])),
        keep("a.png", "img.apng", animation),
        keep("a.png", "img.transparent-pixel-data", hidden),
        keep("a.png", "img.transparent-pixel-data", palette(&[])),
        keep(
            "a.png",
            "img.resolution-and-physical-size",
            rgb_png(&[(b"pHYs", &[0, 0, 0, 0, 0, 0, 0, 0, 1])]),
        ),
        keep("a.jpg", "img.trailing-data", jpeg(&[], b"KILL")),
        keep("a.jpg", "img.polyglot-header-abuse", jpeg(&[], b"<?php echo 'KILL';")),
        keep("a.jpg", "img.jpeg-app-segments", jpeg(&[(0xfe, b"<?php KILL")], b"")),
        keep("a.jpg", "img.exif-block", jpeg(&[(0xe1, &with_exif(1))], b"")),
        keep("a.jpg", "img.exif-thumbnail", jpeg(&[(0xe0, b"JFXX\0\x13KILL")], b"")),
        keep("a.jpg", "img.exif-orientation", jpeg(&[(0xe1, &with_exif(6))], b"")),
        keep("a.jpg", "img.xmp", jpeg(&[(0xe1, b"http://ns.adobe.com/xap/1.0/\0KILL")], b"")),
        keep("a.jpg", "img.iptc-photoshop", jpeg(&[(0xed, b"Photoshop 3.0\08BIM\x04\x04KILL")], b"")),
        keep("a.jpg", "img.icc-profile", jpeg(&[(0xe2, b"ICC_PROFILE\0\x02\x03KILL")], b"")),
        keep("a.jpg", "img.jpeg-mpf-and-gainmap", jpeg(&[(0xe2, b"MPF\0KILL")], JPEG)),
        keep("a.jpg", "img.jpeg-mpf-and-gainmap", jpeg(&[], b"\0\0\0\x18ftypmp42KILL")),
        keep("a.jpg", "img.c2pa-jumbf", jpeg(&[(0xeb, b"JP\0\x01KILL")], b"")),
        keep(
            "a.jpg",
            "img.resolution-and-physical-size",
            jpeg(&[(0xe0, b"JFIF\0\x01\x02\x01\0\0\0\0\0\0")], b""),
        ),
        refuse("a.jpg", "img.decoder-limits-progressive", scans),
        refuse("a.jpg", "img.decoder-limits-progressive", lossless),
        keep("a.gif", "img.gif-extensions", gif(b"\x21\xfe\x04KILL\0\x21\xff\x0bKILLAPP0100\x01x\0", 1, b"")),
        keep("a.gif", "img.gif-animation-abuse", gif(b"", 2, b"")),
        refuse("a.gif", "img.gif-animation-abuse", gif(b"", 3_000, b"")),
        refuse("a.gif", "img.dimension-bomb", huge_gif),
        keep("a.gif", "img.trailing-data", gif(b"", 1, b"KILL")),
        keep("a.bmp", "img.bmp-linked-profile", bmp(0, &linked_profile(path), b"", path)),
        keep("a.bmp", "img.bmp-structure", bmp(0, b"", b"KILL", b"")),
        refuse("a.bmp", "img.bmp-structure", bmp(5, b"", b"", b"KILL")),
        keep("a.bmp", "img.trailing-data", bmp(0, b"", b"", b"KILL")),
        keep("a.tif", "img.tiff-ifd-tricks", tiff(1, &[(330, 4, 1, 10)], 0)),
        keep("a.tif", "img.tiff-ifd-tricks", tiff(1, &[], 10)),
        keep("a.tif", "img.tiff-multipage-and-hidden-ifd", tiff(2, &[], 0)),
        keep("a.tif", "img.tiff-metadata-tags", tiff(1, &[(65_000, 2, 4, u32::from_le_bytes(*b"KILL"))], 0)),
        keep("a.tif", "img.exif-orientation", tiff(1, &[(274, 3, 1, 6)], 0)),
        refuse("a.tif", "img.jp2-jxl-psd-raw", tiff(1, &[(50_706, 1, 4, 1)], 0)),
        keep("a.webp", "img.webp-chunks", webp(&[(b"KILL", b"KILL")])),
        keep("a.webp", "img.exif-block", webp(&[(b"EXIF", &exif(1))])),
        keep("a.webp", "img.exif-orientation", webp(&[(b"EXIF", &exif(8))])),
        keep("a.webp", "img.xmp", webp(&[(b"XMP ", b"KILL")])),
        keep("a.webp", "img.transparent-pixel-data", webp(&[])),
        keep("a.webp", "img.webp-vp8l", turned_lossy_webp()),
        refuse("a.webp", "img.webp-vp8l", webp_of(&[(b"VP8L", OVERFULL_VP8L)])),
        keep("a.ico", "img.trailing-data", icon(1, b"KILL")),
        refuse("a.ico", "img.ico-cur-ani", b"RIFF\x10\0\0\0ACONanihKILL".to_vec()),
    ]
}

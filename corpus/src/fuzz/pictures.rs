//! Frames of pictures.

use super::{File, generated};
use crate::pictures::{self, png, rgb_png, zlib};

/// Chunks of a PNG file: type, length in two bytes, body. Where the first byte is odd, data is packed here.
pub fn chunks(data: &[u8]) -> Option<File> {
    let (flags, mut rest) = data.split_first()?;
    let mut chunks: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    while let Some(([a, b, c, d, high, low], body)) = rest.split_first_chunk::<6>() {
        let len = usize::from(u16::from_be_bytes([*high, *low])).min(body.len());
        let kind = [*a, *b, *c, *d];
        let body_of = &body[..len];
        let pack = flags & 1 == 1 && kind == *b"IDAT";
        chunks.push((kind, if pack { zlib(body_of) } else { body_of.to_vec() }));
        rest = &body[len..];
    }
    let chunks: Vec<(&[u8; 4], &[u8])> = chunks.iter().map(|(kind, body)| (kind, body.as_slice())).collect();
    Some(File::new("a.png", png(&chunks)))
}

pub fn chunk_seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = generated()
        .iter()
        .filter(|file| file.bytes.starts_with(b"\x89PNG\r\n\x1a\n"))
        .map(|file| {
            let mut seed = vec![0];
            let mut rest = &file.bytes[8..];
            while let Some((len, body)) = rest.split_first_chunk::<4>() {
                let len = (u32::from_be_bytes(*len) as usize).min(0xffff);
                let Some((kind, body)) = body.split_at_checked(4) else { break };
                let Some((body, next)) = body.split_at_checked(len) else { break };
                if kind != b"IEND" {
                    seed.extend([kind, &(len as u16).to_be_bytes(), body].concat());
                }
                rest = next.get(4..).unwrap_or_default();
            }
            seed
        })
        .collect();
    let header = |bits, color| pictures::ihdr(3, 2, bits, color);
    for (bits, color, row) in [(8, 6, 13), (16, 2, 19), (1, 0, 2), (8, 0, 4), (16, 4, 13), (4, 3, 3)] {
        let mut seed = [&[1][..], b"IHDR", &[0, 13], &header(bits, color)].concat();
        if color == 3 {
            seed.extend([&b"PLTE\0\x06"[..], &[1, 2, 3, 4, 5, 6]].concat());
        }
        seed.extend([&b"IDAT"[..], &[0, row * 2], &vec![1; usize::from(row) * 2]].concat());
        seeds.push(seed);
    }
    seeds
}

/// A colour profile: where the first byte is odd that of a JPEG picture, else of a PNG picture.
pub fn profile(data: &[u8]) -> Option<File> {
    let (choice, profile) = data.split_first()?;
    if choice & 1 == 1 {
        let segment = [b"ICC_PROFILE\0\x01\x01", profile].concat();
        return (segment.len() < 65_000)
            .then(|| File::new("a.jpg", pictures::jpeg(&[(0xe2, &segment)], b"")));
    }
    let body = [&b"x\0\0"[..], &zlib(profile)].concat();
    Some(File::new("a.png", rgb_png(&[(b"iCCP", &body)])))
}

pub fn profile_seeds() -> Vec<Vec<u8>> {
    [b"RGB ", b"GRAY"]
        .into_iter()
        .flat_map(|space| [matrix_profile(space, 1), matrix_profile(space, 5), matrix_profile(space, 3)])
        .flat_map(|profile| [0, 1].map(|choice| [&[choice], profile.as_slice()].concat()))
        .collect()
}

/// A display profile of three colorants and curves of so many points; three make it parametric.
fn matrix_profile(space: &[u8; 4], points: usize) -> Vec<u8> {
    let fixed = |value: f64| ((value * 65_536.0) as i32).to_be_bytes();
    let xyz =
        |values: [f64; 3]| [b"XYZ \0\0\0\0".to_vec(), values.into_iter().flat_map(fixed).collect()].concat();
    let curve = match points {
        3 => [b"para\0\0\0\0\0\0\0\0".to_vec(), fixed(2.2).to_vec()].concat(),
        1 => b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0".to_vec(),
        points => {
            let values = (0..points).flat_map(|point| ((point * 65_535 / (points - 1)) as u16).to_be_bytes());
            let mut body =
                [b"curv\0\0\0\0".to_vec(), (points as u32).to_be_bytes().to_vec(), values.collect()].concat();
            body.resize(body.len().next_multiple_of(4), 0);
            body
        }
    };
    let mut tags: Vec<([u8; 4], Vec<u8>)> = vec![(*b"wtpt", xyz([0.9642, 1.0, 0.8249]))];
    match space {
        b"GRAY" => tags.push((*b"kTRC", curve)),
        _ => {
            let colorants = [[0.6, 0.31, 0.02], [0.2, 0.62, 0.07], [0.15, 0.06, 0.74]];
            for (letter, colorant) in b"rgb".iter().zip(colorants) {
                tags.push(([*letter, b'X', b'Y', b'Z'], xyz(colorant)));
                tags.push(([*letter, b'T', b'R', b'C'], curve.clone()));
            }
        }
    }
    let mut directory = (tags.len() as u32).to_be_bytes().to_vec();
    let mut bodies = Vec::new();
    let start = 128 + 4 + tags.len() * 12;
    for (tag, body) in &tags {
        directory.extend_from_slice(tag);
        directory.extend(((start + bodies.len()) as u32).to_be_bytes());
        directory.extend((body.len() as u32).to_be_bytes());
        bodies.extend_from_slice(body);
    }
    let mut header = vec![0; 128];
    header[..4].copy_from_slice(&((start + bodies.len()) as u32).to_be_bytes());
    header[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    header[12..24].copy_from_slice(&[b"mntr".as_slice(), space, b"XYZ "].concat());
    header[36..40].copy_from_slice(b"acsp");
    header[68..80].copy_from_slice(&[fixed(0.9642), fixed(1.0), fixed(0.8249)].concat());
    [header, directory, bodies].concat()
}

/// The EXIF of a picture: JPEG where the first byte is odd, else PNG or WebP.
pub fn exif(data: &[u8]) -> Option<File> {
    let (choice, exif) = data.split_first()?;
    match choice % 3 {
        0 => Some(File::new("a.png", rgb_png(&[(b"eXIf", exif)]))),
        1 => {
            let segment = [b"Exif\0\0", exif].concat();
            (segment.len() < 65_000).then(|| File::new("a.jpg", pictures::jpeg(&[(0xe1, &segment)], b"")))
        }
        _ => Some(File::new("a.webp", pictures::webp(&[(b"EXIF", exif)]))),
    }
}

pub fn exif_seeds() -> Vec<Vec<u8>> {
    (1..=8_u16)
        .flat_map(|turn| [0, 1, 2].map(|choice| [&[choice], pictures::exif(turn).as_slice()].concat()))
        .collect()
}

/// A stream of a WebP: lossy, lossless, the alpha of a lossy picture, or a frame between two others.
pub fn stream(data: &[u8]) -> Option<File> {
    let (choice, stream) = data.split_first()?;
    let lossy = pictures::LOSSY_WEBP.get(20..)?;
    let extended = |flags| [flags, 0, 0, 0, 15, 0, 0, 15, 0, 0];
    let file = match choice % 4 {
        0 => pictures::webp_of(&[(b"VP8 ", stream)]),
        1 => pictures::webp_of(&[(b"VP8L", stream)]),
        2 => pictures::webp_of(&[(b"VP8X", &extended(0x10)), (b"ALPH", stream), (b"VP8 ", lossy)]),
        _ => {
            let frame = |flags: u8, stream: &[u8]| {
                let place = [0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 40, 0, 0, flags];
                let length = (stream.len() as u32).to_le_bytes();
                [&place[..], b"VP8L", &length, stream, &[0][..stream.len() % 2]].concat()
            };
            let length = (lossy.len() as u32).to_le_bytes();
            let place = [0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 40, 0, 0, 0];
            let still = [&place[..], b"VP8 ", &length, lossy].concat();
            let middle = frame(choice >> 2 & 3, stream);
            pictures::webp_of(&[
                (b"VP8X", &extended(2)),
                (b"ANIM", &[0; 6]),
                (b"ANMF", &still),
                (b"ANMF", &middle),
                (b"ANMF", &still),
            ])
        }
    };
    Some(File::new("a.webp", file))
}

pub fn stream_seeds() -> Vec<Vec<u8>> {
    let lossy = pictures::LOSSY_WEBP.get(20..).unwrap_or_default();
    let whole = pictures::webp(&[]);
    let lossless = whole.get(38..60).unwrap_or_default();
    let raw: Vec<u8> = (0..=255).collect();
    vec![
        [&[0], lossy].concat(),
        [&[1], lossless].concat(),
        [&[2, 4], raw.as_slice()].concat(),
        [&[2, 1], lossless.get(5..).unwrap_or_default()].concat(),
        [&[3], lossless].concat(),
        [&[1], pictures::OVERFULL_VP8L].concat(),
    ]
}

/// The codes of a picture of up to 256 × 256 pixels: the LZW of a GIF or TIFF, a fax, or a JPEG in a TIFF.
pub fn codes(data: &[u8]) -> Option<File> {
    let ([choice, width, height], stream) = data.split_first_chunk::<3>()?;
    let (width, height) = (u16::from(*width) + 1, u16::from(*height) + 1);
    let more = choice >> 2;
    if choice % 4 == 0 {
        let mut file = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0".to_vec();
        file.extend_from_slice(&[width.to_le_bytes(), height.to_le_bytes()].concat());
        file.extend_from_slice(&[more >> 5 << 6, 2 + more % 7]);
        for block in stream.chunks(255) {
            file.push(block.len() as u8);
            file.extend_from_slice(block);
        }
        file.extend_from_slice(b"\0;");
        return Some(File::new("a.gif", file));
    }
    let (bits, compression, photometric, channels) = match (choice % 4, more % 4) {
        (1, 0) => (8, 5, 3, 1),
        (1, 1) => (8, 5, 1, 1),
        (1, 2) => (8, 5, 2, 3),
        (1, _) => (16, 5, 1, 1),
        (2, 0) => (1, 4, 1, 1),
        (2, 1) => (1, 4, 0, 1),
        (2, 2) => (1, 3, 0, 1),
        (2, _) => (1, 2, 1, 1),
        (_, 0) => (8, 7, 1, 1),
        (_, 1) => (8, 7, 2, 3),
        _ => (8, 7, 6, 3),
    };
    let mut entries: Vec<(u16, u16, u32, u32)> = vec![
        (256, 4, 1, width.into()),
        (257, 4, 1, height.into()),
        (258, 3, 1, bits),
        (259, 3, 1, compression),
        (262, 3, 1, photometric),
        (273, 4, 1, 8 + 1_536),
        (277, 3, 1, channels),
        (278, 4, 1, height.into()),
        (279, 4, 1, stream.len() as u32),
        (292, 4, 1, u32::from(more >> 2 & 1)),
        (317, 3, 1, 1 + u32::from(more >> 3 & 1)),
    ];
    if photometric == 3 {
        entries.push((320, 3, 768, 8));
    }
    let mut file = b"II*\0".to_vec();
    file.extend_from_slice(&(8 + 1_536 + stream.len() as u32).to_le_bytes());
    file.extend((0..768_u16).flat_map(|entry| entry.wrapping_mul(83).to_le_bytes()));
    file.extend_from_slice(stream);
    pictures::put_entries(&mut file, &entries);
    file.extend_from_slice(&[0; 4]);
    Some(File::new("a.tif", file))
}

pub fn code_seeds() -> Vec<Vec<u8>> {
    use fax::{Color, VecWriter, encoder::Encoder as Fax};
    use weezl::{BitOrder, encode::Encoder as Lzw};
    let symbols = |size: usize, below: usize| -> Vec<u8> {
        (0..size).map(|place| (place * place / 5 % below) as u8).collect()
    };
    let mut seeds = Vec::new();
    for side in [2, 9, 100] {
        let start = |choice: u8| vec![choice, side - 1, side - 1];
        let area = usize::from(side) * usize::from(side);
        for bits in [2_u8, 4, 8] {
            let stream = Lzw::new(BitOrder::Lsb, bits).encode(&symbols(area, 1 << bits));
            seeds.push([start((bits - 2) << 2), stream.unwrap_or_default()].concat());
        }
        for (more, bytes) in [(0_u8, 1), (1, 1), (2, 3), (3, 2), (9, 1)] {
            let stream = Lzw::with_tiff_size_switch(BitOrder::Msb, 8).encode(&symbols(area * bytes, 200));
            seeds.push([start(more << 2 | 1), stream.unwrap_or_default()].concat());
        }
        for more in [0_u8, 1] {
            let mut encoder = Fax::new(VecWriter::new());
            for row in symbols(area, 7).chunks(side.into()) {
                let inks = row.iter().map(|value| if *value < 3 { Color::Black } else { Color::White });
                let Ok(()) = encoder.encode_line(inks, side.into());
            }
            let Ok(writer) = encoder.finish();
            seeds.push([start(more << 2 | 2), writer.finish()].concat());
        }
    }
    seeds.push([&[3, 15, 7], pictures::JPEG].concat());
    seeds
}

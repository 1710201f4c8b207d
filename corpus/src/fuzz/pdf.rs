//! Frames of PDF files.

use super::{File, KILL, generated};
use crate::{
    Marks,
    pdf::{Page, stream},
};

/// Stands between the objects of a file.
const BETWEEN: &[u8] = b"\n%%\n";

/// Objects from number 1 on, the catalog first; lengths of streams and the table are put right here. What is planted
/// stands in front of them, where no string or stream without an end can take it in.
pub fn objects(data: &[u8]) -> Option<File> {
    let mut bodies: Vec<Vec<u8>> = split(data, BETWEEN).into_iter().map(with_length).collect();
    let script = bodies.len() + 1;
    let catalog = bodies.first_mut()?;
    if let Some(inner) = catalog.trim_ascii_end().strip_suffix(b">>") {
        *catalog = [inner, format!(" /OpenAction {script} 0 R >>").as_bytes()].concat();
    }
    let mut file = format!("%PDF-1.7\n{script} 0 obj\n").into_bytes();
    let mut offsets = vec![9];
    file.extend(planted());
    file.extend_from_slice(b"\nendobj\n");
    for (index, body) in bodies.iter().enumerate() {
        offsets.insert(index, file.len());
        file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        file.extend_from_slice(body);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    let size = offsets.len() + 1;
    file.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
    for offset in offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let trailer = format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.extend_from_slice(trailer.as_bytes());
    Some(File::new("a.pdf", file))
}

fn planted() -> Vec<u8> {
    format!("<< /S /JavaScript /JS (app.alert\\('{KILL}'\\)) >>").into_bytes()
}

fn split<'a>(data: &'a [u8], between: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(between.len()).position(|window| window == between) {
        pieces.push(&rest[..at]);
        rest = &rest[at + between.len()..];
    }
    pieces.push(rest);
    pieces
}

/// An object with the length of its stream, if it has one.
fn with_length(body: &[u8]) -> Vec<u8> {
    let word = b"stream\n";
    let Some(at) = body.windows(word.len()).position(|window| window == word) else { return body.to_vec() };
    let (head, tail) = body.split_at(at);
    let tail = &tail[word.len()..];
    let data = tail.strip_suffix(b"\nendstream").unwrap_or(tail);
    match head.trim_ascii_end().strip_suffix(b">>") {
        Some(head) => {
            [head, format!(" /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
        }
        None => body.to_vec(),
    }
}

pub fn object_seeds() -> Vec<Vec<u8>> {
    let plain = generated()
        .iter()
        .filter(|file| file.name.ends_with(".pdf") && file.bytes.starts_with(b"%PDF-1.7\n"));
    plain.filter_map(|file| bodies(&file.bytes)).collect()
}

/// The objects of a generated file, without lengths.
fn bodies(file: &[u8]) -> Option<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut rest = file;
    for number in 1.. {
        let start = format!("{number} 0 obj\n");
        let Some(at) = rest.windows(start.len()).position(|window| window == start.as_bytes()) else { break };
        rest = &rest[at + start.len()..];
        let end = rest.windows(8).position(|window| window == b"\nendobj\n")?;
        found.push(without_length(&rest[..end]));
        rest = &rest[end..];
    }
    (found.len() > 2).then(|| found.join(BETWEEN))
}

fn without_length(body: &[u8]) -> Vec<u8> {
    let Some(at) = body.windows(8).position(|window| window == b"/Length ") else { return body.to_vec() };
    let digits = body[at + 8..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    [&body[..at], &body[at + 8 + digits..]].concat()
}

/// A page that knows one resource of each kind.
fn rich() -> Page {
    Page::new(&Marks::new("fuzz"))
        .catalog("/OpenAction 6 0 R /OCProperties << /OCGs [14 0 R] /D << /Order [14 0 R] >> >>")
        .resources(
            "/XObject << /I 7 0 R /X 8 0 R >> /Pattern << /P 9 0 R /S 10 0 R >> /Shading << /S 11 0 R >> \
             /ExtGState << /G 12 0 R >> /ColorSpace << /C [/Separation /Gold /DeviceRGB 13 0 R] /N [/Indexed /DeviceRGB 1 <000000ffffff>] >> \
             /Properties << /O 14 0 R /M << /MCID 0 >> >>",
        )
        .object(planted())
        .stream("/Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"\0\xff")
        .stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 5 5 re f")
        .stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>", b"0 0 5 5 re f")
        .object("<< /Type /Pattern /PatternType 2 /Shading 11 0 R >>")
        .object("<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function 13 0 R >>")
        .object("<< /Type /ExtGState /CA 0.5 /ca 0.5 /BM /Multiply >>")
        .object("<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 0] /N 1 >>")
        .object("<< /Type /OCG /Name (layer) >>")
}

/// Operators of a page.
pub fn content(data: &[u8]) -> Option<File> {
    Some(File::new("a.pdf", rich().content(data).file()))
}

/// A file whose page paints a form of these bytes.
pub(super) fn with_form(filter: &str, bytes: &[u8]) -> Vec<u8> {
    let form = format!("/Type /XObject /Subtype /Form /BBox [0 0 900 900] {filter}");
    rich().resources("/XObject << /Y 15 0 R >>").stream(&form, bytes).content("/Y Do").file()
}

pub fn content_seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = [
        "q 1 0 0 1 5 5 cm /I Do Q /X Do",
        "/Pattern cs /P scn 0 0 m 9 0 l 9 9 l h f /S scn 0 0 9 9 re f*",
        "/S sh /G gs /C cs 0.5 sc 1 w 2 J [1 2] 0 d 0 0 m 1 1 2 2 3 3 c 4 4 5 5 v 6 6 7 7 y S",
        "BT /F1 9 Tf 3 Tr 1 Tc 2 Tw 90 Tz 12 TL 3 Ts 1 0 0 1 9 9 Tm (a\\051\\n) Tj <82a0> Tj [(b) -120 (c)] TJ T* (d) ' 1 2 (e) \" ET",
        "/OC /O BDC 1 0 0 rg 0 1 0 RG 0.5 g 0.5 G 0 0 0 1 k EMC /Span << /MCID 0 /ActualText (x) >> BDC EMC /P MP",
        "BI /W 2 /H 2 /CS /G /BPC 8 ID \u{1}\u{2}\u{3}\u{4} EI",
        "BI /W 2 /H 1 /CS /RGB /BPC 8 /F /AHx ID 000000ffffff> EI",
        "BX /x unknown EX 0 0 9 9 re W n ri i M j",
        "/N cs 1 sc 0 0 9 9 re B /DeviceCMYK CS 0 0 0 1 SC b*",
        "100 0 d0 1 2 3 4 5 6 d1",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    seeds.push(
        b"BI /W 8 /H 8 /BPC 1 /IM true /F /CCF /DP << /K -1 /Columns 8 /Rows 8 >> ID \x26\xa0\x01 EI"
            .to_vec(),
    );
    seeds
}

/// Filters with their parameters, by the first byte.
const FILTERS: [&str; 20] = [
    "/Filter /FlateDecode",
    "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1 /Columns 8 >>",
    "/Filter /FlateDecode /DecodeParms << /Predictor 2 /Colors 3 /BitsPerComponent 4 /Columns 5 >>",
    "/Filter /LZWDecode",
    "/Filter /LZWDecode /DecodeParms << /EarlyChange 0 >>",
    "/Filter /ASCII85Decode",
    "/Filter /ASCIIHexDecode",
    "/Filter /RunLengthDecode",
    "/Filter [/ASCIIHexDecode /FlateDecode]",
    "/Filter [/ASCII85Decode /RunLengthDecode]",
    "/Filter /DCTDecode",
    "/Filter /DCTDecode /DecodeParms << /ColorTransform 0 >>",
    "/Filter /JPXDecode",
    "/Filter /JBIG2Decode",
    "/Filter /JBIG2Decode /DecodeParms << /JBIG2Globals 16 0 R >>",
    "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 /Rows 8 >>",
    "/Filter /CCITTFaxDecode /DecodeParms << /K 0 /Columns 8 /EndOfLine true /BlackIs1 true >>",
    "/Filter /CCITTFaxDecode /DecodeParms << /K 4 /Columns 8 /EncodedByteAlign true >>",
    "/Filter [/ASCIIHexDecode /DCTDecode]",
    "",
];

/// Colour spaces and depths of the picture, by the second byte.
const SPACES: [&str; 8] = [
    "/ColorSpace /DeviceGray /BitsPerComponent 8",
    "/ColorSpace /DeviceRGB /BitsPerComponent 8",
    "/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Decode [1 0 1 0 1 0 1 0]",
    "/ColorSpace /DeviceGray /BitsPerComponent 1",
    "/ImageMask true /BitsPerComponent 1",
    "/ColorSpace [/Indexed /DeviceRGB 3 <000000ff0000ffffff00ff00>] /BitsPerComponent 2",
    "/ColorSpace [/Lab << /WhitePoint [0.95 1 1.09] >>] /BitsPerComponent 16",
    "",
];

/// A packed picture: filter, colour space, then the data.
pub fn filter(data: &[u8]) -> Option<File> {
    let (choice, data) = data.split_at_checked(2)?;
    let filter = FILTERS[usize::from(choice[0]) % FILTERS.len()];
    let space = SPACES[usize::from(choice[1]) % SPACES.len()];
    let picture = format!("/Type /XObject /Subtype /Image /Width 8 /Height 8 {space} {filter}");
    let page =
        rich().resources("/XObject << /I 15 0 R >>").stream(&picture, data).stream("", data).content("/I Do");
    Some(File::new("a.pdf", page.file()))
}

pub fn filter_seeds() -> Vec<Vec<u8>> {
    let plain = [0_u8, 1, 2, 3, 250, 251, 252, 253].repeat(9);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + ">";
    let packed = crate::pictures::zlib(&plain);
    let photo = crate::pictures::JPEG.to_vec();
    let jbig2 = b"\0\0\0\0\x30\0\x01\0\0\0\x13\0\0\0\x08\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let jp2 = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 ".to_vec();
    let codestream = b"\xff\x4f\xff\x51\0\x29\0\0\0\0\0\x08\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0\x08\0\0\0\0\0\0\0\0\0\x01\x07\x01\x01\xff\x52\0\x0c\0\0\0\x01\0\x01\x04\x04\0\x01\xff\x5c\0\x07\x40\x40\x48\x48\x50\xff\x90\0\x0a\0\0\0\0\0\0\0\x01\xff\x93\xff\xd9".to_vec();
    let bodies: [(u8, Vec<u8>); 18] = [
        (0, packed.clone()),
        (1, packed.clone()),
        (2, packed.clone()),
        (3, vec![0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]),
        (4, vec![0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]),
        (5, b"87cURD]i,\"Ebo80~>".to_vec()),
        (6, hex(&plain).into_bytes()),
        (7, [&[7][..], &plain[..8], &[0xf9, 1, 128]].concat()),
        (8, hex(&packed).into_bytes()),
        (10, photo.clone()),
        (11, photo.clone()),
        (12, jp2),
        (12, codestream),
        (13, jbig2.clone()),
        (14, jbig2),
        (15, vec![0x26, 0xa0, 0x01]),
        (18, hex(&photo).into_bytes()),
        (19, plain),
    ];
    bodies
        .iter()
        .flat_map(|(filter, body)| {
            [0, 1, 3, 4, 5, 7].map(|space| [&[*filter, space], body.as_slice()].concat())
        })
        .collect()
}

/// A font program, character map or glyph procedure: the first byte says which.
pub fn font(data: &[u8]) -> Option<File> {
    let (kind, program) = data.split_first()?;
    let kind = kind % 8;
    let simple = |subtype: &str, key: &str| {
        (
            format!(
                "<< /Type /Font /Subtype /{subtype} /BaseFont /A /FirstChar 65 /LastChar 65 /Widths [500] /FontDescriptor 16 0 R >>"
            ),
            format!(
                "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 9 9] /ItalicAngle 0 /Ascent 9 /Descent 0 /CapHeight 9 /StemV 9 /{key} 17 0 R >>"
            ),
        )
    };
    let composite = |key: &str| {
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [18 0 R] >>"
                .to_owned(),
            format!(
                "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 9 9] /ItalicAngle 0 /Ascent 9 /Descent 0 /CapHeight 9 /StemV 9 /{key} 17 0 R >>"
            ),
        )
    };
    let (font, descriptor) = match kind {
        0 => simple("TrueType", "FontFile2"),
        1 => simple("Type1", "FontFile"),
        2 | 3 => simple("Type1", "FontFile3"),
        4 => (
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 17 0 R >>".to_owned(),
            "null".to_owned(),
        ),
        5 => (
            "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 17 0 R /DescendantFonts [18 0 R] >>".to_owned(),
            "<< /Type /FontDescriptor /FontName /A /Flags 4 >>".to_owned(),
        ),
        6 => composite("FontFile3"),
        _ => (
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 /Widths [9] /CharProcs << /a 17 0 R >> /Encoding << /Differences [65 /a] >> /Resources << >> >>".to_owned(),
            "null".to_owned(),
        ),
    };
    let program = match kind {
        1 => type1(program),
        2 => stream("/Subtype /Type1C", program),
        3 => stream("/Subtype /OpenType", program),
        5 => stream("/Type /CMap /CMapName /x", program),
        6 => stream("/Subtype /CIDFontType0C", program),
        _ => stream("", program),
    };
    let descendant = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 0 >> /FontDescriptor 16 0 R >>";
    let page = rich()
        .resources("")
        .page("/Resources << /Font << /F1 5 0 R /F2 15 0 R >> >>")
        .object(font)
        .object(descriptor)
        .object(program)
        .object(descendant)
        .content("BT /F2 9 Tf (A) Tj ET");
    Some(File::new("a.pdf", page.file()))
}

/// A Type 1 program whose second part, behind `eexec`, is enciphered here.
fn type1(program: &[u8]) -> Vec<u8> {
    let word = b"eexec\n";
    let at = program.windows(word.len()).position(|window| window == word);
    let (clear, private) = program.split_at(at.map_or(program.len(), |at| at + word.len()));
    let mut key = 55_665_u16;
    let sealed: Vec<u8> = [&[0; 4], private]
        .concat()
        .iter()
        .map(|plain| {
            let cipher = plain ^ (key >> 8) as u8;
            key = u16::from(cipher).wrapping_add(key).wrapping_mul(52_845).wrapping_add(22_719);
            cipher
        })
        .collect();
    let entries = format!("/Length1 {} /Length2 {} /Length3 0", clear.len(), sealed.len());
    stream(&entries, &[clear, &sealed].concat())
}

pub fn font_seeds() -> Vec<Vec<u8>> {
    let truetype = truetype();
    let cff = cff();
    let open_type = sfnt(*b"OTTO", &[(*b"CFF ", cff.clone()), (*b"cmap", cmap_table())]);
    let type1 = b"%!PS-AdobeFont-1.0: A\n/FontName /A def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/FontBBox {0 0 9 9} readonly def\n/Encoding 256 array\ndup 65 /A put\nreadonly def\ncurrentfile eexec\n\
        dup /Private 8 dict dup begin\n/lenIV -1 def\n/BlueValues [0 1] def\n/Subrs 1 array\ndup 0 1 RD \x0b NP\n/CharStrings 2 dict dup begin\n/.notdef 3 RD \x8b\x8b\x0d ND\n/A 4 RD \x8b\xf7\x0d\x0e ND\nend\nend\nmark currentfile closefile\n";
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange \
        2 beginbfchar <0041> <3042> <0042> <d842dfb7> endbfchar 1 beginbfrange <0050> <0060> <3050> endbfrange 1 beginbfrange <0070> <0071> [<0031> <0032>] endbfrange endcmap end end";
    let encoding = "/CIDInit /ProcSet findresource begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 0 >> def /CMapName /x def /WMode 1 def \
        1 begincodespacerange <00> <80> endcodespacerange 1 begincidchar <41> 7 endcidchar 1 begincidrange <50> <60> 20 endcidrange endcmap";
    let procedure = "9 0 0 0 9 9 d1 0 0 5 5 re f";
    let seeds: [(u8, &[u8]); 8] = [
        (0, &truetype),
        (1, type1),
        (2, &cff),
        (3, &open_type),
        (4, map.as_bytes()),
        (5, encoding.as_bytes()),
        (6, &cff),
        (7, procedure.as_bytes()),
    ];
    seeds.iter().map(|(kind, body)| [&[*kind], *body].concat()).collect()
}

/// An sfnt of these tables; checksums are left zero.
fn sfnt(version: [u8; 4], tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut file = [&version[..], &(tables.len() as u16).to_be_bytes(), &[0; 6]].concat();
    let mut at = 12 + tables.len() * 16;
    for (tag, body) in tables {
        file.extend_from_slice(tag);
        file.extend([0; 4]);
        file.extend((at as u32).to_be_bytes());
        file.extend((body.len() as u32).to_be_bytes());
        at += body.len().next_multiple_of(4);
    }
    for (_, body) in tables {
        file.extend_from_slice(body);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

fn cmap_table() -> Vec<u8> {
    let mut body = b"\0\0\0\x01\0\x03\0\x01\0\0\0\x0c".to_vec();
    for word in [4_u16, 32, 0, 4, 4, 1, 0, 65, 0xffff, 0, 65, 0xffff, 0xffff_u16.wrapping_sub(63), 1, 0, 0] {
        body.extend(word.to_be_bytes());
    }
    body
}

/// A font of an empty glyph and a triangle.
fn truetype() -> Vec<u8> {
    let words =
        |words: &[i32]| words.iter().flat_map(|word| (*word as u16).to_be_bytes()).collect::<Vec<u8>>();
    let head = [
        b"\0\x01\0\0\0\x01\0\0\0\0\0\0\x5f\x0f\x3c\xf5".as_slice(),
        &words(&[0, 1000]),
        &[0; 16],
        &words(&[0, 0, 9, 9, 0, 8, 2, 0, 0]),
    ]
    .concat();
    let hhea = [b"\0\x01\0\0".as_slice(), &words(&[9, 0, 0, 9, 0, 0, 9, 1, 0, 0, 0, 0, 0, 0, 0, 2])].concat();
    let maxp = [b"\0\x01\0\0".as_slice(), &words(&[2, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])].concat();
    let outline =
        [words(&[1, 0, 0, 9, 9, 2, 0]), vec![1, 1, 1], words(&[0, 9, 0]), words(&[0, 0, 9]), vec![0]]
            .concat();
    let loca = words(&[0, 0, (outline.len() / 2) as i32]);
    sfnt(
        [0, 1, 0, 0],
        &[
            (*b"cmap", cmap_table()),
            (*b"glyf", outline),
            (*b"head", head),
            (*b"hhea", hhea),
            (*b"hmtx", words(&[9, 0, 9, 0])),
            (*b"loca", loca),
            (*b"maxp", maxp),
            (*b"post", [b"\0\x03\0\0".as_slice(), &[0; 28]].concat()),
        ],
    )
}

/// A compact font of two glyphs.
fn cff() -> Vec<u8> {
    let index = |items: &[&[u8]]| {
        let mut body = (items.len() as u16).to_be_bytes().to_vec();
        if items.is_empty() {
            return body;
        }
        body.push(1);
        let mut at = 1_u8;
        body.push(at);
        for item in items {
            at += item.len() as u8;
            body.push(at);
        }
        items.iter().for_each(|item| body.extend_from_slice(item));
        body
    };
    // Offsets are written with five bytes each, so that they do not depend on themselves.
    let number = |value: usize| [&[29], &(value as i32).to_be_bytes()[..]].concat();
    let top = |strings: usize, private: usize| {
        [number(strings), vec![17], number(2), number(private), vec![18]].concat()
    };
    let head = [&[1, 0, 4, 1][..], &index(&[b"A"])].concat();
    let size = head.len() + index(&[&top(0, 0)]).len() + index(&[]).len() * 2;
    let strings = index(&[b"\x0e", b"\x8b\x8b\x15\x94\x06\x94\x07\x0e"]);
    [head, index(&[&top(size, size + strings.len())]), index(&[]), index(&[]), strings, vec![0x8b, 20]]
        .concat()
}

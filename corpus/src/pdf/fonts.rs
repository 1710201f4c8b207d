//! Font programs and character maps, with what they carry beside shapes.

use super::{Page, family, text};
use crate::sample::{Index, Marks};

pub(super) fn samples(index: &mut Index) {
    family(index, "pdf.fonts-truetype", &[], |m| {
        let tables = [(b"name", name_table(m)), (b"SING", m.kill.clone().into_bytes())];
        font(m, "/Subtype /TrueType", "/FontFile2 8 0 R", "", &true_type(&tables))
    });
    index
        .absent("pdf.fonts-truetype", "pdf", |m| {
            let tables = [
                (b"fpgm", m.kill.clone().into_bytes()),
                (b"prep", m.kill.clone().into_bytes()),
                (b"DSIG", m.kill.clone().into_bytes()),
                (b"SVG ", m.kill.clone().into_bytes()),
            ];
            font(m, "/Subtype /TrueType", "/FontFile2 8 0 R", "", &true_type(&tables)).file()
        })
        .variant("programs");
    index
        .absent("pdf.fonts-truetype", "pdf", |m| {
            font(m, "/Subtype /TrueType", "/FontFile2 8 0 R", "", m.kill.as_bytes()).file()
        })
        .variant("no-font");
    family(index, "pdf.fonts-type1", &[], |m| {
        font(
            m,
            "/Subtype /Type1",
            "/FontFile 8 0 R",
            "",
            &type_1(&format!("[1 0 0 1 0 ({})]", m.kill), &m.kill),
        )
    });
    index
        .absent("pdf.fonts-type1", "pdf", |m| {
            font(m, "/Subtype /Type1", "/FontFile3 8 0 R", "/Subtype /Type1C", &cff(&m.kill)).file()
        })
        .variant("compact");
    index
        .absent("pdf.fonts-type1", "pdf", |m| {
            font(
                m,
                &format!("/Subtype /Type1 /FontMatrix [1 0 0 1 0 ({})]", m.kill),
                "/FontFile3 8 0 R",
                "/Subtype /Type1C",
                &cff("A"),
            )
            .file()
        })
        .variant("dictionary")
        .also(&["pdf.pieceinfo-and-private-data"]);
    character_maps(index);
}

/// A page that shows a text in a font of its own: objects 6 to 8 are the font, its descriptor and its program.
fn font(marks: &Marks, entries: &str, file: &str, program_entries: &str, program: &[u8]) -> Page {
    Page::new(marks)
        .fonts("/F2 6 0 R")
        .content("BT /F2 30 Tf 40 500 Td (A) Tj ET")
        .object(format!(
            "<< /Type /Font /BaseFont /KEEPED+Sample {entries} /FirstChar 65 /LastChar 65 /Widths [600] /Encoding /WinAnsiEncoding \
             /FontDescriptor 7 0 R >>"
        ))
        .object(format!(
            "<< /Type /FontDescriptor /FontName /KEEPED+Sample /Flags 32 /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 \
             /StemV 80 /FontBBox [0 0 600 800] {file} >>"
        ))
        .stream(&format!("{program_entries} /Length1 {} /Length2 0 /Length3 0", program.len()), program)
}

fn character_maps(index: &mut Index) {
    index.stays("pdf.fonts-type3-and-cmaps", "pdf", |m| {
        // The letters that are shown are extracted as others.
        let mut map = String::from("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n");
        map.push_str("1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfchar\n");
        let wide: String = m.kill.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
        map.push_str(&format!("<41> <{wide}>\nendbfchar\nendcmap end end\n"));
        Page::new(m)
            .fonts("/F2 6 0 R")
            .content("BT /F2 9 Tf 40 90 Td (A) Tj ET")
            .object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>")
            .stream("", map.as_bytes())
            .file()
    });
    index
        .absent("pdf.fonts-type3-and-cmaps", "pdf", |m| {
        Page::new(m)
            .fonts("/F2 6 0 R")
            .content("BT /F2 30 Tf 40 500 Td (A) Tj ET")
            .object(
                "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 /Widths [1] \
                 /Encoding << /Type /Encoding /Differences [65 /a] >> /CharProcs << /a 7 0 R >> /Resources << >> >>",
            )
            .stream("", format!("1 0 0 0 1 1 d1 0 0 1 1 re f ({}) show", m.kill).as_bytes())
            .file()
        })
        .variant("type3")
        .also(&["pdf.content-stream-operators"]);
    index
        .refused("pdf.fonts-type3-and-cmaps", "pdf", |m| {
            Page::new(m)
                .fonts("/F2 6 0 R")
                .content("BT /F2 30 Tf 40 500 Td (A) Tj ET")
                .object(format!(
                    "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 /Widths [1] \
                     /X ({}) /Encoding << /Type /Encoding /Differences [65 /a] >> /CharProcs << /a 7 0 R >> \
                     /Resources << /Font << /F2 6 0 R >> >> >>",
                    m.kill
                ))
                .stream("", b"1 0 d0 BT /F2 1 Tf (A) Tj ET")
                .file()
        })
        .variant("type3-loop")
        .also(&["pdf.shading-pattern-recursion"]);
    index
        .absent("pdf.fonts-type3-and-cmaps", "pdf", |m| {
            let map = format!(
                "%!PS-Adobe-3.0 Resource-CMap\n%%Title: {}\n/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
                 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 0 >> def\n/CMapName /{} def\n\
                 /Loop usecmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n1 begincidrange <0000> <ffff> 0 endcidrange\n\
                 {} run\nendcmap end end\n",
                m.kill,
                m.kill,
                text(&m.kill)
            );
            Page::new(m)
                .fonts("/F2 6 0 R")
                .content("BT /F2 30 Tf 40 500 Td <0021> Tj ET")
                .object("<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding 8 0 R /DescendantFonts [7 0 R] >>")
                .object(
                    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) \
                     /Supplement 0 >> /DW 1000 >>",
                )
                .stream(
                    "/Type /CMap /CMapName /Loop /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 0 >> /UseCMap 8 0 R",
                    map.as_bytes(),
                )
                .file()
        })
        .variant("loop");
}

/// A TrueType program of two glyphs with further tables.
fn true_type(more: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let words =
        |words: &[i32]| words.iter().flat_map(|word| (*word as u16).to_be_bytes()).collect::<Vec<u8>>();
    // A triangle.
    let glyph =
        [words(&[1, 0, 0, 500, 700, 2, 0]), vec![1, 1, 1], words(&[0, 250, 250, 0, 700, -700]), vec![0]]
            .concat();
    let map = [
        words(&[0, 1, 3, 1, 0, 12]),
        words(&[4, 32, 0, 4, 4, 1, 0, 65, 0xffff, 0, 65, 0xffff, -64, 1, 0, 0]),
    ]
    .concat();
    let mut head = words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]);
    head.extend([0; 16]);
    head.extend(words(&[0, 0, 500, 700, 0, 8, 2, 0, 0]));
    let mut tables: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"head", head),
        (b"hhea", words(&[1, 0, 800, -200, 0, 600, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 2])),
        (b"maxp", words(&[1, 0, 2, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
        (b"hmtx", words(&[600, 0, 600, 0])),
        (b"loca", words(&[0, 0, glyph.len() as i32 / 2])),
        (b"glyf", glyph),
        (b"cmap", map),
        (b"post", words(&[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    ];
    tables.extend(more.iter().map(|(name, body)| (*name, body.clone())));
    tables.sort();
    let count = tables.len() as i32;
    let mut file = words(&[1, 0, count, 128, 3, 16 * count - 128]);
    let mut bodies = Vec::new();
    for (name, body) in &tables {
        file.extend_from_slice(*name);
        file.extend([0; 4]);
        file.extend((12 + 16 * tables.len() as u32 + bodies.len() as u32).to_be_bytes());
        file.extend((body.len() as u32).to_be_bytes());
        bodies.extend_from_slice(body);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
    }
    [file, bodies].concat()
}

fn name_table(marks: &Marks) -> Vec<u8> {
    let wide: Vec<u8> = marks.kill.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let words = [0, 1, 18, 3, 1, 0x409, 4, wide.len() as u16, 0];
    [words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>(), wide].concat()
}

/// A Type 1 program of one glyph, its matrix as given, with a note in its private part.
fn type_1(matrix: &str, note: &str) -> Vec<u8> {
    let seal = |plain: &[u8], mut key: u16| {
        let mut sealed = Vec::new();
        for byte in [b"\0\0\0\0".as_slice(), plain].concat() {
            let one = byte ^ (key >> 8) as u8;
            key = (u16::from(one).wrapping_add(key)).wrapping_mul(52_845).wrapping_add(22_719);
            sealed.push(one);
        }
        sealed
    };
    // 0 600 hsbw, 500 hlineto, 700 vlineto, closepath, endchar.
    let shape = seal(&[139, 248, 236, 13, 248, 136, 6, 249, 80, 7, 9, 14], 4_330);
    let mut private = format!("dup /Private 9 dict dup begin /Note ({note}) def /RD {{string currentfile exch readstring pop}} executeonly def /ND {{def}} def /lenIV 4 def /BlueValues [] def\n").into_bytes();
    private.extend_from_slice(b"2 index /CharStrings 2 dict dup begin\n");
    for name in [".notdef", "A"] {
        private.extend_from_slice(format!("/{name} {} RD ", shape.len()).as_bytes());
        private.extend_from_slice(&shape);
        private.extend_from_slice(b" ND\n");
    }
    private.extend_from_slice(b"end\nend\nreadonly put\nmark currentfile closefile\n");
    let clear = format!(
        "%!PS-AdobeFont-1.0: Sample {note}\n12 dict begin\n/FontInfo 2 dict dup begin /Notice ({note}) def end def\n/FontName /Sample def\n\
         /PaintType 0 def\n/FontType 1 def\n/FontMatrix {matrix} readonly def\n/Encoding StandardEncoding def\n/FontBBox {{0 0 600 800}} def\n\
         currentdict end\ncurrentfile eexec\n"
    );
    [
        clear.into_bytes(),
        seal(&private, 55_665),
        b"\n".to_vec(),
        [b'0'; 64].repeat(8),
        b"\ncleartomark\n".to_vec(),
    ]
    .concat()
}

/// A compact program of two glyphs whose name and notice are `name`.
fn cff(name: &str) -> Vec<u8> {
    let list = |items: &[&[u8]]| {
        let mut out = (items.len() as u16).to_be_bytes().to_vec();
        if items.is_empty() {
            return out;
        }
        out.push(1);
        let mut at = 1_u8;
        out.push(at);
        for item in items {
            at += item.len() as u8;
            out.push(at);
        }
        items.iter().for_each(|item| out.extend_from_slice(item));
        out
    };
    let number = |value: i32| [vec![29], value.to_be_bytes().to_vec()].concat();
    let names = list(&[name.as_bytes()]);
    let strings = list(&[name.as_bytes()]);
    // A start, two lines, the end.
    let shape: &[u8] = &[139, 139, 21, 248, 136, 6, 249, 80, 7, 14];
    let private = [139_u8, 20];
    let glyphs = list(&[&[14], shape]);
    // Notice, charset, CharStrings, Private.
    let top = |charset: i32, strings_at: i32, private: i32| {
        [
            number(391),
            vec![1],
            number(charset),
            vec![15],
            number(strings_at),
            vec![17],
            number(2),
            number(private),
            vec![18],
        ]
        .concat()
    };
    let head = 4 + names.len() + list(&[&top(0, 0, 0)]).len() + strings.len() + 2;
    let charset = [0_u8, 0, 34];
    let at = head as i32;
    let top = list(&[&top(at, at + 3, at + 3 + glyphs.len() as i32)]);
    [vec![1, 0, 4, 1], names, top, strings, vec![0, 0], charset.to_vec(), glyphs, private.to_vec()].concat()
}

//! Content streams, pictures, functions, colours.

use super::{FORM, Page, family, painting, text, zlib};
use crate::{
    pictures,
    sample::{Index, Marks},
};

/// A JPEG 2000 picture of 8 × 8 grey pixels: its boxes up to the code stream, and that.
const JPX_HEAD: &[u8] =
    b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x2djp2h\0\0\0\x16ihdr\0\0\0\x08\0\0\0\x08\
\0\x01\x07\x07\0\0\0\0\0\x0fcolr\x01\0\0\0\0\0\x11";
const JPX_CODE: &[u8] = b"\0\0\0\x6ejp2c\xff\x4f\xff\x51\0\x29\0\0\0\0\0\x08\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0\x08\0\0\0\0\0\
\0\0\0\0\x01\x07\x01\x01\xff\x52\0\x0c\0\0\0\x01\0\0\x04\x04\0\x01\xff\x5c\0\x04\x40\x40\xff\x90\0\x0a\0\0\0\0\0\x23\0\x01\
\xff\x93\xc7\xd4\x24\x11PT\xa3e]\xb0\0\x03\t\tx\x02\xd0\0\x06\x12\x11\xff\xd9";

/// Two black shapes on 32 × 16 white pixels, as group 4 codes them.
const G4: &[u8] =
    b"\x26\xa0\xd5\xc8\x10\x8e\x47\x13\x97\x4f\xff\xff\xff\xff\xff\xff\xff\xff\xc7\xf8\xf1\x80\x08\x00\x80";

const GREY: &str = "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray";

pub(super) fn samples(index: &mut Index) {
    pictures(index);
    programs(index);
    content(index);
    colours(index);
}

fn pictures(index: &mut Index) {
    family(index, "pdf.jbig2", &[], |m| {
        painting(
            m,
            &format!(
                "{GREY} /Width 32 /Height 16 /BitsPerComponent 1 /Filter /JBIG2Decode /DecodeParms << /JBIG2Globals 7 0 R >>"
            ),
            &jbig2(&m.kill),
        )
        .stream("", b"")
    });
    family(index, "pdf.jpx", &[], |m| {
        let id = b"\xc0\xde\xc0\xde\xc0\xde\xc0\xde\xc0\xde\xc0\xde\xc0\xde\xc0\xde";
        let unique = [id.as_slice(), m.kill.as_bytes()].concat();
        let place = [b"\0\0\0\0".as_slice(), m.url("j").as_bytes(), b"\0"].concat();
        let boxes = [
            JPX_HEAD,
            &jp2_box(b"uuid", &unique),
            &jp2_box(b"url ", &place),
            &jp2_box(b"xml ", b"<x/>"),
            JPX_CODE,
        ];
        painting(
            m,
            &format!("{GREY} /Width 8 /Height 8 /BitsPerComponent 8 /Filter /JPXDecode"),
            &boxes.concat(),
        )
    });
    family(index, "pdf.dct-and-ccitt", &[], |m| {
        let picture =
            pictures::jpeg(&[(0xfe, m.kill.as_bytes()), (0xe1, m.kill.as_bytes())], m.kill.as_bytes());
        painting(m, &format!("{GREY} /Width 16 /Height 8 /BitsPerComponent 8 /Filter /DCTDecode"), &picture)
    });
    for (variant, size, filter, data) in [
        (
            "ccitt",
            "/Width 32 /Height 16 /BitsPerComponent 1",
            "/CCITTFaxDecode /DecodeParms << /K -1 /Columns 32 /Rows 16 >>",
            G4.to_vec(),
        ),
        ("run-length", "/Width 8 /Height 8 /BitsPerComponent 8", "/RunLengthDecode", vec![193, 90, 128]),
        ("lzw", "/Width 8 /Height 8 /BitsPerComponent 8", "/LZWDecode", lzw(&[90; 64])),
    ] {
        index
            .add(
                "pdf.dct-and-ccitt",
                "pdf",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(move |m| {
                    // What follows the picture in its stream is no part of it.
                    let data = [data.as_slice(), m.kill.as_bytes()].concat();
                    painting(m, &format!("{GREY} {size} /Filter {filter}"), &data).file()
                }),
            )
            .variant(variant);
    }
    index
        .absent("pdf.dct-and-ccitt", "pdf", |m| {
            let picture = pictures::jpeg(&[(0xfe, m.kill.as_bytes())], b"");
            painting(
                m,
                &format!("{GREY} /Width 60000 /Height 60000 /BitsPerComponent 8 /Filter /DCTDecode"),
                &picture,
            )
            .file()
        })
        .variant("size-lies");
    index.absent("pdf.inline-images", "pdf", |m| {
        Page::new(m).content(format!("BI /W 4 /H 4 /BPC 8 /CS /G /F /JPXDecode ID {} EI", m.kill)).file()
    });
    index
        .absent("pdf.inline-images", "pdf", |m| {
            // The pixels hold an end and an operator; how many there are says the picture itself.
            let pixels = format!(" EI Q ({}) Tj ", m.kill);
            let head = format!("q 30 0 0 30 40 500 cm BI /W {} /H 1 /BPC 8 /CS /G ID ", pixels.len());
            Page::new(m).content([head.as_bytes(), pixels.as_bytes(), b"\nEI Q"].concat()).file()
        })
        .variant("end");
    index
        .absent("pdf.inline-images", "pdf", |m| {
            // Bytes behind the compressed ones.
            let head = b"q 30 0 0 30 40 500 cm BI /W 8 /H 8 /BPC 8 /CS /G /F /Fl ID ";
            let tail = format!(" {}\nEI Q", m.kill);
            Page::new(m).content([head.as_slice(), &zlib(&[7; 64]), tail.as_bytes()].concat()).file()
        })
        .variant("trailing");
    family(index, "pdf.icc-profiles", &[], |m| {
        let profile = profile(m);
        Page::new(m)
            .resources("/ColorSpace << /C [/ICCBased 6 0 R] >>")
            .content("/C cs 0.5 scn 40 500 60 60 re f")
            .stream("/N 1 /Alternate /DeviceGray", &profile)
    });
    index
        .absent("pdf.icc-profiles", "pdf", |m| {
            Page::new(m)
                .catalog(
                    "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (x) /DestOutputProfile 6 0 R >>]",
                )
                .stream("/N 1", &profile(m))
                .file()
        })
        .variant("output");
}

fn programs(index: &mut Index) {
    family(index, "pdf.postscript-xobject", &[], |m| {
        painting(m, "/Type /XObject /Subtype /PS", format!("%!PS {}", m.kill).as_bytes())
    });
    index
        .absent("pdf.postscript-xobject", "pdf", |m| {
            painting(m, &format!("{FORM} /Subtype2 /PS /PS 7 0 R"), b"0 0 9 9 re f")
                .stream("", m.kill.as_bytes())
                .file()
        })
        .variant("form");
    family(index, "pdf.functions-type4", &[], |m| {
        Page::new(m)
            .resources("/ColorSpace << /C [/Separation /Spot /DeviceGray 6 0 R] >>")
            .content("/C cs 0.5 scn 40 500 60 60 re f")
            .stream(
                "/FunctionType 4 /Domain [0 1] /Range [0 1]",
                format!("{{ ({}) run pop 0 }}", m.kill).as_bytes(),
            )
    });
    index
        .absent("pdf.functions-type4", "pdf", |m| {
            Page::new(m)
                .resources("/ColorSpace << /C [/Separation /Spot /DeviceGray 6 0 R] >>")
                .content("/C cs 0.5 scn 40 500 60 60 re f")
                .stream(
                    "/FunctionType 4 /Domain [0 1] /Range [0 1]",
                    format!("{{ 1 exch sub }} % {}", m.kill).as_bytes(),
                )
                .file()
        })
        .variant("comment");
    index.refused("pdf.shading-pattern-recursion", "pdf", |m| {
        painting(m, &format!("{FORM} /X ({}) /Resources << /XObject << /X 6 0 R >> >>", m.kill), b"/X Do")
            .file()
    });
    index
        .refused("pdf.shading-pattern-recursion", "pdf", |m| {
            // Each form paints the next one twice.
            let mut page = Page::new(m).resources("/XObject << /X 6 0 R >>").content("/X Do");
            for level in 0..40 {
                page = page.stream(
                    &format!("{FORM} /Resources << /XObject << /X {} 0 R >> >>", 7 + level),
                    b"/X Do /X Do",
                );
            }
            page.stream(FORM, format!("BT ({}) Tj ET", m.kill).as_bytes()).file()
        })
        .variant("tree");
    index
        .refused("pdf.shading-pattern-recursion", "pdf", |m| {
            Page::new(m)
                .resources("/Pattern << /P 6 0 R >>")
                .content("/Pattern cs /P scn 0 0 99 99 re f")
                .stream(
                    &format!(
                        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /X ({}) \
                         /Resources << /Pattern << /P 6 0 R >> >>",
                        m.kill
                    ),
                    b"/Pattern cs /P scn 0 0 9 9 re f",
                )
                .file()
        })
        .variant("pattern");
    index
        .refused("pdf.shading-pattern-recursion", "pdf", |m| {
            Page::new(m)
                .content([b"q ".repeat(1_000_000), text(&m.kill).into_bytes(), b" Tj".to_vec()].concat())
                .file()
        })
        .variant("states");
}

fn content(index: &mut Index) {
    index.absent("pdf.content-stream-operators", "pdf", |m| {
        Page::new(m).content(format!("BX ({}) KILLOP EX", m.kill)).file()
    });
    index
        .absent("pdf.content-stream-operators", "pdf", |m| {
            Page::new(m).content(format!("% {}\n0 0 9 9 re f", m.kill)).file()
        })
        .variant("comment");
    index
        .absent("pdf.content-stream-operators", "pdf", |m| {
            Page::new(m)
                .content(format!("/P << /Payload ({}) /MCID 0 >> BDC 0 0 9 9 re f EMC /X DP", m.kill))
                .file()
        })
        .variant("property");
    index
        .absent("pdf.content-stream-operators", "pdf", |m| {
            Page::new(m).content(format!("/{0} Do /{0} gs /{0} sh", m.kill)).file()
        })
        .variant("missing");
}

fn colours(index: &mut Index) {
    index.absent("pdf.halftone-transfer-functions", "pdf", |m| {
        Page::new(m)
            .resources(format!(
                "/ExtGState << /G << /Type /ExtGState /HT << /HalftoneType 1 /Frequency 9 /Angle 9 /SpotFunction /Round /X ({}) >> >> >>",
                m.kill
            ))
            .content("/G gs 0 0 9 9 re f")
            .file()
    });
    index
        .absent("pdf.halftone-transfer-functions", "pdf", |m| {
            let invert = "<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>";
            Page::new(m)
                .resources(format!(
                    "/ExtGState << /G << /Type /ExtGState /TR {invert} /TR2 {invert} /BG 6 0 R /UCR 6 0 R >> >>"
                ))
                .content("/G gs 0 0 9 9 re f")
                .stream(&format!("/FunctionType 4 /Domain [0 1] /Range [0 1] /X ({})", m.kill), b"{ 1 exch sub }")
                .file()
        })
        .variant("transfer");
}

fn jp2_box(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), body].concat()
}

/// A page of JBIG2 (ITU-T T.88) in the form that stands in PDF: its size, a region in group 4 codes, and a
/// comment that holds `note`.
fn jbig2(note: &str) -> Vec<u8> {
    let segment = |number: u32, kind: u8, body: &[u8]| {
        [&number.to_be_bytes(), [kind, 0, 1].as_slice(), &(body.len() as u32).to_be_bytes(), body].concat()
    };
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let page = [words(&[32, 16, 0, 0]), vec![0, 0, 0]].concat();
    let region = [words(&[32, 16, 0, 0]), vec![0, 1], G4.to_vec()].concat();
    let comment = [b"\x20\0\0\0".as_slice(), b"Note\0", note.as_bytes(), b"\0\0"].concat();
    [segment(0, 48, &page), segment(1, 38, &region), segment(2, 62, &comment)].concat()
}

/// `plain` as `LZWDecode` reads it, every byte by itself.
fn lzw(plain: &[u8]) -> Vec<u8> {
    let mut codes = Vec::new();
    for part in plain.chunks(200) {
        codes.push(256_u32);
        codes.extend(part.iter().map(|byte| u32::from(*byte)));
    }
    codes.push(257);
    let (mut out, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for code in codes {
        held = held << 9 | code;
        bits += 9;
        while bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    out.push((held << (8 - bits)) as u8);
    out
}

/// A profile of one grey with a private tag.
fn profile(marks: &Marks) -> Vec<u8> {
    let curve = b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0";
    let white = b"XYZ \0\0\0\0\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d";
    let text = [b"text\0\0\0\0".as_slice(), marks.kill.as_bytes(), b"\0"].concat();
    let mut tags = 4_u32.to_be_bytes().to_vec();
    let mut bodies = Vec::new();
    for (name, body) in
        [(b"kTRC", curve.as_slice()), (b"wtpt", white.as_slice()), (b"KILL", &text), (b"desc", &text)]
    {
        tags.extend_from_slice(name);
        tags.extend_from_slice(&(128 + 4 + 48 + bodies.len() as u32).to_be_bytes());
        tags.extend_from_slice(&(body.len() as u32).to_be_bytes());
        bodies.extend_from_slice(body);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
    }
    let mut file = vec![0; 128];
    file[..4].copy_from_slice(&(128 + tags.len() as u32 + bodies.len() as u32).to_be_bytes());
    file[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    file[12..24].copy_from_slice(b"mntrGRAYXYZ ");
    file[36..40].copy_from_slice(b"acsp");
    file[68..80].copy_from_slice(b"\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d");
    [file, tags, bodies].concat()
}

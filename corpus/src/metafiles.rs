//! Samples of the areas `emf` and `wmf`: metafiles, record by record.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use crate::sample::{Expect, Index, KillMarker, Marks};

/// Numbers of 32 bits.
pub fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// Numbers of 16 bits.
pub fn shorts(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// One record of an enhanced metafile.
pub fn record(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    body.resize(body.len().next_multiple_of(4), 0);
    [&words(&[kind, body.len() as u32 + 8])[..], &body].concat()
}

/// A comment: its length, then what it says.
fn comment(content: &[u8]) -> Vec<u8> {
    record(70, &[&words(&[content.len() as u32])[..], content].concat())
}

/// Text in UTF-16.
fn text(letters: &str) -> Vec<u8> {
    let mut body = words(&[0, 0, 99, 99, 1, 0x3f80_0000, 0x3f80_0000, 5, 5]);
    body.extend(words(&[letters.encode_utf16().count() as u32, 76, 0, 0, 0, 0, 0, 0]));
    body.extend(letters.encode_utf16().flat_map(u16::to_le_bytes));
    record(84, &body)
}

/// An enhanced metafile of these records, with a line through it and a `description` in its header.
pub fn emf(description: &str, records: &[Vec<u8>]) -> Vec<u8> {
    let mut name: Vec<u8> = description.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let letters = description.encode_utf16().count() as u32;
    name.resize(name.len().next_multiple_of(4), 0);
    let line = [record(27, &words(&[10, 10])), record(54, &words(&[90, 90]))].concat();
    let records = [records.concat(), line, words(&[14, 20, 0, 16, 20])].concat();
    let count = {
        let (mut count, mut rest) = (1, &records[..]);
        while let Some(size) = rest.get(4..8).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes) {
            count += 1;
            rest = rest.get(size.max(8) as usize..).unwrap_or_default();
        }
        count
    };
    let header = 108 + name.len() as u32;
    let mut file = words(&[1, header, 0, 0, 100, 100, 0, 0, 2_600, 2_600]);
    file.extend(b" EMF");
    file.extend(words(&[0x0001_0000, header + records.len() as u32, count, 9]));
    file.extend(words(&[letters, if letters == 0 { 0 } else { 108 }, 0, 1_000, 1_000, 260, 260]));
    file.extend(words(&[0, 0, 0, 260_000, 260_000]));
    file.extend(name);
    file.extend(records);
    file
}

/// STRETCHDIBITS of two pixels, with the four fields that say where the bitmap stands, and bytes behind it.
fn stretch(places: [u32; 4], behind: &[u8]) -> Vec<u8> {
    let mut body = words(&[0, 0, 99, 99, 0, 0, 0, 0, 2, 1]);
    body.extend(words(&places));
    body.extend(words(&[0, 0x00cc_0020, 99, 99]));
    body.extend(words(&[40, 2, 1, 1 | 24 << 16, 0, 8, 0, 0, 0, 0]));
    body.extend([1, 2, 3, 200, 100, 50, 0, 0]);
    body.extend(behind);
    record(81, &body)
}

/// One record of a Windows metafile.
pub fn function(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    body.resize(body.len().next_multiple_of(2), 0);
    [&words(&[body.len() as u32 / 2 + 3])[..], &kind.to_le_bytes(), &body].concat()
}

/// A placeable Windows metafile of these records, with a line and a `text`.
pub fn wmf(text: &str, records: &[Vec<u8>]) -> Vec<u8> {
    let mut file = shorts(&[0xcdd7, 0x9ac6, 0, 0, 0, 100, 100, 1_440, 0, 0]);
    let sum = file.as_chunks::<2>().0.iter().fold(0, |sum, word| sum ^ u16::from_le_bytes(*word));
    let mut letters = text.as_bytes().to_vec();
    letters.resize(letters.len().next_multiple_of(2), b' ');
    let shown = [&shorts(&[letters.len() as u16])[..], &letters, &shorts(&[5, 5])].concat();
    let records = [
        function(0x020b, &shorts(&[0, 0])),
        function(0x020c, &shorts(&[100, 100])),
        function(0x0521, &shown),
        records.concat(),
        function(0x0214, &shorts(&[10, 10])),
        function(0x0213, &shorts(&[90, 90])),
        function(0, &[]),
    ]
    .concat();
    file.extend(shorts(&[sum, 1, 9, 0x300]));
    file.extend(words(&[records.len() as u32 / 2 + 9]));
    file.extend(shorts(&[4]));
    file.extend(words(&[1_000]));
    file.extend([0, 0]);
    file.extend(records);
    file
}

fn escape(number: u16, content: &[u8]) -> Vec<u8> {
    function(0x0626, &[&shorts(&[number, content.len() as u16])[..], content].concat())
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let _never_fails = encoder.write_all(plain);
    encoder.finish().unwrap_or_default()
}

/// An EMF+ comment: records of type, flags, size and data.
fn plus(records: &[(u16, u16, Vec<u8>)]) -> Vec<u8> {
    let mut content = b"EMF+".to_vec();
    for (kind, flags, body) in records {
        content.extend(shorts(&[*kind, *flags]));
        content.extend(words(&[body.len() as u32 + 12, body.len() as u32]));
        content.extend(body);
    }
    comment(&content)
}

/// A LogColorSpace with the name of a file in UTF-16.
fn color_space(path: &str) -> Vec<u8> {
    let mut body = [&words(&[1])[..], b"COSP", &words(&[0x400, 588, 2, 4])].concat();
    body.resize(body.len() + 36 + 12, 0);
    body.extend(path.encode_utf16().flat_map(u16::to_le_bytes));
    body.resize(4 + 588, 0);
    body.extend(words(&[0, 0]));
    body
}

/// Samples of both areas. The KEEP marker is a text that is drawn.
pub fn samples(index: &mut Index) {
    enhanced(index);
    hostile(index);
    plain(index);
}

fn enhanced(index: &mut Index) {
    index.benign("benign.emf", "emf", |m| {
        emf("", &[record(17, &words(&[8])), text(&m.keep), stretch([80, 40, 120, 8], &[])])
    });
    index
        .absent("emf.comment-and-emfplus", "emf", |m| emf("", &[comment(m.kill.as_bytes()), text(&m.keep)]))
        .variant("private");
    index
        .absent("emf.comment-and-emfplus", "emf", |m| {
            let eps = format!("%!PS-Adobe-3.0 EPSF-3.0\n({}) show", m.kill);
            let mut formats = [&b"GDIC"[..], &words(&[0x4000_0004, 0, 0, 100, 100, 1])].concat();
            formats.extend(b"FSPE");
            formats.extend(words(&[1, eps.len() as u32, 52]));
            formats.extend(eps.as_bytes());
            emf("", &[comment(&formats), text(&m.keep)])
        })
        .variant("multiformats");
    index
        .absent("emf.comment-and-emfplus", "emf", |m| {
            let header = (0x4001, 1, words(&[0xdbc0_1002, 0, 96, 96]));
            let object = (0x4008, 0x0500, [&words(&[0xdbc0_1002, 1])[..], m.kill.as_bytes()].concat());
            let end = (0x4002, 0, Vec::new());
            emf("", &[plus(&[header, object]), text(&m.keep), plus(&[end])])
        })
        .variant("dual");
    index.absent("emf.colorspace-filename", "emf", |m| {
        let path = m.unc(&format!("{}.icm", m.kill));
        emf("", &[record(122, &color_space(&path)), record(100, &words(&[1])), text(&m.keep)])
    });
    index
        .absent("emf.colorspace-filename", "emf", |m| {
            let name: Vec<u8> = m.unc("p.icm").encode_utf16().flat_map(u16::to_le_bytes).collect();
            let profile = [&words(&[0, name.len() as u32, 0])[..], &name].concat();
            emf("", &[record(98, &words(&[2])), record(113, &profile), text(&m.keep)])
        })
        .variant("profile");
    for (name, kind) in
        [("named", 110_u32), ("draw", 105), ("ext", 106), ("opengl", 102), ("pixel-format", 104)]
    {
        index
            .add(
                "emf.opengl-and-escape",
                "emf",
                Expect::Sanitized,
                KillMarker::Absent,
                Box::new(move |m| {
                    let driver: Vec<u8> = m.kill.encode_utf16().flat_map(u16::to_le_bytes).collect();
                    let body = [&words(&[2, driver.len() as u32, 4])[..], &driver, &[0; 4]].concat();
                    emf("", &[record(kind, &body), text(&m.keep)])
                }),
            )
            .variant(name);
    }
    index.absent("emf.bitmap-records", "emf", |m| {
        emf("", &[stretch([80, 40, 120, 0x4000_0000], m.kill.as_bytes()), text(&m.keep)])
    });
    index
        .absent("emf.bitmap-records", "emf", |m| {
            emf("", &[stretch([80, 40, 120, 8], m.kill.as_bytes()), text(&m.keep)])
        })
        .variant("slack");
    index
        .absent("emf.bitmap-records", "emf", |m| {
            let mut polygon = words(&[0, 0, 99, 99, 0x0fff_ffff]);
            polygon.extend(m.kill.as_bytes());
            emf("", &[record(3, &polygon), record(37, &words(&[9_999])), text(&m.keep)])
        })
        .variant("counts");
    index
        .absent("emf.text-content", "emf", |m| {
            emf(&format!("{}\0C:\\secret.doc\0\0", m.kill), &[text(&m.keep)])
        })
        .variant("description");
    index
        .stays("emf.text-content", "emf", |m| emf("App\0secret.doc\0\0", &[text(&m.kill), text(&m.keep)]))
        .marker(KillMarker::Stays);
}

fn hostile(index: &mut Index) {
    index.absent("emf.compressed-emz-wmz", "emz", |m| {
        gzip(&emf("", &[comment(m.kill.as_bytes()), text(&m.keep)]))
    });
    index.absent("emf.compressed-emz-wmz", "wmz", |m| gzip(&wmf(&m.keep, &[escape(15, m.kill.as_bytes())])));
    index.refused("emf.size-and-recursion", "emf", |m| {
        emf("", &[vec![record(33, &[]); 100_000].concat(), text(&m.kill)])
    });
    index
        .refused("emf.size-and-recursion", "emf", |m| {
            let mut file = emf("", &[text(&m.kill)]);
            file[32..40].copy_from_slice(&words(&[0x7fff_ffff, 0x7fff_ffff]));
            file
        })
        .variant("frame");
    index
        .refused("emf.size-and-recursion", "wmf", |m| {
            wmf(&m.kill, &[vec![function(0x001e, &[]); 100_000].concat()])
        })
        .variant("saves");
}

fn plain(index: &mut Index) {
    index.benign("benign.wmf", "wmf", |m| {
        let pen = function(0x02fa, &shorts(&[0, 1, 0, 0xff, 0]));
        wmf(&m.keep, &[pen, function(0x012d, &shorts(&[0]))])
    });
    for (name, number) in
        [("abort", 9_u16), ("comment", 15), ("passthrough", 19), ("postscript", 37), ("download", 514)]
    {
        index
            .add(
                "wmf.escape-setabortproc",
                "wmf",
                Expect::Sanitized,
                KillMarker::Absent,
                Box::new(move |m| wmf(&m.keep, &[escape(number, m.kill.as_bytes())])),
            )
            .variant(name);
    }
    index.absent("wmf.record-overflows", "wmf", |m| {
        [wmf(&m.keep, &[]), function(0x0626, m.kill.as_bytes())].concat()
    });
    index
        .absent("wmf.record-overflows", "wmf", |m| {
            let huge = [&words(&[0x7fff_ffff])[..], &shorts(&[0x0324]), m.kill.as_bytes()].concat();
            let mut file = wmf(&m.keep, &[]);
            file.truncate(file.len() - 6);
            [file, huge].concat()
        })
        .variant("size");
    index
        .absent("wmf.record-overflows", "wmf", |m| {
            let head = words(&[40, 999, 999, 1 | 24 << 16, 0, 0, 0, 0, 0, 0]);
            let body =
                [&shorts(&[0x20, 0xcc, 9, 9, 0, 0, 9, 9, 0, 0])[..], &head, m.kill.as_bytes()].concat();
            wmf(&m.keep, &[function(0x0b41, &body), function(0x012d, &shorts(&[0x7fff]))])
        })
        .variant("bitmap");
}

/// Whole metafiles for fuzzing: what no sample has.
pub fn seeds() -> Vec<Vec<u8>> {
    let marks = Marks::new("seed");
    let pen = record(95, &words(&[1, 0, 0, 0, 0, 0x0001_0000, 3, 0, 0xff, 0, 2, 5, 5]));
    let region = record(75, &words(&[48, 1, 32, 1, 1, 16, 0, 0, 9, 9, 0, 0, 9, 9]));
    let gradient = record(118, &words(&[0, 0, 9, 9, 2, 1, 0, 0, 0, 0, 0, 9, 9, 0xff00, 0, 0, 1]));
    let curve = record(85, &words(&[0, 0, 9, 9, 4, 1, 2, 3, 4]));
    let polygons = record(91, &words(&[0, 0, 9, 9, 2, 4, 2, 2, 1, 2, 3, 4]));
    let mut font = words(&[2, 20, 0, 0, 0, 400, 0x8000_0000, 0]);
    font.extend("ＭＳ 明朝".encode_utf16().flat_map(u16::to_le_bytes));
    font.resize(324, 0);
    let mask = {
        let mut body = words(&[0, 0, 9, 9, 0, 0, 9, 9, 0x00cc_0020, 0, 0, 0x3f80_0000, 0, 0, 0x3f80_0000]);
        body.extend(words(&[0, 0, 0xff_ffff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        record(78, &body)
    };
    let packed =
        [&words(&[40, 2, 1, 1 | 24 << 16, 0, 8, 0, 0, 0, 0])[..], &[1, 2, 3, 4, 5, 6, 0, 0]].concat();
    vec![
        emf("", &[pen, region, gradient, curve, polygons, record(82, &font), mask, text(&marks.keep)]),
        wmf(
            &marks.keep,
            &[
                function(0x0f43, &[&shorts(&[0x20, 0xcc, 0, 1, 2, 0, 0, 1, 2, 0, 0])[..], &packed].concat()),
                function(0x0142, &[&shorts(&[5, 0])[..], &packed].concat()),
                function(0x06ff, &shorts(&[0, 6, 0, 0, 34, 1, 2, 0, 0, 9, 9, 2, 0, 9, 0, 9, 2])),
                function(0x0a32, &[&shorts(&[1, 2, 2, 0])[..], b"AB", &shorts(&[5, 5])].concat()),
                function(0x0538, &shorts(&[2, 1, 1, 1, 1, 2, 2])),
                function(0x00f7, &shorts(&[0x300, 1, 0x0102, 0x0003])),
            ],
        ),
    ]
}

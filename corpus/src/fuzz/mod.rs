//! What is fuzzed, and how arbitrary bytes become a file.
//!
//! A raw target takes the bytes as the file. A framed one puts them where only a well-formed file around them lets
//! them be reached: one part of a package, the objects of a PDF file, a member of an archive. What a frame plants
//! beside them bears [`KILL`], and no bytes may bring it out.

mod archives;
mod office;
mod pdf;
mod pictures;

use std::sync::OnceLock;

use crate::{markers, metafiles};

/// The marker of what a frame plants.
pub const KILL: &str = "CDRKILL-fuzz";

/// Longer seeds slow every run down and show no more.
const LONGEST: usize = 32 << 10;

/// A file, and the name it comes under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// With its extension; empty when nothing is claimed.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), bytes }
    }
}

/// One fuzz target.
pub struct Target {
    /// As `fuzz/fuzz_targets` has it.
    pub name: &'static str,
    /// A file of `fuzz/dictionaries`, without its extension; empty when there is none.
    pub dictionary: &'static str,
    /// True where the frame plants [`KILL`].
    pub planted: bool,
    /// Extensions of collected files that are seeds as they are; none where there is a frame.
    pub extensions: &'static [&'static str],
    frame: fn(&[u8]) -> Option<File>,
    seeds: fn() -> Vec<Vec<u8>>,
}

impl Target {
    /// The target of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// The file that these bytes stand for; `None` where they stand for none.
    pub fn file(&self, data: &[u8]) -> Option<File> {
        // Fuzzers learn words from comparisons, this one too. As text on a page it would rightly come out.
        if self.planted && markers::holds(data, KILL) {
            return None;
        }
        (self.frame)(data)
    }

    /// Bytes to start from, each once, shortest first.
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        let mut seeds = (self.seeds)();
        seeds.retain(|seed| seed.len() <= LONGEST);
        seeds.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        seeds.dedup();
        seeds
    }
}

const fn raw(
    name: &'static str,
    dictionary: &'static str,
    extensions: &'static [&'static str],
    frame: fn(&[u8]) -> Option<File>,
    seeds: fn() -> Vec<Vec<u8>>,
) -> Target {
    Target { name, dictionary, planted: false, extensions, frame, seeds }
}

const fn framed(
    name: &'static str,
    dictionary: &'static str,
    planted: bool,
    frame: fn(&[u8]) -> Option<File>,
    seeds: fn() -> Vec<Vec<u8>>,
) -> Target {
    Target { name, dictionary, planted, extensions: &[], frame, seeds }
}

/// Every target, in the order they are run.
pub const TARGETS: &[Target] = &[
    raw("any", "any", &["*"], |data| Some(File::new("", data.to_vec())), || of_samples(|_| true)),
    raw("png", "png", &["png"], |data| named("a.png", data), || of_extensions(&["png"])),
    raw("jpeg", "jpeg", &["jpg", "jpeg"], |data| named("a.jpg", data), || of_extensions(&["jpg"])),
    raw("gif", "gif", &["gif"], |data| named("a.gif", data), || of_extensions(&["gif"])),
    raw("bmp", "", &["bmp"], |data| named("a.bmp", data), || of_extensions(&["bmp"])),
    raw("tiff", "tiff", &["tif", "tiff"], |data| named("a.tif", data), || of_extensions(&["tif"])),
    raw("webp", "webp", &["webp"], |data| named("a.webp", data), || of_extensions(&["webp"])),
    raw("ico", "", &["ico", "cur"], |data| named("a.ico", data), || of_extensions(&["ico"])),
    raw("emf", "metafile", &["emf"], |data| named("a.emf", data), || metafile_seeds("emf")),
    raw("wmf", "metafile", &["wmf"], |data| named("a.wmf", data), || metafile_seeds("wmf")),
    raw("pdf", "pdf", &["pdf"], |data| named("a.pdf", data), || of_extensions(&["pdf"])),
    raw("ooxml", "zip", OFFICE, |data| named("a", data), || of_extensions(OFFICE)),
    raw("zip", "zip", &["zip"], |data| named("a.zip", data), || of_extensions(&["zip"])),
    raw("text", "text", &["txt"], |data| named("a.txt", data), || of_extensions(&["txt"])),
    raw("csv", "text", &["csv"], |data| named("a.csv", data), || of_extensions(&["csv"])),
    raw("eml", "mail", &["eml"], |data| named("a.eml", data), || of_extensions(&["eml"])),
    raw("mbox", "mail", &["mbox"], |data| named("a.mbox", data), || of_extensions(&["mbox"])),
    raw("msg", "mail", &["msg"], |data| named("a.msg", data), || of_extensions(&["msg"])),
    raw("tnef", "mail", &["tnef", "dat"], |data| named("a.tnef", data), || of_extensions(&["tnef"])),
    raw("css", "style", &["css"], |data| named("a.css", data), || of_extensions(&["css"])),
    raw("html", "markup", &["html"], |data| named("a.html", data), || of_extensions(&["html"])),
    raw("svg", "markup", &["svg"], |data| named("a.svg", data), || of_extensions(&["svg"])),
    raw("ics", "text", &["ics", "vcf"], |data| named("a.ics", data), || of_extensions(&["ics", "vcf"])),
    raw("xml", "markup", &["xml"], |data| named("a.xml", data), || of_extensions(&["xml"])),
    raw("json", "json", &["json"], |data| named("a.json", data), || of_extensions(&["json"])),
    raw(
        "encrypted_office",
        "",
        &[],
        |data| named("a.docx", data),
        || of_samples(|name| name.starts_with("opc.encrypted") || name.starts_with("opc.irm")),
    ),
    framed("ooxml_part", "ooxml", true, office::part, office::part_seeds),
    framed("ooxml_field", "ooxml_field", true, office::field, office::field_seeds),
    framed("ooxml_formula", "ooxml_formula", true, office::formula, office::formula_seeds),
    framed("ooxml_link", "link", true, office::link, office::link_seeds),
    framed("encryption_info", "encryption", false, office::encryption, office::encryption_seeds),
    framed("pdf_object", "pdf", true, pdf::objects, pdf::object_seeds),
    framed("pdf_content", "pdf_content", true, pdf::content, pdf::content_seeds),
    framed("pdf_filter", "pdf", true, pdf::filter, pdf::filter_seeds),
    framed("pdf_font", "font", true, pdf::font, pdf::font_seeds),
    framed("zip_member", "text", true, archives::member, archives::member_seeds),
    framed("deflate", "", false, archives::deflated, archives::deflated_seeds),
    framed("zip_directory", "zip", true, archives::directory, archives::directory_seeds),
    framed("png_chunk", "png", false, pictures::chunks, pictures::chunk_seeds),
    framed("webp_stream", "webp", false, pictures::stream, pictures::stream_seeds),
    framed("picture_codes", "", false, pictures::codes, pictures::code_seeds),
    framed("icc", "icc", false, pictures::profile, pictures::profile_seeds),
    framed("exif", "tiff", false, pictures::exif, pictures::exif_seeds),
    framed("policy", "policy", false, |data| named("policy.toml", data), policy_seeds),
    framed("name", "name", false, |data| named("name", data), name_seeds),
];

/// Extensions of Office files.
const OFFICE: &[&str] =
    &["docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "pptx", "pptm", "potx", "ppsx", "ppsm"];

fn named(name: &str, data: &[u8]) -> Option<File> {
    Some(File::new(name, data.to_vec()))
}

/// Every generated file that is short enough, with its name, made once.
fn generated() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut index = crate::Index::default();
        crate::pdf::samples(&mut index);
        let planted = crate::samples()
            .into_iter()
            .chain(index.into_samples())
            .map(|sample| File::new(&sample.name(), sample.bytes()));
        let pictures =
            crate::pictures::samples().into_iter().map(|sample| File::new(sample.name, sample.bytes));
        let tryout =
            crate::tryout::files().into_iter().map(|file| File { name: file.path, bytes: file.bytes });
        planted
            .chain(pictures)
            .chain(tryout)
            .filter(|file| !file.bytes.is_empty() && file.bytes.len() <= LONGEST)
            .collect()
    })
}

fn of_samples(wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    generated().iter().filter(|file| wanted(&file.name)).map(|file| file.bytes.clone()).collect()
}

fn of_extensions(extensions: &[&str]) -> Vec<Vec<u8>> {
    of_samples(|name| name.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension)))
}

/// Metafiles of the samples, and such as have what no sample has.
fn metafile_seeds(extension: &'static str) -> Vec<Vec<u8>> {
    let is_enhanced = |seed: &Vec<u8>| seed.get(40..44) == Some(b" EMF");
    let mut seeds = of_extensions(&[extension]);
    seeds.extend(metafiles::seeds().into_iter().filter(|seed| is_enhanced(seed) == (extension == "emf")));
    seeds
}

fn policy_seeds() -> Vec<Vec<u8>> {
    [
        "",
        "preset = \"strict\"\n",
        "preset = \"lenient\"\n[limits]\ndepth = 4\n",
        "name = \"mine\"\n[actions]\nmacro = \"refuse\"\nhyperlink = \"flatten\"\n",
        "[limits]\ninput-bytes = 1\ntimeout-ms = 0\n[formats.docx]\ncomment = \"remove\"\n",
        "{\"preset\":\"default\",\"limits\":{\"members\":10}}",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

fn name_seeds() -> Vec<Vec<u8>> {
    [
        "報告書.docx",
        "../../etc/passwd",
        "C:\\Windows\\a.exe",
        "con.txt",
        "a\u{202e}cod.exe",
        "a.pdf .exe",
        "ﾊﾝｶｸ.txt",
        "カ\u{3099}.txt",
        "\u{0}\u{7f}",
        "....",
        "LPT1",
        "a:b",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// True when what a frame plants stands anywhere in `output`.
pub fn survives(output: &[u8]) -> bool {
    markers::holds(output, KILL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_seeds_that_make_files() {
        for target in TARGETS {
            let seeds = target.seeds();
            assert!(!seeds.is_empty(), "{}", target.name);
            for seed in seeds {
                assert!(target.file(&seed).is_some(), "{}", target.name);
            }
        }
    }

    #[test]
    fn what_is_planted_is_seen_in_the_input() {
        for target in TARGETS.iter().filter(|target| target.planted) {
            let seeds = target.seeds();
            let seen = seeds.iter().filter_map(|seed| target.file(seed)).all(|file| survives(&file.bytes));
            assert!(seen, "{}", target.name);
        }
    }

    #[test]
    fn a_frame_takes_any_bytes() {
        let mut state = 1_u32;
        for target in TARGETS {
            for len in [0, 1, 2, 3, 7, 200] {
                let data: Vec<u8> = (0..len)
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state >> 24) as u8
                    })
                    .collect();
                let _any = target.file(&data);
            }
        }
    }
}

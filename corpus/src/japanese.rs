//! What Japanese offices write and other programs forget: one file for each line of a checklist, harmless, with the
//! fragments that must be found as often after cleaning as before.

use crate::{
    Marks,
    office::{docx, pptx, xlsx},
    pdf,
    zip::{Archive, Member},
};

/// A file and what it must keep.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name; a folder for each extension.
    pub name: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Fragments of its markup or text, wherever they are packed.
    pub keeps: Vec<&'static str>,
}

/// Letters that normalisation, code pages and fonts lose: NEC and IBM extensions, beyond the BMP, a variant of an
/// ideograph, half-width kana, square eras, a combining mark, wave dashes and minus signs of both kinds.
pub const LETTERS: &str = "髙橋﨑𠮷野家 葛\u{e0100}飾 ｶﾞｷﾞ ㍻㋿ か\u{3099} 〜～ −－ ① ㈱ № ヶ";

/// Every file, always the same.
pub fn files() -> Vec<File> {
    let mut files = vec![document(), old_ruby(), workbook(), conditions(), presentation(), page()];
    files.extend(archives());
    files.extend(texts());
    files
}

fn marks() -> Marks {
    Marks::new("japanese")
}

const DOCUMENT: &str = "word/document.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";
const STYLES: &str = "xl/styles.xml";
const WORKBOOK: &str = "xl/workbook.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const SLIDE: &str = "ppt/slides/slide1.xml";

/// A page in vertical writing.
fn document() -> File {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let mincho =
        "<w:rFonts w:ascii=\"Century\" w:eastAsia=\"ＭＳ 明朝\" w:hAnsi=\"Century\" w:hint=\"eastAsia\"/>";
    let ruby = "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val=\"distributeSpace\"/><w:hps w:val=\"10\"/><w:hpsRaise w:val=\"18\"/><w:hpsBaseText w:val=\"21\"/><w:lid w:val=\"ja-JP\"/></w:rubyPr>\
        <w:rt><w:r><w:rPr><w:sz w:val=\"10\"/></w:rPr><w:t>きそく</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>規則</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    let paragraph = |properties: &str, runs: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
    let body = [
        paragraph(
            "<w:kinsoku/><w:wordWrap w:val=\"0\"/><w:overflowPunct/><w:topLinePunct/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN/>",
            &(run(mincho, "第") + &run("<w:eastAsianLayout w:id=\"1\" w:vert=\"1\" w:vertCompress=\"1\"/>", "12") + &run(mincho, "条　") + ruby),
        ),
        paragraph(
            "<w:jc w:val=\"distribute\"/><w:textAlignment w:val=\"center\"/>",
            &(run("<w:em w:val=\"comma\"/>", "傍点") + &run("<w:em w:val=\"dot\"/>", "圏点")),
        ),
        paragraph(
            "<w:ind w:firstLineChars=\"100\" w:firstLine=\"210\" w:leftChars=\"200\" w:left=\"420\"/><w:snapToGrid w:val=\"0\"/>",
            &(run("<w:eastAsianLayout w:id=\"2\" w:combine=\"1\" w:combineBrackets=\"round\"/>", "割注にする文")
                + &run("<w:fitText w:val=\"1260\" w:id=\"7\"/>", "均等割付")
                + &run("<w:w w:val=\"66\"/><w:spacing w:val=\"20\"/>", "長体")),
        ),
        paragraph("", &run(mincho, LETTERS)),
        docx::field(&[" DATE \\@ \"ggge年M月d日\" \\* MERGEFORMAT "], "令和八年四月一日"),
        "<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Symbol\" w:hAnsi=\"Symbol\"/></w:rPr><w:sym w:font=\"外字\" w:char=\"E000\"/></w:r><w:r><w:t>\u{e000}</w:t></w:r></w:p>".to_owned(),
    ]
    .concat();
    let package = docx::docx(&marks()).fill(DOCUMENT, "body", &body).replace(
        DOCUMENT,
        "w:gutter=\"0\"/>",
        "w:gutter=\"0\"/><w:cols w:space=\"425\"/><w:textDirection w:val=\"tbRl\"/><w:docGrid w:type=\"linesAndChars\" w:linePitch=\"360\" w:charSpace=\"-2714\"/>",
    );
    let package = package.fill(
        "word/settings.xml",
        "late",
        "<w:characterSpacingControl w:val=\"compressPunctuation\"/><w:noLineBreaksAfter w:lang=\"ja-JP\" w:val=\"（［｛\"/><w:noLineBreaksBefore w:lang=\"ja-JP\" w:val=\"）］｝、。\"/>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"ja-JP\"/>",
    );
    File {
        name: "縦書き.docx",
        bytes: package.zip(),
        keeps: vec![
            "<w:textDirection w:val=\"tbRl\"/>",
            "w:vert=\"1\"",
            "w:vertCompress=\"1\"",
            "<w:ruby>",
            "<w:rubyAlign w:val=\"distributeSpace\"/>",
            "<w:hpsRaise w:val=\"18\"/>",
            "きそく",
            "規則",
            "w:combine=\"1\"",
            "w:combineBrackets=\"round\"",
            "<w:em w:val=\"comma\"/>",
            "<w:em w:val=\"dot\"/>",
            "<w:kinsoku/>",
            "<w:overflowPunct/>",
            "<w:jc w:val=\"distribute\"/>",
            "w:firstLineChars=\"100\"",
            "<w:fitText w:val=\"1260\"",
            "<w:w w:val=\"66\"/>",
            "w:charSpace=\"-2714\"",
            "w:eastAsia=\"ＭＳ 明朝\"",
            "compressPunctuation",
            "w:noLineBreaksBefore",
            "ggge年M月d日",
            "令和八年四月一日",
            "w:char=\"E000\"",
            "\u{e000}",
            LETTERS,
            "w:lid w:val=\"ja-JP\"",
        ],
    }
}

/// Ruby and enclosed letters as Word 97 wrote them.
fn old_ruby() -> File {
    let ruby = r#" EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(とうきょう),東京) "#;
    let body = docx::field(&[ruby], "東京") + &docx::field(&[r" eq \o\ac(○,印) "], "㊞");
    File {
        name: "旧ルビ.docx",
        bytes: docx::docx(&marks()).fill(DOCUMENT, "body", &body).zip(),
        keeps: vec![r"\o\ad(\s\up 9(とうきょう),東京)", r"\o\ac(○,印)", "Font:ＭＳ 明朝", "㊞"],
    }
}

/// Furigana, eras, numerals of kanji, vertical cells, full-width names.
fn workbook() -> File {
    let strings = "<si><t>山田 太郎</t><rPh sb=\"0\" eb=\"2\"><t>ヤマダ</t></rPh><rPh sb=\"3\" eb=\"5\"><t>タロウ</t></rPh><phoneticPr fontId=\"0\" type=\"Hiragana\" alignment=\"center\"/></si>";
    let letters = format!("<si><t xml:space=\"preserve\">{LETTERS}</t></si>");
    let formats = "<numFmts count=\"3\"><numFmt numFmtId=\"176\" formatCode=\"[$-ja-JP-x-gannen]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>\
        <numFmt numFmtId=\"177\" formatCode=\"[DBNum1][$-411]General\"/><numFmt numFmtId=\"178\" formatCode=\"[$-411]ge\\.m\\.d;@\"/></numFmts>";
    let xfs = "<xf numFmtId=\"176\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
        <xf numFmtId=\"177\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
        <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment horizontal=\"distributed\" textRotation=\"255\" justifyLastLine=\"1\" shrinkToFit=\"1\"/></xf>\
        <xf numFmtId=\"178\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>";
    let rows = "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>43586</v></c><c r=\"B2\" s=\"2\"><v>1234</v></c><c r=\"C2\" s=\"3\" t=\"s\"><v>2</v></c><c r=\"D2\" s=\"4\"><v>46113</v></c></row>\
        <row r=\"3\" ph=\"1\"><c r=\"A3\" t=\"s\" ph=\"1\"><v>1</v></c><c r=\"B3\" t=\"str\"><f>PHONETIC(A3)</f><v>ヤマダ タロウ</v></c>\
        <c r=\"C3\" t=\"str\"><f>DATESTRING(A2)</f><v>令和元年5月1日</v></c><c r=\"D3\" t=\"str\"><f>JIS(\"ｱ\")&amp;ASC(\"ア\")</f><v>アｱ</v></c></row>";
    let package = xlsx::xlsx(&marks())
        .replace(STRINGS, "</sst>", &format!("{strings}{letters}</sst>"))
        .replace(STRINGS, "count=\"1\" uniqueCount=\"1\"", "count=\"3\" uniqueCount=\"3\"")
        .fill(STYLES, "formats", formats)
        .fill(STYLES, "xfs", xfs)
        .fill(SHEET, "rows", rows)
        .fill(SHEET, "after", "<phoneticPr fontId=\"0\" type=\"Hiragana\"/>")
        .replace(WORKBOOK, "name=\"Sheet1\"", "name=\"令和８年度（４月）\"")
        .replace(WORKBOOK, "Sheet1!$A$1", "'令和８年度（４月）'!$A$1");
    File {
        name: "令和.xlsx",
        bytes: package.zip(),
        keeps: vec![
            "<rPh sb=\"0\" eb=\"2\">",
            "ヤマダ",
            "タロウ",
            "type=\"Hiragana\" alignment=\"center\"",
            "<phoneticPr fontId=\"0\" type=\"Hiragana\"/>",
            "ph=\"1\"",
            "[$-ja-JP-x-gannen]ggge",
            "[DBNum1][$-411]General",
            "[$-411]ge\\.m\\.d;@",
            "textRotation=\"255\"",
            "horizontal=\"distributed\"",
            "justifyLastLine=\"1\"",
            "shrinkToFit=\"1\"",
            "令和８年度（４月）",
            "PHONETIC(A3)",
            "DATESTRING(A2)",
            "JIS(\"ｱ\")",
            "ASC(\"ア\")",
            LETTERS,
        ],
    }
}

/// Conditional formats and validation with Japanese words in them.
fn conditions() -> File {
    let after = "<conditionalFormatting sqref=\"A1:A9\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"1\"><formula>$A1=\"済\"</formula></cfRule></conditionalFormatting>\
        <conditionalFormatting sqref=\"B1:B9\"><cfRule type=\"dataBar\" priority=\"2\"><dataBar><cfvo type=\"min\"/><cfvo type=\"max\"/><color rgb=\"FF638EC6\"/></dataBar></cfRule></conditionalFormatting>\
        <conditionalFormatting sqref=\"C1:C9\"><cfRule type=\"iconSet\" priority=\"3\"><iconSet iconSet=\"3TrafficLights1\"><cfvo type=\"percent\" val=\"0\"/><cfvo type=\"percent\" val=\"33\"/><cfvo type=\"percent\" val=\"67\"/></iconSet></cfRule></conditionalFormatting>\
        <conditionalFormatting sqref=\"D1:D9\"><cfRule type=\"containsText\" dxfId=\"0\" priority=\"4\" operator=\"containsText\" text=\"至急\"><formula>NOT(ISERROR(SEARCH(\"至急\",D1)))</formula></cfRule></conditionalFormatting>\
        <dataValidations count=\"1\"><dataValidation type=\"list\" imeMode=\"hiragana\" allowBlank=\"1\" showInputMessage=\"1\" promptTitle=\"入力\" prompt=\"承認か却下\" sqref=\"E1:E9\"><formula1>\"承認,却下\"</formula1></dataValidation></dataValidations>";
    let package = xlsx::xlsx(&marks()).fill(SHEET, "after", after).replace(
        STYLES,
        "</cellStyles>",
        "</cellStyles><dxfs count=\"1\"><dxf><font><color rgb=\"FF9C0006\"/></font></dxf></dxfs>",
    );
    File {
        name: "条件付き書式.xlsx",
        bytes: package.zip(),
        keeps: vec![
            "$A1=\"済\"",
            "<dataBar>",
            "3TrafficLights1",
            "operator=\"containsText\"",
            "text=\"至急\"",
            "imeMode=\"hiragana\"",
            "承認か却下",
            "\"承認,却下\"",
            "FF9C0006",
        ],
    }
}

/// Vertical text boxes, line breaking rules, fonts of the theme for Japanese.
fn presentation() -> File {
    let vertical = |id: u32, direction: &str, text: &str| {
        pptx::shape(id, text, "", "")
            .replace("<a:bodyPr/>", &format!("<a:bodyPr vert=\"{direction}\" wrap=\"square\"/>"))
    };
    let shapes = vertical(3, "eaVert", "縦書きの見出し")
        + &vertical(4, "wordArtVertRtl", "右から左")
        + &vertical(5, "horz", LETTERS);
    let package = pptx::pptx(&marks())
        .fill(SLIDE, "shapes", &shapes)
        .fill("ppt/presentation.xml", "end", "<p:kinsoku lang=\"ja-JP\" invalStChars=\"、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】\" invalEndChars=\"‘“（〔［｛〈《「『【\"/>")
        .replace(
            "ppt/theme/theme1.xml",
            "</a:majorFont>",
            "<a:font script=\"Jpan\" typeface=\"游ゴシック Light\"/></a:majorFont>",
        );
    File {
        name: "縦書き.pptx",
        bytes: package.zip(),
        keeps: vec![
            "vert=\"eaVert\"",
            "vert=\"wordArtVertRtl\"",
            "縦書きの見出し",
            "invalStChars=\"、。，．",
            "script=\"Jpan\" typeface=\"游ゴシック Light\"",
            LETTERS,
        ],
    }
}

/// Fonts that are not in the file, in code page 932, horizontal and vertical.
fn page() -> File {
    let font = |encoding: &str, number: u32| {
        format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho-{encoding} /Encoding /{encoding} /DescendantFonts [{number} 0 R] >>"
        )
    };
    let descendant = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Mincho /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 8 0 R /DW 1000 /DW2 [880 -1000] /W [231 [500]] >>";
    let descriptor = "<< /Type /FontDescriptor /FontName /MS-Mincho /Flags 39 /FontBBox [0 -136 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 709 /StemV 80 >>";
    let content = b"BT /H 14 Tf 40 600 Td <93fa967b8cea82cc95b68f91> Tj ET\nBT /V 14 Tf 500 600 Td <8f638f9182ab815b8142> Tj ET\n\
        /Span << /ActualText <feff67714eac> >> BDC BT /H 14 Tf 40 500 Td <938c8b9e> Tj ET EMC\n";
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /H 5 0 R /V 6 0 R >> >> >>";
    let bodies = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (ja-JP) >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.as_bytes().to_vec(),
        pdf::stream("", content),
        font("90ms-RKSJ-H", 7).into_bytes(),
        font("90ms-RKSJ-V", 7).into_bytes(),
        descendant.as_bytes().to_vec(),
        descriptor.as_bytes().to_vec(),
    ];
    let bytes = pdf::write(&bodies, "");
    File {
        name: "縦書き.pdf",
        bytes,
        keeps: vec!["90ms-RKSJ-H", "90ms-RKSJ-V", "/Ordering", "ActualText", "MS-Mincho", "ja-JP"],
    }
}

/// Names as four programs write them.
fn archives() -> Vec<File> {
    let text = "本文\r\n".as_bytes();
    let archive = |members: Vec<Member>| Archive::of(members).build();
    let cp932 = |name: &[u8]| Member { flags: 0, ..Member::new(name, text) };
    // 表 and ソ end in the byte of a backslash.
    let table = b"\x95\x5c\x83\x5c\x94\x5c\x8f\x5c/\x90\x5c\x90\xbf\x8f\x91.txt";
    let decomposed: String =
        "ガイド/ば\u{3099}".chars().take(4).collect::<String>() + "か\u{3099}くしゅう.txt";
    vec![
        File {
            name: "エクスプローラー.zip",
            bytes: archive(vec![
                cp932(b"\x95\xf1\x8d\x90\x8f\x91.txt"),
                cp932(table),
                cp932(b"\xfb\xfc\x8b\xb4.txt"),
            ]),
            keeps: vec!["報告書.txt", "表ソ能十/申請書.txt", "髙橋.txt"],
        },
        File {
            name: "macOS.zip",
            bytes: archive(vec![
                Member::new(decomposed, text),
                Member::new("__MACOSX/._a.txt", b"\0\x05\x16\x07"),
            ]),
            keeps: vec!["ガイド/がくしゅう.txt"],
        },
        File {
            name: "7-Zip.zip",
            bytes: archive(vec![
                Member::new("資料（最終）/見積書①.txt", text),
                Member::new("𠮷野家.txt", text),
            ]),
            keeps: vec!["資料（最終）/見積書①.txt", "𠮷野家.txt"],
        },
    ]
}

/// Code page 932 with the letters whose tables differ between systems, and Unicode with those it has not.
fn texts() -> Vec<File> {
    vec![
        File {
            // 〜 or ～, − or －, ∥, ￠, ￡, ￢ and two codes of ∪.
            name: "波ダッシュ.csv",
            bytes: b"1,2\r\n\x81\x60,\x81\x7c,\x81\x61,\x81\x91,\x81\x92,\x81\xca\r\n\xb6\xde,\xfb\xfc,\x87\x40,\x81\xbe,\x87\x9b\r\n".to_vec(),
            keeps: vec![],
        },
        File { name: "文字.txt", bytes: format!("{LETTERS}\r\n").into_bytes(), keeps: vec![LETTERS] },
    ]
}

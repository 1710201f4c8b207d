//! A folder of mixed files as an office in Japan might receive it, to try the command with.

mod office;
mod picture;
mod zip;

/// A file and the path it is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Below the folder of samples, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(path: &str, bytes: Vec<u8>) -> Self {
        Self { path: path.to_owned(), bytes }
    }
}

/// Every file, always the same: no clock, no chance.
pub fn files() -> Vec<File> {
    let note = "議事録\r\n\r\n一、予算について。\r\n二、防災訓練について。\r\n".as_bytes().to_vec();
    let photo = picture::png(picture::Extras::Text);
    vec![
        File::new("お知らせ.txt", note.clone()),
        File::new("名簿_CP932.csv", shift_jis_table()),
        File::new("申請一覧.csv", formula_table()),
        File::new("図面.bmp", picture::bmp()),
        File::new("写真.png", photo.clone()),
        File::new("写真_拡張子違い.jpg", picture::png(picture::Extras::None)),
        File::new("壊れた画像.png", photo.get(..photo.len() / 2).unwrap_or_default().to_vec()),
        File::new("企画書.docx", office::document(&[])),
        File::new("企画書.docm", office::document(&[office::Planted::Macro])),
        File::new("様式/外部テンプレート.docx", office::document(&[office::Planted::Template])),
        File::new("様式/DDE フィールド.docx", office::document(&[office::Planted::Dde])),
        File::new("様式/リンク.docx", office::document(&[office::Planted::Links])),
        File::new("予算/令和八年度.xlsx", office::workbook()),
        File::new("説明/スライド.pptx", office::presentation()),
        File::new("受領/書類一式.zip", mixed_archive(&note, &photo)),
        File::new("受領/見積書.pdf", disguised_program()),
        File::new("受領/空.docx", Vec::new()),
    ]
}

/// 番号,氏名 and two rows in CP932, as Excel in Japan saves it.
fn shift_jis_table() -> Vec<u8> {
    let mut table = b"\x94\xd4\x8d\x86,\x8e\x81\x96\xbc\r\n".to_vec();
    table.extend(b"1,\x8e\x52\x93\x63\x91\xbe\x98\x59\r\n2,\x97\xe9\x96\xd8\x89\xd4\x8e\x71\r\n");
    table
}

/// A cell that a spreadsheet would calculate, beside a phone number that must stay as it is.
fn formula_table() -> Vec<u8> {
    let table = "申請者,電話,備考\r\n山田太郎,+81-3-0000-0000,\"=HYPERLINK(\"\"http://example.invalid/\"\",\"\"確認\"\")\"\r\n";
    [b"\xef\xbb\xbf", table.as_bytes()].concat()
}

/// An archive in an archive, beside a program and names that lead astray.
fn mixed_archive(note: &[u8], photo: &[u8]) -> Vec<u8> {
    let inner = zip::archive(&[("内側/写真.png", photo), ("内側/メモ.txt", note)]);
    let document = office::document(&[office::Planted::Macro]);
    zip::archive(&[
        ("議事録.txt", note),
        ("資料/企画書.docm", &document),
        ("資料/内側.zip", &inner),
        ("資料/setup.exe", &disguised_program()),
    ])
}

/// The header of a program, and nothing that could run: 64 bytes and a signature.
fn disguised_program() -> Vec<u8> {
    let mut program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    program.resize(0x3c, 0);
    program.extend(64_u32.to_le_bytes());
    program.extend(b"PE\0\0");
    program.resize(128, 0);
    program
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_one_that_cannot_be_reached() {
        for file in files() {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            for scheme in ["http://", "https://", "file://"] {
                for (at, _) in text.match_indices(scheme) {
                    let host: String = text[at + scheme.len()..]
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || ".-".contains(*c))
                        .collect();
                    let known = ["schemas.openxmlformats.org", "schemas.microsoft.com", "example.invalid"];
                    assert!(known.contains(&host.as_str()), "{}: {host}", file.path);
                }
            }
        }
    }

    #[test]
    fn files_are_always_the_same() {
        assert_eq!(files(), files());
    }
}

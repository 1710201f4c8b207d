//! Samples of the area `zip`: names, headers and members of archives.

use crate::{
    office::{archive::deflate_repeated, docx::docx, media::jpeg},
    sample::{Index, Marks},
    zip::{Archive, Member, extra, unicode_path},
};

/// An archive with one harmless text that holds the KEEP marker, and these members after it.
fn beside(m: &Marks, members: impl IntoIterator<Item = Member>) -> Archive {
    Archive::of([keep(m)].into_iter().chain(members))
}

fn keep(m: &Marks) -> Member {
    Member::new("keep.txt", m.keep.as_bytes())
}

fn text(name: &str, m: &Marks) -> Member {
    Member::new(name, m.kill.as_bytes())
}

/// The samples of the area `zip`.
pub fn samples(index: &mut Index) {
    index.benign("benign.zip", "zip", |m| {
        beside(m, [Member::new("folder/日本語.txt", b"text"), Member::directory("empty/")]).build()
    });
    names(index);
    headers(index);
    sizes(index);
    kinds(index);
}

fn names(index: &mut Index) {
    const NAMES: &[&str] =
        &["file.output-name-sanitised", "zip.canonical-path-variants", "zip.absolute-path"];
    index.refused("zip.slip-dotdot", "zip", |m| beside(m, [text("../../KILL.txt", m)]).build());
    index
        .refused("zip.slip-dotdot", "zip", |m| beside(m, [text("..\\KILL.txt", m)]).build())
        .variant("backslash");
    index.stays("zip.absolute-path", "zip", |m| beside(m, [text("/tmp/KILL.txt", m)]).build()).also(NAMES);
    index
        .stays("zip.absolute-path", "zip", |m| {
            beside(m, [Member::new("//host.example.invalid/s/x.txt", m.kill.as_bytes())]).build()
        })
        .variant("unc")
        .also(NAMES);
    index.stays("zip.drive-letter", "zip", |m| beside(m, [text("C:KILL.txt", m)]).build()).also(NAMES);
    index
        .refused("zip.ntfs-stream", "zip", |m| beside(m, [text("doc.txt:KILL.lnk", m)]).build())
        .also(&["zip.dangerous-types"]);
    index
        .stays("zip.reserved-device-names", "zip", |m| {
            beside(m, [text("aux.txt", m), text("COM¹.log", m)]).build()
        })
        .also(&["file.output-name-sanitised"]);
    index.refused("zip.duplicate-names", "zip", |m| {
        Archive::of([Member::new("a.txt", m.keep.as_bytes()), text("a.txt", m)]).build()
    });
    index
        .stays("zip.case-collision", "zip", |m| {
            Archive::of([
                Member::new("が.txt", m.keep.as_bytes()),
                Member::new("か\u{3099}.txt", m.kill.as_bytes()),
            ])
            .build()
        })
        .also(&["file.output-name-sanitised", "zip.duplicate-names"]);
    index
        .stays("zip.case-collision", "zip", |m| {
            Archive::of([Member::new("test.txt", m.keep.as_bytes()), text("TEST.TXT", m)]).build()
        })
        .variant("case");
    index
        .stays("zip.canonical-path-variants", "zip", |m| beside(m, [text("a/./b//c.txt", m)]).build())
        .also(NAMES);
    index
        .absent("zip.bidi-and-control-names", "zip", |m| {
            beside(m, [Member::new("見積書\u{202e}fdp.txt", b"text")]).build()
        })
        .also(&["file.output-name-sanitised"]);
    index
        .absent("zip.homoglyph-and-double-extension", "zip", |m| {
            beside(m, [Member::new("請求書.pdf                .lnk", m.kill.as_bytes())]).build()
        })
        .also(&["zip.dangerous-types", "zip.lnk-and-url-files"]);
    index.absent("zip.unicode-path-extra", "zip", |m| {
        let mut member = Member::new("name.txt", m.keep.as_bytes());
        member.extra = unicode_path(b"name.txt", &format!("../{}.exe", m.kill));
        member.local_extra = member.extra.clone();
        Archive::of([member]).build()
    });
    index.stays("zip.cp932-names", "zip", |m| {
        // 表 and ソ end in 0x5C, which is no separator there.
        let mut one = Member::new(b"\x95\x5c\x8e\xa6.txt".to_vec(), m.keep.as_bytes());
        one.flags = 0;
        let mut two = Member::new(b"\x8c\xa9\x90\xcf\x8f\x91\x83\x5c.txt".to_vec(), m.kill.as_bytes());
        two.flags = 0;
        Archive::of([one, two]).build()
    });
    index.stays("zip.euc-and-utf8-without-flag", "zip", |m| {
        let mut member = Member::new("日本語.txt", m.kill.as_bytes());
        member.flags = 0;
        beside(m, [member]).build()
    });
    index.absent("zip.os-metadata-files", "zip", |m| {
        beside(
            m,
            [
                Member::new(
                    "__MACOSX/._keep.txt",
                    format!("\0\x05\x16\x07kMDItemWhereFroms {}", m.url("")).as_bytes(),
                ),
                text("Thumbs.db", m),
                text(".DS_Store", m),
            ],
        )
        .build()
    });
    index
        .stays("zip.path-length-and-depth", "zip", |m| {
            beside(m, [text(&format!("{}KILL.txt", "folder/".repeat(100)), m)]).build()
        })
        .also(&["file.output-name-sanitised"]);
}

fn headers(index: &mut Index) {
    const STRUCTURE: &[&str] =
        &["zip.local-central-mismatch", "zip.overlapping-files", "zip.appended-data-gaps"];
    index.refused("zip.local-central-mismatch", "zip", |m| {
        let mut member = text("cdh.txt", m);
        member.local_name = Some(b"lfh.txt".to_vec());
        beside(m, [member]).build()
    });
    index
        .refused("zip.local-central-mismatch", "zip", |m| {
            let mut member = text("hidden.txt", m);
            member.unlisted = true;
            beside(m, [member]).build()
        })
        .variant("unlisted")
        .also(STRUCTURE);
    index
        .either("zip.data-descriptor-tricks", "zip", |m| {
            let inner = Archive::of([text("KILL.txt", m)]).build();
            beside(m, [Member::stored("junk.txt", &inner).streamed()]).build()
        })
        .also(&["zip.local-central-mismatch", "zip.type-by-magic-not-name", "file.polyglot-two-formats"]);
    index
        .refused("zip.multiple-eocd", "zip", |m| {
            let mut file = beside(m, []).build();
            file.extend(Archive::of([text("KILL.txt", m)]).build());
            file
        })
        .also(&["zip.prepended-and-sfx", "zip.overlapping-files"]);
    index.refused("zip.zip64-tricks", "zip", |m| {
        let mut archive = beside(m, [text("x.txt", m)]);
        archive.before_end = Archive::zip64_end(1, 46, 12);
        archive.build()
    });
    index
        .refused("zip.overlapping-files", "zip", |m| {
            let mut borrowed = text("KILL.txt", m);
            borrowed.borrowed = true;
            borrowed.offset = Some(0);
            borrowed.name = b"keep2.txt".to_vec();
            let first = keep(m);
            borrowed.packed = first.packed.clone();
            borrowed.crc32 = first.crc32;
            borrowed.size = first.size;
            Archive::of([first, borrowed]).build()
        })
        .also(&["zip.local-central-mismatch"]);
    index
        .refused("zip.encrypted-entries", "zip", |m| {
            beside(m, [Member::new("KILL.txt", m.kill.as_bytes()).encrypted(b"infected")]).build()
        })
        .also(&["opc.encrypted-agile"]);
    index
        .refused("zip.bad-password-oracle-mixed", "zip", |m| {
            let mut member = text("KILL.txt", m);
            member.local_flags = Some(1);
            beside(m, [member]).build()
        })
        .also(&["zip.local-central-mismatch"]);
    index.either("zip.unsupported-method", "zip", |m| {
        let mut member = text("KILL.txt", m);
        member.method = 9;
        beside(m, [member]).build()
    });
    index.absent("zip.prepended-and-sfx", "zip", |m| {
        let mut archive = beside(m, []);
        archive.prefix = format!("MZ {}", m.kill).into_bytes();
        archive.build()
    });
    index.absent("zip.appended-data-gaps", "zip", |m| {
        let mut archive = beside(m, []);
        archive.before_directory = m.kill.repeat(20).into_bytes();
        archive.build()
    });
    index.absent("zip.comments-extra-attrs", "zip", |m| {
        let mut member = keep(m);
        member.extra = extra(0x4b4c, m.kill.as_bytes());
        member.local_extra = member.extra.clone();
        member.comment = m.kill.clone().into_bytes();
        member.attributes = 0x6;
        let mut archive = Archive::of([member]);
        archive.comment = m.kill.clone().into_bytes();
        archive.build()
    });
    index.refused("zip.split-and-spanned", "zip", |m| {
        let mut archive = beside(m, [text("x.txt", m)]);
        archive.disk = 1;
        archive.build()
    });
    index.either("zip.directory-file-confusion", "zip", |m| {
        let mut member = text("test/", m);
        member.attributes = 0x10;
        beside(m, [member]).build()
    });
    index
        .absent("zip.timestamp-and-version-abuse", "zip", |m| {
            let mut member = keep(m);
            member.modified = (0xffff, 0xffff);
            member.needed = 255;
            Archive::of([member]).build()
        })
        .also(&["zip.comments-extra-attrs"]);
    index.refused("zip.symlink-hardlink", "zip", |m| {
        beside(m, [Member::symlink("moo", b"/tmp/KILL"), text("moo/x.txt", m)]).build()
    });
}

fn sizes(index: &mut Index) {
    const BUDGET: &[&str] = &["file.global-expansion-budget", "file.nested-depth-limit"];
    index
        .refused("zip.ratio-bomb", "zip", |m| {
            let (packed, crc32, size) = deflate_repeated(m.kill.as_bytes(), &[b'0'; 1 << 20], 10, b"");
            beside(
                m,
                (0..400).map(|number| Member {
                    packed: packed.clone(),
                    crc32,
                    size,
                    method: 8,
                    ..Member::stored(format!("{number}.txt"), b"")
                }),
            )
            .build()
        })
        .also(BUDGET);
    index
        .refused("zip.quine-and-recursive", "zip", |m| {
            let mut file = Archive::of([text("x.txt", m)]).build();
            for _ in 0..12 {
                file = Archive::of([Member::stored("r/r.zip", &file)]).build();
            }
            file
        })
        .also(BUDGET);
    index
        .refused("zip.member-count-bomb", "zip", |m| {
            beside(m, (0..20_000).map(|number| Member::stored(format!("{number}.txt"), b""))).build()
        })
        .also(BUDGET);
}

fn kinds(index: &mut Index) {
    const DANGEROUS: &[&str] = &[
        "file.unsupported-format",
        "zip.dangerous-types",
        "zip.type-by-magic-not-name",
        "zip.lnk-and-url-files",
    ];
    index.absent("zip.dangerous-types", "zip", |m| {
        beside(m, "exe com scr pif cpl dll js jse vbs vbe wsf hta ps1 bat cmd lnk url scf reg inf chm jar py sh iso vhd one xll slk iqy xlam rdp settingcontent-ms".split(' ').map(|extension| text(&format!("planted.{extension}"), m))).build()
    })
    .also(DANGEROUS);
    index
        .absent("zip.type-by-magic-not-name", "zip", |m| {
            beside(m, [Member::new("report.dat", format!("MZ\u{1}{}", m.kill).as_bytes())]).build()
        })
        .also(DANGEROUS);
    index
        .absent("zip.type-by-magic-not-name", "zip", |m| {
            beside(m, [Member::new("report.txt", &[b"MZ\x90\0\x03\0\0\0", m.kill.as_bytes()].concat())])
                .build()
        })
        .variant("txt")
        .also(DANGEROUS);
    index
        .absent("zip.mime-and-ooxml-inside", "zip", |m| {
            let inner = docx(m)
                .external("word/settings.xml", "rIdT", "attachedTemplate", &m.url(&m.kill))
                .fill("word/settings.xml", "settings", "<w:attachedTemplate r:id=\"rIdT\"/>")
                .zip();
            Archive::of([Member::new("inner.docx", &inner), Member::new("picture.jpg", &jpeg())]).build()
        })
        .also(&["docx.attached-template"]);
    index
        .absent("zip.lnk-and-url-files", "zip", |m| {
            beside(
                m,
                [Member::new(
                    "x.url",
                    format!(
                        "[InternetShortcut]\r\nURL=file://{}/s/x\r\nIconFile={}\r\n",
                        m.host,
                        m.unc("i.ico")
                    )
                    .as_bytes(),
                )],
            )
            .build()
        })
        .also(DANGEROUS);
    index
        .absent("zip.disk-images", "zip", |m| {
            let mut image = vec![0; 0x8000];
            image.extend(b"\x01CD001\x01");
            image.extend(m.kill.as_bytes());
            beside(m, [Member::new("disk.iso", &image)]).build()
        })
        .also(DANGEROUS);
}

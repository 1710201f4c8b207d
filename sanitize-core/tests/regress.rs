//! Every file that once broke a law: `corpus/regress` holds what fuzzing found, made small.
//!
//! A file is called `<target>-<hash>[.<extension>]`; the target says what is asked of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../../fuzz/src/body.rs"]
mod body;

use std::path::Path;

use sanitize_corpus::fuzz::Target;

#[test]
fn what_once_broke_a_law_does_so_no_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/regress");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_none_or(|extension| extension != "md"));
    paths.sort();
    let asked = std::thread::Builder::new().stack_size(16 << 20).spawn(move || {
        let mut broken = Vec::new();
        for path in &paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let (target, rest) = name.rsplit_once('-').unwrap_or_else(|| panic!("{name} names no target"));
            let planted = Target::named(target).unwrap_or_else(|| panic!("no target {target}")).planted;
            let given = match (target, rest.rsplit_once('.')) {
                ("policy", _) => "policy.toml".to_owned(),
                ("name", _) => "name".to_owned(),
                ("any", _) => String::new(),
                (_, Some((_, extension))) => format!("a.{extension}"),
                (_, None) => "a".to_owned(),
            };
            let bytes = std::fs::read(path).unwrap();
            let asked = std::panic::catch_unwind(|| body::check(&given, &bytes, planted));
            if asked.is_err() {
                broken.push(name);
            }
        }
        assert!(broken.is_empty(), "{broken:?}");
        paths.len()
    });
    let asked = asked.unwrap().join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    // Each kind of question once, so that the body itself is seen to work.
    body::check("a.png", &sanitize_corpus::pictures::rgb_png(&[]), false);
    body::check("policy.toml", b"preset = \"strict\"\n", false);
    body::check("name", "報告\u{202e}書.docx".as_bytes(), false);
    assert!(asked > 0, "corpus/regress is empty");
}

#[test]
fn the_body_sees_what_was_planted_and_got_out() {
    // A text may say what it likes: here it stands for a plant that survived.
    let text = format!("{}\r\n", sanitize_corpus::fuzz::KILL);
    body::check("a.txt", text.as_bytes(), false);
    assert!(std::panic::catch_unwind(|| body::check("a.txt", text.as_bytes(), true)).is_err());
}

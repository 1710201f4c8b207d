//! Law 1 under faults: whatever check or reservation of memory fails, there is a rejection and no bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use sanitize_corpus::{Marks, office, pdf, pictures, tryout};

use super::*;
use crate::{budget::fuse::Fuse, report::Verdict};

/// A file of each kind that is delivered when nothing fails.
fn files() -> Vec<(String, Vec<u8>)> {
    let marks = Marks::new("faults");
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("a.docx".to_owned(), office::docx::with_picture(&marks).zip()),
        ("a.xlsx".to_owned(), office::xlsx::xlsx(&marks).zip()),
        ("a.pptx".to_owned(), office::pptx::with_picture(&marks).zip()),
        ("a.pdf".to_owned(), pdf::Page::new(&marks).file()),
        ("a.jpg".to_owned(), pictures::jpeg(&[], b"")),
        ("a.gif".to_owned(), pictures::gif(b"", 2, b"")),
        ("a.tif".to_owned(), pictures::tiff(1, &[], 0)),
        ("a.webp".to_owned(), pictures::webp(&[])),
        ("a.ico".to_owned(), pictures::icon(1, b"")),
        (
            "encrypted.docx".to_owned(),
            sanitize_corpus::encryption::agile(&office::docx::docx(&marks).zip(), "VelvetSweatshop", 3),
        ),
    ];
    files.extend(tryout::files().into_iter().map(|file| (file.path, file.bytes)));
    let sanitizer = Sanitizer::builder().build().unwrap();
    files.retain(|(name, bytes)| sanitizer.sanitize(Input::new(bytes).named(name)).bytes().is_some());
    assert!(files.len() >= 20, "only {} files are delivered", files.len());
    files
}

/// Up to `most` numbers from 1 to `last`: the first ones all, the rest evenly.
fn spread(last: u64, most: u64) -> impl Iterator<Item = u64> {
    let step = (last / most).max(1);
    (1..=last).filter(move |number| *number <= most / 2 || number % step == 0 || *number == last)
}

/// Each file, with a fuse at every one of its checks or reservations.
fn every(which: usize, resource: &str) {
    const NEVER: u64 = u64::MAX;
    let sanitizer = Sanitizer::builder().build().unwrap();
    let (mut broken, mut asked) = (Vec::new(), 0);
    for (name, bytes) in files() {
        let run = || sanitizer.sanitize(Input::new(&bytes).named(&name));
        let counted = Fuse::during(NEVER, NEVER, || assert!(run().bytes().is_some(), "{name}"));
        for number in spread(counted[which], 120) {
            asked += 1;
            let fuse = if which == 0 { (number, NEVER) } else { (NEVER, number) };
            Fuse::during(fuse.0, fuse.1, || {
                let outcome = run();
                let is_rejected = matches!(outcome.report().verdict(), Verdict::Rejected(rejection)
                    if rejection.reason == "limit" && rejection.message.contains(resource)
                        || rejection.reason == "refused");
                if outcome.bytes().is_some() || outcome.report().output().is_some() || !is_rejected {
                    broken.push(format!("{name} at {number}: {:?}", outcome.report().verdict()));
                }
            });
        }
    }
    assert!(asked > 500 || which == 1 && asked > 50, "only {asked} faults");
    assert!(broken.is_empty(), "{} of {asked}:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn a_deadline_at_any_check_gives_a_rejection() {
    every(0, "time");
}

#[test]
fn no_memory_at_any_reservation_gives_a_rejection() {
    every(1, "buffer-bytes");
}

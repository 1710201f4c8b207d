//! Collected files for tests, where they lie beside the repository.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "for tests, of which one that cannot run says so"
)]

use std::{fs, path::Path};

/// Every chunk of this kind in the collected WebP pictures, and where it stands.
pub(super) fn webp_chunks(kind: &[u8; 4]) -> Vec<(String, Vec<u8>)> {
    let mut streams = Vec::new();
    for group in ["benign", "broken", "malicious"] {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus").join(group).join("webp");
        let Ok(entries) = fs::read_dir(&folder) else {
            println!("no collected files at {}: skipped", folder.display());
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            for at in memchr::memmem::find_iter(&bytes, kind) {
                let length = bytes
                    .get(at + 4..at + 8)
                    .map_or(0, |length| u32::from_le_bytes(length.try_into().unwrap()) as usize);
                let body = bytes.get(at + 8..).unwrap_or_default();
                let body = body.get(..length.min(body.len())).unwrap_or_default();
                streams.push((format!("{} at {at}", path.display()), body.to_vec()));
            }
        }
    }
    streams
}

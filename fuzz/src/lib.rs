//! What every fuzz target runs. How bytes become a file stands in `sanitize_corpus::fuzz`, what is asked of the
//! engine in `body.rs`, which the tests of `corpus/regress` share.

mod body;
mod memory;

use sanitize_corpus::fuzz::Target;

#[global_allocator]
static MEMORY: memory::Counting = memory::Counting;

/// What a run may hold at its highest: two of the largest buffers, and what small files and tables take.
const MOST: usize = (2 * 512 + 64) << 20;

/// One run of the target `name`.
pub fn run(name: &str, data: &[u8]) {
    let Some(target) = Target::named(name) else { panic!("{name} is in no table") };
    let Some(file) = target.file(data) else { return };
    let before = memory::start();
    body::check(&file.name, &file.bytes, target.planted);
    let peak = memory::peak().saturating_sub(before);
    assert!(peak <= MOST + 64 * file.bytes.len(), "{peak} bytes for a file of {}", file.bytes.len());
}

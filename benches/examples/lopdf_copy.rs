//! Loads a PDF file with lopdf and saves it: a peer of `cargo xtask compare`.
//!
//! `cargo run --release --example lopdf_copy -- IN OUT [streams]`; with the last, objects go into streams, as the engine
//! writes them.

use lopdf::Document;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, how @ ..] = arguments.as_slice() else {
        return Err("two paths: the input and the output".into());
    };
    let mut document = Document::load_mem(&std::fs::read(input)?)?;
    let mut bytes = Vec::new();
    if how.is_empty() {
        document.save_to(&mut bytes)?;
    } else {
        document.save_modern(&mut bytes)?;
    }
    Ok(std::fs::write(output, bytes)?)
}

//! Cleans one file: `cargo run --example clean -- IN OUT`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is a program of its own, with arguments and an output"
)]

use sanitize_core::{Input, Outcome, Sanitizer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output] = arguments.as_slice() else {
        return Err("two paths: the input and the output".into());
    };
    let bytes = std::fs::read(input)?;
    let sanitizer = Sanitizer::builder().build()?;
    match sanitizer.sanitize(Input::new(&bytes).named(input)) {
        Outcome::Delivered { bytes, report } => {
            std::fs::write(output, &*bytes)?;
            println!("{}", report.to_json_pretty());
        }
        Outcome::Rejected { report } => println!("{}", report.to_json_pretty()),
    }
    Ok(())
}

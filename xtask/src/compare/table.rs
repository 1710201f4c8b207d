//! The figures as TSV and as the page of the documentation.

use std::fmt::Write as _;

use super::{Measured, Row};
use crate::plot;

const MIB: f64 = 1024.0 * 1024.0;

/// One line for each program and class.
pub(super) fn tsv(rows: &[Row]) -> String {
    let mut text = "class\tprogram\twall s\tcpu s\tpeak bytes\tinput bytes\toutput bytes\n".to_owned();
    for row in rows {
        for Measured { program, run, output } in &row.programs {
            let _ = writeln!(
                text,
                "{}\t{program}\t{:.4}\t{:.4}\t{}\t{}\t{output}",
                row.class.name, run.wall, run.cpu, run.peak, row.input
            );
        }
    }
    text
}

/// The page: what was measured and how, then a line for each class.
pub(super) fn markdown(rows: &[Row], rounds: usize) -> String {
    let mut text = format!(
        "# Performance\n\n\
         `cargo xtask compare --write` makes the inputs, runs the released command and every peer it finds on\n\
         them in turn, and writes this page. Medians of {rounds} rounds, one thread, start-up of every program\n\
         included. Peers pack or write the same content anew and look at nothing; the members of a package are\n\
         unpacked for them beforehand, while the engine unpacks, rebuilds, packs and verifies. It writes no report\n\
         (`--report none`), as they write none: one takes a twentieth more, of pictures a tenth, for its hashes.\n\n\
         MB/s is input by processor time. Ratios are the peer's processor time (user and system) by the engine's:\n\
         above 1 the engine is faster. Processor time stands there because it does not depend on what else the\n\
         machine does; wall times are in the TSV file. The bound on memory is\n\
         64 MiB + 1.5 × (input + output). The last column but one is input by wall time on all cores of the\n\
         machine. In-process figures, without start-up: `cargo bench`.\n\n\
         ![MB/s of every program on every class](performance.svg)\n\n\
         The same figures as [TSV](performance.tsv).\n\n\
         qpdf copies a stream unopened whose filter is a bare name, and inflates and deflates one whose filter\n\
         stands in a list, as ReportLab writes it: `pdf_text_*` is written so, and `pdf_text_500p_named` is the\n\
         same document with bare names. lopdf writes objects one by one as it does by itself, or, as the engine\n\
         does, into streams. `jpg_0.2mp_x100` is a folder of a hundred such pictures, which the engine is given at\n\
         once and jpegtran one after the other.\n\n\
         | class | input MiB | wall ms | cpu ms | MB/s | out/in | peak MiB (bound) | MB/s, all cores | beside peers |\n\
         |---|---|---|---|---|---|---|---|---|\n"
    );
    for row in rows {
        let [engine, on_all_cores, peers @ ..] = row.programs.as_slice() else { continue };
        let (input, output) = (row.input as f64, engine.output as f64);
        let ratios: Vec<String> = peers
            .iter()
            .map(|peer| format!("{} {:.2}", peer.program, peer.run.cpu / engine.run.cpu.max(1e-6)))
            .collect();
        let _ = writeln!(
            text,
            "| {} | {:.2} | {:.1} | {:.1} | {:.1} | {:.2} | {:.0} ({:.0}) | {:.1} | {} |",
            row.class.name,
            input / MIB,
            engine.run.wall * 1e3,
            engine.run.cpu * 1e3,
            input / 1e6 / engine.run.cpu.max(1e-6),
            output / input.max(1.0),
            engine.run.peak as f64 / MIB,
            64.0 + 1.5 * (input + output) / MIB,
            input / 1e6 / on_all_cores.run.wall.max(1e-6),
            if ratios.is_empty() { "–".to_owned() } else { ratios.join(", ") },
        );
    }
    text
}

/// MB/s of processor time: of every program on every class.
pub(super) fn plot(rows: &[Row]) -> String {
    let bars = |row: &Row| {
        let on_one_core = row.programs.iter().filter(|measured| measured.program != "sanitize on all cores");
        on_one_core
            .map(|measured| {
                (measured.program.to_owned(), row.input as f64 / 1e6 / measured.run.cpu.max(1e-6))
            })
            .collect()
    };
    let groups: Vec<plot::Group> =
        rows.iter().map(|row| plot::Group { name: row.class.name.to_owned(), bars: bars(row) }).collect();
    plot::bars("Input by processor time, one thread", "MB/s", &groups)
}

//! How far a run is, on standard error.

use std::{
    io::{self, IsTerminal},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use sanitize_core::report::printable;

use crate::{args, lang::Lang, table::fit, text::notice};

/// Shows how many files are done.
pub struct Progress {
    shown: Shown,
}

enum Shown {
    Nothing,
    /// For a terminal.
    Bar(ProgressBar),
    /// For a log: a line for each file.
    Lines {
        done: usize,
        total: usize,
    },
}

impl Progress {
    /// Progress over `total` files.
    pub fn new(arguments: &args::Engine, total: usize, lang: Lang) -> Self {
        let terminal = io::stderr().is_terminal();
        let shown = match arguments.progress {
            args::Progress::Never => Shown::Nothing,
            args::Progress::Auto if !terminal || arguments.quiet => Shown::Nothing,
            args::Progress::Always if !terminal => Shown::Lines { done: 0, total },
            _ => Shown::Bar(bar(total, lang)),
        };
        Self { shown }
    }

    /// One more file is done.
    pub fn step(&mut self, name: &str) {
        match &mut self.shown {
            Shown::Nothing => (),
            Shown::Bar(bar) => {
                bar.set_message(fit(&printable(name), 40));
                bar.inc(1);
            }
            Shown::Lines { done, total } => {
                *done += 1;
                notice(&format!("[{done}/{total}] {}", printable(name)));
            }
        }
    }

    /// Says something without tearing the bar.
    pub fn notice(&self, line: &str) {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(|| notice(line)),
            _ => notice(line),
        }
    }

    /// Takes the bar away.
    pub fn end(self) {
        if let Shown::Bar(bar) = self.shown {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize, lang: Lang) -> ProgressBar {
    let template = lang.pick(
        "{spinner} {bar:30} {pos}/{len} files  {elapsed}  {msg}",
        "{spinner} {bar:30} {pos}/{len} 件  {elapsed}  {msg}",
    );
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(total as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

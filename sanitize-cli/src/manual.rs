//! `sanitize completions` and `sanitize man`: made from the arguments, so that they cannot fall behind them.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::{
    args::Arguments,
    exit::{Exit, Stop},
    lang::Lang,
};

/// Prints the completion script for `shell`.
pub fn completions(shell: Shell, _: Lang) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sanitize", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Exit::Delivered)
}

/// Prints the manual page of the program, or of one of its commands.
pub fn man(command: Option<&str>, lang: Lang) -> Result<Exit, Stop> {
    let mut program = Arguments::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let name = sanitize_core::report::printable(name);
                let message = lang
                    .pick(format!("no command is called {name}"), format!("コマンド {name} はありません"));
                return Err(Stop::new(message));
            }
        },
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    io::stdout().lock().write_all(&roff)?;
    Ok(Exit::Delivered)
}

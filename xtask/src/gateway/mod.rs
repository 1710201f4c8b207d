//! A real Postfix with our milter: what is delivered is what the engine writes, and nothing else, whatever fails.
//!
//! Postfix runs on loopback with a configuration, queue and ports of its own. Messages go in by SMTP; a sink that
//! Postfix delivers to keeps what comes out. What is compared is what the engine, called in this process, makes of
//! the same message.

mod cases;
mod faults;
mod load;
mod passwords;
mod postfix;
mod smtp;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Outcome, root, say, tools};
use postfix::{Milter, Postfix};
use smtp::Sink;

#[derive(clap::Args)]
pub struct Arguments {
    /// Messages of the run under load.
    #[arg(long, default_value = "2000")]
    messages: usize,
    /// Connections at a time.
    #[arg(long, default_value = "8")]
    connections: usize,
}

/// Everything a part of the test needs.
struct Gateway {
    folder: PathBuf,
    program: PathBuf,
    postfix: Postfix,
    sink: Sink,
}

impl Gateway {
    /// Starts the milter with options.
    fn milter(&self, options: &[&str]) -> Result<Milter, String> {
        Milter::start(&self.program, &self.postfix.socket(), options)
    }
}

/// Runs all of it; each part says what it found.
pub fn run(arguments: &Arguments) -> Outcome {
    if let Some(missing) = missing() {
        say(&format!("skipped: {missing}"));
        return Ok(());
    }
    // Postfix's own user must be able to reach it, which rules out most checkouts.
    let folder = std::env::temp_dir().join(format!("sanitize-gateway-{}", std::process::id()));
    let result = in_folder(&folder, arguments);
    match &result {
        Ok(()) => {
            let _left_behind = std::fs::remove_dir_all(&folder);
        }
        Err(_) => say(&format!("configuration, queue and log are in {}", folder.display())),
    }
    result
}

fn in_folder(folder: &Path, arguments: &Arguments) -> Outcome {
    let program = build(folder)?;
    let sink = Sink::start()?;
    let postfix = Postfix::start(folder, sink.port())?;
    let gateway = Gateway { folder: folder.to_path_buf(), program, postfix, sink };
    let messages = cases::run(&gateway)?;
    passwords::run(&gateway)?;
    faults::run(&gateway)?;
    load::run(&gateway, &messages, arguments.messages, arguments.connections)
}

/// What this machine lacks.
fn missing() -> Option<String> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !is_root {
        return Some("Postfix is started by root alone".to_owned());
    }
    for path in ["/usr/sbin/postfix", "/usr/include/libmilter/mfapi.h"] {
        if !Path::new(path).exists() {
            return Some(format!("{path} is not there (Debian: postfix, libmilter-dev)"));
        }
    }
    let compiler = Command::new("cc").arg("--version").output();
    (!compiler.is_ok_and(|output| output.status.success())).then(|| "there is no C compiler".to_owned())
}

/// Builds the milter against the library of this workspace.
fn build(folder: &Path) -> Result<PathBuf, String> {
    let library = tools::library()?;
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let program = folder.join("sanitize-milter");
    let include = root().join("sanitize-ffi/include");
    let made = Command::new("make")
        .args(["-s", "-B", "-C"])
        .arg(root().join("sanitize-ffi/examples/milter"))
        .arg(format!("PROGRAM={}", program.display()))
        .arg(format!("SANITIZE_FLAGS=-I{}", include.display()))
        .arg(format!("SANITIZE_LIBS=-L{0} -Wl,-rpath,{0} -lsanitize", library.display()))
        .status()
        .map_err(|error| format!("make: {error}"))?;
    if made.success() { Ok(program) } else { Err("the milter does not build".to_owned()) }
}

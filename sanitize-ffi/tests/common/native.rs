//! Compiling programs in other languages against the library cargo built for the test.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The crate's folder.
pub const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// Where cargo has put the library it built for this test.
pub fn library() -> PathBuf {
    env::current_exe().unwrap().parent().unwrap().to_path_buf()
}

/// A folder for what a test makes, empty.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// True where `program` can be started.
#[expect(clippy::print_stdout, reason = "what is skipped is said")]
pub fn there(program: &str, argument: &str) -> bool {
    let there = Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success());
    if !there {
        println!("skipped: {program} is not there");
    }
    there
}

/// Runs `command`, which must succeed.
pub fn succeed(command: &mut Command) {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{errors}", output.status);
}

/// The flags that `pkg-config` would give for a library that is installed.
pub fn flags() -> [String; 4] {
    let library = library();
    [
        format!("-I{CRATE}/include"),
        format!("-L{}", library.display()),
        "-lsanitize".to_owned(),
        format!("-Wl,-rpath,{}", library.display()),
    ]
}

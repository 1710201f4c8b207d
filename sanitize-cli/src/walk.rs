//! From the paths on the command line to the list of files to clean, in a fixed order.

use std::{
    ffi::OsStr,
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
};

use sanitize_core::safe_name;
use sanitize_files::Identity;

use crate::{lang::Lang, report::Problem, text::shown};

/// A file to clean.
#[derive(Debug)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// The name it came under, decoded.
    pub name: String,
    /// Folders below the output folder, each name safe.
    pub folder: PathBuf,
    /// The file that was seen; another one under the same path is not opened.
    pub identity: Identity,
}

/// What the paths led to.
#[derive(Debug, Default)]
pub struct Found {
    /// Files, in the order of the paths, inside a folder by name.
    pub sources: Vec<Source>,
    /// What could not be looked at.
    pub problems: Vec<(PathBuf, Problem)>,
}

/// Finds every file that `paths` name or hold.
///
/// A path that was given may be a link: whoever typed it means its target. Inside a folder, a link to a
/// file of the same folder is followed; any other is reported, because a link may lead to what the one who
/// filled the folder may not read.
pub fn walk(paths: &[PathBuf], lang: Lang) -> Found {
    let mut found = Found::default();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk_folder(path, lang, &mut found),
            Ok(metadata) if metadata.is_file() => add(path.clone(), PathBuf::new(), &metadata, &mut found),
            Ok(_) => found.problems.push((path.clone(), not_a_file(lang))),
            Err(error) => found.problems.push((path.clone(), unreadable(&error, lang))),
        }
    }
    found
}

fn walk_folder(root: &Path, lang: Lang, found: &mut Found) {
    let canonical_root = fs::canonicalize(root).ok();
    // An explicit stack: a folder may be nested deeper than a thread's own stack bears.
    let mut stack = vec![(root.to_path_buf(), PathBuf::new(), None)];
    while let Some((path, folder, metadata)) = stack.pop() {
        let metadata: Metadata = match metadata {
            Some(metadata) => metadata,
            None => match entries(&path) {
                Ok(entries) => {
                    for (entry, metadata) in entries.into_iter().rev() {
                        match metadata {
                            Ok(metadata) if metadata.is_dir() => {
                                let below = folder.join(safe_name(&decoded(entry.file_name())));
                                stack.push((entry, below, None));
                            }
                            Ok(metadata) => stack.push((entry, folder.clone(), Some(metadata))),
                            Err(error) => found.problems.push((entry, unreadable(&error, lang))),
                        }
                    }
                    continue;
                }
                Err(error) => {
                    found.problems.push((path, unreadable(&error, lang)));
                    continue;
                }
            },
        };
        if metadata.is_file() {
            add(path, folder, &metadata, found);
        } else if metadata.is_symlink() {
            match inside(&path, canonical_root.as_deref()) {
                Some((target, metadata)) => {
                    add_named(target, decoded(path.file_name()), folder, &metadata, found)
                }
                None => found.problems.push((path, link(lang))),
            }
        } else {
            found.problems.push((path, not_a_file(lang)));
        }
    }
}

type Entry = (PathBuf, io::Result<Metadata>);

/// What a folder holds, by name.
fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries.push((entry.path(), entry.metadata()));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(entries)
}

/// The file that a link leads to, when it lies in the folder being walked.
fn inside(link: &Path, root: Option<&Path>) -> Option<(PathBuf, Metadata)> {
    let target = fs::canonicalize(link).ok()?;
    let metadata = fs::metadata(&target).ok()?;
    (metadata.is_file() && target.starts_with(root?)).then_some((target, metadata))
}

fn add(path: PathBuf, folder: PathBuf, metadata: &Metadata, found: &mut Found) {
    let name = decoded(path.file_name());
    add_named(path, name, folder, metadata, found);
}

fn add_named(path: PathBuf, name: String, folder: PathBuf, metadata: &Metadata, found: &mut Found) {
    found.sources.push(Source { path, name, folder, identity: Identity::of(metadata) });
}

/// A file name as text: UTF-8, else what Windows in Japan writes where it is valid (P24), else with
/// replacement characters.
pub fn decoded(name: Option<&OsStr>) -> String {
    let Some(name) = name else { return String::new() };
    if let Some(name) = name.to_str() {
        return name.to_owned();
    }
    let bytes = name.as_encoded_bytes();
    match encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(decoded) if cfg!(unix) => decoded.into_owned(),
        _ => name.to_string_lossy().into_owned(),
    }
}

/// True when `output` is `folder` or lies below it. Judged by the nearest folder that exists, because
/// `output` need not.
pub fn is_inside(output: &Path, folder: &Path) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else { return false };
    let absolute = std::path::absolute(output).unwrap_or_else(|_| output.to_path_buf());
    let existing = absolute.ancestors().find_map(|ancestor| fs::canonicalize(ancestor).ok());
    existing.is_some_and(|existing| existing.starts_with(&folder))
}

fn unreadable(error: &io::Error, lang: Lang) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Problem::new("missing", lang.pick("no such file or folder", "見つかりません"))
        }
        io::ErrorKind::PermissionDenied => {
            Problem::new("unreadable", lang.pick("no permission to read it", "読み取り権限がありません"))
        }
        _ => Problem::new("unreadable", error.to_string()),
    }
}

fn not_a_file(lang: Lang) -> Problem {
    Problem::new(
        "not-a-file",
        lang.pick("neither a file nor a folder", "ファイルでもフォルダーでもありません"),
    )
}

fn link(lang: Lang) -> Problem {
    let message = lang.pick(
        "a link to a folder, to nothing or out of the input folder is not followed",
        "フォルダーや入力フォルダー外へのリンク、切れたリンクはたどりません",
    );
    Problem::new("link", message)
}

/// The problem with opening or reading `path`.
pub fn read_problem(error: &io::Error, lang: Lang) -> Problem {
    unreadable(error, lang)
}

/// The sentence for an output folder inside an input folder.
pub fn inside_sentence(output: &Path, folder: &Path, lang: Lang) -> String {
    let (output, folder) = (shown(output), shown(folder));
    lang.pick(
        format!("the output folder {output} lies inside the input folder {folder}: choose one outside"),
        format!("出力フォルダー {output} が入力フォルダー {folder} の中にあります。外のフォルダーを指定してください"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_name_in_shift_jis_is_read() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(decoded(Some(OsStr::from_bytes(b"\x8c\x76\x89\xe6.txt"))), "計画.txt");
        assert_eq!(decoded(Some(OsStr::from_bytes(b"a\xff.txt"))), "a\u{fffd}.txt");
    }

    #[test]
    fn an_output_folder_that_does_not_exist_yet_is_found_inside() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_inside(&folder.path().join("a/b/c"), folder.path()));
        assert!(is_inside(folder.path(), folder.path()));
        assert!(!is_inside(folder.path(), &folder.path().join("in")));
    }
}

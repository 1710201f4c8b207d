//! Writing outputs: under safe and distinct names, all or nothing, never over an input.
//!
//! A file is written under a temporary name beside its target and renamed when it is whole. Temporary files
//! are locked while their process lives; those a killed process left are removed by the next run.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{
    lang::Lang,
    mark::{self, Mark},
    report::Problem,
    text::shown,
    walk::{Identity, Source},
};

const PREFIX: &str = ".sanitize-";
const SUFFIX: &str = ".tmp";

/// A whole file under a temporary name.
#[derive(Debug)]
pub struct Staged(NamedTempFile);

/// Writes `bytes` under a temporary name into `folder`, which is made when missing.
pub fn stage(folder: &Path, bytes: &[u8], flush: Flush) -> io::Result<Staged> {
    let mut staged = stage_empty(folder)?;
    staged.0.write_all(bytes)?;
    staged.finish(flush)?;
    Ok(staged)
}

/// An empty file under a temporary name in `folder`, to be written bit by bit.
pub fn stage_empty(folder: &Path) -> io::Result<Staged> {
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        // The user's umask decides who may read an output, as with any other program.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    // A file system without locks costs nothing but the protection from another run's sweep.
    let _locked = file.as_file().try_lock();
    Ok(Staged(file))
}

impl Staged {
    /// Ends the writing; with [`Flush::ToDisk`] the bytes are on disk afterwards.
    pub fn finish(&mut self, flush: Flush) -> io::Result<()> {
        self.0.flush()?;
        match flush {
            Flush::ToDisk => self.0.as_file().sync_all(),
            Flush::ByTheSystem => Ok(()),
        }
    }

    /// Puts the marks of the input on the file.
    pub fn mark(&self, marks: &[Mark]) -> io::Result<()> {
        mark::write(self.0.path(), marks)
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// When bytes reach the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flush {
    /// Before the file gets its name.
    ToDisk,
    /// When the system sees fit.
    ByTheSystem,
}

/// What to do about a file that exists under the name an output should get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays and the output is not written.
    Stays,
    /// The output takes its place.
    Replaced,
    /// It stays and the output gets another name.
    Avoided,
}

/// Gives names to whole files.
#[derive(Debug)]
pub struct Names {
    /// Targets of this run, as a file system that ignores case sees them.
    taken: HashSet<String>,
    /// Targets that an input would have if its type did not change, with that input's number.
    reserved: HashMap<String, usize>,
    /// The last number given where names met.
    last: HashMap<String, u32>,
    inputs: HashSet<Identity>,
    flush: Flush,
}

impl Names {
    /// Names for the outputs of `sources`, in the folder `root`.
    pub fn new(root: &Path, sources: &[Source], flush: Flush) -> Self {
        let mut reserved = HashMap::new();
        for (number, source) in sources.iter().enumerate() {
            let target = root.join(&source.folder).join(sanitize_core::safe_name(&source.name));
            reserved.entry(key(&target)).or_insert(number);
        }
        let inputs = sources.iter().map(|source| source.identity).collect();
        Self { taken: HashSet::new(), reserved, last: HashMap::new(), inputs, flush }
    }

    /// Gives `staged` the name `wanted` in `folder`, or one with a number where another output of this run
    /// has that name, or an input other than number `owner` will. Returns the path.
    pub fn commit(
        &mut self,
        staged: Staged,
        folder: &Path,
        wanted: &str,
        owner: Option<usize>,
        existing: Existing,
        lang: Lang,
    ) -> Result<PathBuf, Problem> {
        let target = self.distinct(folder, wanted, owner, existing);
        let failed = |error: &io::Error| write_problem(error, &target, lang);
        match fs::symlink_metadata(&target) {
            Ok(metadata) if self.is_input(&metadata) => {
                let message =
                    lang.pick("it would replace an input", "入力ファイルを上書きすることになります");
                return Err(Problem::new("exists", format!("{}: {message}", shown(&target))));
            }
            Ok(_) if existing == Existing::Stays => return Err(exists(&target, lang)),
            _ => (),
        }
        let persisted = match existing {
            Existing::Replaced => staged.0.persist(&target),
            Existing::Stays | Existing::Avoided => staged.0.persist_noclobber(&target),
        };
        persisted.map_err(|error| failed(&error.error))?;
        if self.flush == Flush::ToDisk {
            // The name is in the folder, and a folder is a file of its own.
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| failed(&error))?;
        }
        Ok(target)
    }

    fn is_input(&self, metadata: &fs::Metadata) -> bool {
        let identity = Identity::of(metadata);
        identity.same(identity) && self.inputs.contains(&identity)
    }

    fn distinct(&mut self, folder: &Path, wanted: &str, owner: Option<usize>, existing: Existing) -> PathBuf {
        let first = folder.join(wanted);
        let first_key = key(&first);
        let mut number = self.last.get(&first_key).copied().unwrap_or(1);
        let mut target = first;
        loop {
            let name = key(&target);
            let reserved = self.reserved.get(&name).is_some_and(|reserving| Some(*reserving) != owner);
            let avoided = existing == Existing::Avoided && fs::symlink_metadata(&target).is_ok();
            if !reserved && !avoided && self.taken.insert(name) {
                break;
            }
            number = number.saturating_add(1);
            target = folder.join(numbered(wanted, number));
        }
        self.last.insert(first_key, number);
        target
    }
}

/// `plan.docx` as `plan (2).docx`.
fn numbered(name: &str, number: u32) -> String {
    // Report names have two extensions that belong together.
    let end =
        name.strip_suffix(".report.json").map(str::len).or_else(|| name.rfind('.')).filter(|end| *end > 0);
    let (stem, extension) = name.split_at(end.unwrap_or(name.len()));
    let room = 240_usize.saturating_sub(extension.len());
    format!("{} ({number}){extension}", &stem[..stem.floor_char_boundary(room)])
}

/// A path as file systems that ignore case compare it. Names are NFC already.
fn key(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

/// Removes temporary files that a killed run left below `folder`. Those of a run that lives are locked.
pub fn sweep(folder: &Path) {
    let mut stack = vec![folder.to_path_buf()];
    while let Some(folder) = stack.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => stack.push(entry.path()),
                Ok(kind) if kind.is_file() && is_temporary(&entry.file_name().to_string_lossy()) => {
                    let abandoned = File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
                    if abandoned {
                        let _left_for_the_next_run = fs::remove_file(entry.path());
                    }
                }
                _ => (),
            }
        }
    }
}

fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn exists(target: &Path, lang: Lang) -> Problem {
    let message = lang
        .pick("exists already; --overwrite replaces it", "すでに存在します。--overwrite で置き換えられます");
    Problem::new("exists", format!("{}: {message}", shown(target)))
}

/// The problem with writing `target`.
pub fn write_problem(error: &io::Error, target: &Path, lang: Lang) -> Problem {
    let message = match error.kind() {
        io::ErrorKind::AlreadyExists => return exists(target, lang),
        io::ErrorKind::StorageFull => lang.pick("the disk is full", "ディスクに空きがありません").to_owned(),
        io::ErrorKind::PermissionDenied => {
            lang.pick("no permission to write", "書き込み権限がありません").to_owned()
        }
        io::ErrorKind::FileTooLarge => {
            lang.pick("the file is too large to write", "ファイルが大きすぎて書き込めません").to_owned()
        }
        _ => error.to_string(),
    };
    Problem::new("unwritable", format!("{}: {message}", shown(target)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_meet_get_numbers() {
        assert_eq!(numbered("plan.docx", 2), "plan (2).docx");
        assert_eq!(numbered("plan.docx.report.json", 3), "plan.docx (3).report.json");
        assert_eq!(numbered("plan", 2), "plan (2)");
    }

    #[test]
    fn only_our_own_abandoned_files_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let live = stage(folder.path(), b"x", Flush::ByTheSystem).unwrap();
        for name in [".sanitize-Ab3dE6.tmp", ".sanitize-notes.tmp.txt", ".sanitize-long-name.tmp"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        sweep(folder.path());
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        left.sort();
        assert!(left.contains(&live.0.path().to_path_buf()), "a locked file is another run's");
        assert_eq!(left.len(), 3, "{left:?}");
    }

    #[test]
    fn an_output_that_keeps_its_name_comes_before_one_that_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::of(&fs::metadata(folder.path()).unwrap());
        let source = |name: &str| Source {
            path: name.into(),
            name: name.to_owned(),
            folder: PathBuf::new(),
            identity,
        };
        let sources = [source("plan.docm"), source("PLAN.docx")];
        let mut names = Names::new(folder.path(), &sources, Flush::ByTheSystem);
        let mut commit = |wanted, owner| {
            let staged = stage(folder.path(), b"x", Flush::ByTheSystem).unwrap();
            let path =
                names.commit(staged, folder.path(), wanted, Some(owner), Existing::Stays, Lang::En).unwrap();
            path.file_name().unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(commit("plan.docx", 0), "plan (2).docx");
        assert_eq!(commit("PLAN.docx", 1), "PLAN.docx");
    }
}

//! Names of outputs: safe and distinct, and never that of an input.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

use sanitize_files::{Flush, Identity, Staged};

use crate::{lang::Lang, report::Problem, text::shown, walk::Source};

/// `bytes` under a temporary name in `folder`, which is made when missing.
pub fn stage(folder: &Path, bytes: &[u8], flush: Flush) -> io::Result<Staged> {
    fs::create_dir_all(folder)?;
    Staged::holding(folder, bytes, flush)
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
        staged
            .persist(&target, existing == Existing::Replaced, self.flush)
            .map_err(|error| failed(&error))?;
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

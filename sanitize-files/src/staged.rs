//! Files are written under a temporary name beside their target and renamed when they are whole. Temporary files
//! are locked while their process lives; those a killed process left are removed by the next run.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use tempfile::NamedTempFile;

use crate::mark::{self, Mark};

const PREFIX: &str = ".sanitize-";
const SUFFIX: &str = ".tmp";

/// When bytes reach the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flush {
    /// Before the file gets its name.
    ToDisk,
    /// When the system sees fit.
    ByTheSystem,
}

/// A file under a temporary name. It goes when it is dropped before it has its own.
#[derive(Debug)]
pub struct Staged(NamedTempFile);

impl Staged {
    /// An empty one in `folder`, to be written bit by bit.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn empty(folder: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        {
            // The umask decides who may read an output, as with any other program.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder)?;
        // A file system without locks costs nothing but the protection from another run's sweep.
        let _locked = file.as_file().try_lock();
        Ok(Self(file))
    }

    /// One that holds `bytes`, in `folder`.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written, or not so much.
    pub fn holding(folder: &Path, bytes: &[u8], flush: Flush) -> io::Result<Self> {
        let mut staged = Self::empty(folder)?;
        staged.0.write_all(bytes)?;
        staged.finish(flush)?;
        Ok(staged)
    }

    /// Ends the writing; with [`Flush::ToDisk`] the bytes are on disk afterwards.
    ///
    /// # Errors
    ///
    /// When the system cannot write what it took.
    pub fn finish(&mut self, flush: Flush) -> io::Result<()> {
        self.0.flush()?;
        match flush {
            Flush::ToDisk => self.0.as_file().sync_all(),
            Flush::ByTheSystem => Ok(()),
        }
    }

    /// Puts the marks of the input on the file.
    ///
    /// # Errors
    ///
    /// When the file system keeps none.
    pub fn mark(&self, marks: &[Mark]) -> io::Result<()> {
        mark::write(self.0.path(), marks)
    }

    /// Gives the file the name `target`, in the folder it is in. What has that name is replaced, or is an error of
    /// the kind [`io::ErrorKind::AlreadyExists`]. With [`Flush::ToDisk`] the name is on disk afterwards.
    ///
    /// # Errors
    ///
    /// When the name is taken or cannot be given.
    pub fn persist(self, target: &Path, replace: bool, flush: Flush) -> io::Result<()> {
        let named = match replace {
            true => self.0.persist(target),
            false => self.0.persist_noclobber(target),
        };
        named.map_err(|error| error.error)?;
        if let (Flush::ToDisk, Some(folder)) = (flush, target.parent()) {
            // The name is in the folder, and a folder is a file of its own.
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder)?.sync_all()?;
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_abandoned_files_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let live = Staged::holding(folder.path(), b"x", Flush::ByTheSystem).unwrap();
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
    fn a_name_that_is_taken_is_kept_unless_it_may_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.docx");
        fs::write(&target, "old").unwrap();
        let staged = || Staged::holding(folder.path(), b"new", Flush::ToDisk).unwrap();
        let refused = staged().persist(&target, false, Flush::ToDisk).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        staged().persist(&target, true, Flush::ToDisk).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }
}

//! What may be written: files by packed bytes, directories, safe relative names, times.

use crate::toolkits::archive::zip::{DosTime, Gathered, Gathering};

/// An archive in the order it is written.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) members: Vec<Member>,
    /// The packed bytes of the files, in the order of the members.
    pub(super) files: Gathering,
}

#[derive(Debug)]
pub(super) struct Member {
    /// Relative, with `/` between segments, unique where case does not count.
    pub(super) path: String,
    pub(super) modified: DosTime,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Directory,
    File(Gathered),
}

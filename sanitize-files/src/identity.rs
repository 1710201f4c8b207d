use std::fs::Metadata;

/// Which file a path led to, where the platform tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity(Option<(u64, u64)>);

impl Identity {
    /// The identity of the file that `metadata` describes.
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(Some((metadata.dev(), metadata.ino())))
    }

    /// The identity of the file that `metadata` describes.
    #[cfg(not(unix))]
    pub fn of(_: &Metadata) -> Self {
        Self(None)
    }

    /// True when both are known and name one file.
    pub fn same(self, other: Self) -> bool {
        self.0.is_some() && self == other
    }

    /// True when `a` and `b` describe one file, or could: without numbers of files, those that differ in length
    /// or time are told apart, and others taken for the same.
    pub fn may_be_same(a: &Metadata, b: &Metadata) -> bool {
        let (first, second) = (Self::of(a), Self::of(b));
        let looks_same = || a.len() == b.len() && a.modified().ok() == b.modified().ok();
        first == second && (first.0.is_some() || looks_same())
    }
}

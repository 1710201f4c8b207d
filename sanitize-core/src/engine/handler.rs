use crate::{
    budget::Budget,
    engine::{ctx::Ctx, identify::Probe},
    error::Error,
    format::Format,
    report::Threat,
};

/// A format family the engine rebuilds: one folder below `formats/`, one row in its table.
pub(crate) trait Handler: Sync {
    /// The formats this handler recognises.
    fn formats(&self) -> &'static [Format];

    /// Every threat this handler can report.
    fn threats(&self) -> &'static [&'static Threat];

    /// The format of the probed bytes, if it is one of this handler's. Decides by content; the name is
    /// only a claim, used where content cannot tell (text or CSV).
    fn probe(&self, probe: &Probe<'_>) -> Option<Format>;

    /// Reads `input`, keeps what may be written, and writes it anew.
    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error>;

    /// Re-reads `output`, which [`Handler::rebuild`] wrote, strictly: anything the writer cannot have
    /// written is an error. Does not call the code that wrote it.
    fn verify(&self, output: &[u8], format: Format, budget: &Budget) -> Result<(), Error>;
}

/// A format that is only a cover around a file of another format: an encrypted document. What is in it is
/// rebuilt in its place, and nothing of the cover is ever written.
pub(crate) trait Envelope: Sync {
    /// The formats this envelope recognises.
    fn formats(&self) -> &'static [Format];

    /// Every threat this envelope can report.
    fn threats(&self) -> &'static [&'static Threat];

    /// The format of the probed bytes, if it is one of this envelope's.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format>;

    /// The file in `input`, which the engine identifies and rebuilds like one that was given.
    fn open(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error>;
}

/// A rebuilt file before it is verified.
#[derive(Debug)]
pub(crate) struct Rebuilt {
    /// The new file.
    pub(crate) bytes: Vec<u8>,
    /// What it is: not always what the input was (docm becomes docx).
    pub(crate) format: Format,
}

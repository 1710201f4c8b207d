//! What a sample is: a planted file, and what must become of it.

use std::fmt;

/// The markers and addresses of one threat.
#[derive(Clone, Debug)]
pub struct Marks {
    /// Stands in what must not get through.
    pub kill: String,
    /// Stands in what must stay.
    pub keep: String,
    /// A host that no resolver knows, for every address that must not get through.
    pub host: String,
}

impl Marks {
    /// The markers of the threat `id`.
    pub fn new(id: &str) -> Self {
        Self {
            kill: format!("CDRKILL-{id}"),
            keep: format!("CDRKEEP-{id}"),
            host: format!("{}.kill.example.invalid", id.replace('.', "-")),
        }
    }

    /// `https://<host>/<path>`.
    pub fn url(&self, path: &str) -> String {
        format!("https://{}/{path}", self.host)
    }

    /// `\\<host>\s\<path>`.
    pub fn unc(&self, path: &str) -> String {
        format!(r"\\{}\s\{path}", self.host)
    }
}

/// What the engine must do with a sample under the default policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Delivered, and something was left out or changed.
    Sanitized,
    /// No output.
    Rejected,
    /// Delivered with the planted thing still in it, which the report names.
    Kept,
    /// Rejected, or delivered without the planted thing: the catalogue allows both.
    Either,
    /// Delivered, and the report has nothing to say: a benign twin.
    Benign,
}

/// What must become of the KILL marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KillMarker {
    /// In no form in any inflated part of the output.
    Absent,
    /// Still there: the planted thing is text or is kept on the policy's word.
    Stays,
    /// There is no output to look into.
    NoOutput,
}

impl Expect {
    /// The word in the manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sanitized => "sanitized",
            Self::Rejected => "rejected",
            Self::Kept => "kept",
            Self::Either => "either",
            Self::Benign => "benign",
        }
    }
}

impl KillMarker {
    /// The word in the manifest, as in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Stays => "stays",
            Self::NoOutput => "no-output",
        }
    }
}

/// Makes a file from its markers.
pub type Make = Box<dyn Fn(&Marks) -> Vec<u8> + Send + Sync>;

/// A planted file.
pub struct Sample {
    /// The threat that was planted, as in the catalogue; of a benign twin the threat it is the twin of, or
    /// `benign.<extension>`.
    pub id: &'static str,
    /// Which of several files for the same threat; empty for the first.
    pub variant: &'static str,
    /// The extension the file comes under, without the dot.
    pub extension: &'static str,
    /// What must become of it.
    pub expect: Expect,
    /// What must become of the KILL marker.
    pub kill_marker: KillMarker,
    /// The KEEP marker must be in the output.
    pub keep: bool,
    /// Other threat ids under which the report may name the planted thing, where the catalogue's entries
    /// overlap.
    pub also: &'static [&'static str],
    make: Make,
}

impl Sample {
    /// The file's name: `<id>[.<variant>].<extension>`.
    pub fn name(&self) -> String {
        match self.variant {
            "" => format!("{}.{}", self.id, self.extension),
            variant => format!("{}.{variant}.{}", self.id, self.extension),
        }
    }

    /// The markers in it.
    pub fn marks(&self) -> Marks {
        Marks::new(self.id)
    }

    /// The file. Made anew by each call, always the same.
    pub fn bytes(&self) -> Vec<u8> {
        (self.make)(&self.marks())
    }
}

impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sample").field("name", &self.name()).field("expect", &self.expect).finish()
    }
}

/// The samples, as the rooms add theirs.
#[derive(Default)]
pub struct Index {
    samples: Vec<Sample>,
}

impl Index {
    /// The planted thing goes, the rest stays.
    pub fn absent(
        &mut self,
        id: &'static str,
        extension: &'static str,
        make: fn(&Marks) -> Vec<u8>,
    ) -> &mut Sample {
        self.add(id, extension, Expect::Sanitized, KillMarker::Absent, Box::new(make))
    }

    /// The planted thing stays, made inert or on the policy's word, and the report names it.
    pub fn stays(
        &mut self,
        id: &'static str,
        extension: &'static str,
        make: fn(&Marks) -> Vec<u8>,
    ) -> &mut Sample {
        self.add(id, extension, Expect::Kept, KillMarker::Stays, Box::new(make))
    }

    /// There is no output.
    pub fn refused(
        &mut self,
        id: &'static str,
        extension: &'static str,
        make: fn(&Marks) -> Vec<u8>,
    ) -> &mut Sample {
        let sample = self.add(id, extension, Expect::Rejected, KillMarker::NoOutput, Box::new(make));
        sample.keep = false;
        sample
    }

    /// There is no output, or one without the planted thing.
    pub fn either(
        &mut self,
        id: &'static str,
        extension: &'static str,
        make: fn(&Marks) -> Vec<u8>,
    ) -> &mut Sample {
        let sample = self.add(id, extension, Expect::Either, KillMarker::Absent, Box::new(make));
        sample.keep = false;
        sample
    }

    /// Nothing is planted.
    pub fn benign(
        &mut self,
        id: &'static str,
        extension: &'static str,
        make: fn(&Marks) -> Vec<u8>,
    ) -> &mut Sample {
        self.add(id, extension, Expect::Benign, KillMarker::Absent, Box::new(make))
    }

    /// Any sample at all.
    pub fn add(
        &mut self,
        id: &'static str,
        extension: &'static str,
        expect: Expect,
        kill_marker: KillMarker,
        make: Make,
    ) -> &mut Sample {
        self.samples.push(Sample {
            id,
            variant: "",
            extension,
            expect,
            kill_marker,
            keep: true,
            also: &[],
            make,
        });
        let last = self.samples.len() - 1;
        &mut self.samples[last]
    }

    /// The samples in the order they were added.
    pub fn into_samples(self) -> Vec<Sample> {
        self.samples
    }
}

impl Sample {
    /// Names this file among several of the same threat.
    pub fn variant(&mut self, variant: &'static str) -> &mut Self {
        self.variant = variant;
        self
    }

    /// Other ids under which the report may name the planted thing.
    pub fn also(&mut self, ids: &'static [&'static str]) -> &mut Self {
        self.also = ids;
        self
    }

    /// The output need not hold the KEEP marker: what carries it is a picture, or the input has none.
    pub fn without_keep(&mut self) -> &mut Self {
        self.keep = false;
        self
    }

    /// What must become of the KILL marker, where it differs from the rule of the call.
    pub fn marker(&mut self, kill_marker: KillMarker) -> &mut Self {
        self.kill_marker = kill_marker;
        self
    }
}

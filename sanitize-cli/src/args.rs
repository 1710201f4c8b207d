use std::{path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};
use sanitize_core::{Limits, Preset};

use crate::{lang::Language, text};

const EXIT_CODES: &str = "\
Exit codes:
  0  every file was delivered
  1  at least one file was rejected; the others were delivered
  2  the command was not understood, or a file could not be read or written";

/// Rebuilds files nobody trusts from an allow-list: what comes out is new and holds nothing active.
#[derive(Debug, Parser)]
#[command(name = "sanitize", version, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Arguments {
    /// Language of summaries and messages.
    #[arg(long, global = true, value_name = "LANG", default_value = "auto")]
    pub lang: Language,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Clean files and folders into an output folder.
    Clean(Clean),
    /// Say what would be left out or changed; write nothing.
    Inspect(Inspect),
    /// List the formats that are known, and whether they are rebuilt.
    Formats(Formats),
    /// List every threat the engine reports, or describe one.
    Threats(Threats),
    /// Show, check and describe policies.
    #[command(subcommand)]
    Policy(Policy),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print a manual page in roff.
    Man {
        /// The command to describe; the whole program when missing.
        command: Option<String>,
    },
}

#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub struct Clean {
    /// Files and folders, the latter with everything below them; `-` alone cleans standard input to
    /// standard output.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Folder for the outputs; made when missing. Must not lie inside an input folder.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub engine: Engine,
    /// Reports: `json` writes one beside each output and `sanitize-report.json` over all; `ndjson` prints
    /// one line per file on standard output. With `-` reports go to standard error unless --report-dir is
    /// given [default: json, with `-` none].
    #[arg(long, value_name = "KIND")]
    pub report: Option<ReportKind>,
    /// Folder for the reports instead of the output folder.
    #[arg(long, value_name = "DIR")]
    pub report_dir: Option<PathBuf>,
    /// Name that standard input came under; its extension is checked.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Keep the extension of the input even where the output has another type (plan.docm holding a docx).
    #[arg(long)]
    pub keep_names: bool,
    /// Replace files that exist in the output folder. Inputs are never replaced.
    #[arg(long)]
    pub overwrite: bool,
    /// Do everything but write.
    #[arg(long)]
    pub dry_run: bool,
    /// Have every file on disk before it gets its name, so that not even a power cut leaves half of one.
    #[arg(long)]
    pub sync: bool,
}

#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub struct Inspect {
    /// Files and folders, the latter with everything below them; `-` reads standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub engine: Engine,
    /// What to print: `text` for a person, `json` one document over all files, `ndjson` one line per file.
    #[arg(long, value_name = "KIND", default_value = "text")]
    pub report: InspectReport,
    /// Name that standard input came under.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// How files are rebuilt, whatever becomes of the result.
#[derive(Args, Debug)]
pub struct Engine {
    /// Policy file: TOML, or JSON when it ends in `.json`.
    #[arg(long, value_name = "FILE", conflicts_with = "preset", help_heading = "Policy")]
    pub policy: Option<PathBuf>,
    /// Ready policy: strict, default or lenient.
    #[arg(long, value_name = "PRESET", default_value = "default", value_parser = preset, help_heading = "Policy")]
    pub preset: Preset,
    /// Password to try on encrypted input; may be given several times. Other users of this machine can see
    /// it: prefer --password-file.
    #[arg(long = "password", value_name = "PASSWORD", help_heading = "Policy")]
    pub passwords: Vec<String>,
    /// File of passwords to try, one per line, UTF-8. Each is also tried as Windows in Japan would write it.
    #[arg(long, value_name = "FILE", help_heading = "Policy")]
    pub password_file: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Threads: that many files at a time, or that many parts of a single file [default: one per core].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Progress on standard error; `auto` shows it where a person can see it.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub progress: Progress,
    /// Print neither summary nor notices: only errors.
    #[arg(short, long)]
    pub quiet: bool,
}

/// Limits given on the command line come before those of the policy.
#[derive(Args, Clone, Debug)]
#[command(
    next_help_heading = "Limits of one file, everything nested in it included (K, M, G are powers of 1024)"
)]
pub struct LimitArgs {
    /// Bytes of the input.
    #[arg(long, value_name = "SIZE", value_parser = text::parse_size)]
    pub max_input: Option<u64>,
    /// Bytes that decoders may put out.
    #[arg(long, value_name = "SIZE", value_parser = text::parse_size)]
    pub max_expanded: Option<u64>,
    /// Expansion as a multiple of the input, past 100 MB.
    #[arg(long, value_name = "N")]
    pub max_ratio: Option<u64>,
    /// Bytes of one decoded part, stream or picture.
    #[arg(long, value_name = "SIZE", value_parser = text::parse_size)]
    pub max_buffer: Option<u64>,
    /// Documents nested in each other.
    #[arg(long, value_name = "N")]
    pub max_depth: Option<u32>,
    /// Members of archives and parts of packages.
    #[arg(long, value_name = "N")]
    pub max_members: Option<u64>,
    /// Depth of elements in one XML part.
    #[arg(long, value_name = "N")]
    pub max_xml_depth: Option<u32>,
    /// Attributes of one XML element.
    #[arg(long, value_name = "N")]
    pub max_xml_attributes: Option<u32>,
    /// Elements, objects, records and operators.
    #[arg(long, value_name = "N")]
    pub max_objects: Option<u64>,
    /// Pixels of one picture with all its frames.
    #[arg(long, value_name = "N")]
    pub max_pixels: Option<u64>,
    /// Frames of one animation or pages of one picture.
    #[arg(long, value_name = "N")]
    pub max_frames: Option<u32>,
    /// Findings listed in a report; later ones are counted.
    #[arg(long, value_name = "N")]
    pub max_findings: Option<u64>,
    /// Time for one file: 500ms, 30s, 2m; 0 for no limit.
    #[arg(long, value_name = "TIME", value_parser = text::parse_time)]
    pub timeout: Option<Duration>,
}

impl LimitArgs {
    /// `limits` with what was given in place of its own.
    pub fn over(&self, mut limits: Limits) -> Limits {
        fn set<T: Copy>(limit: &mut T, given: Option<T>) {
            *limit = given.unwrap_or(*limit);
        }
        set(&mut limits.input_bytes, self.max_input);
        set(&mut limits.expanded_bytes, self.max_expanded);
        set(&mut limits.expansion_ratio, self.max_ratio);
        set(&mut limits.buffer_bytes, self.max_buffer);
        set(&mut limits.depth, self.max_depth);
        set(&mut limits.members, self.max_members);
        set(&mut limits.xml_depth, self.max_xml_depth);
        set(&mut limits.xml_attributes, self.max_xml_attributes);
        set(&mut limits.objects, self.max_objects);
        set(&mut limits.pixels, self.max_pixels);
        set(&mut limits.frames, self.max_frames);
        set(&mut limits.findings, self.max_findings);
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        set(&mut limits.timeout_ms, self.timeout.map(milliseconds));
        limits
    }
}

#[derive(Args, Debug)]
pub struct Formats {
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct Threats {
    /// The id of one threat, as in reports.
    pub id: Option<String>,
    /// Print JSON instead of text.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Print a policy with every key.
    Show {
        /// Ready policy: strict, default or lenient.
        #[arg(long, value_name = "PRESET", default_value = "default", value_parser = preset)]
        preset: Preset,
        /// Policy file to complete instead of a preset.
        #[arg(long, value_name = "FILE", conflicts_with = "preset")]
        policy: Option<PathBuf>,
        /// Language of the policy.
        #[arg(long, value_name = "FORMAT", default_value = "toml")]
        format: PolicyFormat,
    },
    /// Read a policy file and say what is wrong with it, by line and key.
    Check {
        /// TOML, or JSON when it ends in `.json`.
        file: PathBuf,
    },
    /// Print the JSON schema of policy files.
    Schema,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportKind {
    Json,
    Ndjson,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InspectReport {
    Text,
    Json,
    Ndjson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Progress {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PolicyFormat {
    Toml,
    Json,
}

fn preset(word: &str) -> Result<Preset, String> {
    let known = Preset::ALL.into_iter().find(|preset| preset.word() == word);
    known.ok_or_else(|| "use strict, default or lenient".to_owned())
}

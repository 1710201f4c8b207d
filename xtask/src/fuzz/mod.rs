pub mod ledger;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use sanitize_corpus::fuzz::{TARGETS, Target};
use sha2::{Digest, Sha256};

use crate::{Outcome, docs, root, say, tools};

#[derive(clap::Args)]
pub struct Arguments {
    /// Minutes for all targets together; each gets the same part.
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Only these targets.
    #[arg(long, value_delimiter = ',')]
    targets: Vec<String>,
    /// Targets that run at a time.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// `none`, or `address` for faults of memory in third-party code, at half the speed.
    #[arg(long, default_value = "none")]
    sanitizer: String,
    /// Where the chance of every target starts: the same number asks the same questions of the same seeds, up to
    /// where the time ends. 0 for another one each time.
    #[arg(long, default_value_t = 0)]
    seed: u32,
    /// Add what was run to `fuzz/ledger.tsv` and to the table in `docs/fuzzing.md`.
    #[arg(long)]
    ledger: bool,
    /// Only prepare the seeds and build.
    #[arg(long)]
    no_run: bool,
    /// Only keep the file that this input of the one target given stands for, in `corpus/regress`.
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// Longer inputs slow every run down and show no more.
const LONGEST: usize = 64 << 10;
/// Collected files taken as seeds of one target.
const COLLECTED: usize = 150;
/// A single run that takes longer than this is a finding.
const SLOWEST: u32 = 60;
/// Memory at which a run is a finding, in MiB: above what `sanitize_fuzz` itself asks for.
const MEMORY: u32 = 4_096;
/// In a time shorter than this a target gets a part of its seeds.
const SHORT: Duration = Duration::from_secs(30);
/// A crash up to this size is printed as well.
const PRINTED: usize = 8 << 10;
/// After so many crashes a target is left alone.
const MOST_CRASHES: usize = 20;

/// What came of one target.
#[derive(Clone, Debug, Default)]
struct Tally {
    seconds: u64,
    executions: u64,
    edges: u64,
    edges_in_all: u64,
    features: u64,
    inputs: u64,
    crashes: Vec<PathBuf>,
}

/// Prepares seeds, builds the targets, runs them one after the other and says what came of each.
pub fn run(arguments: &Arguments) -> Outcome {
    let targets: Vec<&Target> = match arguments.targets.as_slice() {
        [] => TARGETS.iter().collect(),
        names => names
            .iter()
            .map(|name| Target::named(name).ok_or_else(|| format!("there is no target {name}")))
            .collect::<Result<_, _>>()?,
    };
    let fuzz = root().join("fuzz");
    if let (Some(input), [target]) = (&arguments.keep, targets.as_slice()) {
        let data = fs::read(input).map_err(|error| format!("{}: {error}", input.display()))?;
        return keep(target, &data).map(|path| say(&path.display().to_string()));
    }
    let slice = Duration::from_secs_f64((arguments.minutes * 60.0 / targets.len() as f64).max(1.0));
    let slice = slice * u32::try_from(arguments.jobs.max(1)).unwrap_or(1);
    // Every seed is run before the time is looked at.
    let most = if slice < SHORT { slice.as_secs() as usize * 20 } else { usize::MAX };
    // What earlier runs found would change the questions of a run that is to be the same again.
    let inputs = if arguments.seed == 0 { fuzz.join("corpus") } else { root().join("target/fuzz/seeded") };
    for target in &targets {
        let folder = inputs.join(target.name);
        if arguments.seed != 0 && folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let seeds = prepare(target, &folder, most)?;
        say(&format!("{}: {seeds} seeds", target.name));
    }
    let binaries = build(&fuzz, &targets, &arguments.sanitizer)?;
    if arguments.no_run {
        return Ok(());
    }
    let run = Run { fuzz, inputs, binaries, slice, seed: arguments.seed };
    let (next, tallies) =
        (std::sync::Mutex::new(0_usize), std::sync::Mutex::new(vec![Tally::default(); targets.len()]));
    let work = || -> Outcome {
        loop {
            let index = {
                let mut next = next.lock().map_err(|_| "a thread failed")?;
                *next += 1;
                *next - 1
            };
            let Some(target) = targets.get(index) else { return Ok(()) };
            let tally = run.target(target)?;
            say(&line(target, &tally));
            let mut tallies = tallies.lock().map_err(|_| "a thread failed")?;
            if arguments.ledger {
                ledger::add(target.name, &tally)?;
                docs::write()?;
            }
            if let Some(slot) = tallies.get_mut(index) {
                *slot = tally;
            }
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..arguments.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread failed".to_owned())?)
    })?;
    let tallies = tallies.into_inner().map_err(|_| "a thread failed")?;
    conclude(&targets, &tallies)
}

/// Writes what a target starts from, each file under the hash of its contents, at most so many; says how many.
fn prepare(target: &Target, folder: &Path, most: usize) -> Result<usize, String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut seeds = target.seeds();
    let collected = root().join("../shared/corpus");
    if !target.extensions.is_empty() && collected.is_dir() {
        let mut alike: Vec<PathBuf> = tools::files_below(&collected);
        alike.retain(|path| {
            let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            target.extensions.iter().any(|known| *known == "*" || **known == extension)
                && path.metadata().is_ok_and(|facts| facts.len() <= LONGEST as u64 / 2)
        });
        let step = alike.len().div_ceil(COLLECTED).max(1);
        seeds.extend(alike.iter().step_by(step).filter_map(|path| fs::read(path).ok()));
    }
    let step = seeds.len().div_ceil(most.max(1)).max(1);
    let seeds: Vec<&Vec<u8>> = seeds.iter().step_by(step).collect();
    for seed in &seeds {
        let path = folder.join(hash(seed));
        if !path.exists() {
            fs::write(&path, seed).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(seeds.len())
}

fn hash(bytes: &[u8]) -> String {
    digits(Sha256::digest(bytes).get(..10).unwrap_or_default())
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Builds the targets and returns the folder they are in.
fn build(fuzz: &Path, targets: &[&Target], sanitizer: &str) -> Result<PathBuf, String> {
    say("building the targets …");
    let mut build = Command::new("cargo");
    // The toolchain of this task would otherwise stand in for nightly.
    build.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").env_remove("RUSTC");
    build.args(["+nightly", "fuzz", "build", "--release", "--debug-assertions", "--sanitizer", sanitizer]);
    if let [target] = targets {
        build.arg(target.name);
    }
    build.current_dir(fuzz).stdin(Stdio::null());
    let status = build.status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err(
            "the targets do not build: `cargo install cargo-fuzz` and `rustup toolchain install nightly` \
                    give what is needed"
                .to_owned(),
        );
    }
    let host = std::env::consts::ARCH;
    Ok(fuzz.join(format!("target/{host}-unknown-linux-gnu/release")))
}

/// What all targets of a run have in common.
struct Run {
    /// The folder `fuzz` of the repository.
    fuzz: PathBuf,
    /// A folder for each target, of what it starts from.
    inputs: PathBuf,
    binaries: PathBuf,
    slice: Duration,
    seed: u32,
}

impl Run {
    /// Runs one target until its time is over, again after each crash.
    fn target(&self, target: &Target) -> Result<Tally, String> {
        let Self { fuzz, binaries, slice, .. } = self;
        let corpus = self.inputs.join(target.name);
        let artifacts = fuzz.join("artifacts").join(target.name);
        fs::create_dir_all(&artifacts).map_err(|error| format!("{}: {error}", artifacts.display()))?;
        let mut tally = Tally::default();
        let began = Instant::now();
        while began.elapsed() < *slice && tally.crashes.len() < MOST_CRASHES {
            let left = (*slice - began.elapsed()).as_secs().max(1);
            let mut command = limited(&binaries.join(target.name));
            command
                .arg(format!("-max_total_time={left}"))
                .arg(format!("-timeout={SLOWEST}"))
                .arg(format!("-rss_limit_mb={MEMORY}"))
                .arg(format!("-max_len={LONGEST}"))
                .arg(format!("-seed={}", self.seed))
                .arg("-print_final_stats=1")
                .arg(format!("-artifact_prefix={}/", artifacts.display()));
            if !target.dictionary.is_empty() {
                command.arg(format!("-dict={}/dictionaries/{}.dict", fuzz.display(), target.dictionary));
            }
            let answer = command.arg(&corpus).stdin(Stdio::null()).stdout(Stdio::null()).output();
            let answer = answer.map_err(|error| format!("{}: {error}", target.name))?;
            let text = String::from_utf8_lossy(&answer.stderr).into_owned();
            tally.add(&text);
            if answer.status.success() {
                break;
            }
            let Some(artifact) = artifact(&text) else {
                let tail: Vec<&str> = text.lines().rev().take(20).collect();
                let tail: Vec<&str> = tail.into_iter().rev().collect();
                return Err(format!("{} ended with {}:\n{}", target.name, answer.status, tail.join("\n")));
            };
            say(&format!("{}: {}\n{}", target.name, artifact.display(), complaint(&text)));
            forget(&corpus, &artifact);
            tally.crashes.push(kept(&binaries.join(target.name), target, &artifact)?);
        }
        tally.seconds = began.elapsed().as_secs().max(1);
        Ok(tally)
    }
}

/// A target with the stack that `docs/embedding.md` asks of every host.
fn limited(binary: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -s 16384 && exec \"$0\" \"$@\""]).arg(binary);
    command
}

/// The file in which a crash was kept.
fn artifact(text: &str) -> Option<PathBuf> {
    let line = text.lines().rev().find_map(|line| line.split_once("Test unit written to "))?;
    Some(PathBuf::from(line.1.trim()))
}

/// The lines that say what went wrong.
fn complaint(text: &str) -> String {
    let at = text.lines().position(|line| line.contains("panicked at") || line.contains("ERROR: libFuzzer"));
    let lines: Vec<&str> = text.lines().skip(at.unwrap_or(0)).take(4).collect();
    lines.join("\n").chars().take(2_000).collect()
}

/// A seed that crashes would end every further run at once.
fn forget(corpus: &Path, artifact: &Path) {
    let Ok(crash) = fs::read(artifact) else { return };
    for path in tools::files_below(corpus) {
        if path.metadata().is_ok_and(|facts| facts.len() == crash.len() as u64)
            && fs::read(&path).is_ok_and(|body| body == crash)
        {
            let _ = fs::remove_file(path);
        }
    }
}

/// Makes a crash as small as it gets in a short time, and keeps the file that it stands for in `corpus/regress`.
fn kept(binary: &Path, target: &Target, artifact: &Path) -> Result<PathBuf, String> {
    let small = artifact.with_extension("small");
    let _ = fs::remove_file(&small);
    let mut command = limited(binary);
    command
        .args([
            "-minimize_crash=1",
            "-max_total_time=20",
            &format!("-rss_limit_mb={MEMORY}"),
            &format!("-timeout={SLOWEST}"),
        ])
        .arg(format!("-exact_artifact_path={}", small.display()))
        .arg(artifact);
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    // A smaller input may fail for another reason, and would then stand for the wrong fault.
    let same = small.exists() && reason(binary, &small)? == reason(binary, artifact)?;
    let data = if same { read(&small)? } else { read(artifact)? };
    let path = keep(target, &data)?;
    say(&format!("{}: kept as {}", target.name, path.display()));
    // Where the folder is gone with the machine, what was printed is all there is.
    let kept = read(&path)?;
    if kept.len() <= PRINTED {
        say(&format!("as hexadecimal digits, for xxd -r -p: {}", digits(&kept)));
    }
    Ok(path)
}

/// Writes the file that `data` stands for into `corpus/regress`.
fn keep(target: &Target, data: &[u8]) -> Result<PathBuf, String> {
    let file = target.file(data).ok_or("these bytes stand for no file")?;
    let folder = root().join("corpus/regress");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let extension =
        file.name.rsplit_once('.').map(|(_, extension)| format!(".{extension}")).unwrap_or_default();
    let short: String = hash(&file.bytes).chars().take(8).collect();
    let path = folder.join(format!("{}-{short}{extension}", target.name));
    fs::write(&path, &file.bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

/// Why a target fails on one input: where, and the engine's own words.
fn reason(binary: &Path, input: &Path) -> Result<String, String> {
    let answer = limited(binary).arg(format!("-timeout={SLOWEST}")).arg(input).stdin(Stdio::null()).output();
    let answer = answer.map_err(|error| format!("{}: {error}", binary.display()))?;
    let text = complaint(&String::from_utf8_lossy(&answer.stderr));
    let place = text.lines().next().and_then(|line| line.split_once(" panicked at ")).map(|(_, place)| place);
    let words = text.rsplit_once("\"message\":\"").and_then(|(_, rest)| rest.split('"').next());
    // Offsets and sizes in the words say nothing of the fault.
    let words = words.unwrap_or_default().trim_end_matches(|letter: char| letter.is_ascii_digit());
    Ok(format!("{} {words}", place.unwrap_or("timeout or memory")))
}

impl Tally {
    /// Adds what one run printed.
    fn add(&mut self, text: &str) {
        let number = |words: &str| -> Option<u64> {
            let found = text.lines().rev().find_map(|line| line.split_once(words))?;
            found.1.split_whitespace().next()?.parse().ok()
        };
        self.executions += number("stat::number_of_executed_units:").unwrap_or(0);
        self.edges = self.edges.max(number(" cov: ").unwrap_or(0));
        self.features = self.features.max(number(" ft: ").unwrap_or(0));
        let inputs = text.lines().rev().find_map(|line| line.split_once(" corp: "));
        let inputs = inputs.and_then(|(_, rest)| rest.split('/').next()?.trim().parse().ok());
        self.inputs = self.inputs.max(inputs.unwrap_or(0));
        let counters = text.lines().find_map(|line| line.split_once("modules   ("));
        let counters = counters.and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
        self.edges_in_all = self.edges_in_all.max(counters.unwrap_or(0));
    }
}

const HEAD: &str = "| target | seconds | executions | per second | edges | of | features | inputs | crashes |\n\
                    |---|---|---|---|---|---|---|---|---|";

fn line(target: &Target, tally: &Tally) -> String {
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        target.name,
        tally.seconds,
        tally.executions,
        tally.executions / tally.seconds.max(1),
        tally.edges,
        tally.edges_in_all,
        tally.features,
        tally.inputs,
        tally.crashes.len()
    )
}

/// Writes the table; an error when anything crashed.
fn conclude(targets: &[&Target], tallies: &[Tally]) -> Outcome {
    let mut table = format!("{HEAD}\n");
    for (target, tally) in targets.iter().zip(tallies) {
        let _ = writeln!(table, "{}", line(target, tally));
    }
    let folder = root().join("target/fuzz");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let path = folder.join("table.md");
    fs::write(&path, &table).map_err(|error| format!("{}: {error}", path.display()))?;
    say(&table);
    let executions: u64 = tallies.iter().map(|tally| tally.executions).sum();
    let crashes: usize = tallies.iter().map(|tally| tally.crashes.len()).sum();
    let idle: Vec<&str> = targets
        .iter()
        .zip(tallies)
        .filter(|(_, tally)| tally.executions == 0)
        .map(|(target, _)| target.name)
        .collect();
    say(&format!(
        "{executions} executions of {} targets, {crashes} crashes; {}",
        targets.len(),
        path.display()
    ));
    if !idle.is_empty() {
        return Err(format!("nothing was executed by {}", idle.join(", ")));
    }
    if crashes > 0 { Err(format!("{crashes} crashes, kept in corpus/regress")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_in_the_table_and_has_its_file_and_dictionary() {
        let fuzz = root().join("fuzz");
        let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
        for target in TARGETS {
            assert!(manifest.contains(&format!("name = \"{}\"", target.name)), "{}", target.name);
            let body = fs::read_to_string(fuzz.join(format!("fuzz_targets/{}.rs", target.name))).unwrap();
            assert!(body.contains(&format!("run(\"{}\", data)", target.name)), "{}", target.name);
            let dictionary = fuzz.join(format!("dictionaries/{}.dict", target.dictionary));
            assert!(target.dictionary.is_empty() || dictionary.exists(), "{}", dictionary.display());
        }
        assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
    }

    #[test]
    fn what_a_run_prints_is_read() {
        let mut tally = Tally::default();
        tally.add(
            "INFO: Loaded 1 modules   (1234 inline 8-bit counters): 1234 [0x1, 0x2),\n\
             #200\tDONE   cov: 77 ft: 99 corp: 12/3Kb lim: 4 exec/s: 50 rss: 40Mb\n\
             stat::number_of_executed_units: 200\n",
        );
        assert_eq!((tally.edges, tally.edges_in_all, tally.features), (77, 1_234, 99));
        assert_eq!((tally.inputs, tally.executions), (12, 200));
    }
}

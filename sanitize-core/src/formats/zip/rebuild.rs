//! From the archive that is there to the model of one that may be written.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    model::{self, Content, Model},
    name, threats, types,
};
use crate::{
    engine::{
        ctx::{Ctx, Nested},
        name as file_name,
        notice::{self, Reason},
        threats as engine,
    },
    error::Error,
    format::{self, Format},
    limits::Resource,
    report::{Action, Detail, Spot, Threat},
    toolkits::{
        archive::zip::{
            Anomaly, AnomalyKind, Archive, DosTime, Gathered, Gathering, Member, MemberKind, NameEncoding,
            Packed, STORED, UnicodePath,
        },
        codec::repack::{Source, Unpacked},
        deflate::Runs,
    },
};

/// Refuses an archive that readers understand differently, and records what is lost by writing it anew.
pub(super) fn structure(archive: &Archive<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    if let Some(attack) = archive.attack() {
        return Err(ctx.refuse(threat_of(attack.kind), attack.offset));
    }
    for Anomaly { kind, offset, .. } in &archive.anomalies {
        match kind {
            AnomalyKind::OddVersion => ctx.replaced(&threats::ODD_HEADER, *offset, None)?,
            // Only the form of headers, which are written anew for every archive.
            AnomalyKind::StreamedStored => (),
            kind => ctx.removed(threat_of(*kind), *offset)?,
        }
    }
    for member in &archive.members {
        let is_link = matches!(member.kind, MemberKind::Symlink | MemberKind::Other);
        let has_content = member.kind == MemberKind::Directory
            && (member.size > 0 || member.method == STORED && member.packed_size > 0);
        if is_link || has_content {
            let threat = if is_link { &threats::LINK } else { &threats::DIRECTORY };
            return Err(ctx.refuse(threat, member.name().text.as_str()));
        }
    }
    Ok(())
}

fn threat_of(kind: AnomalyKind) -> &'static Threat {
    match kind {
        AnomalyKind::PrefixData => &threats::PREFIX,
        AnomalyKind::TrailingData | AnomalyKind::Gap | AnomalyKind::Padding => &threats::GAPS,
        AnomalyKind::Comment | AnomalyKind::ExtraFields => &threats::COMMENTS,
        AnomalyKind::OddVersion => &threats::ODD_HEADER,
        AnomalyKind::StreamedStored | AnomalyKind::DataDescriptorTrick => &threats::DESCRIPTOR,
        AnomalyKind::SeveralEndRecords | AnomalyKind::DirectoryMismatch => &threats::END_RECORDS,
        AnomalyKind::Zip64Trick => &threats::ZIP64,
        AnomalyKind::SplitArchive => &threats::SPLIT,
        AnomalyKind::HeaderMismatch | AnomalyKind::MissingLocal | AnomalyKind::UnlistedLocal => {
            &threats::HEADERS
        }
        AnomalyKind::EncryptionMismatch => &threats::MIXED_ENCRYPTION,
        AnomalyKind::Overlap => &threats::OVERLAP,
        AnomalyKind::DuplicateName => &threats::DUPLICATE,
    }
}

/// The outermost archive says by its own threats what used up the run. Inside it a limit is the run's end.
pub(super) fn exhausted(error: Error, ctx: &mut Ctx<'_>) -> Error {
    let threat = match &error {
        Error::Limit(Resource::Members) => &threats::MEMBER_COUNT,
        Error::Limit(Resource::Depth) => &threats::RECURSIVE,
        Error::Limit(Resource::ExpandedBytes | Resource::ExpansionRatio | Resource::BufferBytes) => {
            &threats::RATIO
        }
        _ => return error,
    };
    if ctx.depth() == 1 { ctx.refuse(threat, Spot::Here) } else { error }
}

/// A member under its safe name.
struct Planned<'a> {
    member: &'a Member<'a>,
    path: String,
}

/// What is to stand in the place of a file.
enum Answer<T = Packed> {
    File { packed: T, path: String },
    Nothing,
}

pub(super) fn rebuild(archive: &Archive<'_>, ctx: &mut Ctx<'_>) -> Result<Model, Error> {
    let mut planned = Vec::with_capacity(archive.members.len());
    for member in &archive.members {
        planned.extend(plan(member, ctx)?.map(|path| Planned { member, path }));
    }
    let is_directory = |planned: &Planned<'_>| planned.member.kind == MemberKind::Directory;
    let directories = directory_keys(&planned);
    for file in planned.iter().filter(|planned| !is_directory(planned)) {
        if directories.contains(&name::key(&file.path)) {
            return Err(ctx.refuse(&threats::DIRECTORY, file.path.as_str()));
        }
    }
    let mut files = Gathering::default();
    let mut answers = Vec::with_capacity(planned.len());
    for stretch in stretches(&planned) {
        let packed = ctx.each_part(
            stretch,
            |planned| &planned.path,
            |planned| planned.member.size,
            |planned, ctx| {
                if is_directory(planned) { Ok(Answer::Nothing) } else { file(planned, ctx) }
            },
        )?;
        for answer in packed {
            answers.push(match answer {
                Answer::File { packed, path } => {
                    Answer::File { packed: files.gather(&packed, ctx.budget())?, path }
                }
                Answer::Nothing => Answer::Nothing,
            });
        }
    }
    if planned.iter().any(|planned| planned.member.is_encrypted()) {
        ctx.replaced(&threats::OPENED, Spot::Here, None)?;
    }
    let members = assemble(&planned, answers, directories, ctx)?;
    Ok(Model { members, files })
}

/// Members of a stretch, and bytes of the archive after which the next one begins.
const STRETCH_MEMBERS: usize = 256;
const STRETCH_BYTES: u64 = 16 << 20;

/// The members in runs, of which one after the other is rebuilt and put with those before: so much work that
/// threads share it well, and so few bytes that little stands in memory beside the archive.
fn stretches<'a, 'b>(planned: &'b [Planned<'a>]) -> impl Iterator<Item = &'b [Planned<'a>]> {
    let mut rest = planned;
    std::iter::from_fn(move || {
        let mut bytes = 0_u64;
        let is_in = |planned: &&Planned<'_>| {
            let fits = bytes < STRETCH_BYTES;
            bytes = bytes.saturating_add(planned.member.packed_size);
            fits
        };
        let len = rest.iter().take(STRETCH_MEMBERS).take_while(is_in).count();
        let (stretch, behind) = rest.split_at_checked(len)?;
        rest = behind;
        (len > 0).then_some(stretch)
    })
}

/// The safe path of a member, or nothing for what an operating system left for itself.
fn plan(member: &Member<'_>, ctx: &mut Ctx<'_>) -> Result<Option<String>, Error> {
    let decoded = decoded_name(member, ctx)?;
    let safe = match name::safe(&decoded) {
        Ok(safe) => safe,
        Err(threat) => return Err(ctx.refuse(threat, decoded.as_str())),
    };
    let mut path = safe.path;
    if types::is_side_file(&path) {
        ctx.removed(&threats::SIDE_FILE, decoded.as_str())?;
        return Ok(None);
    }
    let mut changes = safe.changes;
    if path.is_empty() {
        // What is left of `./` is the directory everything is extracted to.
        if member.kind == MemberKind::Directory {
            return Ok(None);
        }
        path.push('_');
        changes.push(&threats::CANONICAL);
    }
    if types::PACKAGE_PARTS.contains(&path.as_str()) {
        // A spelling of the name that makes an archive a package of another format.
        path.insert(0, '_');
        changes.push(&engine::OUTPUT_NAME);
    }
    for threat in changes {
        ctx.replaced(threat, decoded.as_str(), Detail::name(&path))?;
    }
    if member.kind != MemberKind::Directory && name::is_deceptive(&path) {
        ctx.choose_with(&threats::DECEPTIVE, decoded.as_str(), Detail::name(&path))?;
    }
    if !is_written_time(member.modified) {
        ctx.replaced(&threats::ODD_HEADER, member.offset, None)?;
    }
    Ok(Some(path))
}

/// The name as its bytes say, and the second one only where it settles what those bytes mean.
fn decoded_name(member: &Member<'_>, ctx: &mut Ctx<'_>) -> Result<String, Error> {
    let header = member.name();
    match header.encoding {
        NameEncoding::Ascii | NameEncoding::Utf8 => (),
        NameEncoding::Cp932 => ctx.replaced(&threats::CP932, member.offset, None)?,
        NameEncoding::UnflaggedUtf8 | NameEncoding::Cp437 => {
            ctx.replaced(&threats::UNMARKED, member.offset, None)?;
        }
    }
    let is_guess = matches!(header.encoding, NameEncoding::Cp932 | NameEncoding::Cp437);
    match member.unicode_path {
        None => Ok(header.text),
        Some(UnicodePath::Valid(text)) if text == header.text => Ok(header.text),
        Some(UnicodePath::Valid(text)) if is_guess && same_ascii(text.as_bytes(), member.raw_name) => {
            Ok(text.to_owned())
        }
        Some(UnicodePath::Valid(text)) => {
            ctx.replaced(&threats::UNICODE_PATH, header.text.as_str(), Detail::name(text))?;
            Ok(header.text)
        }
        Some(UnicodePath::Broken) => {
            ctx.replaced(&threats::UNICODE_PATH, header.text.as_str(), None)?;
            Ok(header.text)
        }
    }
}

/// True when both have the same characters where they have ASCII: extension, separators and dots agree.
fn same_ascii(first: &[u8], second: &[u8]) -> bool {
    first.iter().filter(|byte| byte.is_ascii()).eq(second.iter().filter(|byte| byte.is_ascii()))
}

/// True for times that are, up to the end of this century: beyond lies only abuse of the field.
fn is_written_time(time: DosTime) -> bool {
    time.is_valid() && time.date() >> 9 < 120
}

/// The keys of all directories, given or implied.
fn directory_keys(planned: &[Planned<'_>]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for Planned { member, path } in planned {
        let mut directory = match member.kind {
            MemberKind::Directory => Some(path.as_str()),
            _ => path.rsplit_once('/').map(|(directory, _)| directory),
        };
        // An outer directory that is known has its own outer ones known too.
        while let Some(current) = directory {
            if !keys.insert(name::key(current)) {
                break;
            }
            directory = current.rsplit_once('/').map(|(outer, _)| outer);
        }
    }
    keys
}

/// One file, rebuilt by whoever recognises it.
fn file(planned: &Planned<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let Planned { member, path } = planned;
    if let Some(threat) = types::dangerous_extension(file_name::extension(path)) {
        return left_out(threat, Reason::Dangerous, path, ctx);
    }
    // What is compressed itself is not deflated again.
    let named = Format::by_extension(file_name::extension(path));
    let read = match named.is_some_and(types::is_compressed) {
        true => member.read(ctx.passwords(), ctx.budget()).map(Unpacked::from),
        false => member.read_with_symbols(ctx.passwords(), ctx.budget()),
    };
    let unpacked = match read {
        Ok(unpacked) => unpacked,
        Err(Error::Encrypted) => return Err(ctx.refuse(&threats::ENCRYPTED, Spot::Here)),
        Err(Error::Unsupported(what)) => {
            let action = ctx.choose_with(&threats::METHOD, Spot::Here, Detail::excerpt(what))?;
            return stand_in(action, Reason::NotSupported, path, ctx);
        }
        Err(error @ Error::Malformed { .. }) => {
            let detail = Detail::excerpt(&error.to_string());
            let action = ctx.choose_with(&threats::MEMBER, Spot::Here, detail)?;
            return stand_in(action, Reason::NotReadable, path, ctx);
        }
        Err(error) => return Err(error),
    };
    let plain = &*unpacked.plain;
    if plain.is_empty() {
        return Ok(Answer::File { packed: Packed::stored(Vec::new()), path: path.clone() });
    }
    if let Some(threat) = types::dangerous_content(plain) {
        return left_out(threat, Reason::Dangerous, path, ctx);
    }
    let base = path.rsplit('/').next().unwrap_or(path);
    let (bytes, format) = match ctx.nested(path, plain)? {
        Nested::Rebuilt { bytes, format } => (bytes.into_bytes(), format),
        Nested::Rejected(rejection) if is_dangerous(rejection.threat) => {
            return left_out(&engine::DANGEROUS_CONTENT, Reason::Dangerous, path, ctx);
        }
        Nested::Rejected(rejection) => {
            let action = ctx.choose_with(&threats::MEMBER, Spot::Here, Detail::name(base))?;
            return stand_in(action, notice::reason(rejection.reason), path, ctx);
        }
    };
    let mut path = file_name::with_extension(path, format);
    if path == "mimetype" && types::PACKAGE_TYPES.iter().any(|kind| bytes.starts_with(kind)) {
        // As the first member it would make the archive look like a package of another format.
        path.insert(0, '_');
    }
    // Text mostly comes out as it went in.
    let packed = packed(bytes, format, unpacked.source(&Runs::default()), ctx)?;
    unpacked.give_back(ctx.budget());
    Ok(Answer::File { packed, path })
}

fn is_dangerous(threat: &str) -> bool {
    threat == engine::DANGEROUS.id || threat == engine::DANGEROUS_CONTENT.id
}

fn packed(
    bytes: Vec<u8>,
    format: Format,
    source: Option<Source<'_>>,
    ctx: &Ctx<'_>,
) -> Result<Packed, Error> {
    if types::is_compressed(format) {
        return Ok(Packed::stored(bytes));
    }
    Packed::deflated_like(&bytes, source, ctx.switches().compression.deflate_level(), ctx.budget())
}

fn left_out(threat: &'static Threat, reason: Reason, path: &str, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let action = ctx.choose(threat, Spot::Here)?;
    stand_in(action, reason, path, ctx)
}

fn stand_in(action: Action, reason: Reason, path: &str, ctx: &Ctx<'_>) -> Result<Answer, Error> {
    if action != Action::Replace {
        return Ok(Answer::Nothing);
    }
    let packed = packed(ctx.notice(reason)?, format::TXT, None, ctx)?;
    Ok(Answer::File { packed, path: format!("{path}.txt") })
}

/// Puts the answers together under names of which no two are one file on any system. Whoever kept its name
/// comes before whoever changed it, so that a file is not renamed for a notice.
fn assemble(
    planned: &[Planned<'_>],
    answers: Vec<Answer<Gathered>>,
    mut taken: BTreeSet<String>,
    ctx: &mut Ctx<'_>,
) -> Result<Vec<model::Member>, Error> {
    let is_first: Vec<bool> = planned
        .iter()
        .zip(&answers)
        .map(|(planned, answer)| match answer {
            Answer::File { path, .. } => *path == planned.path && taken.insert(name::key(path)),
            Answer::Nothing => false,
        })
        .collect();
    let mut numbers = BTreeMap::new();
    let mut written_directories = BTreeSet::new();
    let mut members = Vec::new();
    for ((planned, answer), is_first) in planned.iter().zip(answers).zip(is_first) {
        let keeps_time = ctx.switches().keep_member_times && is_written_time(planned.member.modified);
        let modified = if keeps_time { planned.member.modified } else { DosTime::EPOCH };
        let member = match answer {
            Answer::File { packed, path } => {
                let path = if is_first { path } else { free_path(&path, &mut taken, &mut numbers, ctx)? };
                model::Member { path, modified, content: Content::File(packed) }
            }
            Answer::Nothing if planned.member.kind != MemberKind::Directory => continue,
            Answer::Nothing if written_directories.insert(name::key(&planned.path)) => {
                model::Member { path: planned.path.clone(), modified, content: Content::Directory }
            }
            Answer::Nothing => {
                ctx.replaced(&threats::COLLISION, planned.path.as_str(), None)?;
                continue;
            }
        };
        members.push(member);
    }
    Ok(members)
}

/// The first of `plan.txt`, `plan (2).txt`, `plan (3).txt` … that is free.
fn free_path(
    wanted: &str,
    taken: &mut BTreeSet<String>,
    numbers: &mut BTreeMap<String, u32>,
    ctx: &mut Ctx<'_>,
) -> Result<String, Error> {
    let fitted = name::with_suffix(wanted, "");
    let key = name::key(&fitted);
    if taken.insert(key.clone()) {
        return Ok(fitted);
    }
    // Goes on where the last one of this name stopped, so that many equal names stay cheap.
    let number = numbers.entry(key).or_insert(1);
    loop {
        ctx.budget().objects(1)?;
        *number = number.saturating_add(1);
        let path = name::with_suffix(wanted, &format!(" ({number})"));
        if taken.insert(name::key(&path)) {
            ctx.replaced(&threats::COLLISION, wanted, Detail::name(&path))?;
            return Ok(path);
        }
    }
}

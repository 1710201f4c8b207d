//! One document, from bytes to verified bytes: identify, check the name, rebuild, verify.

use crate::{
    engine::{
        ctx::Ctx,
        identify::{self, Probe, Unknown},
        name, threats,
        verify::{self, Verified},
    },
    error::Error,
    format::{self, Family, Format},
    limits::Resource,
    report::{Action, Detail, Rejection, Spot, Threat},
};

/// A rebuilt and verified document.
pub(crate) struct Done {
    pub(crate) bytes: Verified,
    /// What it is now.
    pub(crate) format: Format,
    /// What the input was.
    pub(crate) from: Format,
}

/// A document that was not rebuilt.
pub(crate) struct Rejected {
    pub(crate) error: Error,
    pub(crate) threat: &'static Threat,
    pub(crate) from: Option<Format>,
}

impl Rejected {
    pub(crate) fn rejection(&self) -> Rejection {
        Rejection::new(&self.error, self.threat)
    }
}

/// Rebuilds `input`, which came under `file_name`. Whatever the outcome, `ctx` holds its findings.
pub(crate) fn rebuild(file_name: &str, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Done, Rejected> {
    let mut from = None;
    attempt(file_name, input, ctx, &mut from).map_err(|(error, threat)| {
        let is_unread = matches!(error, Error::Malformed { .. } | Error::Unsupported(_));
        let threat = if is_unread && is_padded(input) { &threats::PADDING } else { threat };
        if !matches!(error, Error::Refused(_)) {
            // A refusal recorded itself when it was made.
            let _recorded = ctx.refuse_with(threat, Detail::excerpt(&error.to_string()));
        }
        Rejected { error, threat, from }
    })
}

/// True for a file of a megabyte or more of which at least half are blocks of one repeated byte.
fn is_padded(input: &[u8]) -> bool {
    const BLOCK: usize = 4_096;
    if input.len() < 1 << 20 {
        return false;
    }
    let is_filling = |block: &&[u8]| {
        block.split_first().is_some_and(|(first, rest)| rest.iter().all(|byte| byte == first))
    };
    input.chunks(BLOCK).filter(is_filling).count() >= input.len() / BLOCK / 2
}

type Failure = (Error, &'static Threat);

fn attempt(
    file_name: &str,
    input: &[u8],
    ctx: &mut Ctx<'_>,
    from: &mut Option<Format>,
) -> Result<Done, Failure> {
    let budget = ctx.budget();
    // What was in the envelopes that were opened, innermost.
    let mut opened: Option<Vec<u8>> = None;
    loop {
        let input = opened.as_deref().unwrap_or(input);
        budget.check().map_err(failure)?;
        if ctx.depth() > budget.limits().depth {
            return Err((budget.trip(Resource::Depth), &threats::DEPTH));
        }
        let probe = Probe::new(input, file_name);
        if let Some((envelope, format)) = identify::envelope(ctx.run().envelopes, &probe) {
            from.get_or_insert(format);
            ctx.identified(format);
            check_name(file_name, ctx).map_err(failure)?;
            // What was read to recognise the file is not held beside what is read to open it.
            drop(probe);
            opened = Some(envelope.open(input, ctx).map_err(failure)?);
            ctx.opened();
            continue;
        }
        let (handler, format) = match identify::identify(ctx.run().handlers, &probe) {
            Ok(found) => found,
            Err(Unknown { format, threat, what }) => {
                *from = from.or(format);
                return Err((Error::Unsupported(what), threat));
            }
        };
        let from = *from.get_or_insert(format);
        ctx.identified(format);
        check_name(file_name, ctx).map_err(failure)?;
        if format == format::PDF && probe.is_zip() {
            // Readers of PDF begin at its header, readers of ZIP at the end of the file: both find theirs.
            ctx.removed(&threats::POLYGLOT, Spot::Here).map_err(failure)?;
        }
        check_extension(file_name, [from, format], ctx).map_err(failure)?;
        let rebuilt = handler.rebuild(input, ctx).map_err(failure)?;
        let (bytes, written) = verify::verify(handler, rebuilt, budget).map_err(failure)?;
        if written.family() == Family::Text && !reads_as(written, file_name, &bytes, ctx) {
            let what = "a text that would be taken for another kind of file";
            return Err((Error::Unsupported(what), &threats::UNSUPPORTED));
        }
        return Ok(Done { bytes, format: written, from });
    }
}

/// True when `bytes` are taken for what they were written as. A text has no signature: when what hid its first
/// letters is gone, they may be those of another format, or nothing may be left.
fn reads_as(written: Format, file_name: &str, bytes: &[u8], ctx: &Ctx<'_>) -> bool {
    let name = name::output_name(file_name, written);
    let probe = Probe::new(bytes, &name);
    identify::envelope(ctx.run().envelopes, &probe).is_none()
        && identify::identify(ctx.run().handlers, &probe).is_ok_and(|(_, format)| format == written)
}

/// A name that a file system or a person would misread is reported; the output gets another.
fn check_name(file_name: &str, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    // Names of nested documents are the business of the archive that writes them.
    if ctx.depth() == 1 && !file_name.is_empty() && name::safe_name(file_name) != name::base(file_name) {
        ctx.choose_with(&threats::OUTPUT_NAME, Spot::Here, Detail::name(file_name))?;
    }
    Ok(())
}

/// P33: a wrong extension of the same family is put right, one of another family refused. A name without a
/// known extension claims nothing, and gets the right one. The name of an envelope may claim it, or what is in it.
fn check_extension(file_name: &str, formats: [Format; 2], ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let claimed = name::extension(file_name);
    let names = |format: &Format| format.extensions().iter().any(|known| known.eq_ignore_ascii_case(claimed));
    if claimed.is_empty() || formats.iter().any(names) {
        return Ok(());
    }
    let [_, format] = formats;
    let threat = match Format::by_extension(claimed) {
        Some(other) if other.family() == Family::Program => &threats::TYPE_MISMATCH,
        Some(other) if !format.family().passes_for(other.family()) => &threats::TYPE_MISMATCH,
        _ => &threats::WRONG_EXTENSION,
    };
    ctx.choose_with(threat, Spot::Here, Detail::name(claimed)).map(|_: Action| ())
}

/// The threat that an error of a rebuild counts as.
fn failure(error: Error) -> Failure {
    let threat = match &error {
        Error::Refused(threat) => threat,
        Error::Limit(Resource::Depth) => &threats::DEPTH,
        Error::Limit(_) => &threats::EXPANSION,
        Error::Malformed { .. } => &threats::TRUNCATED,
        Error::Unsupported(_) => &threats::UNSUPPORTED,
        Error::Encrypted => &threats::ENCRYPTED,
        Error::Internal(_) => &threats::FAILED,
    };
    (error, threat)
}

//! Text, in a file of whatever format: one row for each threat that its characters carry, so that all formats
//! report alike, and the walk that takes out what no reader sees.

use super::ctx::Ctx;
use crate::{
    error::Error,
    report::{
        ContentKind::{self, *},
        Detail,
        Severity::{self, *},
        Spot, Threat,
    },
    toolkits::charset::{Conversion, Document, Edit, HiddenKind, acts_at_its_start, hidden_in_file},
};
use std::{borrow::Cow, ops::Range};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(crate) static CONTROLS: Threat =
    threat("txt.terminal-escapes", ControlCharacter, Medium, "control characters and escape sequences");
pub(crate) static UNBALANCED: Threat = threat(
    "txt.bidi-trojan-source",
    ControlCharacter,
    Medium,
    "bidirectional controls without a counterpart",
);
/// Pairs of bidirectional controls stay: the same threat, reported only.
pub(crate) static BALANCED: Threat = threat(
    "txt.bidi-trojan-source",
    Deception,
    Medium,
    "bidirectional controls that change the order of text",
);
pub(crate) static INVISIBLE: Threat =
    threat("txt.invisible-and-tag-characters", ControlCharacter, Medium, "characters that nobody sees");
pub(crate) static CONFUSABLE: Threat =
    threat("txt.homoglyphs-and-confusables", Deception, Low, "an address in letters that look like others");
pub(crate) static ENCODING: Threat = threat(
    "txt.encoding-confusion",
    Reencoding,
    Medium,
    "bytes that are valid in no encoding, written as UTF-8",
);

/// What each kind of hidden character counts as.
pub(crate) struct Rows {
    pub(crate) control: &'static Threat,
    pub(crate) unbalanced: &'static Threat,
    pub(crate) balanced: &'static Threat,
    pub(crate) invisible: &'static Threat,
}

static ROWS: Rows =
    Rows { control: &CONTROLS, unbalanced: &UNBALANCED, balanced: &BALANCED, invisible: &INVISIBLE };

/// Reports all that is hidden in `text`, at the `spot` of each one's offset, and answers the ranges that go, in
/// order.
pub(crate) fn hidden_ranges(
    text: &str,
    rows: &Rows,
    spot: impl Fn(usize) -> Spot<'static>,
    ctx: &mut Ctx<'_>,
) -> Result<Vec<Range<usize>>, Error> {
    let mut ranges = Vec::new();
    for hidden in hidden_in_file(text, ctx.budget())? {
        ctx.budget().objects(1)?;
        let spot = spot(hidden.range.start);
        match hidden.kind {
            HiddenKind::Control => ctx.removed(rows.control, spot)?,
            HiddenKind::Unbalanced => ctx.removed(rows.unbalanced, spot)?,
            HiddenKind::Invisible => ctx.removed(rows.invisible, spot)?,
            HiddenKind::Balanced => {
                ctx.choose(rows.balanced, spot)?;
                continue;
            }
        }
        ranges.push(hidden.range);
    }
    Ok(ranges)
}

/// `text` without `ranges`, which are sorted and do not overlap.
pub(crate) fn without<'a>(text: &'a str, ranges: &[Range<usize>]) -> Cow<'a, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut copied = 0;
    for range in ranges {
        kept.push_str(text.get(copied..range.start).unwrap_or_default());
        copied = range.end;
    }
    kept.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(kept)
}

/// `text`, which stands at `at` in the part being rebuilt, without what nobody sees.
pub(crate) fn cleaned<'a>(
    text: &'a str,
    at: Spot<'static>,
    ctx: &mut Ctx<'_>,
) -> Result<Cow<'a, str>, Error> {
    let ranges = hidden_ranges(text, &ROWS, |_| at, ctx)?;
    Ok(without(text, &ranges))
}

/// A text file without what nobody sees. One that would start as a script or markup after that is refused.
pub(crate) fn visible<'a>(document: Document<'a>, ctx: &mut Ctx<'_>) -> Result<Document<'a>, Error> {
    if let Some(conversion) = document.conversion {
        let how = match conversion {
            Conversion::Western => "read as Windows-1252",
            Conversion::Replaced => "meaningless bytes became U+FFFD",
        };
        ctx.replaced(&ENCODING, Spot::Here, Detail::excerpt(how))?;
    }
    let ranges = hidden_ranges(&document.text, &ROWS, Spot::from, ctx)?;
    let edits: Vec<Edit> = ranges.into_iter().map(|range| Edit { range, insert: "" }).collect();
    let document = document.edited(&edits, ctx.budget())?;
    if !edits.is_empty() && acts_at_its_start(&document.text) {
        return Err(Error::Unsupported("a script or markup under the name of a text"));
    }
    Ok(document)
}

/// An edited text file in an encoding that it will be read in again.
pub(crate) fn settled<'a>(document: Document<'a>, ctx: &mut Ctx<'_>) -> Result<Document<'a>, Error> {
    let (document, is_mistaken) = document.settled(ctx.budget())?;
    if is_mistaken {
        ctx.replaced(&ENCODING, Spot::Here, Detail::excerpt("written as UTF-8"))?;
    }
    Ok(document)
}

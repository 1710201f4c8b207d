//! Word's field instructions: what a field would do when it is updated, decided before it is written.
//!
//! A field is a piece of code with a cached result: `{ PAGE \* MERGEFORMAT }` shows a number, `{ DDEAUTO … }`
//! starts a program. Its instruction may be split over any number of runs, paragraphs and containers, may hold
//! other fields, and is spelled with quotes, escapes and white space of many kinds. So it is never searched:
//!
//! 1. [`Planner`] takes the marks and texts of one part in document order and puts each instruction together.
//! 2. [`token`] cuts it into a name, arguments and switches.
//! 3. [`judge`] looks the name up in the allow-list ([`allow`]); every argument must be of the kind the switch
//!    takes. Addresses go through the link toolkit.
//! 4. [`Plan`] says for each mark and each text, in document order, what is written. A field that is not on
//!    the list is *flattened*: its marks and instruction are gone, its cached result stays.
//!
//! The instruction that is written is put together from the tokens. For instructions as Word writes them
//! it equals the input, so that a clean document does not change.

mod allow;
mod judge;
mod plan;
mod replay;
mod token;

pub(crate) use judge::{Decision, judge};
pub(crate) use plan::{Change, Event, Mark, Plan, Planner, Write};
pub(crate) use replay::Replay;

use crate::toolkits::link::Link;

/// Longer instructions than any program writes are not read.
pub(crate) const MAX_BYTES: usize = 16 * 1024;

/// Stands in an instruction for a field nested in it.
pub(crate) const NESTED: char = '\u{fffc}';

/// A field that may stay live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The instruction as it is written, [`NESTED`] standing for each field in it.
    pub(crate) instruction: String,
    /// The target of a `HYPERLINK` field that has one, for the policy and the report.
    pub(crate) link: Option<Link>,
}

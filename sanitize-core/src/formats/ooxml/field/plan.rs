//! Fields over runs: two passes over the marks of one part.
//!
//! A field is `begin`, instruction texts, `separate`, result, `end`; the marks may stand in different runs,
//! containers, paragraphs and cells, and fields nest in the instruction as well as in the result of others.
//! What is written at `begin` depends on what follows, so a part is walked twice:
//!
//! ```text
//! let mut planner = Planner::new(|instruction| judge(instruction, schemes));   // the policy may be asked here
//! for event in part.events() { planner.event(event); }                         // pass 1
//! let plan = planner.finish();
//! let mut replay = plan.replay();
//! for event in part.events() {                                                 // pass 2, the same events
//!     match replay.event(event.mark()) {
//!         Write::Keep => …,            // the mark, or the instruction text, as it stands
//!         Write::Text(text) => …,      // this instruction text in its place
//!         Write::Drop => …,            // nothing; a w:fldSimple is unwrapped, its children stay
//!     }
//!     // For every run content between events: leave it out while `replay.hides()`.
//! }
//! ```
//!
//! Marks that do not match are dropped: an `end` without `begin`, a second `separate`, a field that never ends,
//! instruction text outside every instruction. Fields do not cross the border of a `w:fldSimple` or of a story
//! of its own (a text box, a note, a branch of `mc:AlternateContent`).
//!
//! A field is flattened when its instruction is not allowed, *when a field in its instruction is flattened*
//! (the result of that one would become part of the instruction, which is how `DDE` is built from `QUOTE`), and
//! when its `begin` and its instruction texts do not all belong to the same tracked change: accepting or
//! rejecting a part would leave another instruction than the one that was judged. What stands in the instruction of a flattened field is not shown by Word and is not written.

use std::collections::BTreeMap;

use super::{Kept, MAX_BYTES, NESTED, Replay, judge::Decision};

/// Fields open at one time. Word itself stops at 20.
const MAX_DEPTH: usize = 64;

/// What pass 1 is told, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// `w:fldChar` of type `begin`.
    Begin,
    /// The text of one `w:instrText`.
    Instruction(&'a str),
    /// The text of one `w:delInstrText`.
    DeletedInstruction(&'a str),
    /// `w:fldChar` of type `separate`.
    Separate,
    /// `w:fldChar` of type `end`.
    End,
    /// The start of a `w:fldSimple`, with its `w:instr`.
    BeginSimple(&'a str),
    /// The end of a `w:fldSimple`.
    EndSimple,
    /// The start of a story inside the part (`w:txbxContent`, a note, a comment) or of a branch of
    /// `mc:AlternateContent`, which is read by one program and skipped by another.
    EnterStory,
    /// Its end.
    LeaveStory,
    /// The start of `w:ins`, `w:moveTo`, `w:del` or `w:moveFrom` around runs, with whatever identifies it to who
    /// accepts or rejects it: its author and date.
    EnterChange(Change, &'a str),
    /// Its end.
    LeaveChange,
}

/// Kinds of tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// `w:ins`, `w:moveTo`: gone when rejected.
    Inserted,
    /// `w:del`, `w:moveFrom`: gone when accepted.
    Deleted,
}

/// What pass 2 is told: the same events without their texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Begin,
    Instruction,
    Separate,
    End,
    BeginSimple,
    EndSimple,
    EnterStory,
    LeaveStory,
    EnterChange,
    LeaveChange,
}

#[cfg(test)]
impl Event<'_> {
    /// The event without its text.
    pub(crate) fn mark(&self) -> Mark {
        match self {
            Self::Begin => Mark::Begin,
            Self::Instruction(_) | Self::DeletedInstruction(_) => Mark::Instruction,
            Self::Separate => Mark::Separate,
            Self::End => Mark::End,
            Self::BeginSimple(_) => Mark::BeginSimple,
            Self::EndSimple => Mark::EndSimple,
            Self::EnterStory => Mark::EnterStory,
            Self::LeaveStory => Mark::LeaveStory,
            Self::EnterChange(..) => Mark::EnterChange,
            Self::LeaveChange => Mark::LeaveChange,
        }
    }
}

/// What is written for a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write<'p> {
    /// What stood there.
    Keep,
    /// The instruction text or `w:instr` in its place.
    Text(&'p str),
    /// Nothing.
    Drop,
}

/// A field that was left out, for the report. In the order in which the fields begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flattened {
    /// The field's number in the part, counting every `begin` and every `w:fldSimple` from 0.
    pub(crate) field: usize,
    /// The threat.
    pub(crate) threat: &'static str,
    /// Its instruction, cut to a length for reports, [`NESTED`] standing for nested fields.
    pub(crate) instruction: String,
}

/// The decisions about all fields of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) texts: Vec<String>,
    flattened: Vec<Flattened>,
}

/// What to do at one event; the tags for [`Replay`] are part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) write: Written,
    pub(super) turn: Turn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Keep,
    Drop,
    /// An index into [`Plan::texts`].
    Text(usize),
}

/// How the zones change at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Stay,
    /// An instruction begins; content in it is hidden, and stays hidden below when the field is flattened. The
    /// result that a `silent` field leaves behind is not shown either.
    Open {
        flattened: bool,
        silent: bool,
    },
    /// An instruction ends and a result begins.
    Result,
    /// The field ends.
    Close,
}

/// Pass 1.
pub(crate) struct Planner<J> {
    judge: J,
    plan: Plan,
    open: Vec<Open>,
    /// Where in `open` the borders stand.
    borders: Vec<usize>,
    fields: usize,
    /// Fields open beyond [`MAX_DEPTH`]; their marks are dropped.
    too_deep: usize,
    /// The tracked changes around, each by its number in `changes`.
    change: Vec<(ChangeNumber, InDeletion)>,
    changes: BTreeMap<(ChangeNumber, Change, String), ChangeNumber>,
}

/// Equal for runs that the same tracked changes stand around; 0 where there is none.
type ChangeNumber = usize;
/// Whether a deletion stands around, however far.
type InDeletion = bool;

/// Something that is open: a field, or a border no field crosses.
enum Open {
    Complex(Complex),
    /// A `w:fldSimple`: whether it is kept is known at its start, and whether what stands in it is hidden.
    Simple {
        hidden: bool,
    },
    Story,
}

struct Complex {
    ordinal: usize,
    /// The step of its `begin`.
    begin: usize,
    separate: Option<usize>,
    instruction: String,
    /// The steps of its instruction texts, with the place in `instruction` where each begins.
    texts: Vec<(usize, usize)>,
    too_long: bool,
    nested_flattened: bool,
    /// The tracked changes around its `begin`.
    change: ChangeNumber,
    /// An instruction text stands in other tracked changes than `begin`.
    mixed: bool,
}

/// Reports show this much of an instruction.
const REPORTED_CHARS: usize = 400;

impl<J: FnMut(&str) -> Decision> Planner<J> {
    /// A planner that asks `judge` about every instruction that is complete.
    pub(crate) fn new(judge: J) -> Self {
        Self {
            judge,
            plan: Plan::default(),
            open: Vec::new(),
            borders: Vec::new(),
            fields: 0,
            too_deep: 0,
            change: Vec::new(),
            changes: BTreeMap::new(),
        }
    }

    /// The next event of the part.
    pub(crate) fn event(&mut self, event: Event<'_>) {
        let step = self.plan.steps.len();
        self.plan.steps.push(Step { write: Written::Drop, turn: Turn::Stay });
        match event {
            Event::Begin => self.begin(step),
            Event::Instruction(text) => self.instruction(step, text),
            Event::DeletedInstruction(text) => {
                if !self.in_deletion() {
                    self.mark_mixed();
                }
                self.instruction(step, text);
            }
            Event::Separate => {
                if self.too_deep == 0
                    && let Some(Open::Complex(field)) = self.open.last_mut()
                    && field.separate.is_none()
                {
                    field.separate = Some(step);
                }
            }
            Event::End => self.end(step),
            Event::BeginSimple(instruction) => self.begin_simple(step, instruction),
            Event::EndSimple => self.leave(step, |open| matches!(open, Open::Simple { .. })),
            Event::EnterStory => {
                self.too_deep = 0;
                self.enter(Open::Story);
                self.set(step, Written::Keep, Turn::Stay);
            }
            Event::LeaveStory => self.leave(step, |open| matches!(open, Open::Story)),
            Event::EnterChange(change, who) => {
                let next = self.changes.len().saturating_add(1);
                let number =
                    *self.changes.entry((self.change_number(), change, who.to_owned())).or_insert(next);
                let in_deletion = self.in_deletion() || change == Change::Deleted;
                self.change.push((number, in_deletion));
                self.set(step, Written::Keep, Turn::Stay);
            }
            Event::LeaveChange => {
                self.change.pop();
                self.set(step, Written::Keep, Turn::Stay);
            }
        }
    }

    /// The decisions, when the part has ended. Fields still open are not written as fields.
    pub(crate) fn finish(mut self) -> Plan {
        while let Some(open) = self.open.pop() {
            self.abandon(open);
        }
        self.plan.flattened.sort_by_key(|flattened| flattened.field);
        self.plan
    }

    fn set(&mut self, step: usize, write: Written, turn: Turn) {
        if let Some(slot) = self.plan.steps.get_mut(step) {
            *slot = Step { write, turn };
        }
    }

    fn change_number(&self) -> ChangeNumber {
        self.change.last().map_or(0, |(number, _)| *number)
    }

    fn in_deletion(&self) -> InDeletion {
        self.change.last().is_some_and(|(_, in_deletion)| *in_deletion)
    }

    fn mark_mixed(&mut self) {
        if let Some(Open::Complex(field)) = self.open.last_mut() {
            field.mixed = true;
        }
    }

    fn begin(&mut self, step: usize) {
        let ordinal = self.next_ordinal();
        let depth = self.open.len();
        if depth >= MAX_DEPTH || self.too_deep > 0 {
            self.too_deep = self.too_deep.saturating_add(1);
            self.flatten(ordinal, "docx.field-allowlist", "");
            self.mark_nested_flattened();
            return;
        }
        self.open.push(Open::Complex(Complex {
            ordinal,
            begin: step,
            separate: None,
            instruction: String::new(),
            texts: Vec::new(),
            too_long: false,
            nested_flattened: false,
            change: self.change_number(),
            mixed: false,
        }));
    }

    fn instruction(&mut self, step: usize, text: &str) {
        if self.too_deep > 0 {
            return;
        }
        let change = self.change_number();
        let Some(Open::Complex(field)) = self.open.last_mut() else { return };
        if field.separate.is_some() {
            return;
        }
        field.mixed |= field.change != change;
        field.texts.push((step, field.instruction.len()));
        if field.instruction.len().saturating_add(text.len()) > MAX_BYTES {
            field.too_long = true;
        } else {
            // A placeholder the document brings along stands for nothing.
            field.instruction.extend(text.chars().map(|c| if c == NESTED { '\u{fffd}' } else { c }));
        }
    }

    fn end(&mut self, step: usize) {
        if self.too_deep > 0 {
            self.too_deep = self.too_deep.saturating_sub(1);
            return;
        }
        let Some(Open::Complex(field)) = self.open.pop_if(|open| matches!(open, Open::Complex(_))) else {
            return;
        };
        let kept = self.decide(&field);
        let (write, flattened) = if kept.is_some() { (Written::Keep, false) } else { (Written::Drop, true) };
        let silent = flattened && is_silent(&field.instruction);
        self.set(field.begin, write, Turn::Open { flattened, silent });
        if let Some(separate) = field.separate {
            self.set(separate, write, Turn::Result);
        }
        self.set(step, write, Turn::Close);
        match kept {
            Some(kept) => self.write_texts(&field, &kept.instruction),
            None => self.mark_nested_flattened(),
        }
        if !flattened {
            self.nest();
        }
    }

    /// The answer about a complete field; a flattened one is recorded.
    fn decide(&mut self, field: &Complex) -> Option<Kept> {
        let decision = if field.too_long {
            Decision::Flatten("docx.field-allowlist")
        } else if field.nested_flattened || field.mixed {
            // Asked all the same, for the name of the threat.
            match (self.judge)(&field.instruction) {
                Decision::Keep(_) if field.mixed => Decision::Flatten("docx.dde-field-inside-containers"),
                Decision::Keep(_) => Decision::Flatten("docx.dde-field-quote-nested"),
                flatten => flatten,
            }
        } else {
            (self.judge)(&field.instruction)
        };
        let nested = |text: &str| text.matches(NESTED).count();
        match decision {
            // A judge that moves nested fields around would be asking for something else than what is written.
            Decision::Keep(kept) if nested(&kept.instruction) != nested(&field.instruction) => {
                self.flatten(field.ordinal, "docx.field-allowlist", &field.instruction);
                None
            }
            Decision::Keep(kept) => Some(kept),
            Decision::Flatten(threat) => {
                let split = field.texts.len() > 1;
                let threat = match threat {
                    "docx.dde-field-simple" if field.instruction.contains(NESTED) => {
                        "docx.dde-field-quote-nested"
                    }
                    "docx.dde-field-simple" if split => "docx.dde-field-complex-split",
                    threat => threat,
                };
                self.flatten(field.ordinal, threat, &field.instruction);
                None
            }
        }
    }

    /// Spreads `instruction` over the texts of a kept field. Where it equals the input every text stays as it
    /// is; else each piece between nested fields goes into the first text of that piece.
    fn write_texts(&mut self, field: &Complex, instruction: &str) {
        if instruction == field.instruction {
            for &(step, _) in &field.texts {
                self.set(step, Written::Keep, Turn::Stay);
            }
            return;
        }
        let mut texts = field.texts.iter().peekable();
        let mut end = 0_usize;
        for (before, piece) in field.instruction.split(NESTED).zip(instruction.split(NESTED)) {
            end = end.saturating_add(before.len());
            let mut piece = Some(piece).filter(|piece| !piece.is_empty());
            while let Some(&&(step, start)) = texts.peek()
                && start <= end
            {
                texts.next();
                if let Some(piece) = piece.take() {
                    let index = self.plan.texts.len();
                    self.plan.texts.push(piece.to_owned());
                    self.set(step, Written::Text(index), Turn::Stay);
                }
            }
            end = end.saturating_add(NESTED.len_utf8());
        }
    }

    fn begin_simple(&mut self, step: usize, instruction: &str) {
        let ordinal = self.next_ordinal();
        let instruction = instruction.replace(NESTED, "\u{fffd}");
        let mut hidden = false;
        // Its instruction is an attribute: there is nothing for `hides` to hide but a result nobody saw.
        match (self.judge)(&instruction) {
            Decision::Keep(kept) if kept.instruction == instruction => {
                self.set(step, Written::Keep, Turn::Stay)
            }
            Decision::Keep(kept) => {
                let index = self.plan.texts.len();
                self.plan.texts.push(kept.instruction);
                self.set(step, Written::Text(index), Turn::Stay);
            }
            Decision::Flatten(threat) => {
                self.flatten(ordinal, threat, &instruction);
                self.mark_nested_flattened();
                hidden = is_silent(&instruction);
                if hidden {
                    self.set(step, Written::Drop, Turn::Open { flattened: true, silent: true });
                }
            }
        }
        if self.plan.steps.get(step).is_some_and(|step| step.write != Written::Drop) {
            self.nest();
        }
        self.too_deep = 0;
        self.enter(Open::Simple { hidden });
    }

    fn enter(&mut self, border: Open) {
        self.borders.push(self.open.len());
        self.open.push(border);
    }

    /// The end of a border: what is still open inside it does not go on outside.
    fn leave(&mut self, step: usize, border: impl Fn(&Open) -> bool) {
        // Elements nest, so the innermost border is the one that ends.
        let Some(&at) = self.borders.last() else { return };
        if !self.open.get(at).is_some_and(border) {
            return;
        }
        self.too_deep = 0;
        self.borders.pop();
        let mut turn = Turn::Stay;
        while self.open.len() > at
            && let Some(open) = self.open.pop()
        {
            if let Open::Simple { hidden: true } = open {
                turn = Turn::Close;
            }
            self.abandon(open);
        }
        // Written with the start: [`Replay`] pairs them.
        self.set(step, Written::Keep, turn);
    }

    fn abandon(&mut self, open: Open) {
        if let Open::Complex(field) = open {
            self.flatten(field.ordinal, "docx.field-allowlist", &field.instruction);
        }
    }

    /// Puts the placeholder of a kept field into the instruction it stands in.
    fn nest(&mut self) {
        if let Some(Open::Complex(outer)) = self.open.last_mut()
            && outer.separate.is_none()
        {
            if outer.instruction.len() > MAX_BYTES {
                outer.too_long = true;
            } else {
                outer.instruction.push(NESTED);
            }
        }
    }

    /// Tells the field around, when this one stands in its instruction.
    fn mark_nested_flattened(&mut self) {
        if let Some(Open::Complex(outer)) = self.open.last_mut()
            && outer.separate.is_none()
        {
            outer.nested_flattened = true;
            if outer.instruction.len() <= MAX_BYTES {
                outer.instruction.push(NESTED);
            }
        }
    }

    fn flatten(&mut self, field: usize, threat: &'static str, instruction: &str) {
        let instruction = instruction.chars().take(REPORTED_CHARS).collect();
        self.plan.flattened.push(Flattened { field, threat, instruction });
    }

    fn next_ordinal(&mut self) -> usize {
        let ordinal = self.fields;
        self.fields = self.fields.saturating_add(1);
        ordinal
    }
}

/// True for fields whose result Word does not show: it is what a bookmark holds, for other fields to repeat.
fn is_silent(instruction: &str) -> bool {
    let name = instruction.split_whitespace().next().unwrap_or_default();
    ["SET", "ASK"].iter().any(|silent| name.eq_ignore_ascii_case(silent))
}

impl Plan {
    /// True when every mark and text is written as it stands.
    pub(crate) fn keeps_all(&self) -> bool {
        self.steps.iter().all(|step| step.write == Written::Keep)
    }

    /// The fields that are left out.
    pub(crate) fn flattened(&self) -> &[Flattened] {
        &self.flattened
    }

    /// Pass 2 from the start.
    pub(crate) fn replay(&self) -> Replay<'_> {
        Replay::new(self)
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;

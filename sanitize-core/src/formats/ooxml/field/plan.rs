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
//! of its own (a text box, a note).
//!
//! A field is flattened when its instruction is not allowed *or when a field in its instruction is
//! flattened*: the result of that one would become part of the instruction, which is how `DDE` is built from
//! `QUOTE`. What stands in the instruction of a flattened field is not shown by Word and is not written.

use super::{Kept, MAX_BYTES, NESTED, judge::Decision};

/// Fields open at one time. Word itself stops at 20.
const MAX_DEPTH: usize = 64;

/// What pass 1 is told, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// `w:fldChar` of type `begin`.
    Begin,
    /// The text of one `w:instrText` or `w:delInstrText`.
    Instruction(&'a str),
    /// `w:fldChar` of type `separate`.
    Separate,
    /// `w:fldChar` of type `end`.
    End,
    /// The start of a `w:fldSimple`, with its `w:instr`.
    BeginSimple(&'a str),
    /// The end of a `w:fldSimple`.
    EndSimple,
    /// The start of a story inside the part: `w:txbxContent`, a note, a comment.
    EnterStory,
    /// Its end.
    LeaveStory,
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
}

impl Event<'_> {
    /// The event without its text.
    pub(crate) fn mark(&self) -> Mark {
        match self {
            Self::Begin => Mark::Begin,
            Self::Instruction(_) => Mark::Instruction,
            Self::Separate => Mark::Separate,
            Self::End => Mark::End,
            Self::BeginSimple(_) => Mark::BeginSimple,
            Self::EndSimple => Mark::EndSimple,
            Self::EnterStory => Mark::EnterStory,
            Self::LeaveStory => Mark::LeaveStory,
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
    steps: Vec<Step>,
    texts: Vec<String>,
    flattened: Vec<Flattened>,
}

/// What to do at one event; the tags for [`Replay`] are part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    write: Written,
    turn: Turn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Keep,
    Drop,
    /// An index into [`Plan::texts`].
    Text(usize),
}

/// How the zones change at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Stay,
    /// An instruction begins; content in it is hidden, and stays hidden below when the field is flattened.
    Open {
        flattened: bool,
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
    fields: usize,
    /// Fields open beyond [`MAX_DEPTH`]; their marks are dropped.
    too_deep: usize,
}

/// Something that is open: a field, or a border no field crosses.
enum Open {
    Complex(Complex),
    /// A `w:fldSimple`: whether it is kept is known at its start.
    Simple,
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
}

/// Reports show this much of an instruction.
const REPORTED_CHARS: usize = 400;

impl<J: FnMut(&str) -> Decision> Planner<J> {
    /// A planner that asks `judge` about every instruction that is complete.
    pub(crate) fn new(judge: J) -> Self {
        Self { judge, plan: Plan::default(), open: Vec::new(), fields: 0, too_deep: 0 }
    }

    /// The next event of the part.
    pub(crate) fn event(&mut self, event: Event<'_>) {
        let step = self.plan.steps.len();
        self.plan.steps.push(Step { write: Written::Drop, turn: Turn::Stay });
        match event {
            Event::Begin => self.begin(step),
            Event::Instruction(text) => self.instruction(step, text),
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
            Event::EndSimple => self.leave(step, |open| matches!(open, Open::Simple)),
            Event::EnterStory => {
                self.too_deep = 0;
                self.open.push(Open::Story);
                self.set(step, Written::Keep, Turn::Stay);
            }
            Event::LeaveStory => self.leave(step, |open| matches!(open, Open::Story)),
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
        }));
    }

    fn instruction(&mut self, step: usize, text: &str) {
        if self.too_deep > 0 {
            return;
        }
        let Some(Open::Complex(field)) = self.open.last_mut() else { return };
        if field.separate.is_some() {
            return;
        }
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
        self.set(field.begin, write, Turn::Open { flattened });
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
        } else if field.nested_flattened {
            // Asked all the same, for the name of the threat.
            match (self.judge)(&field.instruction) {
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
        // Its instruction is an attribute: there is nothing for `hides` to hide.
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
            }
        }
        if self.plan.steps.get(step).is_some_and(|step| step.write != Written::Drop) {
            self.nest();
        }
        self.too_deep = 0;
        self.open.push(Open::Simple);
    }

    /// The end of a border: what is still open inside it does not go on outside.
    fn leave(&mut self, step: usize, border: impl Fn(&Open) -> bool) {
        if !self.open.iter().rev().any(&border) {
            return;
        }
        self.too_deep = 0;
        while let Some(open) = self.open.pop() {
            if border(&open) {
                break;
            }
            self.abandon(open);
        }
        // Written with the start: [`Replay`] pairs them.
        self.set(step, Written::Keep, Turn::Stay);
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

impl Plan {
    /// The fields that are left out.
    pub(crate) fn flattened(&self) -> &[Flattened] {
        &self.flattened
    }

    /// True when every mark and text is written as it stands.
    pub(crate) fn keeps_all(&self) -> bool {
        self.steps.iter().all(|step| step.write == Written::Keep)
    }

    /// Pass 2 from the start.
    pub(crate) fn replay(&self) -> Replay<'_> {
        Replay { plan: self, next: 0, zones: Vec::new(), simple: Vec::new() }
    }
}

/// Pass 2: the same events again, each with what is written for it.
#[derive(Debug)]
pub(crate) struct Replay<'p> {
    plan: &'p Plan,
    next: usize,
    zones: Vec<Zone>,
    /// What was written for each `w:fldSimple` that is open.
    simple: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Zone {
    /// Content that belongs to this field itself is in its instruction.
    instruction: bool,
    /// Content in its instruction is hidden however deep it stands.
    flattened: bool,
    /// Some field around hides everything in here.
    hidden: bool,
}

impl<'p> Replay<'p> {
    /// What is written for the next event. Events beyond those of pass 1 are dropped.
    pub(crate) fn event(&mut self, mark: Mark) -> Write<'p> {
        let step = self.plan.steps.get(self.next).copied();
        self.next = self.next.saturating_add(1);
        let Some(step) = step else { return Write::Drop };
        let hidden = self.buried();
        match step.turn {
            Turn::Stay => (),
            Turn::Open { flattened } => self.zones.push(Zone { instruction: true, flattened, hidden }),
            Turn::Result => {
                if let Some(zone) = self.zones.last_mut() {
                    zone.instruction = false;
                }
            }
            Turn::Close => {
                self.zones.pop();
            }
        }
        let write = match step.write {
            // Nothing is written inside the instruction of a flattened field, not even a field that is allowed.
            _ if hidden => Write::Drop,
            Written::Keep => Write::Keep,
            Written::Drop => Write::Drop,
            Written::Text(index) => self.plan.texts.get(index).map_or(Write::Drop, |text| Write::Text(text)),
        };
        match mark {
            Mark::BeginSimple => {
                self.simple.push(write != Write::Drop);
                write
            }
            Mark::EndSimple => match self.simple.pop() {
                Some(true) => Write::Keep,
                _ => Write::Drop,
            },
            _ => write,
        }
    }

    /// True while ordinary content is not written: it stands in an instruction, where Word does not show it
    /// and would read it as code.
    pub(crate) fn hides(&self) -> bool {
        self.zones.last().is_some_and(|zone| zone.instruction || zone.hidden)
    }

    /// True inside the instruction of a flattened field, at any depth.
    fn buried(&self) -> bool {
        self.zones.last().is_some_and(|zone| zone.hidden || zone.flattened && zone.instruction)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::judge, *};

    /// Writes a part from a sketch: `{` begin, `|` separate, `}` end, `<…>` a simple field with its instruction
    /// up to `:`, `(` and `)` a story, `'text'` content that is shown, anything else instruction text; `~` cuts
    /// an instruction text in two.
    fn events(sketch: &str) -> Vec<Item<'_>> {
        let mut items = Vec::new();
        let mut rest = sketch;
        while let Some(c) = rest.chars().next() {
            let until = |from: usize, end: &[char]| rest[from..].find(end).map_or(rest.len(), |at| from + at);
            let (item, len) = match c {
                '{' => (Item::Event(Event::Begin), 1),
                '|' => (Item::Event(Event::Separate), 1),
                '}' => (Item::Event(Event::End), 1),
                '>' => (Item::Event(Event::EndSimple), 1),
                '(' => (Item::Event(Event::EnterStory), 1),
                ')' => (Item::Event(Event::LeaveStory), 1),
                '~' => (Item::Cut, 1),
                '<' => {
                    let end = until(1, &[':']);
                    (Item::Event(Event::BeginSimple(&rest[1..end])), end + 1)
                }
                '\'' => {
                    let end = until(1, &['\'']);
                    (Item::Content(&rest[1..end]), end + 1)
                }
                _ => {
                    let end = until(0, &['{', '|', '}', '>', '<', '\'', '~', '(', ')']);
                    (Item::Event(Event::Instruction(&rest[..end])), end)
                }
            };
            items.push(item);
            rest = rest.get(len..).unwrap_or_default();
        }
        items
    }

    enum Item<'a> {
        Event(Event<'a>),
        Content(&'a str),
        Cut,
    }

    fn rewrite(sketch: &str) -> (String, Vec<&'static str>) {
        let schemes = ["https".to_owned()];
        let mut planner = Planner::new(|instruction: &str| judge(instruction, &schemes));
        let items = events(sketch);
        for item in &items {
            if let Item::Event(event) = item {
                planner.event(*event);
            }
        }
        let plan = planner.finish();
        let mut replay = plan.replay();
        let mut written = String::new();
        for item in &items {
            let event = match item {
                Item::Event(event) => event,
                Item::Content(content) if !replay.hides() => {
                    written.push_str(&format!("'{content}'"));
                    continue;
                }
                Item::Content(_) | Item::Cut => continue,
            };
            let write = replay.event(event.mark());
            match (write, event) {
                (Write::Drop, _) => (),
                (Write::Text(text), Event::BeginSimple(_)) => written.push_str(&format!("<{text}:")),
                (Write::Text(text), _) => written.push_str(text),
                (Write::Keep, Event::Begin) => written.push('{'),
                (Write::Keep, Event::Separate) => written.push('|'),
                (Write::Keep, Event::End) => written.push('}'),
                (Write::Keep, Event::EndSimple) => written.push('>'),
                (Write::Keep, Event::EnterStory) => written.push('('),
                (Write::Keep, Event::LeaveStory) => written.push(')'),
                (Write::Keep, Event::Instruction(text)) => written.push_str(text),
                (Write::Keep, Event::BeginSimple(text)) => written.push_str(&format!("<{text}:")),
            }
        }
        (written, plan.flattened().iter().map(|flattened| flattened.threat).collect())
    }

    #[test]
    fn fields_that_are_allowed_stay_as_they_are() {
        for same in [
            "'a'{ PAGE |'1'}'b'",
            "{ TOC \\o \"1-3\" \\h |{ HYPERLINK \\l \"_Toc1\" |'One'{ PAGEREF _Toc1 \\h |'3'}}'Two'}",
            "< PAGE :'1'>",
            "{ ={ PAGE |'3'}-1 |'2'}",
            "{ TC \"Chapter { SEQ c |'1'} x\" }",
            "{ AUTONUM }'x'",
            "{ PAGE |'a'({ DATE |'b'})'c'}",
        ] {
            assert_eq!(rewrite(same), (same.to_owned(), vec![]));
        }
        assert_eq!(rewrite("{ PA~GE~  |'1'}").0, "{ PAGE  |'1'}");
    }

    #[test]
    fn flattened_fields_leave_their_result() {
        let dde = "docx.dde-field-simple";
        assert_eq!(rewrite("'a'{ DDEAUTO x |'1'}'b'"), ("'a''1''b'".to_owned(), vec![dde]));
        assert_eq!(rewrite("<DDE x:'1'>"), ("'1'".to_owned(), vec![dde]));
        assert_eq!(
            rewrite("{D~DE~AUTO calc.exe KILL|'1'}"),
            ("'1'".to_owned(), vec!["docx.dde-field-complex-split"])
        );
        assert_eq!(rewrite("{ MACROBUTTON KILL 'Click here'}'x'").0, "'x'");
    }

    #[test]
    fn a_result_may_hold_fields_that_stay() {
        assert_eq!(rewrite("{ DDE x |'a'{ PAGE |'1'}'b'}").0, "'a'{ PAGE |'1'}'b'");
        assert_eq!(rewrite("{ PAGE |'a'{ DDE x |'1'}'b'}").0, "{ PAGE |'a''1''b'}");
    }

    #[test]
    fn an_instruction_with_a_flattened_field_in_it_is_flattened_whole() {
        let nested = "docx.dde-field-quote-nested";
        assert_eq!(rewrite("{ {QUOTE 68 68 69|'DDE'} calc |'1'}"), ("'1'".to_owned(), vec![nested, nested]));
        assert_eq!(rewrite("{ REF {QUOTE 68|'D'} |'1'}"), ("'1'".to_owned(), vec![nested, nested]));
        assert_eq!(rewrite("{DDE { REF c |'x'}|'1'}"), ("'1'".to_owned(), vec![nested]));
        assert_eq!(rewrite("{ = <DDE x:'9'> |'1'}").0, "'1'");
        // The allowed field in the instruction goes with it, and so does its result.
        assert_eq!(rewrite("{ IF { PAGE |'1'} = 1 |'y'}").0, "'y'");
    }

    #[test]
    fn content_in_an_instruction_is_never_shown_and_never_code() {
        assert_eq!(rewrite("{ PAGE 'DDE x' |'1'}").0, "{ PAGE  |'1'}");
        assert_eq!(rewrite("{'DDEAUTO x'|'1'}"), ("'1'".to_owned(), vec!["docx.field-allowlist"]));
    }

    #[test]
    fn marks_that_do_not_match_are_dropped() {
        assert_eq!(rewrite("}'a'|{ PAGE |'1'"), ("'a''1'".to_owned(), vec!["docx.field-allowlist"]));
        assert_eq!(rewrite("DDE x'a'").0, "'a'");
        assert_eq!(rewrite("{ PAGE |'1'|'2'DDE x}").0, "{ PAGE |'1''2'}");
        assert_eq!(rewrite("< PAGE :{ DATE |'1'>'2'}").0, "< PAGE :'1'>'2'");
        assert_eq!(rewrite("{ PAGE |'a'(}'b')}").0, "{ PAGE |'a'('b')}");
        assert_eq!(rewrite("{ PAGE (NUMPAGES) |'a'}").0, "{ PAGE () |'a'}");
    }

    #[test]
    fn changed_instructions_are_written_between_the_fields_in_them() {
        assert_eq!(rewrite("{ TC~\u{a0}\"a{ SEQ c |'1'}b~c\"\u{3000}}").0, "{ TC \"a{ SEQ c |'1'}bc\" }");
        assert_eq!(
            rewrite("{HYPERLINK ~\"https://u@example.c~om\"|'1'}").0,
            "{HYPERLINK \"https://example.com\"|'1'}"
        );
    }

    #[test]
    fn a_placeholder_in_the_text_stands_for_nothing() {
        assert_eq!(rewrite("{ =\u{fffc} |'1'}").0, "'1'");
    }

    #[test]
    fn nesting_without_end_is_flattened() {
        let deep = format!("{}PAGE{}", "{".repeat(5_000), "}".repeat(5_000));
        let (written, flattened) = rewrite(&deep);
        assert_eq!(written, "");
        assert_eq!(flattened.len(), 5_000);
    }

    proptest! {
        #[test]
        fn what_is_written_is_balanced_allowed_and_a_fixed_point(
            sketch in prop::collection::vec(prop::sample::select(vec![
                "{", "{", "{", "|", "|", "}", "}", "}", " PAGE ", "DDE x", " = 1", "~", "'a'", "< PAGE :", "<DDE x:", ">", "(", ")", "\u{3000}",
                "QUOTE 68", "{ DATE |'1'}", "HYPERLINK \"https://a@b\"",
            ]), 0..40)
        ) {
            let sketch = well_formed(&sketch);
            let (written, _) = rewrite(&sketch);
            for code in ["{DDE", "<DDE", "{QUOTE", "{}", "{|"] {
                prop_assert!(!written.contains(code), "{} -> {}", sketch, written);
            }
            prop_assert_eq!(rewrite(&written), (written.clone(), vec![]), "{}", sketch);
            let count = |mark: char| written.matches(mark).count();
            prop_assert_eq!(count('{'), count('}'));
        }
    }

    /// XML gives simple fields and stories an end, in order.
    fn well_formed(pieces: &[&str]) -> String {
        let mut open = Vec::new();
        let mut sketch = String::new();
        for piece in pieces {
            match *piece {
                ">" | ")" => {
                    if open.last() != Some(&piece.chars().next().unwrap()) {
                        continue;
                    }
                    open.pop();
                }
                "(" => open.push(')'),
                piece if piece.starts_with('<') => open.push('>'),
                _ => (),
            }
            sketch.push_str(piece);
        }
        sketch.extend(open.into_iter().rev());
        sketch
    }
}

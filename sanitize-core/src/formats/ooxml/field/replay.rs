//! Pass 2: what is written, event by event.

use super::plan::{Mark, Plan, Turn, Write, Written};

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
    /// So is its result.
    silent: bool,
    /// Some field around hides everything in here.
    hidden: bool,
}

impl<'p> Replay<'p> {
    /// Pass 2 from the start.
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, next: 0, zones: Vec::new(), simple: Vec::new() }
    }

    /// What is written for the next event. Events beyond those of pass 1 are dropped.
    pub(crate) fn event(&mut self, mark: Mark) -> Write<'p> {
        let step = self.plan.steps.get(self.next).copied();
        self.next = self.next.saturating_add(1);
        let Some(step) = step else { return Write::Drop };
        // Containers, not content: their ends may stand in another zone than their starts.
        if matches!(mark, Mark::EnterChange | Mark::LeaveChange) {
            return Write::Keep;
        }
        let hidden = self.buried();
        match step.turn {
            Turn::Stay => (),
            Turn::Open { flattened, silent } => {
                self.zones.push(Zone { instruction: true, flattened, silent, hidden });
            }
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
    /// and would read it as code, or in a result that Word does not show.
    pub(crate) fn hides(&self) -> bool {
        self.zones.last().is_some_and(|zone| zone.instruction || zone.silent || zone.hidden)
    }

    /// True inside what is not written of a flattened field, at any depth.
    fn buried(&self) -> bool {
        self.zones
            .last()
            .is_some_and(|zone| zone.hidden || zone.flattened && (zone.instruction || zone.silent))
    }
}

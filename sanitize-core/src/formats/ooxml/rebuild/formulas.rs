//! Formulas: judged as a whole, by what they call and what they refer to.

use std::collections::BTreeSet;

use super::filter::{Filter, Frame, Role};
use crate::{
    error::Error,
    formats::ooxml::{
        allow::{Class, TextKind},
        formula::{self, Context, NameStatus, Verdict},
        threats,
    },
    report::Detail,
};

/// What formulas of a workbook may refer to: its defined names, in upper case.
#[derive(Debug, Default)]
pub(super) struct Formulas {
    /// Names that stay.
    pub(super) names: BTreeSet<String>,
}

impl Formulas {
    fn status(&self, name: &str) -> NameStatus {
        if self.names.contains(&name.to_uppercase()) { NameStatus::Defined } else { NameStatus::Unknown }
    }
}

impl<'a> Filter<'a, '_, '_> {
    /// True when the formula may stand. One that may not is recorded.
    pub(super) fn judge_formula(&mut self, class: Class, text: &str) -> Result<bool, Error> {
        self.judge_in(context(class), text)
    }

    fn judge_in(&mut self, context: Context, text: &str) -> Result<bool, Error> {
        if text.is_empty() {
            return Ok(true);
        }
        let formulas = self.part.formulas;
        let schemes = &self.ctx.switches().link_schemes;
        match formula::judge(text, context, schemes, &|name| formulas.status(name)) {
            Verdict::Keep => Ok(true),
            Verdict::Flatten(threat) => {
                self.removed(threats::by_id(threat), Some(Detail::excerpt(text)))?;
                Ok(false)
            }
        }
    }

    /// The formula of a cell. Without it, the cell shows the value it showed last.
    pub(super) fn cell_formula(
        &mut self,
        class: Class,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        let shared = match self.attribute_value(b"t")?.as_deref() {
            Some("shared") => self.attribute_value(b"si")?.and_then(|index| index.trim().parse::<u32>().ok()),
            _ => None,
        };
        if shared.is_some_and(|index| self.shared.contains(&index)) {
            self.skip(empty)?;
            return Ok(true);
        }
        if empty {
            return Ok(false);
        }
        let start = self.tokenizer.span();
        self.judge_attributes(class, None)?;
        let tag_stands = canonical && self.fates.iter().all(|fate| *fate == super::filter::Fate::Keep);
        let (text, text_stands) = self.element_text()?;
        let span = (start.0, self.tokenizer.span().1);
        if !self.judge_in(Context::Cell, &text)? {
            self.output.omit(span);
            self.shared.extend(shared);
            return Ok(true);
        }
        if !tag_stands || !text_stands {
            self.rewrite_text(start.0, name, &text);
        }
        self.count();
        Ok(true)
    }

    /// A defined name: goes when its formula does.
    pub(super) fn defined_name(
        &mut self,
        class: Class,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        if let Some(defined) = self.attribute_value(b"name")?
            && let Some(threat) = formula::dangerous_name(&defined)
        {
            self.leave(empty, threats::by_id(threat), name)?;
            return Ok(true);
        }
        if empty {
            return Ok(false);
        }
        let start = self.tokenizer.span();
        self.judge_attributes(class, None)?;
        let tag_stands = canonical && self.fates.iter().all(|fate| *fate == super::filter::Fate::Keep);
        let (text, text_stands) = self.element_text()?;
        if !self.judge_in(Context::Name, &text)? {
            self.output.omit((start.0, self.tokenizer.span().1));
            return Ok(true);
        }
        if !tag_stands || !text_stands {
            self.rewrite_text(start.0, name, &text);
        }
        self.count();
        Ok(true)
    }

    /// An element whose text is a formula, judged with it. A rule, a validation or a sparkline is nothing without
    /// its formula; a chart draws from its cached points.
    pub(super) fn formula_element(&mut self, class: Class, name: &'a [u8], canonical: bool) -> Result<(), Error> {
        let start = self.tokenizer.span();
        let tag_stands = canonical && self.fates.iter().all(|fate| *fate == super::filter::Fate::Keep);
        let (text, text_stands) = self.element_text()?;
        if !self.judge_in(context(class), &text)? {
            self.output.omit((start.0, self.tokenizer.span().1));
            if self.leave_enclosing(is_rule)? {
                return Ok(());
            }
            self.rewrite_text(start.0, name, "");
            self.count();
            return Ok(());
        }
        if !tag_stands || !text_stands {
            self.rewrite_text(start.0, name, &text);
        }
        self.count();
        Ok(())
    }

    /// Opens the element at hand, its tag written.
    pub(super) fn open(&mut self, class: Class, empty: bool) {
        if empty {
            self.count();
        } else {
            self.frames.push(Frame { class, role: Role::Element, mark: None, kept: 0, met: 0 });
        }
    }
}

/// Where a formula of this class stands.
fn context(class: Class) -> Context {
    match class.name() {
        ("x" | "x14" | "xm", "formula" | "f") => Context::ConditionalFormat,
        ("x" | "x14", "formula1" | "formula2") => Context::DataValidation,
        ("c" | "c14" | "c15" | "c16" | "cx", _) => Context::Chart,
        _ => Context::Cell,
    }
}

/// Elements that are left out as a whole when a formula in them may not stand.
pub(super) fn is_rule(class: Class) -> bool {
    matches!(
        class.name(),
        ("x" | "x14", "cfRule" | "dataValidation" | "conditionalFormatting") | ("x14", "sparkline" | "sparklineGroup")
    )
}

/// True for text that is a formula.
pub(super) fn is_formula(class: Class) -> bool {
    class.text() == TextKind::Formula
}

//! Formulas: judged as a whole, by what they call and what they refer to.

use super::filter::{Filter, Frame, Role};
use crate::{
    error::Error,
    formats::ooxml::{
        allow::Class,
        formula::{self, Context, Verdict},
        threats,
    },
    report::Detail,
    toolkits::markup::xml::split,
};

impl<'a> Filter<'a, '_, '_> {
    /// The formula as it may stand; `None`, and recorded, when it may not.
    pub(super) fn judge_formula(&mut self, context: Context, text: &str) -> Result<Option<String>, Error> {
        let verdict = match text.is_empty() {
            true => Verdict::Keep,
            false => self.part.names.judge(text, context, &self.ctx.switches().link_schemes),
        };
        self.settle(verdict, text)
    }

    fn settle(&mut self, verdict: Verdict, text: &str) -> Result<Option<String>, Error> {
        match verdict {
            Verdict::Keep => Ok(Some(text.to_owned())),
            Verdict::Rewrite(formula) => Ok(Some(formula)),
            Verdict::Flatten(threat) => {
                self.removed(threats::by_id(threat), Some(Detail::excerpt(text)))?;
                Ok(None)
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
            self.value_stands_alone();
            return Ok(true);
        }
        if empty {
            return Ok(false);
        }
        let start = self.tokenizer.span();
        self.judge_attributes(class, None)?;
        let tag_stands = self.tag_stands(canonical);
        let (text, text_stands) = self.element_text()?;
        let span = (start.0, self.tokenizer.span().1);
        let Some(formula) = self.judge_formula(Context::Cell, &text)? else {
            self.output.omit(span);
            self.shared.extend(shared);
            self.value_stands_alone();
            return Ok(true);
        };
        if !tag_stands || !text_stands || formula != text {
            self.rewrite_text(start.0, name, &formula);
        }
        self.count();
        Ok(true)
    }

    /// A cell that says its text stands in `x:is`, and has a formula and a value instead, shows the value for the
    /// formula's sake only. Without the formula it has to say that the value is its text.
    fn value_stands_alone(&mut self) {
        let rest = self.tokenizer.rest().trim_ascii_start();
        let name = rest.strip_prefix(b"<").unwrap_or_default();
        let end = name.iter().take(80).position(|byte| matches!(byte, b'>' | b'/' | b' ')).unwrap_or(0);
        if split(name.get(..end).unwrap_or_default()).1 == b"v" {
            self.output.amend_last_tag(" t=\"inlineStr\"", " t=\"str\"");
        }
    }

    /// A defined name: goes when its formula does.
    pub(super) fn defined_name(
        &mut self,
        class: Class,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        let defined = self.attribute_value(b"name")?.unwrap_or_default();
        if let Some(threat) = formula::starts_by_itself(&defined) {
            return self.leave(empty, threats::by_id(threat), name).map(|()| true);
        }
        if empty {
            return Ok(false);
        }
        let start = self.tokenizer.span();
        self.judge_attributes(class, None)?;
        let tag_stands = self.tag_stands(canonical);
        let (text, text_stands) = self.element_text()?;
        let known = self.part.names.verdict(&defined, &text).cloned();
        let formula = match known {
            Some(verdict) => self.settle(verdict, &text)?,
            None => self.judge_formula(Context::Name, &text)?,
        };
        let Some(formula) = formula else {
            self.output.omit((start.0, self.tokenizer.span().1));
            return Ok(true);
        };
        if !tag_stands || !text_stands || formula != text {
            self.rewrite_text(start.0, name, &formula);
        }
        self.count();
        Ok(true)
    }

    /// An element whose text is a formula, judged with it. A rule, a validation or a sparkline is nothing without
    /// its formula; a chart draws from its cached points.
    pub(super) fn formula_element(
        &mut self,
        class: Class,
        name: &'a [u8],
        canonical: bool,
    ) -> Result<(), Error> {
        let start = self.tokenizer.span();
        let tag_stands = self.tag_stands(canonical);
        let (text, text_stands) = self.element_text()?;
        let Some(formula) = self.judge_formula(context(class), &text)? else {
            if !self.leave_enclosing(is_rule)? {
                self.rewrite_text(start.0, name, "");
                self.count();
            }
            return Ok(());
        };
        if !tag_stands || !text_stands || formula != text {
            self.rewrite_text(start.0, name, &formula);
        }
        self.count();
        Ok(())
    }

    /// Opens the element at hand, its tag written.
    pub(super) fn open(&mut self, class: Class, empty: bool) {
        if empty {
            self.count();
        } else {
            self.frames.push(Frame::new(class, Role::Element, None));
        }
    }
}

/// Where a formula of this class stands.
pub(super) fn context(class: Class) -> Context {
    match class.usual_name() {
        ("x" | "x14" | "xm", "formula" | "f" | "cfvo") => Context::ConditionalFormat,
        ("x" | "x14", "formula1" | "formula2") => Context::DataValidation,
        ("c" | "c14" | "c15" | "c16" | "cx", _) => Context::Chart,
        _ => Context::Other,
    }
}

/// Elements that are left out as a whole when a formula in them may not stand.
#[inline]
pub(super) fn is_rule(class: Class) -> bool {
    let (namespace, local) = class.name();
    // Asked of every element there is, and no rule has a name as short as those of cells and runs.
    if local.len() < "cfRule".len() {
        return false;
    }
    matches!(
        (namespace.prefix(), local),
        ("x" | "x14", "cfRule" | "dataValidation" | "conditionalFormatting")
            | ("x14", "sparkline" | "sparklineGroup")
    )
}

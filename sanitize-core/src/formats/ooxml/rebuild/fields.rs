//! Fields of a Word part: the marks of both passes, found by one rule.

use std::collections::BTreeSet;

use crate::{
    budget::Budget,
    engine::ctx::Ctx,
    error::{Error, malformed},
    formats::ooxml::{
        field::{self, Change, Decision, Event, Kept, Mark, Plan, Planner},
        threats,
    },
    report::{Action, Detail, Spot},
    toolkits::markup::xml::{Attribute, Token, Tokenizer, escape, split},
};

/// What was decided about the fields of a part.
pub(super) struct Decided {
    pub(super) plan: Plan,
    /// The instructions of those that stay.
    kept: BTreeSet<String>,
}

impl Decided {
    /// Whether `text`, written by the plan and behind the declaration, has no fields but those that were decided to stay. The plan is
    /// made of what stands in the input: what the filter leaves out between may have been a part of an instruction.
    pub(super) fn holds_in(&self, text: &str, budget: &Budget) -> Result<bool, Error> {
        if !may_have(text) {
            return Ok(true);
        }
        let mut planner = Planner::new(|instruction| match self.kept.contains(instruction) {
            true => Decision::Keep(Kept { instruction: instruction.to_owned(), link: None }),
            false => Decision::Flatten(threats::DOCX_FIELD_ALLOWLIST.id),
        });
        feed(&mut planner, text, budget)?;
        Ok(planner.finish().keeps_all())
    }
}

fn may_have(text: &str) -> bool {
    let has = |name: &[u8]| memchr::memmem::find(text.as_bytes(), name).is_some();
    has(b"fldChar") || has(b"fldSimple") || has(b"nstrText")
}

/// The decisions about every field of a part, made in a pass of its own. `None` when it has no field.
pub(super) fn plan(text: &str, ctx: &mut Ctx<'_>) -> Result<Option<Decided>, Error> {
    if !may_have(text) {
        return Ok(None);
    }
    let budget = ctx.budget();
    let schemes = &ctx.switches().link_schemes;
    let mut refused = Ok(());
    let mut kept_ones = BTreeSet::new();
    // The policy is asked about a link when its field is complete.
    let mut planner = Planner::new(|instruction| {
        let decision = field::judge(instruction, schemes);
        let Decision::Keep(kept) = &decision else { return decision };
        if draws_over(&kept.instruction) {
            let detail = Detail::excerpt(kept.instruction.trim());
            let chosen = ctx.choose_with(&threats::DOCX_RUBY_AND_FIELDS_MISUSE, Spot::Here, detail);
            if let Err(error) = chosen {
                refused = Err(error);
            }
        }
        if let Some(address) = kept.link.as_ref().and_then(|link| link.written()) {
            match ctx.choose_with(&threats::DOCX_HYPERLINK_FIELD, Spot::Here, Detail::url(&address)) {
                Ok(Action::Keep) => (),
                Ok(_) => return Decision::Flatten(threats::DOCX_HYPERLINK_FIELD.id),
                Err(error) => {
                    refused = Err(error);
                    return Decision::Flatten(threats::DOCX_HYPERLINK_FIELD.id);
                }
            }
        }
        kept_ones.insert(kept.instruction.clone());
        decision
    });
    feed(&mut planner, text, budget)?;
    let plan = planner.finish();
    refused?;
    for flattened in plan.flattened() {
        if flattened.threat == threats::DOCX_HYPERLINK_FIELD.id && ctx.switches().link_schemes.is_empty() {
            // Already recorded, when the policy was asked.
            continue;
        }
        let detail = Detail::excerpt(flattened.instruction.trim());
        ctx.removed_with(threats::by_id(flattened.threat), Spot::Here, detail)?;
    }
    Ok(Some(Decided { plan, kept: kept_ones }))
}

/// Tells the planner of every mark in `text`.
fn feed<J: FnMut(&str) -> Decision>(
    planner: &mut Planner<J>,
    text: &str,
    budget: &Budget,
) -> Result<(), Error> {
    let mut tokenizer = Tokenizer::new(text, budget);
    while let Some(token) = tokenizer.next()? {
        let Some(mark) = mark(&token, tokenizer.attributes()) else { continue };
        match mark {
            Mark::Instruction => {
                let deleted = matches!(token, Token::Start { name, .. } if split(name).1 == b"delInstrText");
                let text = instruction(&mut tokenizer, &token)?;
                planner.event(match deleted {
                    true => Event::DeletedInstruction(&text),
                    false => Event::Instruction(&text),
                });
            }
            Mark::BeginSimple => {
                planner.event(Event::BeginSimple(&value(tokenizer.attributes(), b"instr")?));
                if matches!(token, Token::Start { empty: true, .. }) {
                    planner.event(Event::EndSimple);
                }
            }
            Mark::Begin => planner.event(Event::Begin),
            Mark::Separate => planner.event(Event::Separate),
            Mark::End => planner.event(Event::End),
            Mark::EndSimple => planner.event(Event::EndSimple),
            Mark::EnterStory => planner.event(Event::EnterStory),
            Mark::LeaveStory => planner.event(Event::LeaveStory),
            Mark::EnterChange => {
                let (change, who) = change(&token, tokenizer.attributes())?;
                planner.event(Event::EnterChange(change, &who));
            }
            Mark::LeaveChange => planner.event(Event::LeaveChange),
        }
    }
    Ok(())
}

/// True for an equation that prints one text over another. With the alignment `\ac`, `\ad`, `\al` or `\ar` it is
/// what Word makes of ruby and of enclosed characters.
fn draws_over(instruction: &str) -> bool {
    let is_equation = instruction.trim_start().get(..2).is_some_and(|name| name.eq_ignore_ascii_case("EQ"));
    let lower = if is_equation { instruction.to_ascii_lowercase() } else { return false };
    lower.match_indices("\\o").any(|(at, word)| {
        let behind = lower.get(at + word.len()..).unwrap_or_default().trim_start();
        !["\\ac", "\\ad", "\\al", "\\ar"].iter().any(|aligned| behind.starts_with(aligned))
    })
}

/// What a token means to fields. Prefixes are not looked at: an element of another namespace that is spelled
/// alike is not written. What that makes of the fields around it, [`Decided::holds_in`] asks of the output.
pub(super) fn mark(token: &Token<'_>, attributes: &[Attribute<'_>]) -> Option<Mark> {
    match token {
        Token::Start { name, empty, .. } => match split(name).1 {
            b"fldChar" => match value(attributes, b"fldCharType").ok()?.as_ref() {
                "begin" => Some(Mark::Begin),
                "separate" => Some(Mark::Separate),
                "end" => Some(Mark::End),
                _ => None,
            },
            b"instrText" | b"delInstrText" => Some(Mark::Instruction),
            b"fldSimple" => Some(Mark::BeginSimple),
            b"txbxContent" | b"footnote" | b"endnote" | b"comment" | b"Choice" | b"Fallback" if !empty => {
                Some(Mark::EnterStory)
            }
            b"ins" | b"del" | b"moveFrom" | b"moveTo" if !empty => Some(Mark::EnterChange),
            _ => None,
        },
        Token::End { name, .. } => match split(name).1 {
            b"fldSimple" => Some(Mark::EndSimple),
            b"txbxContent" | b"footnote" | b"endnote" | b"comment" | b"Choice" | b"Fallback" => {
                Some(Mark::LeaveStory)
            }
            b"ins" | b"del" | b"moveFrom" | b"moveTo" => Some(Mark::LeaveChange),
            _ => None,
        },
        _ => None,
    }
}

/// What kind of change begins, and whose it is.
fn change(token: &Token<'_>, attributes: &[Attribute<'_>]) -> Result<(Change, String), Error> {
    let kind = match token {
        Token::Start { name, .. } if matches!(split(name).1, b"ins" | b"moveTo") => Change::Inserted,
        _ => Change::Deleted,
    };
    Ok((kind, format!("{}\n{}", value(attributes, b"author")?, value(attributes, b"date")?)))
}

/// The value of the attribute with this local name; empty when there is none.
fn value<'a>(attributes: &[Attribute<'a>], local: &[u8]) -> Result<std::borrow::Cow<'a, str>, Error> {
    match attributes.iter().find(|attribute| attribute.split().1 == local) {
        Some(found) => escape::decode(found.raw, escape::Within::Attribute, found.offset as u64),
        None => Ok("".into()),
    }
}

/// The text of the instruction element whose start tag was read, up to its end tag.
fn instruction(tokenizer: &mut Tokenizer<'_, '_>, start: &Token<'_>) -> Result<String, Error> {
    let mut text = String::new();
    if matches!(start, Token::Start { empty: true, .. }) {
        return Ok(text);
    }
    let outside = tokenizer.depth() - 1;
    while let Some(token) = tokenizer.next()? {
        match token {
            Token::Text { raw, .. } if tokenizer.depth() == outside + 1 => {
                text.push_str(&escape::decode(raw, escape::Within::Text, tokenizer.span().0 as u64)?);
            }
            Token::CData(raw) if tokenizer.depth() == outside + 1 => text.push_str(raw),
            Token::End { .. } if tokenizer.depth() == outside => return Ok(text),
            _ => {}
        }
    }
    Err(malformed("element that is never closed", tokenizer.span().0 as u64))
}

use super::{
    model::Model,
    parse::{self, Formula, Sylk},
    threats,
};
use crate::{
    engine::{ctx::Ctx, text},
    error::Error,
    limits::Resource,
    report::{Action, Detail, Spot},
    toolkits::charset::{Document, Edit},
};

/// Formulas whose text goes into the report; later ones are counted.
const SHOWN: usize = 200;
/// How much of one is shown.
const EXCERPT: usize = 120;

pub(super) fn rebuild<'a>(document: Document<'a>, ctx: &mut Ctx<'_>) -> Result<Model<'a>, Error> {
    let document = text::visible(document, ctx)?;
    let document = without_separator_lines(document, ctx)?;
    // Hidden characters go first: with them, a cell would not seem to start with what it starts with.
    let table = parse::table(&document.text, ctx.budget()).map_err(|error| match error {
        Error::Limit(Resource::Objects) if ctx.depth() == 1 => ctx.refuse(&threats::SIZE, Spot::Here),
        error => error,
    })?;
    let mut edits = Vec::new();
    if table.has_separator_line {
        ctx.choose_with(&threats::AMBIGUOUS, Spot::Offset(0), Detail::excerpt("sep= line"))?;
    }
    if let Some(sylk) = table.sylk {
        ctx.replaced(&threats::SYLK, Spot::Offset(0), None)?;
        // Quotes keep the cell as it is; the first record of SYLK becomes text.
        let around: &[Edit] = match sylk {
            Sylk::Record => &[Edit { range: 0..0, insert: "'" }],
            Sylk::Cell => &[Edit { range: 0..0, insert: "\"" }, Edit { range: 2..2, insert: "\"" }],
        };
        edits.extend_from_slice(around);
    }
    if table.is_unbalanced {
        ctx.choose_with(&threats::AMBIGUOUS, Spot::Here, Detail::excerpt("quotes without an end"))?;
    }
    for (index, formula) in table.formulas.iter().enumerate() {
        if judge(formula, index, &document.text, ctx)? != Action::Keep {
            edits.push(Edit { range: formula.at..formula.at, insert: "'" });
        }
    }
    let document = document.edited(&edits, ctx.budget())?;
    Ok(Model(text::settled(document, ctx)?))
}

/// The document without leading `sep=` lines that name a separator nobody writes tables with: it would cut cells
/// where only Excel sees it.
fn without_separator_lines<'a>(document: Document<'a>, ctx: &mut Ctx<'_>) -> Result<Document<'a>, Error> {
    let mut end = 0;
    while let Some((len, false)) = parse::separator_line(document.text.get(end..).unwrap_or_default()) {
        ctx.budget().objects(1)?;
        ctx.replaced(&threats::SYLK, end, Detail::excerpt("sep= line"))?;
        end += len;
    }
    if end == 0 {
        return Ok(document);
    }
    document.edited(&[Edit { range: 0..end, insert: "" }], ctx.budget())
}

fn judge(formula: &Formula, index: usize, text: &str, ctx: &mut Ctx<'_>) -> Result<Action, Error> {
    ctx.budget().objects(1)?;
    let shown: String = text.get(formula.at..).unwrap_or_default().chars().take(EXCERPT).collect();
    let end = (formula.end - formula.at).min(shown.len());
    let shown = shown.get(..end).unwrap_or(&shown);
    let threat = if !formula.is_cell {
        &threats::BORDERS
    } else if reaches_out(shown) {
        &threats::NETWORK
    } else {
        &threats::FORMULA
    };
    let detail = (index < SHOWN).then(|| Detail::excerpt(shown));
    ctx.choose_with(threat, formula.at, detail)
}

/// True for the functions and links that a formula reaches out with. It decides which words the report has,
/// and nothing else.
fn reaches_out(formula: &str) -> bool {
    const FUNCTIONS: [&str; 13] = [
        "DDE(",
        "DDEAUTO",
        "HYPERLINK(",
        "WEBSERVICE(",
        "IMPORTXML(",
        "IMPORTDATA(",
        "IMPORTHTML(",
        "IMPORTFEED(",
        "IMPORTRANGE(",
        "IMAGE(",
        "RTD(",
        "CALL(",
        "FILTERXML(",
    ];
    let upper = formula.to_uppercase();
    FUNCTIONS.iter().any(|function| upper.contains(function))
        || formula.contains('|') && formula.contains('!')
}

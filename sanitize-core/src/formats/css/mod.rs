//! Style sheets: listed rules, properties and functions, without anything that fetches.

mod threats;

use crate::{
    budget::Budget,
    engine::{
        ctx::Ctx,
        handler::{Handler, Rebuilt},
        identify::Probe,
    },
    error::{Error, malformed},
    format::{self, Format},
    report::{Detail, Spot, Threat},
    toolkits::{
        charset::{Document, Encoding, looks_like_text},
        markup::css::{self, Dropped, Host, Profile},
    },
};

pub(super) struct Css;

impl Handler for Css {
    fn formats(&self) -> &'static [Format] {
        &[format::CSS]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// A style sheet is told from text by its name alone.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let named = Format::by_extension(probe.extension()) == Some(format::CSS);
        (named && looks_like_text(probe.bytes())).then_some(format::CSS)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let budget = ctx.budget();
        let document = Document::decode(input, budget)?.ok_or_else(|| malformed("text encoding", 0))?;
        if document.encoding != Encoding::Utf8 || document.conversion.is_some() {
            ctx.replaced(&threats::ENCODING, Spot::Here, None)?;
        }
        let mut sheet = css::sheet(&document.text, Profile::Html, &mut Sheet { ctx }, budget)?;
        if sheet.is_empty() {
            // A file without a byte is no style sheet to who gets it.
            sheet.push('\n');
        }
        Ok(Rebuilt { bytes: sheet.into_bytes(), format: format::CSS })
    }

    /// By the letter: no rule but those for media and pages, no address, and no tag.
    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        let text = simdutf8::basic::from_utf8(output).map_err(|_| malformed("text encoding", 0))?;
        budget.objects(output.len() as u64 / 64)?;
        if css::is_harmless(text, |_| false) && memchr::memchr(b'<', output).is_none() {
            Ok(())
        } else {
            Err(malformed("written style", 0))
        }
    }
}

struct Sheet<'c, 'run> {
    ctx: &'c mut Ctx<'run>,
}

impl Host for Sheet<'_, '_> {
    fn url(&mut self, _property: &str, url: &str) -> Result<Option<String>, Error> {
        self.ctx.removed_with(&threats::FETCH, Spot::Here, Detail::url(url)).map(|()| None)
    }

    fn id(&mut self, id: &str) -> String {
        id.to_owned()
    }

    fn dropped(&mut self, why: Dropped, name: &str) -> Result<(), Error> {
        let threat: &'static Threat = match why {
            Dropped::Fetch => &threats::FETCH,
            Dropped::Code => &threats::CODE,
            Dropped::Overlay | Dropped::Unlisted => &threats::UNLISTED,
        };
        self.ctx.removed_with(threat, Spot::Here, Detail::name(name))
    }
}

//! Lines to model, by allow-list.

use super::{
    allow::{self, Value},
    model::{Model, Piece},
    threats,
};
use crate::{
    engine::{
        ctx::{Ctx, Nested},
        text,
    },
    error::{Error, malformed},
    format::{self, Format},
    report::{Action, Detail, Spot, Threat},
    toolkits::{
        codec::base64,
        content_line::Line,
        link::{self, Link},
    },
};

/// How often an event may be repeated.
const REPEATED: u32 = 10_000;

pub(super) fn rebuild(lines: Vec<Line>, ctx: &mut Ctx<'_>) -> Result<(Model, Format), Error> {
    let first = lines.first().map(|line| line.value.trim_ascii().to_ascii_uppercase());
    let root =
        first.and_then(|name| allow::component(&name, None)).ok_or_else(|| malformed("first line", 0))?;
    let mut scribe = Scribe {
        ctx,
        root,
        model: Model::default(),
        open: Vec::new(),
        skipped: Vec::new(),
        old: is_old(&lines),
    };
    for (number, line) in lines.into_iter().enumerate() {
        scribe.line(line, number)?;
    }
    if !scribe.open.is_empty() || !scribe.skipped.is_empty() {
        return Err(malformed("component without an end", 0));
    }
    let format = if root == "VCARD" { format::VCF } else { format::ICS };
    Ok((scribe.model, format))
}

/// True for cards before version 3.0, whose text is not escaped as it is today.
fn is_old(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.name == "VERSION" && line.value.trim_ascii() == "2.1")
}

struct Scribe<'c, 'run> {
    ctx: &'c mut Ctx<'run>,
    /// `VCALENDAR` or `VCARD`.
    root: &'static str,
    model: Model,
    /// The components that are open, each with where it starts.
    open: Vec<(&'static str, usize)>,
    /// Components that are open and left out, by name.
    skipped: Vec<String>,
    old: bool,
}

impl Scribe<'_, '_> {
    fn is_card(&self) -> bool {
        self.root == "VCARD"
    }

    fn threat(&self) -> &'static Threat {
        if self.is_card() { &threats::CARD } else { &threats::CALENDAR }
    }

    fn removed(&mut self, line: usize, what: &str) -> Result<(), Error> {
        let threat = self.threat();
        self.ctx.removed_with(threat, line, Detail::name(what))
    }

    fn line(&mut self, line: Line, number: usize) -> Result<(), Error> {
        self.ctx.budget().objects(1)?;
        match line.name.as_str() {
            "BEGIN" => self.begin(&line, number),
            "END" => self.end(&line, number),
            _ if !self.skipped.is_empty() => Ok(()),
            _ => self.property(&line, number),
        }
    }

    fn begin(&mut self, line: &Line, number: usize) -> Result<(), Error> {
        let name = line.value.trim_ascii().to_ascii_uppercase();
        self.ctx.budget().tree_depth((self.open.len() + self.skipped.len()) as u32)?;
        let parent = self.open.last().map(|(name, _)| *name);
        let listed = if self.skipped.is_empty() { allow::component(&name, parent) } else { None };
        // One file holds either calendars or cards.
        match listed.filter(|listed| parent.is_some() || *listed == self.root) {
            Some(listed) => {
                self.open.push((listed, self.model.pieces.len()));
                self.model.pieces.push(Piece::Begin(listed));
                Ok(())
            }
            None => {
                if self.skipped.is_empty() {
                    self.removed(number, &name)?;
                }
                self.skipped.push(name);
                Ok(())
            }
        }
    }

    fn end(&mut self, line: &Line, number: usize) -> Result<(), Error> {
        let name = line.value.trim_ascii().to_ascii_uppercase();
        let wrong = || malformed("end of another component", number as u64);
        if let Some(skipped) = self.skipped.pop() {
            return if skipped == name { Ok(()) } else { Err(wrong()) };
        }
        let (open, start) = self.open.pop().filter(|(open, _)| *open == name).ok_or_else(wrong)?;
        // An alarm that plays, mails or runs something; one that shows something says so.
        let shows = |piece: &Piece| matches!(piece, Piece::Property { name: "ACTION", value, .. } if value == "DISPLAY");
        if open == "VALARM" && !self.model.pieces.iter().skip(start).any(shows) {
            self.model.pieces.truncate(start);
            return self.removed(number, open);
        }
        self.model.pieces.push(Piece::End(open));
        Ok(())
    }

    fn property(&mut self, line: &Line, number: usize) -> Result<(), Error> {
        if self.open.is_empty() {
            return Err(malformed("property outside a component", number as u64));
        }
        let Some((name, kind)) = allow::property(self.root, &line.name) else {
            return self.removed(number, &line.name);
        };
        let is_address = line.values("VALUE").any(|value| value.eq_ignore_ascii_case("URI"));
        let is_bytes = line
            .values("ENCODING")
            .chain(line.values("TYPE"))
            .any(|value| ["B", "BASE64"].iter().any(|known| known.eq_ignore_ascii_case(value)));
        let text_only = matches!(kind, Value::Text | Value::Plain | Value::Rule | Value::Reading);
        if text_only && (is_bytes || is_address && name != "UID" && name != "TEL") {
            return self.removed(number, name);
        }
        let value = match kind {
            Value::Text => Some(self.text(&line.value, name)?),
            Value::Plain => self.plain(name, &line.value, number)?,
            Value::Rule => self.rule(&line.value, number)?,
            Value::Person => self.person(&line.value, number)?,
            Value::Link => self.link(&line.value, number)?,
            Value::Picture => return self.picture(name, line, is_bytes, number),
            Value::Reading => {
                let reads = line.values("TYPE").any(|value| value.eq_ignore_ascii_case("X-IRMC-N"));
                if reads { Some(self.text(&line.value, name)?) } else { None }
            }
        };
        let Some(value) = value else {
            return if matches!(kind, Value::Reading) { self.removed(number, name) } else { Ok(()) };
        };
        let parameters = self.parameters(line, number)?;
        self.model.pieces.push(Piece::Property { name, parameters, value });
        Ok(())
    }

    fn parameters(&mut self, line: &Line, number: usize) -> Result<Vec<(&'static str, String)>, Error> {
        let mut kept: Vec<(&'static str, String)> = Vec::new();
        for parameter in &line.parameters {
            // How the value was encoded: it no longer is.
            if matches!(parameter.name.as_str(), "CHARSET" | "ENCODING") {
                continue;
            }
            let old = |value: &&String| {
                !["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"]
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(value))
            };
            let values: Vec<&String> =
                parameter.values.iter().filter(|value| parameter.name != "TYPE" || old(value)).collect();
            let Some(name) = allow::parameter(&parameter.name) else {
                self.removed(number, &parameter.name)?;
                continue;
            };
            if name == "VALUE" && !values.iter().all(|value| allow::is_value_type(value)) || values.is_empty()
            {
                continue;
            }
            let mut joined = String::new();
            for (index, value) in values.into_iter().enumerate() {
                joined.push_str(if index > 0 { "," } else { "" });
                joined.push_str(&text::cleaned(value, Spot::Here, self.ctx)?.replace(['"', '\n', '\r'], " "));
            }
            // One list for each name: cards repeat `TYPE`.
            match kept.iter_mut().find(|(known, _)| *known == name) {
                Some((_, before)) if name == "TYPE" => {
                    before.push(',');
                    before.push_str(&joined);
                }
                Some(_) => {}
                None => kept.push((name, joined)),
            }
        }
        Ok(kept)
    }

    /// Text in its escaped form. Before version 3.0 of cards, only semicolons were escaped.
    fn text(&mut self, value: &str, name: &str) -> Result<String, Error> {
        let value = text::cleaned(value, Spot::Here, self.ctx)?;
        let mut text = String::with_capacity(value.len());
        let structured = self.is_card() && matches!(name, "N" | "ADR" | "ORG" | "GEO" | "GENDER");
        let listed = matches!(name, "CATEGORIES" | "RESOURCES" | "NICKNAME") || structured;
        let mut characters = value.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.peek() {
                    Some('n' | 'N') if !self.old => {
                        characters.next();
                        text.push_str("\\n");
                    }
                    Some(escaped @ ('\\' | ';' | ',')) => {
                        text.push('\\');
                        text.push(*escaped);
                        characters.next();
                    }
                    _ if self.old => text.push_str("\\\\"),
                    // An escape that means nothing stands for what follows.
                    _ => {}
                },
                '\r' => {}
                '\n' => text.push_str("\\n"),
                ',' if !listed || self.old => text.push_str("\\,"),
                ';' if !(structured || listed && self.is_card()) => text.push_str("\\;"),
                other => text.push(other),
            }
        }
        Ok(text)
    }

    fn plain(&mut self, name: &str, value: &str, number: usize) -> Result<Option<String>, Error> {
        let value = value.trim_ascii();
        if self.old && name == "VERSION" {
            self.ctx.replaced(&threats::CARD_FORM, number, None)?;
            return Ok(Some("3.0".to_owned()));
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-+:./,;= ".contains(&byte);
        let value = if name == "ACTION" { value.to_ascii_uppercase() } else { value.to_owned() };
        let is_plain = value.len() <= 100_000 && value.bytes().all(plain);
        if !is_plain || name == "ACTION" && value != "DISPLAY" {
            self.removed(number, name)?;
            return Ok(None);
        }
        Ok(Some(value))
    }

    /// A recurrence that ends within measure, or comes no more than daily.
    fn rule(&mut self, value: &str, number: usize) -> Result<Option<String>, Error> {
        let mut parts = Vec::new();
        let mut sane = true;
        for part in value.trim_ascii().split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = name.to_ascii_uppercase();
            let plain = value.len() <= 2_000
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b",+-".contains(&byte));
            let known = matches!(
                name.as_str(),
                "FREQ"
                    | "UNTIL"
                    | "COUNT"
                    | "INTERVAL"
                    | "BYSECOND"
                    | "BYMINUTE"
                    | "BYHOUR"
                    | "BYDAY"
                    | "BYMONTHDAY"
                    | "BYYEARDAY"
                    | "BYWEEKNO"
                    | "BYMONTH"
                    | "BYSETPOS"
                    | "WKST"
                    | "RSCALE"
                    | "SKIP"
            );
            sane &= plain && known;
            sane &= name != "FREQ"
                || matches!(
                    &*value.to_ascii_uppercase(),
                    "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY" | "HOURLY"
                );
            sane &= name != "COUNT" || value.parse::<u32>().is_ok_and(|count| count <= REPEATED);
            parts.push(format!("{name}={}", value.to_ascii_uppercase()));
        }
        if !sane || parts.is_empty() {
            self.ctx.removed_with(&threats::CALENDAR, number, Detail::excerpt(value))?;
            return Ok(None);
        }
        Ok(Some(parts.join(";")))
    }

    fn person(&mut self, value: &str, number: usize) -> Result<Option<String>, Error> {
        let value = value.trim_ascii();
        // Some programs leave the scheme out.
        let bare = value.contains('@') && !value.contains([':', '/', ' ']);
        let address = if bare { format!("mailto:{value}") } else { value.to_owned() };
        match link::parse(&address) {
            Link::Mailto(address) => Ok(Some(address)),
            _ => {
                self.ctx.removed_with(&threats::CALENDAR, number, Detail::url(value))?;
                Ok(None)
            }
        }
    }

    /// P02.
    fn link(&mut self, value: &str, number: usize) -> Result<Option<String>, Error> {
        let unescaped = value.trim_ascii().replace("\\:", ":").replace("\\,", ",").replace("\\;", ";");
        let link = link::parse(&unescaped);
        let written = link.written().filter(|_| {
            link.allowed(&self.ctx.switches().link_schemes) && !matches!(link, Link::Internal(_))
        });
        let Some(written) = written else {
            let threat = self.threat();
            self.ctx.removed_with(threat, number, Detail::url(value))?;
            return Ok(None);
        };
        let threat = if self.is_card() { &threats::CARD_LINK } else { &threats::CALENDAR_LINK };
        let kept = self.ctx.choose_with(threat, number, Detail::url(&written))? == Action::Keep;
        Ok(kept.then(|| written.into_owned()))
    }

    /// A picture that stands in the card, rebuilt by its own format.
    fn picture(
        &mut self,
        name: &'static str,
        line: &Line,
        is_bytes: bool,
        number: usize,
    ) -> Result<(), Error> {
        let value = line.value.trim_ascii();
        let inline = value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
        let body = if inline {
            value.split_once(";base64,").map(|(_, body)| body)
        } else {
            is_bytes.then_some(value)
        };
        let picture = body.and_then(|body| base64::decode(body.as_bytes()));
        let Some(picture) = picture else { return self.removed(number, name) };
        self.ctx.budget().expand(picture.len() as u64 * 2)?;
        let Nested::Rebuilt { bytes, format } = self.ctx.nested(&name.to_ascii_lowercase(), &picture)? else {
            return self.removed(number, name);
        };
        let known = [(format::JPEG, "JPEG"), (format::PNG, "PNG"), (format::GIF, "GIF")];
        let Some((_, kind)) = known.into_iter().find(|(known, _)| *known == format) else {
            return self.removed(number, name);
        };
        let encoded = base64::encode(&bytes);
        let (parameters, value) = if inline {
            (Vec::new(), format!("data:{};base64,{encoded}", format.media_type()))
        } else {
            (vec![("ENCODING", "b".to_owned()), ("TYPE", kind.to_owned())], encoded)
        };
        self.model.pieces.push(Piece::Property { name, parameters, value });
        Ok(())
    }
}

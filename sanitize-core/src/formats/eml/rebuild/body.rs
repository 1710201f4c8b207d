//! Text that is shown as the mail.

use std::collections::BTreeSet;

use super::{
    super::{
        model::{Node, Text},
        threats,
    },
    attachment,
    parts::{self, Answer, Kind, Leaf},
};
use crate::{
    engine::{
        ctx::{Ctx, Nested},
        text::{Rows, hidden_ranges, without},
    },
    error::Error,
    format::{self, Family},
    policy::MailHtml,
    report::{Detail, Spot},
    toolkits::{
        charset::{is_plain_ascii, label},
        markup,
        mime::{
            transfer::{self, Encoding},
            tree::Entity,
        },
    },
};

/// Of a mail, whatever is hidden in text is one threat.
static HIDDEN: Rows = Rows {
    control: &threats::CONTROLS,
    unbalanced: &threats::CONTROLS,
    balanced: &threats::BALANCED,
    invisible: &threats::CONTROLS,
};

/// True for the kinds that are text of the mail.
pub(super) fn is_text(kind: Kind) -> bool {
    matches!(kind, Kind::Plain | Kind::Html | Kind::Exotic | Kind::Report(_))
}

/// One leaf of text.
pub(super) fn rebuild(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    parts::other_headers(leaf.entity, ctx)?;
    if leaf.entity.encoding == Encoding::Unknown {
        return attachment::unreadable(leaf, &threats::TRANSFER, ctx);
    }
    let bytes = decoded(leaf.entity, leaf.body, ctx)?;
    match leaf.kind {
        Kind::Html => html(leaf, &bytes, ctx),
        Kind::Exotic => exotic(leaf, &bytes, ctx),
        Kind::Report(kind) => report(kind, leaf, &bytes, ctx),
        _ => plain(leaf, &bytes, ctx),
    }
}

/// The body of a leaf without its transfer encoding.
pub(super) fn decoded(entity: &Entity<'_>, body: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let decoded = transfer::decode(entity.encoding, body, ctx.budget())?;
    if !decoded.is_exact || !entity.is_standard_encoding {
        let at =
            entity.block.first("Content-Transfer-Encoding").map_or(entity.body.start, |header| header.offset);
        ctx.replaced(&threats::TRANSFER, at, None)?;
    }
    Ok(decoded.bytes)
}

/// Decodes text by its label, and records where it is not UTF-8 already.
fn characters(bytes: &[u8], declared: Option<&str>, ctx: &mut Ctx<'_>) -> Result<String, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Three bytes of UTF-8 for one of an old encoding, at worst.
    ctx.budget().expand(bytes.len() as u64)?;
    let decoded = label::decode(bytes, declared);
    let name = declared.unwrap_or_default();
    let changes = decoded.text.as_bytes() != bytes;
    if decoded.fault.is_some() || changes || !is_plain_ascii(bytes) && !label::is_utf8_label(name) {
        let shown = if name.is_empty() { "no charset" } else { name };
        ctx.replaced(&threats::CHARSET, Spot::Here, Detail::name(shown))?;
    }
    Ok(decoded.text)
}

fn plain(leaf: &Leaf<'_>, bytes: &[u8], ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let field = &leaf.entity.content_type;
    let text = characters(bytes, field.get("charset"), ctx)?;
    let mut files = Vec::new();
    let text = text_alone(text, leaf, leaf.entity.encoding, &mut files, ctx)?;
    let is_flowed = field.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
    let kind = if is_flowed && field.value == "text/plain" {
        let deletes_space = field.get("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
        Text::Flowed { deletes_space }
    } else {
        Text::Plain
    };
    let mut nodes = vec![Node::Text { kind, text }];
    nodes.append(&mut files);
    Ok(Answer::Nodes(nodes))
}

/// Lines that end in CRLF, and nothing that acts on who shows them.
fn clean(text: String, encoding: Encoding, ctx: &mut Ctx<'_>) -> Result<String, Error> {
    let (text, changed) = in_lines(text);
    if changed && encoding != Encoding::Identity {
        ctx.replaced(&threats::LINE_ENDS, Spot::Here, None)?;
    }
    let ranges = hidden_ranges(&text, &HIDDEN, Spot::from, ctx)?;
    Ok(if ranges.is_empty() { text } else { without(&text, &ranges).into_owned() })
}

/// The text with CRLF for each line end, and whether there was another one.
fn in_lines(text: String) -> (String, bool) {
    let bytes = text.as_bytes();
    let is_bare = |at: usize| match bytes.get(at) {
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => at == 0 || bytes.get(at - 1) != Some(&b'\r'),
    };
    if !memchr::memchr2_iter(b'\r', b'\n', bytes).any(is_bare) {
        return (text, false);
    }
    let mut lines = String::with_capacity(text.len() + text.len() / 32);
    let mut kept = 0;
    for at in memchr::memchr2_iter(b'\r', b'\n', bytes).filter(|at| is_bare(*at)) {
        lines.push_str(text.get(kept..at).unwrap_or_default());
        lines.push_str("\r\n");
        kept = at + 1;
    }
    lines.push_str(text.get(kept..).unwrap_or_default());
    (lines, true)
}

/// Text in lines, without what acts on who shows it and without what is no text: the files that some readers see in
/// it, and what OpenPGP has put around it. A message that it encrypts refuses the mail.
fn text_alone(
    text: String,
    leaf: &Leaf<'_>,
    encoding: Encoding,
    files: &mut Vec<Node>,
    ctx: &mut Ctx<'_>,
) -> Result<String, Error> {
    let mut text = clean(text, encoding, ctx)?;
    // What stood around a file may be the start of another one now.
    loop {
        let len = text.len();
        text = without_armour(text, ctx)?;
        text = without_files(text, leaf, files, ctx)?;
        text = without_blocks(text, "=ybegin ", "\r\n=yend", ctx)?;
        text = without_blocks(text, "(This file must be converted with BinHex", ":\r\n", ctx)?;
        if text.len() == len {
            return Ok(text);
        }
        ctx.budget().expand(len as u64)?;
        text = clean(text, encoding, ctx)?;
    }
}

/// Text without uuencoded files, which become attachments.
fn without_files(
    text: String,
    leaf: &Leaf<'_>,
    files: &mut Vec<Node>,
    ctx: &mut Ctx<'_>,
) -> Result<String, Error> {
    let mut kept = String::new();
    let mut from = 0;
    while let Some(file) = transfer::uufile(text.as_bytes(), from) {
        ctx.budget().members(1)?;
        ctx.replaced(&threats::INLINE_FILE, file.range.start, None)?;
        kept.push_str(text.get(from..file.range.start).unwrap_or_default());
        from = file.range.end;
        let name = label::decode(&file.name, None).text;
        files.extend(attachment::inner_file(&name, &file.bytes, leaf, ctx)?);
    }
    if from == 0 {
        return Ok(text);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    Ok(kept)
}

/// Text without the lines from one that starts with `begin` up to the one in which `end` stands, or up to the end.
fn without_blocks(text: String, begin: &str, end: &str, ctx: &mut Ctx<'_>) -> Result<String, Error> {
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some(start) = line_starting(rest, begin) {
        ctx.removed(&threats::INLINE_FILE, text.len() - rest.len() + start)?;
        kept.push_str(rest.get(..start).unwrap_or_default());
        let behind = rest.get(start..).unwrap_or_default();
        let end = behind.find(end).map_or(behind.len(), |at| at + end.len());
        // A file that ends with its line ends with the text in front of the next one.
        let line = behind.get(end.saturating_sub(1)..).and_then(|rest| rest.find('\n'));
        rest = line.and_then(|feed| behind.get(end + feed..)).unwrap_or_default();
    }
    if rest.len() == text.len() {
        return Ok(text);
    }
    kept.push_str(rest);
    Ok(kept)
}

/// Where a line starts that begins with `words`.
fn line_starting(text: &str, words: &str) -> Option<usize> {
    let mut found = memchr::memmem::find_iter(text.as_bytes(), words.as_bytes());
    found.find(|at| {
        *at == 0 || text.as_bytes().get(at - 1).is_some_and(|before| matches!(before, b'\n' | b'\r'))
    })
}

/// RFC 9580, 6.2 and 7: signed text without its signature; keys and signatures go.
fn without_armour(text: String, ctx: &mut Ctx<'_>) -> Result<String, Error> {
    const BEGIN: &str = "-----BEGIN PGP ";
    let Some(first) = line_starting(&text, BEGIN) else { return Ok(text) };
    let mut plain = String::with_capacity(text.len());
    // Text in front, signed text with its headers, signed text, and blocks that go.
    #[derive(PartialEq)]
    enum State {
        Outside,
        Headers,
        Signed,
        Block,
    }
    let mut state = State::Outside;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if let Some(what) = bare.strip_prefix(BEGIN) {
            state = match what {
                "SIGNED MESSAGE-----" => State::Headers,
                what if what.starts_with("MESSAGE") => return Err(ctx.refuse(&threats::PGP, first)),
                _ => State::Block,
            };
            continue;
        }
        match state {
            State::Outside => plain.push_str(line),
            State::Headers if bare.is_empty() => state = State::Signed,
            State::Headers => (),
            State::Signed => plain.push_str(line.strip_prefix("- ").unwrap_or(line)),
            State::Block if bare.starts_with("-----END PGP ") => state = State::Outside,
            State::Block => (),
        }
    }
    ctx.removed(&threats::PGP_SIGNATURE, first)?;
    // What was dash-escaped may be a block of its own.
    if line_starting(&plain, BEGIN).is_some() {
        return Err(ctx.refuse(&threats::PGP, first));
    }
    Ok(plain)
}

fn html(leaf: &Leaf<'_>, bytes: &[u8], ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let declared = leaf.entity.content_type.get("charset").map(str::to_owned).or_else(|| meta_charset(bytes));
    let text = characters(bytes, declared.as_deref(), ctx)?;
    if ctx.switches().mail_html == MailHtml::Text {
        return as_text(&text, leaf, ctx);
    }
    // What is valid UTF-8 is read as that, whatever the text declares.
    match ctx.nested("body.html", text.as_bytes())? {
        Nested::Rebuilt { bytes, format } if format == format::HTML => {
            let bytes = bytes.into_bytes();
            let text = String::from_utf8(bytes).map_err(|_| Error::Internal("HTML that is no UTF-8"))?;
            Ok(Answer::Nodes(vec![Node::Text { kind: Text::Html, text: in_lines(text).0 }]))
        }
        _ => as_text(&text, leaf, ctx),
    }
}

/// The charset that HTML declares in itself, near its beginning.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..2_048).unwrap_or(bytes).to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")?;
    let value = head.get(at + 8..)?;
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let len = value.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count();
    let name = str::from_utf8(value.get(..len)?).ok()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn as_text(html: &str, leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    ctx.replaced(&threats::HTML_AS_TEXT, Spot::Here, None)?;
    stand_in(html, leaf, ctx)
}

fn exotic(leaf: &Leaf<'_>, bytes: &[u8], ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let field = &leaf.entity.content_type;
    ctx.removed_with(&threats::EXOTIC, Spot::Here, Detail::name(&field.value))?;
    let text = characters(bytes, field.get("charset"), ctx)?;
    // Enriched text writes `<<` for a bracket.
    stand_in(&text.replace("<<", "&lt;"), leaf, ctx)
}

fn stand_in(html: &str, leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let text = text_of_html(html);
    let text = text_alone(text, leaf, Encoding::Identity, &mut Vec::new(), ctx)?;
    Ok(Answer::StandIn(Node::Text { kind: Text::Plain, text }))
}

/// The text of HTML.
pub(super) fn text_of_html(html: &str) -> String {
    markup::text::of_html(html)
}

/// Fields of reports about other mails (RFC 3464, 2; RFC 8098, 3). What a system adds of its own traces the mail.
const REPORT_FIELDS: [&str; 21] = [
    "Action",
    "Arrival-Date",
    "Diagnostic-Code",
    "Disposition",
    "DSN-Gateway",
    "Error",
    "Failure",
    "Final-Log-ID",
    "Final-Recipient",
    "Last-Attempt-Date",
    "MDN-Gateway",
    "Original-Envelope-ID",
    "Original-Message-ID",
    "Original-Recipient",
    "Received-From-MTA",
    "Remote-MTA",
    "Reporting-MTA",
    "Reporting-UA",
    "Status",
    "Warning",
    "Will-Retry-Until",
];

/// `text` without the fields that no standard names, each with the lines on which it goes on.
fn without_other_fields(text: String, ctx: &mut Ctx<'_>) -> Result<String, Error> {
    let mut kept = String::with_capacity(text.len());
    let mut is_kept = true;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            is_kept = true;
        } else if !line.starts_with([' ', '\t']) {
            let name = line.split(':').next().unwrap_or_default().trim_end();
            is_kept = REPORT_FIELDS.iter().any(|known| known.eq_ignore_ascii_case(name));
            if !is_kept {
                ctx.budget().objects(1)?;
                ctx.removed_with(&threats::REPORT_FIELD, Spot::Here, Detail::name(name))?;
            }
        }
        if is_kept {
            kept.push_str(line);
        }
    }
    Ok(kept)
}

/// A report for programs: ASCII in lines, of which mail systems read names and values.
fn report(kind: Text, leaf: &Leaf<'_>, bytes: &[u8], ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let text = characters(bytes, leaf.entity.content_type.get("charset"), ctx)?;
    let text = clean(text, leaf.entity.encoding, ctx)?;
    let text = match kind {
        Text::Delivery | Text::Receipt => without_other_fields(text, ctx)?,
        _ => text,
    };
    let is_written = |character: char| matches!(character, ' '..='~' | '\t' | '\r' | '\n');
    let is_long = text.split("\r\n").any(|line| line.len() > 990);
    if text.chars().all(is_written) && !is_long {
        return Ok(Answer::Nodes(vec![Node::Text { kind, text }]));
    }
    ctx.replaced(&threats::REPORT, Spot::Here, None)?;
    let mut ascii = String::with_capacity(text.len());
    for line in text.split_inclusive("\r\n") {
        let (line, end) = line.strip_suffix("\r\n").map_or((line, ""), |line| (line, "\r\n"));
        ascii.extend(
            line.chars().take(990).map(|character| if is_written(character) { character } else { '?' }),
        );
        ascii.push_str(end);
    }
    Ok(Answer::Nodes(vec![Node::Text { kind, text: ascii }]))
}

/// True when two alternatives say different things: fewer than a third of the words of the shorter one stand in
/// the other.
pub(super) fn says_other(plain: &str, html: &str) -> bool {
    let (plain, html) = (words(plain), words(html));
    let (short, long) = if plain.len() <= html.len() { (plain, html) } else { (html, plain) };
    if short.is_empty() {
        return !long.is_empty();
    }
    let shared = short.intersection(&long).count();
    shared * 3 < short.len()
}

/// Words of letters, and pairs of ideographs and kana, which are written without spaces.
fn words(text: &str) -> BTreeSet<String> {
    const MOST: usize = 20_000;
    let mut words = BTreeSet::new();
    for word in text.split(|character: char| !character.is_alphanumeric()).take(MOST) {
        if word.is_ascii() {
            if !word.is_empty() {
                words.insert(word.to_ascii_lowercase());
            }
            continue;
        }
        let characters: Vec<char> = word.chars().take(MOST).collect();
        words.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    words
}

/// The parts that rebuilt HTML text addresses.
pub(super) fn addressed_parts(html: &str, ctx: &Ctx<'_>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(html.as_bytes(), b"cid:") {
        ctx.budget().objects(1)?;
        let behind = html.get(at + 4..).unwrap_or_default();
        let len = behind
            .bytes()
            .take(600)
            .position(|byte| matches!(byte, b'"' | b'\'' | b')' | b' ' | b'>' | b'<'));
        let id = behind.get(..len.unwrap_or(0)).unwrap_or_default();
        found.push(percent_decoded(&id.replace("&amp;", "&")));
    }
    Ok(found)
}

/// RFC 2392: what an address cannot hold is written with percent signs.
fn percent_decoded(id: &str) -> String {
    let mut decoded = Vec::with_capacity(id.len());
    let mut bytes = id.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digits = (ahead.next().and_then(hex)).zip(ahead.next().and_then(hex));
        match (byte, digits) {
            (b'%', Some((high, low))) => {
                decoded.push(high << 4 | low);
                bytes = ahead;
            }
            _ => decoded.push(byte),
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| id.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// True for formats that are text in an encoding.
pub(super) fn is_encoded_text(format: format::Format) -> bool {
    matches!(format.family(), Family::Text | Family::Markup) || format.media_type().starts_with("text/")
}

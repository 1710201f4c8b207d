//! The text of a message in RTF: unpacked (MS-OXRTFCP), and turned back into the HTML or the plain text it was
//! made from (MS-OXRTFEX). Text that always was RTF comes out as plain text.

use std::collections::BTreeMap;

use super::charset_of;
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::charset::label,
};

/// What the text was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Html(String),
    Plain(String),
}

/// What the dictionary holds to begin with (MS-OXRTFCP, 2.2.2.1).
const DICTIONARY: &[u8; 207] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Unpacks `LZFu` and `MELA`. Input that is cut gives what stands in front of the cut.
pub(crate) fn unpack(packed: &[u8], budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut reader = Reader::new(packed);
    reader.skip(4, "RTF size")?;
    let len = reader.u32_le("RTF size")?;
    let kind = reader.array::<4>("RTF compression")?;
    reader.skip(4, "RTF checksum")?;
    match &kind {
        b"MELA" => {
            let body = reader.rest();
            let len = usize::try_from(len).unwrap_or(usize::MAX).min(body.len());
            budget.expand(len as u64)?;
            Ok(body.get(..len).unwrap_or_default().to_vec())
        }
        b"LZFu" => expand(reader.rest(), len as usize, budget),
        _ => Err(malformed("RTF compression", 8)),
    }
}

fn expand(body: &[u8], len: usize, budget: &Budget) -> Result<Vec<u8>, Error> {
    // Every token of two bytes gives 17 at most.
    let len = len.min(body.len().saturating_mul(9));
    budget.expand(len as u64)?;
    let mut output: Vec<u8> = Vec::with_capacity(len.min(1 << 20));
    let mut dictionary = [b' '; 4_096];
    for (place, byte) in dictionary.iter_mut().zip(DICTIONARY) {
        *place = *byte;
    }
    let mut at = DICTIONARY.len();
    let mut bytes = body.iter().copied();
    'groups: while let Some(control) = bytes.next() {
        for bit in 0..8 {
            if output.len() >= len {
                break 'groups;
            }
            if control >> bit & 1 == 0 {
                let Some(byte) = bytes.next() else { break 'groups };
                put(byte, &mut dictionary, &mut at, &mut output);
                continue;
            }
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else { break 'groups };
            let offset = usize::from(high) << 4 | usize::from(low >> 4);
            if offset == at {
                break 'groups;
            }
            for step in 0..usize::from(low & 15) + 2 {
                let byte = dictionary.get((offset + step) & 0xfff).copied().unwrap_or(b' ');
                put(byte, &mut dictionary, &mut at, &mut output);
            }
        }
    }
    output.truncate(len);
    Ok(output)
}

fn put(byte: u8, dictionary: &mut [u8; 4_096], at: &mut usize, output: &mut Vec<u8>) {
    if let Some(place) = dictionary.get_mut(*at) {
        *place = byte;
    }
    *at = (*at + 1) & 0xfff;
    output.push(byte);
}

/// What is in force inside a group.
#[derive(Clone, Copy)]
struct Group {
    /// The content is no text: fonts, colours, pictures, fields' instructions.
    is_unseen: bool,
    /// Inside `\*\htmltag`: HTML as it was.
    is_tag: bool,
    /// Between `\htmlrtf` and `\htmlrtf0`: for readers that know no HTML.
    is_for_rtf: bool,
    /// Characters that stand behind `\u` for readers that do not know it.
    skip: u32,
    charset: Option<&'static str>,
    /// Nothing but the beginning of the group was read.
    is_at_start: bool,
    /// `\*` was read: what nobody knows is to be passed over.
    is_optional: bool,
}

/// Groups in each other that are kept apart; deeper ones are read as one.
const DEEPEST: usize = 512;

/// Destinations whose content is no text.
const UNSEEN: [&str; 24] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "headerl",
    "headerr",
    "footerl",
    "footerr",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "xmlnstbl",
    "fldinst",
    "bkmkstart",
    "bkmkend",
];

/// Reads RTF.
pub(crate) fn read(rtf: &[u8], budget: &Budget) -> Result<Text, Error> {
    let head = rtf.get(..1_024).unwrap_or(rtf);
    let is_html = memchr::memmem::find(head, b"\\fromhtml").is_some();
    let mut reader = Rtf::new(rtf, is_html);
    let mut rest = rtf;
    while let Some((byte, behind)) = rest.split_first() {
        rest = match byte {
            b'{' => {
                budget.objects(1)?;
                reader.open();
                behind
            }
            b'}' => {
                reader.close();
                behind
            }
            b'\\' => reader.control(behind, budget)?,
            b'\r' | b'\n' | 0 => behind,
            _ => {
                budget.objects(1)?;
                let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                let len = rest.iter().position(ends).unwrap_or(rest.len());
                reader.bytes(rest.get(..len).unwrap_or_default());
                rest.get(len..).unwrap_or_default()
            }
        };
    }
    reader.flush();
    Ok(if is_html { Text::Html(reader.output) } else { Text::Plain(reader.output) })
}

struct Rtf {
    is_html: bool,
    groups: Vec<Group>,
    /// Groups that were opened past [`DEEPEST`].
    surplus: usize,
    /// Bytes of one charset that are still to be decoded.
    pending: Vec<u8>,
    pending_charset: Option<&'static str>,
    fonts: BTreeMap<i32, Option<&'static str>>,
    /// The font that is being described.
    font: i32,
    is_in_fonts: bool,
    default_charset: Option<&'static str>,
    /// Characters behind `\u` that are still to be passed over.
    to_skip: u32,
    output: String,
}

impl Rtf {
    fn new(rtf: &[u8], is_html: bool) -> Self {
        let group = Group {
            is_unseen: false,
            is_tag: false,
            is_for_rtf: false,
            skip: 1,
            charset: None,
            is_at_start: false,
            is_optional: false,
        };
        Self {
            is_html,
            groups: vec![group],
            surplus: 0,
            pending: Vec::new(),
            pending_charset: None,
            fonts: BTreeMap::new(),
            font: 0,
            is_in_fonts: false,
            default_charset: None,
            to_skip: 0,
            output: String::with_capacity(rtf.len() / 2),
        }
    }

    fn group(&self) -> Option<&Group> {
        self.groups.last()
    }

    fn open(&mut self) {
        self.to_skip = 0;
        if self.groups.len() >= DEEPEST {
            self.surplus += 1;
            return;
        }
        if let Some(group) = self.group().copied() {
            self.groups.push(Group { is_at_start: true, is_optional: false, ..group });
        }
    }

    fn close(&mut self) {
        self.to_skip = 0;
        if self.surplus > 0 {
            self.surplus -= 1;
        } else if self.groups.len() > 1 {
            self.groups.pop();
        }
    }

    /// True where text is shown: of HTML its tags and what is not for readers of RTF.
    fn shows(&self) -> bool {
        self.group().is_some_and(|group| !group.is_unseen && (group.is_tag || !group.is_for_rtf))
    }

    /// Text in the charset in force.
    fn bytes(&mut self, mut run: &[u8]) {
        if let Some(group) = self.groups.last_mut() {
            group.is_at_start = false;
        }
        while self.to_skip > 0 && !run.is_empty() {
            self.to_skip -= 1;
            run = run.get(1..).unwrap_or_default();
        }
        if !self.shows() {
            return;
        }
        let charset = self.group().and_then(|group| group.charset).or(self.default_charset);
        if charset != self.pending_charset {
            self.flush();
            self.pending_charset = charset;
        }
        self.pending.extend_from_slice(run);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            self.output.push_str(&label::decode(&bytes, self.pending_charset).text);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(group) = self.groups.last_mut() {
            group.is_at_start = false;
        }
        if self.shows() {
            self.flush();
            self.output.push_str(text);
        }
    }

    /// Reads a control word or symbol behind its backslash, and returns what is behind it.
    fn control<'a>(&mut self, text: &'a [u8], budget: &Budget) -> Result<&'a [u8], Error> {
        let Some((first, behind)) = text.split_first() else { return Ok(&[]) };
        if !first.is_ascii_alphabetic() {
            return Ok(self.symbol(*first, behind));
        }
        let len = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = text.split_at_checked(len).unwrap_or((text, &[]));
        let digits = rest
            .iter()
            .enumerate()
            .take_while(|(at, byte)| byte.is_ascii_digit() || *at == 0 && **byte == b'-')
            .count();
        let (number, rest) = rest.split_at_checked(digits).unwrap_or((rest, &[]));
        let number = str::from_utf8(number).ok().and_then(|number| number.parse::<i32>().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let word = str::from_utf8(word).unwrap_or_default();
        if word == "bin" {
            let len = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return Ok(rest.get(len..).unwrap_or_default());
        }
        budget.objects(1)?;
        self.word(word, number);
        Ok(rest)
    }

    fn symbol<'a>(&mut self, symbol: u8, behind: &'a [u8]) -> &'a [u8] {
        match symbol {
            b'\'' => {
                let (digits, rest) = behind.split_at_checked(2).unwrap_or((behind, &[]));
                let value =
                    str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
                if let Some(value) = value {
                    self.bytes(&[value]);
                }
                return rest;
            }
            b'*' => {
                if let Some(group) = self.groups.last_mut() {
                    group.is_optional = true;
                }
            }
            b'\\' | b'{' | b'}' => self.bytes(&[symbol]),
            b'~' => self.text(if self.is_html { "&nbsp;" } else { " " }),
            b'_' => self.text("-"),
            b'\r' | b'\n' => self.text("\r\n"),
            _ => (),
        }
        behind
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let Some(group) = self.groups.last_mut() else { return };
        let is_destination = std::mem::take(&mut group.is_at_start);
        let is_optional = std::mem::take(&mut group.is_optional);
        match word {
            "htmltag" if self.is_html => {
                group.is_tag = true;
                group.is_unseen = false;
            }
            "htmlrtf" => group.is_for_rtf = number != Some(0),
            "fonttbl" => {
                group.is_unseen = true;
                self.is_in_fonts = true;
            }
            _ if (is_destination && UNSEEN.contains(&word)) || is_optional => {
                group.is_unseen = true;
                self.is_in_fonts = false;
            }
            "ansicpg" => {
                self.default_charset = number.and_then(|page| u32::try_from(page).ok()).and_then(charset_of)
            }
            "f" if group.is_unseen && self.is_in_fonts => self.font = number.unwrap_or(0),
            "fcharset" if group.is_unseen && self.is_in_fonts && self.fonts.len() < 4_096 => {
                let charset = charset_of_font(number.unwrap_or(1));
                self.fonts.entry(self.font).or_insert(charset);
            }
            "f" => {
                let font = number.unwrap_or(0);
                group.charset = self.fonts.get(&font).copied().flatten();
            }
            "uc" => group.skip = u32::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "u" => {
                let skip = group.skip;
                self.unit(number.unwrap_or(0));
                self.to_skip = skip;
            }
            "par" | "line" | "sect" | "page" | "row" => self.text("\r\n"),
            "tab" | "cell" => self.text("\t"),
            "lquote" => self.text(if self.is_html { "&lsquo;" } else { "‘" }),
            "rquote" => self.text(if self.is_html { "&rsquo;" } else { "’" }),
            "ldblquote" => self.text(if self.is_html { "&ldquo;" } else { "“" }),
            "rdblquote" => self.text(if self.is_html { "&rdquo;" } else { "”" }),
            "bullet" => self.text(if self.is_html { "&bull;" } else { "•" }),
            "endash" => self.text(if self.is_html { "&ndash;" } else { "–" }),
            "emdash" => self.text(if self.is_html { "&mdash;" } else { "—" }),
            _ => (),
        }
    }

    /// A unit of UTF-16; the second of a pair is joined with the first.
    fn unit(&mut self, number: i32) {
        let unit = (number & 0xffff) as u32;
        if !self.shows() {
            return;
        }
        self.flush();
        // The first of a pair waits as what it is not: a private character that no text has at its end.
        if let 0xdc00..=0xdfff = unit {
            let high = self.output.chars().next_back().map(u32::from);
            if let Some(high @ 0x10_f800..=0x10_fbff) = high {
                self.output.pop();
                let joined = 0x1_0000 + ((high - 0x10_f800) << 10) + (unit - 0xdc00);
                self.output.push(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
                return;
            }
        }
        let shown = if (0xd800..0xdc00).contains(&unit) { 0x10_f800 + unit - 0xd800 } else { unit };
        self.output.push(char::from_u32(shown).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
}

/// `\fcharset` (RTF 1.9.1, font table).
fn charset_of_font(number: i32) -> Option<&'static str> {
    charset_of(match number {
        0 => 1252,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 1 << 20, Cancel::new())
    }

    fn text(rtf: &str) -> Text {
        read(rtf.as_bytes(), &budget()).unwrap()
    }

    #[test]
    fn the_examples_of_the_specification_unpack() {
        let one = b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0rcpg125B2\x0a\xf3 hel\x09\0 bw\x05\xb0ld}\x0a\x80\x0f\xa0";
        assert_eq!(unpack(one, &budget()).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        let two = b"\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4KQA\0\x04 WXYZ\x0dn}\x01\x0e\xb0";
        assert_eq!(unpack(two, &budget()).unwrap(), b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
    }

    #[test]
    fn html_comes_out_of_its_disguise() {
        let rtf = r"{\rtf1\ansi\ansicpg932\fromhtml1 \deff0{\fonttbl{\f0\fcharset128 MS;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'8c\'76\'89\'e6{\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0 \u12354 ?x\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}";
        assert_eq!(text(rtf), Text::Html("<p>計画&amp;あx</p>".to_owned()));
    }

    #[test]
    fn plain_rtf_gives_its_text_and_nothing_else() {
        let rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 KILL;}{\f1\fcharset204 KILL;}}{\*\generator KILL}{\pict 414243}a\par b\u-10179 ?\u-8704 ?{\f1\'e0}\{c\}}";
        assert_eq!(text(rtf), Text::Plain("a\r\nb😀а{c}".to_owned()));
    }

    #[test]
    fn lines_and_fonts_without_number_are_read_in_one_walk() {
        let lines = format!("{{\\rtf1 {}}}", "a\n".repeat(2_000_000));
        let fonts: String = (0..4_000).map(|font| format!("{{\\f{font}\\fcharset128 x;}}")).collect();
        let fonts = format!("{{\\rtf1{{\\fonttbl{fonts}}}{}}}", "\\f3999 a".repeat(200_000));
        let begun = cpu_time::ThreadTime::now();
        assert_eq!(text(&lines), Text::Plain("a".repeat(2_000_000)));
        assert_eq!(text(&fonts), Text::Plain("a".repeat(200_000)));
        assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    }

    #[test]
    fn what_is_cut_or_nested_without_end_is_read_as_far_as_it_goes() {
        assert_eq!(text("{\\rtf1 a"), Text::Plain("a".to_owned()));
        assert_eq!(text(&"{".repeat(100_000)), Text::Plain(String::new()));
        assert!(unpack(b"\0\0\0\0\xff\xff\xff\xffLZFu\0\0\0\0\xff", &budget()).unwrap().is_empty());
    }
}

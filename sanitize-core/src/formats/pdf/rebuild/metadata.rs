//! What the document says about itself (14.3): title, and author and dates where the policy keeps them, once in
//! the information dictionary and once, where the source has metadata, in a packet that says the same.

use super::{text, walk::Walk};
use crate::{
    budget::Budget,
    error::Error,
    formats::pdf::{
        model::{Fields, Item, Value},
        parse::object::{Dict, Object},
        threats,
    },
    policy::MetadataField,
    report::Detail,
    toolkits::markup::xml::{
        Token, Tokenizer,
        escape::{self, Within},
        prepare,
    },
};

/// The largest packet that is read for what it says.
const LARGEST: usize = 4 << 20;
/// How much of a value is kept.
const LONGEST: usize = 4096;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A fact and the two places it stands in.
struct Fact {
    field: MetadataField,
    /// Key of the information dictionary.
    key: &'static str,
    /// Property of a metadata packet, with the prefix everyone uses.
    property: &'static str,
    /// Container of the property's value, if it has one.
    container: Option<&'static str>,
}

const FACTS: [Fact; 4] = [
    Fact { field: MetadataField::Author, key: "Author", property: "dc:creator", container: Some("Seq") },
    Fact { field: MetadataField::Dates, key: "CreationDate", property: "xmp:CreateDate", container: None },
    Fact { field: MetadataField::Dates, key: "ModDate", property: "xmp:ModifyDate", container: None },
    Fact { field: MetadataField::Title, key: "Title", property: "dc:title", container: Some("Alt") },
];

/// Keys of a trailer and of the cross-reference stream that stands for one.
const TRAILER: [&[u8]; 14] = [
    b"Size",
    b"Root",
    b"Info",
    b"ID",
    b"Prev",
    b"XRefStm",
    b"Encrypt",
    b"Type",
    b"W",
    b"Index",
    b"Length",
    b"Filter",
    b"DecodeParms",
    b"DL",
];

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// The document information, and the metadata of the catalog where it has some.
    pub(crate) fn metadata(
        &mut self,
        trailer: &'d Dict<'s>,
        root: &'d Dict<'s>,
    ) -> Result<Option<Value>, Error> {
        let at = self.at;
        let mut info = self.info(trailer)?;
        self.at = root.get(b"Metadata").as_ref().unwrap_or(at);
        let packet = match self.get(root.get(b"Metadata"))? {
            Object::Stream(stream) => Some(self.plain(stream)?.unwrap_or_default()),
            _ => None,
        };
        let mut written = None;
        if let Some(packet) = packet {
            let said = read(&packet, self.ctx.budget());
            // What the dictionary does not say the packet may.
            let keep = &self.ctx.switches().keep_metadata;
            for (fact, value) in FACTS.iter().zip(said.unwrap_or_default()) {
                let missing = info.get(fact.key.as_bytes()).is_none();
                // Dates are spelled otherwise there, and are not worth a second reader.
                let wanted = fact.field != MetadataField::Dates && keep.contains(&fact.field);
                if let (true, true, Some(value)) = (missing, wanted, value) {
                    info.set(fact.key, Value::String(encoded(&value)));
                }
            }
            info.0.sort_by(|a, b| a.0.bytes().cmp(b.0.bytes()));
            let language = match self.get(root.get(b"Lang"))?.as_string() {
                Some(language) if keep.contains(&MetadataField::Language) => Some(text::decode(language)),
                _ => None,
            };
            let fresh = write(&info, language.as_deref());
            if fresh.as_deref() != Some(packet.as_slice()) {
                if claims(&packet) {
                    self.removed(&threats::PDFA_AND_CONFORMANCE_CLAIMS)?;
                }
                self.removed(&threats::METADATA_XMP)?;
            }
            if let Some(fresh) = fresh {
                let mut fields = Fields::default();
                fields.set("Type", Value::name("Metadata"));
                fields.set("Subtype", Value::name("XML"));
                let item = self.flate(fields, &fresh)?;
                written = Some(Value::Ref(self.graph.add(item)));
            }
        }
        if !info.0.is_empty() {
            self.graph.info = Some(self.graph.add(Item::Value(Value::Dict(info))));
        }
        self.at = at;
        Ok(written)
    }

    fn info(&mut self, trailer: &'d Dict<'s>) -> Result<Fields, Error> {
        self.at = trailer.get(b"Info").as_ref().unwrap_or(0);
        for (key, _) in trailer.iter() {
            if !TRAILER.contains(&&**key) {
                self.removed(&threats::INFO_DICTIONARY)?;
            }
        }
        let mut fields = Fields::default();
        let Object::Dict(info) = self.get(trailer.get(b"Info"))? else { return Ok(fields) };
        for (key, value) in info.iter() {
            if &**key == b"Trapped" {
                continue;
            }
            let Some(fact) = FACTS.iter().find(|fact| fact.key.as_bytes() == &**key) else {
                self.removed_with(&threats::INFO_DICTIONARY, Detail::name(&String::from_utf8_lossy(key)))?;
                continue;
            };
            match self.get(value)? {
                Object::String(text) if self.ctx.switches().keep_metadata.contains(&fact.field) => {
                    fields.set(fact.key, Value::String(self.text(text)?));
                }
                _ => self.removed_with(&threats::INFO_DICTIONARY, Detail::name(fact.key))?,
            }
        }
        fields.0.sort_by(|a, b| a.0.bytes().cmp(b.0.bytes()));
        Ok(fields)
    }

    /// A text without language escapes.
    pub(crate) fn text(&mut self, text: &[u8]) -> Result<Vec<u8>, Error> {
        match text::without_escapes(text) {
            None => Ok(text.to_vec()),
            Some(plain) => {
                self.replaced(&threats::STRING_ENCODINGS)?;
                Ok(plain)
            }
        }
    }
}

/// Standards the packet says the file follows. A new file follows none until someone has checked it.
fn claims(packet: &[u8]) -> bool {
    [&b"pdfaid:"[..], b"pdfuaid:", b"pdfxid:", b"pdfe:", b"pdfvtid:"]
        .iter()
        .any(|claim| memchr::memmem::find(packet, claim).is_some())
}

/// What a packet says, in the order of [`FACTS`]; `None` where it is no XML.
fn read(packet: &[u8], budget: &Budget) -> Option<[Option<String>; 4]> {
    if packet.len() > LARGEST {
        return None;
    }
    let prepared = prepare::text(packet, budget).ok()?;
    let mut tokens = Tokenizer::new(&prepared.text, budget);
    let mut said = [const { None }; 4];
    // The property the reader stands in.
    let mut inside: Option<usize> = None;
    while let Ok(Some(token)) = tokens.next() {
        let property = |name: &[u8]| FACTS.iter().position(|fact| fact.property.as_bytes() == name);
        match token {
            Token::Start { name, empty: false, .. } => inside = property(name).or(inside),
            Token::End { name, .. } if property(name).is_some() => inside = None,
            Token::Text { raw, blank: false, .. } => {
                if let Some(slot) = inside.and_then(|index| said.get_mut(index))
                    && slot.is_none()
                {
                    let text = escape::decode(raw, Within::Text, 0).ok()?;
                    *slot =
                        Some(text.chars().take(LONGEST).collect::<String>()).filter(|text| !text.is_empty());
                }
            }
            _ => (),
        }
    }
    Some(said)
}

/// A text string of PDF.
fn encoded(text: &str) -> Vec<u8> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.as_bytes().to_vec();
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// A packet that says what `info` says; `None` where there is nothing to say.
fn write(info: &Fields, language: Option<&str>) -> Option<Vec<u8>> {
    let mut packet = String::new();
    for fact in &FACTS {
        let Some(Value::String(value)) = info.get(fact.key.as_bytes()) else { continue };
        let value = text::decode(value);
        let value = match fact.field {
            MetadataField::Dates => match date(&value) {
                Some(date) => date,
                None => continue,
            },
            _ => value,
        };
        put(&mut packet, fact.property, fact.container, &value);
    }
    if let Some(language) = language.filter(|language| !language.is_empty()) {
        put(&mut packet, "dc:language", Some("Bag"), language);
    }
    if packet.is_empty() {
        return None;
    }
    Some(
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"{RDF}\">\n<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n{packet}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
        )
        .into_bytes(),
    )
}

fn put(packet: &mut String, property: &str, container: Option<&str>, value: &str) {
    let plain: String = value
        .chars()
        .filter(|letter| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        .collect();
    let mut escaped = Vec::new();
    escape::encode(&plain, Within::Text, &mut escaped);
    let value = String::from_utf8_lossy(&escaped);
    let value = match container {
        Some("Alt") => format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt>"),
        Some(container) => format!("<rdf:{container}><rdf:li>{value}</rdf:li></rdf:{container}>"),
        None => value.into_owned(),
    };
    packet.push_str(&format!("<{property}>{value}</{property}>\n"));
}

/// `D:20260131120000+09'00'` as `2026-01-31T12:00:00+09:00`.
fn date(text: &str) -> Option<String> {
    let rest = text.strip_prefix("D:").unwrap_or(text);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(14).collect();
    let part = |from: usize, len: usize| digits.get(from..from + len);
    let mut written = part(0, 4)?.to_owned();
    for (from, before) in [(4, '-'), (6, '-'), (8, 'T'), (10, ':'), (12, ':')] {
        let Some(two) = part(from, 2) else { break };
        // An hour without a minute is no date of XML.
        if before == 'T' && part(10, 2).is_none() {
            break;
        }
        written.push(before);
        written.push_str(two);
    }
    if written.contains('T') {
        let zone: String = rest.get(digits.len()..)?.chars().filter(|letter| *letter != '\'').collect();
        match (zone.get(..1), zone.get(1..3), zone.get(3..5)) {
            (Some(sign @ ("+" | "-")), Some(hours), minutes) => {
                let two = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
                let minutes = minutes.filter(|minutes| two(minutes)).unwrap_or("00");
                if two(hours) {
                    written.push_str(&format!("{sign}{hours}:{minutes}"));
                }
            }
            _ => written.push('Z'),
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    #[test]
    fn a_packet_is_read_as_it_was_written() {
        let mut info = Fields::default();
        info.set("Title", Value::String(encoded("件名 & <b>")));
        info.set("Author", Value::String(encoded("A")));
        let packet = write(&info, Some("ja")).unwrap();
        let budget = Budget::new(&Limits::default(), 1_000, Cancel::new());
        let [author, _, _, title] = read(&packet, &budget).unwrap();
        assert_eq!((author.as_deref(), title.as_deref()), (Some("A"), Some("件名 & <b>")));
    }

    #[test]
    fn dates_are_written_as_xml_writes_them() {
        assert_eq!(date("D:20260131120000+09'00'").unwrap(), "2026-01-31T12:00:00+09:00");
        assert_eq!(date("D:20260131120000Z").unwrap(), "2026-01-31T12:00:00Z");
        assert_eq!(date("D:202601").unwrap(), "2026-01");
        assert_eq!(date("yesterday"), None);
    }
}

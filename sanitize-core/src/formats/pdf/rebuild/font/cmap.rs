//! Character maps (9.7.5) and their kind for text extraction (9.10.3).

use crate::{
    budget::Budget,
    error::Error,
    formats::pdf::parse::lex::{Lexer, Token},
};

/// What the text of a character map says.
#[derive(Debug, Default)]
pub(crate) struct CMap {
    /// The map it builds on.
    pub(crate) base: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    vertical: bool,
    spaces: Vec<(Vec<u8>, Vec<u8>)>,
    cid_ranges: Vec<(Vec<u8>, Vec<u8>, i64)>,
    cid_chars: Vec<(Vec<u8>, i64)>,
    notdef_ranges: Vec<(Vec<u8>, Vec<u8>, i64)>,
    bf_chars: Vec<(Vec<u8>, Vec<u8>)>,
    bf_ranges: Vec<(Vec<u8>, Vec<u8>, Target)>,
}

impl CMap {
    /// True where a code of ASCII goes to other letters than its own.
    pub(crate) fn contradicts_ascii(&self) -> bool {
        let letter = |code: &[u8]| match code {
            [code @ b'0'..=b'9'] | [code @ b'A'..=b'Z'] | [code @ b'a'..=b'z'] => Some(*code),
            _ => None,
        };
        self.bf_chars.iter().any(|(code, text)| letter(code).is_some_and(|code| *text != [0, code]))
    }
}

/// Where a range of codes goes in Unicode.
#[derive(Debug)]
enum Target {
    First(Vec<u8>),
    Each(Vec<Vec<u8>>),
}

enum Operand {
    Int(i64),
    String(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Vec<u8>>),
}

/// What ends a list of codes.
const WORDS: [&[u8]; 6] =
    [b"endcodespacerange", b"endcidrange", b"endcidchar", b"endnotdefrange", b"endbfchar", b"endbfrange"];

/// The longest code and the longest text of one character.
const CODE: usize = 4;
const TEXT: usize = 512;

/// Reads a character map; what is not understood is passed over.
pub(crate) fn parse(text: &[u8], budget: &Budget) -> Result<CMap, Error> {
    let mut cmap = CMap::default();
    let mut lexer = Lexer::new(text, 0);
    let mut stack: Vec<Operand> = Vec::new();
    let mut array: Option<Vec<Vec<u8>>> = None;
    let mut count = 0_u64;
    loop {
        count += 1;
        if count.is_multiple_of(1024) {
            budget.objects(1024)?;
        }
        match lexer.next() {
            Token::End => break,
            Token::ArrayOpen => array = Some(Vec::new()),
            Token::ArrayClose => stack.extend(array.take().map(Operand::Array)),
            Token::String(string) => match &mut array {
                Some(items) => items.push(string.into_owned()),
                None => stack.push(Operand::String(string.into_owned())),
            },
            Token::Int(value) => stack.push(Operand::Int(value)),
            Token::Name(name) => stack.push(Operand::Name(name.into_owned())),
            Token::Keyword(word) => {
                cmap.word(word, &stack);
                stack.clear();
                array = None;
            }
            _ => (),
        }
    }
    Ok(cmap)
}

impl CMap {
    fn word(&mut self, word: &[u8], stack: &[Operand]) {
        let code = |code: &Vec<u8>| (1..=CODE).contains(&code.len());
        // Where the next word follows without a space, extraction goes by how it begins.
        let word = WORDS.into_iter().find(|known| word.starts_with(known)).unwrap_or(word);
        match word {
            b"usecmap" => {
                if let [.., Operand::Name(name)] = stack {
                    self.base = Some(name.clone());
                }
            }
            b"def" => match stack {
                [.., Operand::Name(key), Operand::Int(value)] if key == b"WMode" => {
                    self.vertical = *value == 1
                }
                [.., Operand::Name(key), Operand::Name(name)] if key == b"CMapName" => {
                    self.name = Some(name.clone());
                }
                _ => (),
            },
            b"endcodespacerange" => {
                for pair in stack.chunks_exact(2) {
                    if let [Operand::String(low), Operand::String(high)] = pair
                        && code(low)
                        && low.len() == high.len()
                    {
                        self.spaces.push((low.clone(), high.clone()));
                    }
                }
            }
            b"endcidrange" | b"endnotdefrange" => {
                for triple in stack.chunks_exact(3) {
                    if let [Operand::String(low), Operand::String(high), Operand::Int(cid)] = triple
                        && code(low)
                        && low.len() == high.len()
                        && (0..=65_535).contains(cid)
                    {
                        let range = (low.clone(), high.clone(), *cid);
                        if word == b"endcidrange" { &mut self.cid_ranges } else { &mut self.notdef_ranges }
                            .push(range);
                    }
                }
            }
            b"endcidchar" => {
                for pair in stack.chunks_exact(2) {
                    if let [Operand::String(low), Operand::Int(cid)] = pair
                        && code(low)
                        && (0..=65_535).contains(cid)
                    {
                        self.cid_chars.push((low.clone(), *cid));
                    }
                }
            }
            b"endbfchar" => {
                for pair in stack.chunks_exact(2) {
                    if let [Operand::String(low), Operand::String(target)] = pair
                        && code(low)
                        && target.len() <= TEXT
                    {
                        self.bf_chars.push((low.clone(), target.clone()));
                    }
                }
            }
            b"endbfrange" => {
                for triple in stack.chunks_exact(3) {
                    let [Operand::String(low), Operand::String(high), target] = triple else { continue };
                    if !code(low) || low.len() != high.len() {
                        continue;
                    }
                    let target = match target {
                        Operand::String(first) if first.len() <= TEXT => Target::First(first.clone()),
                        Operand::Array(items) => {
                            Target::Each(items.iter().filter(|item| item.len() <= TEXT).cloned().collect())
                        }
                        _ => continue,
                    };
                    self.bf_ranges.push((low.clone(), high.clone(), target));
                }
            }
            _ => (),
        }
    }

    /// The map from codes to Unicode.
    pub(crate) fn into_unicode(mut self) -> Vec<u8> {
        let mut output = head("Adobe-Identity-UCS", 2, None);
        self.put_spaces(&mut output);
        // Where characters stand for text, viewers take their numbers for Unicode.
        let unicode = |cid: i64| u16::try_from(cid).unwrap_or(0).to_be_bytes().to_vec();
        self.bf_chars.extend(self.cid_chars.drain(..).map(|(code, cid)| (code, unicode(cid))));
        let ranges = self.cid_ranges.drain(..);
        self.bf_ranges.extend(ranges.map(|(low, high, cid)| (low, high, Target::First(unicode(cid)))));
        blocks(&mut output, "bfchar", &self.bf_chars, |output, (code, text)| {
            hex(output, code);
            hex(output, text);
        });
        blocks(&mut output, "bfrange", &self.bf_ranges, |output, (low, high, target)| {
            hex(output, low);
            hex(output, high);
            match target {
                Target::First(first) => hex(output, first),
                Target::Each(items) => {
                    output.push(b'[');
                    for item in items {
                        hex(output, item);
                    }
                    output.push(b']');
                }
            }
        });
        tail(&mut output);
        output
    }

    /// The map from codes to characters of a font.
    pub(crate) fn encoding(&self, base: Option<&[u8]>) -> Vec<u8> {
        let mut output = head("Custom", 1, base);
        if self.vertical {
            output.extend_from_slice(b"/WMode 1 def\n");
        }
        self.put_spaces(&mut output);
        blocks(&mut output, "notdefrange", &self.notdef_ranges, put_range);
        blocks(&mut output, "cidchar", &self.cid_chars, |output, (code, cid)| {
            hex(output, code);
            output.extend_from_slice(format!(" {cid}").as_bytes());
        });
        blocks(&mut output, "cidrange", &self.cid_ranges, put_range);
        tail(&mut output);
        output
    }

    fn put_spaces(&self, output: &mut Vec<u8>) {
        blocks(output, "codespacerange", &self.spaces, |output, (low, high)| {
            hex(output, low);
            hex(output, high);
        });
    }
}

fn put_range(output: &mut Vec<u8>, (low, high, cid): &(Vec<u8>, Vec<u8>, i64)) {
    hex(output, low);
    hex(output, high);
    output.extend_from_slice(format!(" {cid}").as_bytes());
}

fn head(name: &str, kind: u32, base: Option<&[u8]>) -> Vec<u8> {
    let mut output = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n".to_vec();
    if let Some(base) = base {
        crate::formats::pdf::write::put_name(&mut output, base);
        output.extend_from_slice(b" usecmap\n");
    }
    output.extend_from_slice(format!("/CMapName /{name} def\n/CMapType {kind} def\n").as_bytes());
    output
}

fn tail(output: &mut Vec<u8>) {
    output.extend_from_slice(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/// At most a hundred entries stand in one block (9.7.5.4).
fn blocks<T>(output: &mut Vec<u8>, word: &str, entries: &[T], put: impl Fn(&mut Vec<u8>, &T)) {
    for block in entries.chunks(100) {
        output.extend_from_slice(format!("{} begin{word}\n", block.len()).as_bytes());
        for entry in block {
            put(output, entry);
            output.push(b'\n');
        }
        output.extend_from_slice(format!("end{word}\n").as_bytes());
    }
}

fn hex(output: &mut Vec<u8>, bytes: &[u8]) {
    output.push(b'<');
    for byte in bytes {
        output.extend_from_slice(format!("{byte:02X}").as_bytes());
    }
    output.push(b'>');
}

/// The maps every viewer has (table 116).
pub(crate) fn is_predefined(name: &[u8]) -> bool {
    let Ok(name) = std::str::from_utf8(name) else { return false };
    let known = |family: &[&str]| family.iter().any(|start| name.starts_with(start));
    let ends = name == "H" || name == "V" || name.ends_with("-H") || name.ends_with("-V");
    ends && name.len() <= 24
        && (name.len() == 1
            || known(&[
                "GB", "Uni", "B5", "HKscs", "ETen", "CNS", "83pv", "90ms", "90pv", "Add", "EUC", "Ext",
                "KSC", "Identity", "78", "Hojo", "NWP", "WP",
            ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    #[test]
    fn a_map_is_written_from_its_entries_alone_and_the_same_again() {
        let budget = Budget::new(&Limits::default(), 1_000, Cancel::new());
        let text = b"(evil) run /CMapName /X def 1 begincodespacerange <00><ff> endcodespacerange
            2 beginbfchar <01><0041> <02><D83DDE00> endbfchar 1 beginbfrange <03><04>[<0042><0043>] endbfrange";
        let once = parse(text, &budget).unwrap().into_unicode();
        assert!(!String::from_utf8_lossy(&once).contains("evil"));
        assert!(String::from_utf8_lossy(&once).contains("<02><D83DDE00>"));
        assert_eq!(parse(&once, &budget).unwrap().into_unicode(), once);
    }

    #[test]
    fn words_that_follow_without_a_space_and_numbers_for_text_are_understood() {
        let budget = Budget::new(&Limits::default(), 1_000, Cancel::new());
        let text =
            b"1begincodespacerange <20><23> endcodespacerange2 beginbfchar<20> <00DC>endbfchar1 begincidrange
            <21> <23> 913 endcidrangeendcmap";
        let once = parse(text, &budget).unwrap().into_unicode();
        let says = String::from_utf8_lossy(&once).into_owned();
        assert!(
            ["<20><23>", "<20><00DC>", "<21><23><0391>"].iter().all(|entry| says.contains(entry)),
            "{says}"
        );
        assert_eq!(parse(&once, &budget).unwrap().into_unicode(), once);
    }
}

//! The look of a field that has none: its value in its own font, as a viewer would draw it.
//!
//! A document may ask viewers to draw its fields themselves. One that is written does not ask: what people saw is
//! drawn here, once, with text and a frame and nothing else.

use super::{content, text, walk::Walk};
use crate::{
    error::Error,
    formats::pdf::{
        model::{Fields, Item, Value, allow::TypeId, tables as types},
        parse::object::{Dict, Object},
        write::{put_real, put_string},
    },
};

/// How far up a field is asked for what it inherits.
const PARENTS: u32 = 32;
/// How much of a value is drawn.
const LONGEST: usize = 8192;
/// A field of more cells than that is drawn without them.
const MOST_CELLS: u16 = 1000;
/// Flags of text fields (table 228).
const MULTILINE: i64 = 1 << 12;
const PASSWORD: i64 = 1 << 13;
const FILE_SELECT: i64 = 1 << 20;
const COMB: i64 = 1 << 24;
/// Letters are this wide where nobody says so, in parts of their size: Latin ones and those of East Asia.
const NARROW: f64 = 0.5;
const WIDE: f64 = 1.0;

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// The interactive form of the document.
    fn interactive_form(&self) -> Result<Option<&'d Dict<'s>>, Error> {
        let root = self.get(self.document.source().trailer().get(b"Root"))?.as_dict();
        match root {
            Some(root) => Ok(self.get(root.get(b"AcroForm"))?.as_dict()),
            None => Ok(None),
        }
    }

    /// `key` of a field, its own or inherited, else of the form.
    fn inherited(&self, field: &'d Dict<'s>, key: &[u8]) -> Result<&'d Object<'s>, Error> {
        const NULL: &Object<'static> = &Object::Null;
        let mut at = field;
        for _ in 0..PARENTS {
            let own = self.get(at.get(key))?;
            if *own != Object::Null {
                return Ok(own);
            }
            match self.get(at.get(b"Parent"))? {
                Object::Dict(parent) => at = parent,
                _ => break,
            }
        }
        match self.interactive_form()? {
            Some(form) => self.get(form.get(key)),
            None => Ok(NULL),
        }
    }

    /// Draws the value of the widget `dict` into `fields`, where nobody drew it or the document asks for it.
    pub(crate) fn field_look(&mut self, dict: &'d Dict<'s>, fields: &mut Fields) -> Result<(), Error> {
        let asked = match self.interactive_form()? {
            Some(form) => *self.get(form.get(b"NeedAppearances"))? == Object::Bool(true),
            None => false,
        };
        if !asked && fields.get(b"AP").is_some() {
            return Ok(());
        }
        let Some(look) = self.drawn_value(dict)? else { return Ok(()) };
        let mut states = Fields::default();
        states.set("N", look);
        fields.set("AP", Value::Dict(states));
        in_order(types::WIDGET, fields);
        Ok(())
    }

    /// A form that shows the value of a text or choice field; `None` where there is none to show.
    pub(crate) fn drawn_value(&mut self, dict: &'d Dict<'s>) -> Result<Option<Value>, Error> {
        let kind = self.inherited(dict, b"FT")?.as_name();
        if !matches!(kind, Some(b"Tx" | b"Ch")) {
            return Ok(None);
        }
        let Some([left, bottom, right, top]) = self.corners(dict.get(b"Rect"))? else { return Ok(None) };
        let (width, height) = (right - left, top - bottom);
        let flags = self.inherited(dict, b"Ff")?.as_int().unwrap_or(0);
        let Some(mut shown) = self.shown_value(dict)? else { return Ok(None) };
        shown = shown.chars().take(LONGEST).collect();
        let is_text = kind == Some(b"Tx");
        if is_text && flags & PASSWORD != 0 {
            shown = "*".repeat(shown.chars().count());
        }
        let (name, mut size, colour) = self.drawn_with(dict)?;
        let several = is_text && flags & MULTILINE != 0;
        let cells = match flags & (COMB | MULTILINE | PASSWORD | FILE_SELECT) {
            COMB if is_text => self.cells(dict)?,
            _ => None,
        };
        if size <= 0.0 {
            size = if several { 10.0 } else { (height * 0.7).clamp(4.0, 12.0) };
            size = cells.map_or(size, |cells| size.min(width / f64::from(cells) / NARROW));
        }
        let latin = shown.chars().all(|letter| u32::from(letter) < 0x100);
        let font = if latin { self.named_font(&name)? } else { Some(self.japanese_font()) };
        let Some(font) = font else { return Ok(None) };
        let aligned = self.inherited(dict, b"Q")?.as_int().unwrap_or(0);
        let place = Place { width, height, size, aligned };
        let pieces = match cells {
            Some(cells) => place.in_cells(&shown, cells),
            None => place.in_lines(&shown, several),
        };
        let mut output = Vec::new();
        self.frame(dict, [width, height], cells, &mut output)?;
        output.extend_from_slice(b"q\n1 1 ");
        put_pair(&mut output, (width - 2.0).max(0.0), (height - 2.0).max(0.0));
        output.extend_from_slice(b"re\nW\nn\nBT\n/F ");
        put_real(&mut output, size);
        output.extend_from_slice(b" Tf\n");
        output.extend_from_slice(&colour);
        for (x, y, piece) in pieces {
            output.extend_from_slice(b"1 0 0 1 ");
            put_pair(&mut output, x, y);
            output.extend_from_slice(b"Tm\n");
            let codes: Vec<u8> = if latin {
                piece.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
            } else {
                piece.encode_utf16().flat_map(u16::to_be_bytes).collect()
            };
            put_string(&mut output, &codes);
            output.extend_from_slice(b" Tj\n");
        }
        output.extend_from_slice(b"ET\nQ\n");
        let mut fonts = Fields::default();
        fonts.give(b"F", font);
        let mut resources = Fields::default();
        resources.set("Font", Value::Dict(fonts));
        let mut fields = Fields::default();
        fields.set("Type", Value::name("XObject"));
        fields.set("Subtype", Value::name("Form"));
        fields.set("BBox", super::page::numbers(&[0.0, 0.0, width, height]));
        // Spelled as any content is, so that the next reader finds nothing to change.
        let written = content::rewrite(&output, self.ctx.budget(), &mut |_, _| Ok(None), &mut ())?;
        in_order(types::XOBJECT_FORM_TYPE1, &mut fields);
        // Resources of a form are written last.
        fields.set("Resources", Value::Dict(resources));
        let item = self.flate(fields, &written.bytes)?;
        Ok(Some(Value::Ref(self.graph.add(item))))
    }

    /// How many cells a text field with one for each letter has (its /MaxLen).
    fn cells(&self, dict: &'d Dict<'s>) -> Result<Option<u16>, Error> {
        let most = self.inherited(dict, b"MaxLen")?.as_int().and_then(|most| u16::try_from(most).ok());
        Ok(most.filter(|most| (1..=MOST_CELLS).contains(most)))
    }

    /// What a person reads in the field: of a choice the label rather than the value that is sent.
    fn shown_value(&mut self, dict: &'d Dict<'s>) -> Result<Option<String>, Error> {
        let chosen: Vec<&[u8]> = match self.inherited(dict, b"V")? {
            Object::String(value) => vec![value],
            Object::Array(values) => {
                let mut chosen = Vec::new();
                for value in values.iter().take(64) {
                    chosen.extend(self.get(value)?.as_string());
                }
                chosen
            }
            _ => return Ok(None),
        };
        let mut labels = Vec::new();
        let options = self.inherited(dict, b"Opt")?.as_array().unwrap_or_default();
        for value in chosen {
            let mut label = value;
            for option in options.iter().take(1000) {
                if let Object::Array(pair) = self.get(option)?
                    && let [sent, shown, ..] = pair.as_slice()
                    && self.get(sent)?.as_string() == Some(value)
                {
                    label = self.get(shown)?.as_string().unwrap_or(value);
                    break;
                }
            }
            let plain = text::without_escapes(label);
            labels.push(text::decode(plain.as_deref().unwrap_or(label)));
        }
        Ok(Some(labels.join("\n")).filter(|text| !text.is_empty()))
    }

    /// The name of the font, its size, and the operators that set the colour, from the default appearance.
    fn drawn_with(&mut self, dict: &'d Dict<'s>) -> Result<(Vec<u8>, f64, Vec<u8>), Error> {
        let Object::String(appearance) = self.inherited(dict, b"DA")? else {
            return Ok((Vec::new(), 0.0, b"0 g\n".to_vec()));
        };
        let written = content::rewrite(appearance, self.ctx.budget(), &mut |_, _| Ok(None), &mut ())?;
        let (mut name, mut size, mut colour) = (Vec::new(), 0.0, b"0 g\n".to_vec());
        let mut operands: Vec<&[u8]> = Vec::new();
        for word in written.bytes.split(|byte| matches!(byte, b' ' | b'\n')) {
            match (operands.as_slice(), word) {
                ([font, number], b"Tf") => {
                    name = font.strip_prefix(b"/").unwrap_or(font).to_vec();
                    size = std::str::from_utf8(number)
                        .ok()
                        .and_then(|number| number.parse().ok())
                        .unwrap_or(0.0);
                }
                (numbers, b"g" | b"rg" | b"k") => {
                    let words: Vec<&[u8]> = numbers.iter().copied().chain([word]).collect();
                    colour = [&*words.join(&b' '), b"\n"].concat();
                }
                _ => (),
            }
            match word.first() {
                Some(b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'"') => operands.clear(),
                _ => operands.push(word),
            }
        }
        Ok((name, size, colour))
    }

    /// A font of the form's resources for letters of one byte; a common one where there is none of that name.
    fn named_font(&mut self, name: &[u8]) -> Result<Option<Value>, Error> {
        let resources = match self.interactive_form()? {
            Some(form) => self.get(form.get(b"DR"))?.as_dict(),
            None => None,
        };
        if let Some(resources) = resources
            && let Some(fonts) = self.get(resources.get(b"Font"))?.as_dict()
        {
            let (number, font) = self.document.follow(fonts.get(name))?;
            if let (Some(number), Some(font)) = (number, font.as_dict()) {
                let kind = match self.get(font.get(b"Subtype"))?.as_name() {
                    Some(b"Type1") => Some(types::FONT_TYPE1),
                    Some(b"TrueType") => Some(types::FONT_TRUE_TYPE),
                    _ => None,
                };
                if let Some(kind) = kind {
                    return Ok(Some(Value::Ref(self.assign(number, kind)?)));
                }
            }
        }
        let mut font = Fields::default();
        font.set("Type", Value::name("Font"));
        font.set("Subtype", Value::name("Type1"));
        font.set("BaseFont", Value::name("Helvetica"));
        font.set("Encoding", Value::name("WinAnsiEncoding"));
        Ok(Some(Value::Dict(font)))
    }

    /// A Japanese font by its name, which every viewer has or has one for.
    fn japanese_font(&mut self) -> Value {
        if let Some(font) = &self.japanese {
            return font.clone();
        }
        let mut descriptor = Fields::default();
        descriptor.set("Type", Value::name("FontDescriptor"));
        descriptor.set("FontName", Value::name("HeiseiKakuGo-W5"));
        descriptor.set("Flags", Value::Int(4));
        descriptor.set("FontBBox", super::page::numbers(&[-92.0, -250.0, 1010.0, 922.0]));
        descriptor.set("ItalicAngle", Value::Int(0));
        descriptor.set("Ascent", Value::Int(752));
        descriptor.set("Descent", Value::Int(-221));
        descriptor.set("CapHeight", Value::Int(737));
        descriptor.set("StemV", Value::Int(114));
        in_order(types::FONT_DESCRIPTOR_CIDTYPE0, &mut descriptor);
        let mut system = Fields::default();
        system.set("Registry", Value::String(b"Adobe".to_vec()));
        system.set("Ordering", Value::String(b"Japan1".to_vec()));
        system.set("Supplement", Value::Int(2));
        let mut letters = Fields::default();
        letters.set("Type", Value::name("Font"));
        letters.set("Subtype", Value::name("CIDFontType0"));
        letters.set("BaseFont", Value::name("HeiseiKakuGo-W5"));
        letters.set("CIDSystemInfo", Value::Dict(system));
        letters.set("DW", Value::Int(1000));
        let narrow = [Value::Int(1), Value::Int(632), Value::Int(500)];
        letters.set("W", Value::Array(narrow.to_vec()));
        letters.set("FontDescriptor", Value::Ref(self.graph.add(Item::Value(Value::Dict(descriptor)))));
        in_order(types::FONT_CIDTYPE0, &mut letters);
        let mut font = Fields::default();
        font.set("Type", Value::name("Font"));
        font.set("Subtype", Value::name("Type0"));
        font.set("BaseFont", Value::name("HeiseiKakuGo-W5-UniJIS-UTF16-H"));
        font.set("Encoding", Value::name("UniJIS-UTF16-H"));
        let letters = self.graph.add(Item::Value(Value::Dict(letters)));
        font.set("DescendantFonts", Value::Array(vec![Value::Ref(letters)]));
        in_order(types::FONT_TYPE0, &mut font);
        let font = Value::Ref(self.graph.add(Item::Value(Value::Dict(font))));
        self.japanese = Some(font.clone());
        font
    }

    /// Background, border and what parts the cells, as the widget's characteristics give them.
    fn frame(
        &mut self,
        dict: &'d Dict<'s>,
        [width, height]: [f64; 2],
        cells: Option<u16>,
        output: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let Object::Dict(marks) = self.get(dict.get(b"MK"))? else { return Ok(()) };
        for (key, fill) in [(&b"BG"[..], true), (b"BC", false)] {
            let Object::Array(parts) = self.get(marks.get(key))? else { continue };
            let operator: &[u8] = match (parts.len(), fill) {
                (1, true) => b"g\n",
                (3, true) => b"rg\n",
                (4, true) => b"k\n",
                (1, false) => b"G\n",
                (3, false) => b"RG\n",
                (4, false) => b"K\n",
                _ => continue,
            };
            output.extend_from_slice(b"q\n");
            for part in parts {
                put_real(output, self.get(part)?.as_number().unwrap_or(0.0).clamp(0.0, 1.0));
                output.push(b' ');
            }
            output.extend_from_slice(operator);
            if fill {
                output.extend_from_slice(b"0 0 ");
                put_pair(output, width, height);
                output.extend_from_slice(b"re\nf\nQ\n");
            } else {
                output.extend_from_slice(b"0.5 0.5 ");
                put_pair(output, (width - 1.0).max(0.0), (height - 1.0).max(0.0));
                output.extend_from_slice(b"re\n");
                let cells = cells.unwrap_or(1);
                for cell in 1..cells {
                    let x = width / f64::from(cells) * f64::from(cell);
                    put_pair(output, x, 0.0);
                    output.extend_from_slice(b"m\n");
                    put_pair(output, x, height);
                    output.extend_from_slice(b"l\n");
                }
                output.extend_from_slice(b"S\nQ\n");
            }
        }
        Ok(())
    }
}

/// Where the text of a field goes.
struct Place {
    width: f64,
    height: f64,
    /// That of the letters.
    size: f64,
    /// To the left (0), in the middle (1), to the right (2).
    aligned: i64,
}

impl Place {
    /// Where a single line stands.
    fn base(&self) -> f64 {
        (self.height - self.size) / 2.0 + self.size * 0.22
    }

    /// How much of what is free stands in front.
    fn before(&self, free: f64) -> f64 {
        match self.aligned {
            1 => free.max(0.0) / 2.0,
            2 => free.max(0.0),
            _ => 0.0,
        }
    }

    /// One line, or `several`, each with the place where it begins.
    fn in_lines(&self, shown: &str, several: bool) -> Vec<(f64, f64, String)> {
        let room = self.width - 4.0;
        let first = if several { self.height - 2.0 - self.size } else { self.base() };
        let lines = lines(shown, several, room / self.size);
        let placed = (0_u16..).zip(lines).map(|(above, line)| {
            let y = first - f64::from(above) * self.size * 1.2;
            (2.0 + self.before(room - reach(&line) * self.size), y, line)
        });
        placed.collect()
    }

    /// A letter in the middle of each of so many `cells`.
    fn in_cells(&self, shown: &str, cells: u16) -> Vec<(f64, f64, String)> {
        let cell = self.width / f64::from(cells);
        let letters: Vec<char> = shown.chars().take(usize::from(cells)).collect();
        let first = self.before(f64::from(cells) - letters.len() as f64).floor();
        let placed = (0_u16..).zip(letters).map(|(before, letter)| {
            let letter = letter.to_string();
            let x = cell * (first + f64::from(before)) + (cell - reach(&letter) * self.size) / 2.0;
            (x, self.base(), letter)
        });
        placed.collect()
    }
}

/// The entries in the order in which those of a `kind` are written.
fn in_order(kind: TypeId, fields: &mut Fields) {
    let keys = kind.row().keys;
    fields.0.sort_by_key(|(field, _)| keys.iter().position(|key| key.key.as_bytes() == field.bytes()));
}

fn put_pair(output: &mut Vec<u8>, x: f64, y: f64) {
    put_real(output, x);
    output.push(b' ');
    put_real(output, y);
    output.push(b' ');
}

/// How wide a line is about, in parts of its size.
fn reach(line: &str) -> f64 {
    line.chars().map(|letter| if u32::from(letter) < 0x1100 { NARROW } else { WIDE }).sum()
}

/// The lines of a value; broken where they are longer than `width` when there may be several.
fn lines(value: &str, several: bool, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in value.replace("\r\n", "\n").split(['\r', '\n']) {
        if !several {
            lines.push(paragraph.to_owned());
            continue;
        }
        let (mut line, mut filled) = (String::new(), 0.0);
        for letter in paragraph.chars() {
            let one = if u32::from(letter) < 0x1100 { NARROW } else { WIDE };
            if filled + one > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                filled = 0.0;
            }
            line.push(letter);
            filled += one;
        }
        lines.push(line);
    }
    if !several {
        return vec![lines.join(" ")];
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_in_the_middle_of_their_cells() {
        let place = |aligned| Place { width: 100.0, height: 20.0, size: 10.0, aligned };
        let columns = |aligned, text: &str| -> Vec<f64> {
            place(aligned).in_cells(text, 5).iter().map(|(x, ..)| *x).collect()
        };
        // Cells of 20, letters of 5 and of 10.
        assert_eq!(columns(0, "ab"), [7.5, 27.5]);
        assert_eq!(columns(2, "ab"), [67.5, 87.5]);
        assert_eq!(columns(1, "ab"), [27.5, 47.5]);
        assert_eq!(columns(0, "市a"), [5.0, 27.5]);
        assert_eq!(columns(0, "abcdefg").len(), 5);
    }

    #[test]
    fn a_value_is_broken_into_lines_only_where_there_may_be_several() {
        assert_eq!(lines("ab\ncd", false, 1.0), ["ab cd"]);
        assert_eq!(lines("abc\r\nd", true, 1.0), ["ab", "c", "d"]);
        assert_eq!(lines("日本", true, 1.0), ["日", "本"]);
    }
}

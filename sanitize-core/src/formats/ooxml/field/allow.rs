//! The allow-list: fields that may stay live, their switches, and what each switch takes.
//!
//! From ECMA-376 Part 1, 17.16.5. No field here opens a file, an address or a program, asks for input, or
//! depends on a data source, and `HYPERLINK` is checked on its own.

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// Letters, digits, hyphens: the name of a format, an identifier of a list.
    Identifier,
    /// A number with an optional sign and fraction.
    Number,
    /// A bookmark's name.
    Bookmark,
    /// Text that is shown, or tells Word how to show something.
    Text,
    /// An address: parsed and written anew.
    Address,
}

/// A switch and the argument it takes; arguments may be left out.
pub(super) type Switch = (char, Option<Argument>);

/// A field type.
pub(super) struct Field {
    pub(super) name: &'static str,
    /// Arguments that stand before and between the switches.
    pub(super) arguments: &'static [Argument],
    pub(super) switches: &'static [Switch],
}

/// Switches every field may have: format, number picture, date picture, lock.
pub(super) const GENERAL: &[Switch] =
    &[('*', Some(IDENTIFIER)), ('#', Some(TEXT)), ('@', Some(TEXT)), ('!', None)];

const IDENTIFIER: Argument = Argument::Identifier;
const NUMBER: Argument = Argument::Number;
const BOOKMARK: Argument = Argument::Bookmark;
const TEXT: Argument = Argument::Text;

const CALENDARS: &[Switch] = &[('h', None), ('l', None), ('s', None), ('u', None)];

const fn field(name: &'static str, arguments: &'static [Argument], switches: &'static [Switch]) -> Field {
    Field { name, arguments, switches }
}

/// Fields made of words and switches, in order of their names.
static FIELDS: &[Field] = &[
    field(
        "ADVANCE",
        &[],
        &[
            ('d', Some(NUMBER)),
            ('l', Some(NUMBER)),
            ('r', Some(NUMBER)),
            ('u', Some(NUMBER)),
            ('x', Some(NUMBER)),
            ('y', Some(NUMBER)),
        ],
    ),
    field("AUTHOR", &[TEXT], &[]),
    field("AUTONUM", &[], &[('s', Some(TEXT))]),
    field("AUTONUMLGL", &[], &[('e', None), ('s', Some(TEXT))]),
    field("AUTONUMOUT", &[], &[]),
    field("BIBLIOGRAPHY", &[], &[('f', Some(NUMBER)), ('l', Some(NUMBER)), ('m', Some(TEXT))]),
    field(
        "CITATION",
        &[TEXT],
        &[
            ('f', Some(TEXT)),
            ('l', Some(NUMBER)),
            ('m', Some(TEXT)),
            ('n', None),
            ('p', Some(TEXT)),
            ('s', Some(TEXT)),
            ('t', None),
            ('v', Some(TEXT)),
            ('y', None),
        ],
    ),
    field("CREATEDATE", &[], CALENDARS),
    field("DATE", &[], CALENDARS),
    // Without \p, which shows where on the reader's machine the file lies.
    field("FILENAME", &[], &[]),
    field("FORMCHECKBOX", &[], &[]),
    field("FORMDROPDOWN", &[], &[]),
    field("FORMTEXT", &[], &[]),
    field(
        "HYPERLINK",
        &[Argument::Address],
        &[
            ('h', None),
            ('l', Some(TEXT)),
            ('m', None),
            ('n', None),
            ('o', Some(TEXT)),
            ('s', Some(TEXT)),
            ('t', Some(IDENTIFIER)),
        ],
    ),
    field(
        "INDEX",
        &[],
        &[
            ('b', Some(BOOKMARK)),
            ('c', Some(NUMBER)),
            ('d', Some(TEXT)),
            ('e', Some(TEXT)),
            ('f', Some(TEXT)),
            ('g', Some(TEXT)),
            ('h', Some(TEXT)),
            ('k', Some(TEXT)),
            ('l', Some(TEXT)),
            ('p', Some(TEXT)),
            ('r', None),
            ('s', Some(TEXT)),
            ('y', None),
            ('z', Some(NUMBER)),
        ],
    ),
    field("LISTNUM", &[TEXT], &[('l', Some(NUMBER)), ('s', Some(NUMBER))]),
    field("NOTEREF", &[BOOKMARK], &[('f', None), ('h', None), ('p', None)]),
    field("NUMPAGES", &[], &[]),
    field("PAGE", &[], &[]),
    field("PAGEREF", &[BOOKMARK], &[('h', None), ('p', None)]),
    field("PRINTDATE", &[], CALENDARS),
    field(
        "REF",
        &[BOOKMARK],
        &[
            ('d', Some(TEXT)),
            ('f', None),
            ('h', None),
            ('n', None),
            ('p', None),
            ('r', None),
            ('t', None),
            ('w', None),
        ],
    ),
    field("SAVEDATE", &[], CALENDARS),
    field("SECTION", &[], &[]),
    field("SECTIONPAGES", &[], &[]),
    field(
        "SEQ",
        &[TEXT, BOOKMARK],
        &[('c', None), ('h', None), ('n', None), ('r', Some(NUMBER)), ('s', Some(NUMBER))],
    ),
    field(
        "STYLEREF",
        &[TEXT],
        &[('l', None), ('n', None), ('p', None), ('r', None), ('s', None), ('t', None), ('w', None)],
    ),
    field("SUBJECT", &[TEXT], &[]),
    field(
        "SYMBOL",
        &[TEXT],
        &[('a', None), ('f', Some(TEXT)), ('h', None), ('j', None), ('s', Some(NUMBER)), ('u', None)],
    ),
    field(
        "TA",
        &[],
        &[
            ('b', None),
            ('c', Some(NUMBER)),
            ('i', None),
            ('l', Some(TEXT)),
            ('r', Some(BOOKMARK)),
            ('s', Some(TEXT)),
        ],
    ),
    field("TC", &[TEXT], &[('f', Some(TEXT)), ('l', Some(NUMBER)), ('n', None)]),
    field("TIME", &[], CALENDARS),
    field("TITLE", &[TEXT], &[]),
    field(
        "TOA",
        &[],
        &[
            ('b', Some(BOOKMARK)),
            ('c', Some(NUMBER)),
            ('d', Some(TEXT)),
            ('e', Some(TEXT)),
            ('f', None),
            ('g', Some(TEXT)),
            ('h', None),
            ('l', Some(TEXT)),
            ('p', None),
            ('s', Some(TEXT)),
        ],
    ),
    field(
        "TOC",
        &[],
        &[
            ('a', Some(TEXT)),
            ('b', Some(BOOKMARK)),
            ('c', Some(TEXT)),
            ('d', Some(TEXT)),
            ('f', Some(TEXT)),
            ('h', None),
            ('l', Some(TEXT)),
            ('n', Some(TEXT)),
            ('o', Some(TEXT)),
            ('p', Some(TEXT)),
            ('s', Some(TEXT)),
            ('t', Some(TEXT)),
            ('u', None),
            ('w', None),
            ('x', None),
            ('z', None),
        ],
    ),
    field(
        "XE",
        &[TEXT],
        &[
            ('b', None),
            ('f', Some(TEXT)),
            ('i', None),
            ('r', Some(BOOKMARK)),
            ('t', Some(TEXT)),
            ('y', Some(TEXT)),
        ],
    ),
];

/// The field type `name`, in any case.
pub(super) fn find(name: &str) -> Option<&'static Field> {
    let name = name.to_ascii_uppercase();
    FIELDS.binary_search_by(|field| field.name.cmp(&name)).ok().and_then(|index| FIELDS.get(index))
}

/// True when `text` is an argument of this kind. `text` has its escapes resolved.
pub(super) fn fits(argument: Argument, text: &str) -> bool {
    match argument {
        Argument::Identifier => !text.is_empty() && text.len() <= 120 && text.chars().all(is_name_character),
        Argument::Number => {
            let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
            !digits.is_empty() && digits.len() <= 16 && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        }
        // Word's own names are letters, digits and underscores; other programs write more.
        Argument::Bookmark => {
            !text.is_empty()
                && text.len() <= 255 * 3
                && !text.chars().any(|c| c.is_whitespace() || matches!(c, '\\' | '/' | '"' | '<' | '>' | '|'))
        }
        Argument::Text => true,
        Argument::Address => false,
    }
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '・')
}

/// The threat a field type is known for; for the report only, since what is not in [`FIELDS`] is flattened
/// whatever this says.
pub(super) fn threat(name: &str) -> &'static str {
    match name {
        "DDE" | "DDEAUTO" => "docx.dde-field-simple",
        "QUOTE" | "SET" => "docx.dde-field-quote-nested",
        "INCLUDEPICTURE" => "docx.field-includepicture",
        "INCLUDETEXT" | "INCLUDE" => "docx.field-includetext",
        "LINK" | "IMPORT" | "EMBED" | "CONTROL" | "HTMLCONTROL" | "HTMLACTIVEX" | "OCX" | "SHAPE" => {
            "docx.field-import-link-embed"
        }
        "DATABASE" | "RD" => "docx.field-database-rd",
        "MACROBUTTON" | "GOTOBUTTON" | "ADDIN" | "AUTOTEXT" | "AUTOTEXTLIST" | "GLOSSARY" | "PRIVATE" => {
            "docx.field-macrobutton-gotobutton"
        }
        "PRINT" => "docx.field-print-postscript",
        "ASK" | "FILLIN" | "MERGEFIELD" | "MERGEREC" | "MERGESEQ" | "NEXT" | "NEXTIF" | "SKIPIF"
        | "ADDRESSBLOCK" | "GREETINGLINE" | "COMPARE" | "IF" => "docx.field-prompt-and-mailmerge",
        "HYPERLINK" => "docx.hyperlink-field",
        _ => "docx.field-allowlist",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(FIELDS.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert!(FIELDS.iter().all(|field| find(field.name).is_some()));
    }
}

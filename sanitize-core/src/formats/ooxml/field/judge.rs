//! One instruction, decided.

use unicode_normalization::UnicodeNormalization;

use super::{
    Kept, MAX_BYTES, NESTED,
    allow::{self, Argument, Field},
    token::{self, Kind, Token},
};
use crate::toolkits::link::{self, Link};

/// What becomes of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It stays live with the instruction in [`Kept`].
    Keep(Kept),
    /// Its cached result stays as text; the id names the threat.
    Flatten(&'static str),
}

/// Decides about `instruction`, where [`NESTED`] stands for each field nested in it. `schemes` are the schemes
/// that links may have.
///
/// That the nested fields stay live themselves is the caller's to check.
pub(crate) fn judge(instruction: &str, schemes: &[String]) -> Decision {
    let keep = if instruction.len() > MAX_BYTES { None } else { kept(instruction, schemes) };
    match keep {
        Some(kept) => Decision::Keep(kept),
        None => Decision::Flatten(threat(instruction)),
    }
}

fn kept(instruction: &str, schemes: &[String]) -> Option<Kept> {
    if let Some(instruction) = expression(instruction) {
        return Some(Kept { instruction, link: None });
    }
    let (mut tokens, trailing) = token::tokens(instruction).ok()?;
    let (first, rest) = tokens.split_first_mut()?;
    let Kind::Word(name) = &first.kind else { return None };
    let field = allow::find(name)?;
    let link = if field.name == "HYPERLINK" {
        hyperlink(field, rest, schemes)?
    } else {
        arguments(field, rest).then_some(None)?
    };
    Some(Kept { instruction: token::write(&tokens, trailing), link })
}

/// `= formula` and `EQ`, whose instructions are expressions of their own. They calculate and draw; they open
/// nothing. The text is checked character by character and written with U+0020 for white space.
fn expression(instruction: &str) -> Option<String> {
    let body = instruction.trim_start();
    let equation = body.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("EQ"))
        && body.get(2..)?.chars().next().is_none_or(|c| c.is_whitespace() || c == '\\');
    if !equation && !body.starts_with('=') {
        return None;
    }
    let space = |c: char| if c.is_whitespace() { Ok(' ') } else { token::checked(c) };
    instruction.chars().map(space).collect::<Result<_, _>>().ok()
}

/// Walks over the tokens behind the name. False at the first one the field may not have.
fn arguments(field: &Field, tokens: &[Token]) -> bool {
    let mut positional = field.arguments.iter();
    let mut rest = tokens.iter().peekable();
    while let Some(token) = rest.next() {
        match &token.kind {
            Kind::Switch(letter) => {
                let Some(argument) = switch(field, *letter) else { return false };
                if let Some(argument) = argument {
                    match rest.peek() {
                        Some(next) if fits(argument, &next.kind) => {
                            rest.next();
                        }
                        // Left out: what follows is a switch, or an argument of the field, or wrong.
                        _ => (),
                    }
                }
            }
            argument => {
                if !positional.next().is_some_and(|kind| fits(*kind, argument)) {
                    return false;
                }
            }
        }
    }
    true
}

fn switch(field: &Field, letter: char) -> Option<Option<Argument>> {
    let letter = letter.to_ascii_lowercase();
    let found =
        |list: &[allow::Switch]| list.iter().find(|(known, _)| *known == letter).map(|(_, kind)| *kind);
    found(field.switches).or_else(|| found(allow::GENERAL))
}

fn fits(argument: Argument, kind: &Kind) -> bool {
    match kind {
        Kind::Word(text) => {
            argument != Argument::Address && token::is_nested(kind) || allow::fits(argument, text)
        }
        Kind::Quoted(text) => {
            argument != Argument::Address && token::is_nested(kind)
                || allow::fits(argument, &token::unescape(text))
        }
        Kind::Switch(_) => false,
    }
}

/// `HYPERLINK ["address"] [\l "place"] [\o "tip"] [\t frame] [\m] [\n]`. The address and the place are
/// replaced by what was parsed. The outer `None` is a field that may not stay.
fn hyperlink(field: &Field, tokens: &mut [Token], schemes: &[String]) -> Option<Option<Link>> {
    let mut target = None;
    let mut place = None;
    let mut pending: Option<char> = None;
    for token in tokens.iter_mut() {
        if token::is_nested(&token.kind) {
            return None;
        }
        match (&mut token.kind, pending.take()) {
            (Kind::Switch(letter), _) => {
                if switch(field, *letter)?.is_some() {
                    pending = Some(letter.to_ascii_lowercase());
                }
            }
            (kind, Some('l')) => {
                let internal = link::internal(&text(kind));
                let Link::Internal(fragment) = &internal else { return None };
                *kind = Kind::Quoted(token::escape(fragment));
                place = Some(internal);
            }
            (kind, Some(letter)) => {
                if !switch(field, letter)?.is_some_and(|argument| fits(argument, kind)) {
                    return None;
                }
            }
            (kind, None) => {
                let link = link::parse(&text(kind));
                if target.is_some() || !link.allowed(schemes) {
                    return None;
                }
                *kind = Kind::Quoted(token::escape(&link.written()?));
                target = Some(link);
            }
        }
    }
    // A field without address and place opens what is selected when it is updated: nothing to keep.
    target.or(place).map(Some)
}

/// The text of a word or quoted text.
fn text(kind: &Kind) -> String {
    match kind {
        Kind::Word(text) => text.clone(),
        Kind::Quoted(text) => token::unescape(text),
        Kind::Switch(_) => String::new(),
    }
}

/// The threat to name, by the first word after compatibility folding: full-width letters and quotes do not
/// hide it. Decides nothing.
fn threat(instruction: &str) -> &'static str {
    let head: String = instruction.chars().take(256).nfkc().filter(|c| !c.is_control()).collect();
    let separator = |c: char| c.is_whitespace() || matches!(c, '"' | '\\' | '\u{201c}' | '\u{201d}');
    let head = head.trim_start_matches(separator);
    let name: String = head.split(separator).next().unwrap_or_default().to_uppercase();
    let quoted_codes = || {
        let mut arguments = head.split_whitespace().skip(1).filter(|word| !word.starts_with('\\')).peekable();
        arguments.peek().is_some() && arguments.all(|word| word.trim_matches('"').parse::<u32>().is_ok())
    };
    if name.contains(NESTED) || name == "QUOTE" && instruction.contains(NESTED) {
        "docx.dde-field-quote-nested"
    } else if name == "QUOTE" && !quoted_codes() {
        "docx.field-allowlist"
    } else {
        allow::threat(&name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn schemes() -> Vec<String> {
        ["http", "https", "mailto"].map(str::to_owned).to_vec()
    }

    fn kept(instruction: &str) -> String {
        match judge(instruction, &schemes()) {
            Decision::Keep(kept) => kept.instruction,
            Decision::Flatten(threat) => panic!("{instruction:?}: {threat}"),
        }
    }

    fn flattened(instruction: &str) -> &'static str {
        match judge(instruction, &schemes()) {
            Decision::Keep(kept) => panic!("{instruction:?} is kept as {:?}", kept.instruction),
            Decision::Flatten(threat) => threat,
        }
    }

    #[test]
    fn instructions_as_word_writes_them_do_not_change() {
        for same in [
            " PAGE ",
            "PAGE",
            "PAGE   \\* MERGEFORMAT",
            " PAGE  \\* Arabic ",
            "page \\* roman",
            " NUMPAGES  ",
            " SECTIONPAGES ",
            " TOC \\o \"1-3\" \\h \\z \\u ",
            " TOC \\h \\z \\t \"見出し 1,1,表題,2\" ",
            " TOC \\h \\z \\c \"図\" ",
            " TOC \\f \\h \\z \\u ",
            " TOC \\o \"1-2\" \\n 1-1 \\p \" \" \\b Chapter1",
            "TOC \\o\"1-3\"\\h",
            " PAGEREF _Toc169604464 \\h ",
            " REF _Ref366147709 \\r \\h  \\* MERGEFORMAT ",
            " NOTEREF _Ref1 \\f \\h ",
            " SEQ Figure \\* ARABIC ",
            " SEQ 図 \\* ARABIC \\s 1 ",
            " SEQ 表 \\r1 \\h ",
            " STYLEREF \"見出し 1\" \\n ",
            " STYLEREF 1 \\s ",
            " DATE \\@ \"dddd, MMMM d, yyyy\" ",
            " DATE  \\@ \"ggge'年'M'月'd'日'\"  \\* MERGEFORMAT ",
            " TIME \\@ \"yyyy'年'M'月'd'日'\" ",
            " CREATEDATE  \\* MERGEFORMAT ",
            " SAVEDATE \\@ \"yyyy/MM/dd\" ",
            " TITLE  \\* MERGEFORMAT ",
            " AUTHOR ",
            " FILENAME \\* Upper ",
            " eq \\o\\ac(○,印)",
            " EQ \\* jc2 \\* \"Font:ＭＳ 明朝\" \\* hps10 \\o\\ad(\\s\\up 9(ルビ),漢字)",
            " EQ \\f(1,2)",
            " =SUM(ABOVE) \\# \"#,##0\" ",
            "= 3 * (A1 + B2)",
            " XE \"索引:項目\" \\y \"さくいん\" \\b ",
            " XE \"a\\:b \\\"c\\\"\" ",
            " TC \"章\" \\f C \\l \"1\" ",
            " TA \\l \"Case\" \\s \"Case\" \\c 1 ",
            " TOA \\h \\c \"1\" \\p ",
            " INDEX \\e \"\t\" \\c \"2\" \\z \"1041\" ",
            " SYMBOL 183 \\f \"Symbol\" \\s 10 \\h ",
            " SYMBOL F0B7 \\f Symbol",
            " ADVANCE \\d 4 \\x 12.5",
            " LISTNUM NumberDefault \\l 2 \\s 1 ",
            " AUTONUM ",
            " AUTONUMLGL \\s . \\e",
            " AUTONUMOUT  \\* Arabic ",
            " FORMTEXT ",
            " FORMCHECKBOX ",
            " FORMDROPDOWN ",
            " CITATION Yam20 \\p 12 \\l 1041 ",
            " BIBLIOGRAPHY  \\l 1041 ",
            " PRINTDATE \\@ \"M/d\" ",
            " HYPERLINK \\l \"_Toc1\" ",
            " HYPERLINK  \\l \"_Toc1\" \\o \"次へ\" ",
            " HYPERLINK \"https://example.com/a?b=1\" \\t \"_blank\" ",
            " HYPERLINK \"https://books.google.com/books?id=sp_Zcb9ot90C&lpg=PR4\" \\l \"v=onepage&q&f=true\" ",
            " HYPERLINK \"mailto:a@example.com?subject=%E8%AA%9E\" \\n ",
            " =\u{fffc}-1 ",
            " TC \"第\u{fffc}章\" ",
        ] {
            assert_eq!(kept(same), same);
        }
    }

    #[test]
    fn white_space_and_quotes_of_other_kinds_become_plain() {
        assert_eq!(kept("\u{3000}STYLEREF\u{a0}\u{201c}見出し\u{201d}\n"), " STYLEREF \"見出し\" ");
    }

    #[test]
    fn each_family_is_flattened_under_its_own_name() {
        for (instruction, threat) in [
            ("DDEAUTO \"calc.exe\" \"KILL\"", "docx.dde-field-simple"),
            (" dde c:\\\\windows\\\\system32\\\\cmd.exe \"/k\"", "docx.dde-field-simple"),
            ("ＤＤＥＡＵＴＯ calc", "docx.dde-field-simple"),
            ("\"DDEAUTO\" calc", "docx.dde-field-simple"),
            ("QUOTE 68 68 69 65 85 84 79 32", "docx.dde-field-quote-nested"),
            ("QUOTE \u{fffc}", "docx.dde-field-quote-nested"),
            ("SET c \"\u{fffc}\"", "docx.dde-field-quote-nested"),
            ("\u{fffc} calc", "docx.dde-field-quote-nested"),
            ("DDE\u{fffc}", "docx.dde-field-quote-nested"),
            (
                "INCLUDEPICTURE \"https://kill.example.invalid/p.png\" \\d \\* MERGEFORMAT",
                "docx.field-includepicture",
            ),
            ("INCLUDETEXT \"file:///tmp/KILL.txt\"", "docx.field-includetext"),
            ("LINK Excel.Sheet.12 \"\\\\\\\\kill\\\\b.xlsx\" R1C1 \\a", "docx.field-import-link-embed"),
            ("EMBED Equation.3", "docx.field-import-link-embed"),
            ("CONTROL Forms.HTML:Hidden.1 \\s", "docx.field-import-link-embed"),
            ("DATABASE \\c \"DSN=KILL\" \\s \"SELECT 1\"", "docx.field-database-rd"),
            ("RD \"c:\\\\x\"", "docx.field-database-rd"),
            ("MACROBUTTON KILL Click here", "docx.field-macrobutton-gotobutton"),
            ("ADDIN EN.CITE", "docx.field-macrobutton-gotobutton"),
            ("PRINT \"KILL %%[exec]\"", "docx.field-print-postscript"),
            ("FILLIN \"Password? KILL\"", "docx.field-prompt-and-mailmerge"),
            ("IF 1 = 1 \"a\" \"b\"", "docx.field-prompt-and-mailmerge"),
            ("MERGEFIELD Name", "docx.field-prompt-and-mailmerge"),
            ("KILLFIELD x", "docx.field-allowlist"),
            ("WEBVIDEO x", "docx.field-allowlist"),
            ("QUOTE \"text\"", "docx.field-allowlist"),
            ("FILENAME \\p", "docx.field-allowlist"),
            ("PAGE calc.exe", "docx.field-allowlist"),
            ("PAGE \\q x", "docx.field-allowlist"),
            ("", "docx.field-allowlist"),
            ("D\"DE\" x", "docx.field-allowlist"),
            ("TITLE \"open", "docx.field-allowlist"),
            ("PA\u{200b}GE", "docx.field-allowlist"),
            ("SomeBookmark", "docx.field-allowlist"),
        ] {
            assert_eq!(flattened(instruction), threat, "{instruction:?}");
        }
    }

    #[test]
    fn hyperlinks_stay_only_with_an_address_of_the_policy() {
        for dangerous in [
            "HYPERLINK \"file:///c:/windows/system32/calc.exe\" \\o \"KILL\"",
            "HYPERLINK \"\\\\\\\\kill\\\\s\\\\x\"",
            "HYPERLINK \"calc.exe\"",
            "HYPERLINK \"ms-msdt:/id\"",
            "HYPERLINK \"javascript:x\"",
            "HYPERLINK \"http://\u{fffc}/\"",
            "HYPERLINK",
            "HYPERLINK \\o \"x\"",
            "HYPERLINK \"http://example.com/\" \"file:///x\"",
            "HYPERLINK \"islam.angst.doc\"",
            "HYPERLINK \\l \"\\\\\\\\kill\\\\s\"",
            "HYPERLINK \"http://example.com/\" \\t \"a b\"",
            "HYPERLINK \"ftp://example.com/\"",
        ] {
            assert_eq!(flattened(dangerous), "docx.hyperlink-field", "{dangerous:?}");
        }
        assert_eq!(kept("HYPERLINK HTTP://u:p@Example.com/日"), "HYPERLINK \"http://example.com/%E6%97%A5\"");
        assert_eq!(
            judge("HYPERLINK \"http://example.com/\"", &[]),
            Decision::Flatten("docx.hyperlink-field")
        );
        let Decision::Keep(kept) = judge("HYPERLINK \"http://a@example.com/\"", &schemes()) else { panic!() };
        assert!(kept.link.is_some_and(|link| link.deceptive()));
    }

    #[test]
    fn instructions_too_long_to_be_honest_are_flattened() {
        assert_eq!(flattened(&format!("XE \"{}\"", "a".repeat(MAX_BYTES))), "docx.field-allowlist");
    }

    proptest! {
        #[test]
        fn writing_is_a_fixed_point(
            name in prop::sample::select(vec!["PAGE", "TOC", "XE", "HYPERLINK", "=", "EQ", "SEQ", "DDE", "REF", "QUOTE"]),
            rest in prop_oneof![any::<String>(), "[ \\\\\"\u{201c}\u{201d}a-z0-9*@#!/:.日\u{fffc}\u{3000}]{0,40}"],
        ) {
            if let Decision::Keep(first) = judge(&format!("{name}{rest}"), &schemes()) {
                let second = judge(&first.instruction, &schemes());
                prop_assert_eq!(&second, &Decision::Keep(first.clone()));
                prop_assert!(!first.instruction.to_uppercase().starts_with("DDE"));
            }
        }
    }
}

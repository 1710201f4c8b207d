use proptest::prelude::*;

use super::{super::judge, *};

/// Writes a part from a sketch: `{` begin, `|` separate, `}` end, `<…>` a simple field with its instruction
/// up to `:`, `(` and `)` a story, `^x`
/// an insertion and `%x` a deletion by the author `x`, `;` its end, `'text'` content that is shown, anything else instruction text; `~` cuts
/// an instruction text in two.
fn events(sketch: &str) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut rest = sketch;
    while let Some(c) = rest.chars().next() {
        let until = |from: usize, end: &[char]| rest[from..].find(end).map_or(rest.len(), |at| from + at);
        let (item, len) = match c {
            '{' => (Item::Event(Event::Begin), 1),
            '|' => (Item::Event(Event::Separate), 1),
            '}' => (Item::Event(Event::End), 1),
            '>' => (Item::Event(Event::EndSimple), 1),
            '(' => (Item::Event(Event::EnterStory), 1),
            ')' => (Item::Event(Event::LeaveStory), 1),
            '~' => (Item::Cut, 1),
            '^' => (Item::Event(Event::EnterChange(Change::Inserted, &rest[1..2])), 2),
            '%' => (Item::Event(Event::EnterChange(Change::Deleted, &rest[1..2])), 2),
            ';' => (Item::Event(Event::LeaveChange), 1),
            '<' => {
                let end = until(1, &[':']);
                (Item::Event(Event::BeginSimple(&rest[1..end])), end + 1)
            }
            '\'' => {
                let end = until(1, &['\'']);
                (Item::Content(&rest[1..end]), end + 1)
            }
            _ => {
                let end = until(0, &['{', '|', '}', '>', '<', '\'', '~', '(', ')', '^', '%', ';']);
                (Item::Event(Event::Instruction(&rest[..end])), end)
            }
        };
        items.push(item);
        rest = rest.get(len..).unwrap_or_default();
    }
    items
}

enum Item<'a> {
    Event(Event<'a>),
    Content(&'a str),
    Cut,
}

fn rewrite(sketch: &str) -> (String, Vec<&'static str>) {
    let schemes = ["https".to_owned()];
    let mut planner = Planner::new(|instruction: &str| judge(instruction, &schemes));
    let items = events(sketch);
    for item in &items {
        if let Item::Event(event) = item {
            planner.event(*event);
        }
    }
    let plan = planner.finish();
    let mut replay = plan.replay();
    let mut written = String::new();
    for item in &items {
        let event = match item {
            Item::Event(event) => event,
            Item::Content(content) if !replay.hides() => {
                written.push_str(&format!("'{content}'"));
                continue;
            }
            Item::Content(_) | Item::Cut => continue,
        };
        let write = replay.event(event.mark());
        match (write, event) {
            (Write::Drop, _) => (),
            (Write::Text(text), Event::BeginSimple(_)) => written.push_str(&format!("<{text}:")),
            (Write::Text(text), _) => written.push_str(text),
            (Write::Keep, Event::Begin) => written.push('{'),
            (Write::Keep, Event::Separate) => written.push('|'),
            (Write::Keep, Event::End) => written.push('}'),
            (Write::Keep, Event::EndSimple) => written.push('>'),
            (Write::Keep, Event::EnterStory) => written.push('('),
            (Write::Keep, Event::LeaveStory) => written.push(')'),
            (Write::Keep, Event::Instruction(text) | Event::DeletedInstruction(text)) => {
                written.push_str(text);
            }
            (Write::Keep, Event::EnterChange(Change::Inserted, who)) => {
                written.push_str(&format!("^{who}"));
            }
            (Write::Keep, Event::EnterChange(Change::Deleted, who)) => written.push_str(&format!("%{who}")),
            (Write::Keep, Event::LeaveChange) => written.push(';'),
            (Write::Keep, Event::BeginSimple(text)) => written.push_str(&format!("<{text}:")),
        }
    }
    (written, plan.flattened().iter().map(|flattened| flattened.threat).collect())
}

#[test]
fn fields_that_are_allowed_stay_as_they_are() {
    for same in [
        "'a'{ PAGE |'1'}'b'",
        "{ TOC \\o \"1-3\" \\h |{ HYPERLINK \\l \"_Toc1\" |'One'{ PAGEREF _Toc1 \\h |'3'}}'Two'}",
        "< PAGE :'1'>",
        "{ ={ PAGE |'3'}-1 |'2'}",
        "{ TC \"Chapter { SEQ c |'1'} x\" }",
        "{ AUTONUM }'x'",
        "{ PAGE |'a'({ DATE |'b'})'c'}",
    ] {
        assert_eq!(rewrite(same), (same.to_owned(), vec![]));
    }
    assert_eq!(rewrite("{ PA~GE~  |'1'}").0, "{ PAGE  |'1'}");
}

#[test]
fn flattened_fields_leave_their_result() {
    let dde = "docx.dde-field-simple";
    assert_eq!(rewrite("'a'{ DDEAUTO x |'1'}'b'"), ("'a''1''b'".to_owned(), vec![dde]));
    assert_eq!(rewrite("<DDE x:'1'>"), ("'1'".to_owned(), vec![dde]));
    assert_eq!(
        rewrite("{D~DE~AUTO calc.exe KILL|'1'}"),
        ("'1'".to_owned(), vec!["docx.dde-field-complex-split"])
    );
    assert_eq!(rewrite("{ MACROBUTTON KILL 'Click here'}'x'").0, "'x'");
}

#[test]
fn a_result_that_word_does_not_show_is_not_shown_afterwards() {
    assert_eq!(rewrite("{ SET x \"a\" |'a'}'b'").0, "'b'");
    assert_eq!(rewrite("{ ask x \"Who?\" |'me'{ PAGE |'1'}}'b'").0, "'b'");
    assert_eq!(rewrite("<SET x a:'a'{ PAGE |'1'}>'b'{ PAGE |'1'}").0, "'b'{ PAGE |'1'}");
    assert_eq!(rewrite("{ SETTLE x |'a'}").0, "'a'");
}

#[test]
fn a_result_may_hold_fields_that_stay() {
    assert_eq!(rewrite("{ DDE x |'a'{ PAGE |'1'}'b'}").0, "'a'{ PAGE |'1'}'b'");
    assert_eq!(rewrite("{ PAGE |'a'{ DDE x |'1'}'b'}").0, "{ PAGE |'a''1''b'}");
}

#[test]
fn an_instruction_with_a_flattened_field_in_it_is_flattened_whole() {
    let nested = "docx.dde-field-quote-nested";
    assert_eq!(rewrite("{ {QUOTE 68 68 69|'DDE'} calc |'1'}"), ("'1'".to_owned(), vec![nested, nested]));
    assert_eq!(rewrite("{ REF {QUOTE 68|'D'} |'1'}"), ("'1'".to_owned(), vec![nested, nested]));
    assert_eq!(rewrite("{DDE { REF c |'x'}|'1'}"), ("'1'".to_owned(), vec![nested]));
    assert_eq!(rewrite("{ = <DDE x:'9'> |'1'}").0, "'1'");
    // The allowed field in the instruction goes with it, and so does its result.
    assert_eq!(rewrite("{ IF { PAGE |'1'} = 1 |'y'}").0, "'y'");
}

#[test]
fn content_in_an_instruction_is_never_shown_and_never_code() {
    assert_eq!(rewrite("{ PAGE 'DDE x' |'1'}").0, "{ PAGE  |'1'}");
    assert_eq!(rewrite("{'DDEAUTO x'|'1'}"), ("'1'".to_owned(), vec!["docx.field-allowlist"]));
}

#[test]
fn marks_that_do_not_match_are_dropped() {
    assert_eq!(rewrite("}'a'|{ PAGE |'1'"), ("'a''1'".to_owned(), vec!["docx.field-allowlist"]));
    assert_eq!(rewrite("DDE x'a'").0, "'a'");
    assert_eq!(rewrite("{ PAGE |'1'|'2'DDE x}").0, "{ PAGE |'1''2'}");
    assert_eq!(rewrite("< PAGE :{ DATE |'1'>'2'}").0, "< PAGE :'1'>'2'");
    assert_eq!(rewrite("{ PAGE |'a'(}'b')}").0, "{ PAGE |'a'('b')}");
    assert_eq!(rewrite("{ PAGE (NUMPAGES) |'a'}").0, "{ PAGE () |'a'}");
}

#[test]
fn changed_instructions_are_written_between_the_fields_in_them() {
    assert_eq!(rewrite("{ TC~\u{a0}\"a{ SEQ c |'1'}b~c\"\u{3000}}").0, "{ TC \"a{ SEQ c |'1'}bc\" }");
    assert_eq!(
        rewrite("{HYPERLINK ~\"https://u@example.c~om\"|'1'}").0,
        "{HYPERLINK \"https://example.com\"|'1'}"
    );
}

#[test]
fn tracked_changes_must_not_be_able_to_change_an_instruction() {
    let mixed = "docx.dde-field-inside-containers";
    for same in ["^a{ PAGE |'1'};", "%a{ PAGE |;'1'^b};", "^a{;^a PAGE |;'1'}", "{ PAGE |^a'1';%a'2';}"] {
        assert_eq!(rewrite(same), (same.to_owned(), vec![]));
    }
    // Accepted, rejected, or rejected for one author, the rest is DDE.
    for sketch in [
        "{%a XE \";DDE x%a\";|'1'}",
        "{^a XE \";DDE x^a\";|'1'}",
        "^a{;^b XE \";^aDDE x^b\";|'1'}",
        "{%a XE \"^b;;DDE x|'1'}",
        "^a{%a XE ;\"DDE x\"|'1'};",
    ] {
        let (written, threats) = rewrite(sketch);
        assert!(!written.contains("DDE") && !written.contains('{'), "{sketch} -> {written}");
        assert_eq!(threats.len(), 1, "{sketch}");
    }
    assert_eq!(rewrite("{%a XE \";DDE x%a\";|'1'}").1, vec![mixed]);
    let mut planner = Planner::new(|instruction: &str| judge(instruction, &[]));
    for event in [Event::Begin, Event::DeletedInstruction("PAGE"), Event::End] {
        planner.event(event);
    }
    assert_eq!(planner.finish().flattened()[0].threat, mixed, "deleted text outside a deletion");
}

#[test]
fn a_placeholder_in_the_text_stands_for_nothing() {
    assert_eq!(rewrite("{ =\u{fffc} |'1'}").0, "'1'");
}

#[test]
fn nesting_without_end_is_flattened() {
    let deep = format!("{}PAGE{}", "{".repeat(5_000), "}".repeat(5_000));
    let (written, flattened) = rewrite(&deep);
    assert_eq!(written, "");
    assert_eq!(flattened.len(), 5_000);
}

proptest! {
    #[test]
    fn what_is_written_is_balanced_allowed_and_a_fixed_point(
        sketch in prop::collection::vec(prop::sample::select(vec![
            "{", "{", "{", "|", "|", "}", "}", "}", " PAGE ", "DDE x", " = 1", "~", "'a'", "< PAGE :", "<DDE x:", ">", "(", ")", "\u{3000}", "^a", "%a", ";",
            "QUOTE 68", "{ DATE |'1'}", "HYPERLINK \"https://a@b\"",
        ]), 0..40)
    ) {
        let sketch = well_formed(&sketch);
        let (written, _) = rewrite(&sketch);
        for code in ["{DDE", "<DDE", "{QUOTE", "{}", "{|"] {
            prop_assert!(!written.contains(code), "{} -> {}", sketch, written);
        }
        prop_assert_eq!(rewrite(&written), (written.clone(), vec![]), "{}", sketch);
        let count = |mark: char| written.matches(mark).count();
        prop_assert_eq!(count('{'), count('}'));
    }
}

/// XML gives simple fields and stories an end, in order.
fn well_formed(pieces: &[&str]) -> String {
    let mut open = Vec::new();
    let mut sketch = String::new();
    for piece in pieces {
        match *piece {
            ">" | ")" => {
                if open.last() != Some(&piece.chars().next().unwrap()) {
                    continue;
                }
                open.pop();
            }
            ";" => {
                if open.last() != Some(&';') {
                    continue;
                }
                open.pop();
            }
            "^a" | "%a" => open.push(';'),
            "(" => open.push(')'),
            piece if piece.starts_with('<') => open.push('>'),
            _ => (),
        }
        sketch.push_str(piece);
    }
    sketch.extend(open.into_iter().rev());
    sketch
}

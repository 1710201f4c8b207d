//! Real documents: of their fields, formulas, links and actions only those are flattened that are named here.

use std::{collections::BTreeSet, fmt::Write as _, io::Cursor, path::Path};

use quick_xml::{
    Reader,
    events::{BytesStart, Event as Xml},
};

use super::{
    action,
    field::{self, Change, Event, Mark, Plan, Planner, Write},
    formula::{self, Context, DefinedName, NameStatus, Verdict, Workbook},
};
use crate::toolkits::link::{self, Link};

/// Calls `visit` with the name and the text of each XML part of each document in the benign corpus.
/// False, with a line that says so, where the corpus is not on this machine.
fn each_part(kinds: &[&str], mut visit: impl FnMut(&str, &str, &[u8])) -> bool {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/benign");
    let corpus = if corpus.is_dir() {
        corpus
    } else {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/benign")
    };
    if !corpus.is_dir() {
        eprintln_skipped();
        return false;
    }
    for kind in kinds {
        let Ok(folder) = std::fs::read_dir(corpus.join(kind)) else { continue };
        for entry in folder.flatten() {
            let Ok(bytes) = std::fs::read(entry.path()) else { continue };
            let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { continue };
            for index in 0..archive.len() {
                let Ok(mut member) = archive.by_index(index) else { continue };
                let Ok(name) = member.name().map(|name| name.into_owned()) else { continue };
                let mut part = Vec::new();
                if (name.ends_with(".xml") || name.ends_with(".rels"))
                    && std::io::copy(&mut member, &mut part).is_ok()
                {
                    visit(&entry.file_name().to_string_lossy(), &name, &part);
                }
            }
        }
    }
    true
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn eprintln_skipped() {
    eprintln!("skipped: the benign corpus is not on this machine");
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let text = found.value.to_string();
    Some(quick_xml::escape::unescape(&text).map(|text| text.into_owned()).unwrap_or(text))
}

/// Calls `visit` with each element that has text of its own, and the text.
fn each_element(part: &[u8], mut visit: impl FnMut(&str, Option<&BytesStart<'_>>, &str)) {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Xml::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                visit(&name, Some(&element), "");
                open.push((name, String::new()));
            }
            Xml::Empty(element) => {
                let name = element.local_name().as_ref().to_owned();
                visit(&name, Some(&element), "");
                visit(&name, None, "");
            }
            Xml::Text(text) => {
                if let Some((_, all)) = open.last_mut() {
                    all.push_str(&text);
                }
            }
            Xml::GeneralRef(entity) => {
                if let Some((_, all)) = open.last_mut() {
                    let reference = format!("&{};", &*entity);
                    all.push_str(&quick_xml::escape::unescape(&reference).unwrap_or_default());
                }
            }
            Xml::End(_) => {
                if let Some((name, text)) = open.pop() {
                    visit(&name, None, &text);
                }
            }
            Xml::Eof => break,
            _ => (),
        }
        buffer.clear();
    }
}

fn who(element: &BytesStart<'_>) -> String {
    format!("{:?} {:?}", attribute(element, "author"), attribute(element, "date"))
}

fn schemes() -> Vec<String> {
    ["http", "https", "mailto"].map(str::to_owned).to_vec()
}

fn listed(found: &BTreeSet<String>) -> String {
    found.iter().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "{line}");
        all
    })
}

#[test]
fn of_real_fields_only_threats_are_flattened_and_the_others_do_not_change() {
    let schemes = schemes();
    let (mut fields, mut changed, mut found) = (0, BTreeSet::new(), BTreeSet::new());
    let there = each_part(&["docx", "docm", "dotx", "dotm"], |_, _, part| {
        let mut planner = Planner::new(|instruction: &str| {
            fields += 1;
            let decision = field::judge(instruction, &schemes);
            if let field::Decision::Keep(kept) = &decision
                && kept.instruction != instruction
            {
                changed.insert(format!("{instruction:?} -> {:?}", kept.instruction));
            }
            decision
        });
        let mut marks: Vec<Mark> = Vec::new();
        let mut tell = |event: Event<'_>| {
            marks.push(event.mark());
            planner.event(event);
        };
        each_element(part, |name, element, text| match (name, element) {
            ("fldChar", Some(element)) => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => tell(Event::Begin),
                Some("separate") => tell(Event::Separate),
                _ => tell(Event::End),
            },
            ("instrText", None) => tell(Event::Instruction(text)),
            ("delInstrText", None) => tell(Event::DeletedInstruction(text)),
            ("fldSimple", Some(element)) => {
                tell(Event::BeginSimple(&attribute(element, "instr").unwrap_or_default()));
            }
            ("fldSimple", None) => tell(Event::EndSimple),
            ("ins" | "moveTo", Some(element)) => tell(Event::EnterChange(Change::Inserted, &who(element))),
            ("del" | "moveFrom", Some(element)) => tell(Event::EnterChange(Change::Deleted, &who(element))),
            ("ins" | "moveTo" | "del" | "moveFrom", None) => tell(Event::LeaveChange),
            ("txbxContent" | "Choice" | "Fallback", Some(_)) => tell(Event::EnterStory),
            ("txbxContent" | "Choice" | "Fallback", None) => tell(Event::LeaveStory),
            _ => (),
        });
        let plan: Plan = planner.finish();
        let mut replay = plan.replay();
        let untouched = marks.iter().filter(|mark| replay.event(**mark) != Write::Keep).count() == 0;
        assert_eq!((untouched, plan.keeps_all()), (plan.flattened().is_empty(), plan.flattened().is_empty()));
        assert!(!replay.hides());
        for flattened in plan.flattened() {
            let head: Vec<_> = flattened.instruction.split_whitespace().take(2).collect();
            found.insert(format!("{} {}", flattened.threat, head.join(" ")));
        }
    });
    if there {
        let known = [
            "docx.field-macrobutton-gotobutton MACROBUTTON DoFieldClick",
            "docx.hyperlink-field HYPERLINK \"islam.angst.doc\"",
        ];
        assert!(fields > 250, "{fields}");
        assert_eq!(listed(&found), listed(&known.map(str::to_owned).into()));
        assert_eq!(listed(&changed), "");
    }
}

#[test]
fn of_real_names_only_those_of_other_workbooks_are_left_out() {
    let (mut count, mut found) = (0, BTreeSet::new());
    let there = each_part(&["xlsx", "xlsm", "xltx", "xltm"], |_, part_name, part| {
        if part_name != "xl/workbook.xml" {
            return;
        }
        let (mut names, mut texts) = (Vec::new(), Vec::new());
        each_element(part, |name, element, text| match (name, element) {
            ("definedName", Some(element)) => names.push(attribute(element, "name").unwrap_or_default()),
            ("definedName", None) => texts.push(text.to_owned()),
            _ => (),
        });
        let defined: Vec<_> =
            names.iter().zip(&texts).map(|(name, formula)| DefinedName { name, formula }).collect();
        count += defined.len();
        for (defined, verdict) in
            defined.iter().zip(formula::judge_names(&defined, &|_| false, &|_| false, &[]))
        {
            if verdict != Verdict::Keep {
                found.insert(format!("{} {verdict:?}", formula::fold(defined.name)));
            }
        }
    });
    if there {
        assert!(count > 150, "{count}");
        assert!(found.iter().all(|line| line.contains("external-workbook-link")), "{}", listed(&found));
    }
}

#[test]
fn of_real_formulas_only_threats_are_flattened() {
    let schemes = schemes();
    let (mut formulas, mut found) = (0, BTreeSet::new());
    let workbook = Workbook { name: &|_| NameStatus::Unknown, sheet: &|_| false };
    let there = each_part(&["xlsx", "xlsm", "xltx", "xltm", "docx", "pptx"], |file, part_name, part| {
        each_element(part, |name, element, text| {
            let context = match name {
                "f" if part_name.contains("chart") => Context::Chart,
                "f" | "calculatedColumnFormula" | "totalsRowFormula" => Context::Cell,
                "formula" => Context::ConditionalFormat,
                "formula1" | "formula2" => Context::DataValidation,
                "definedName" => Context::Name,
                _ => return,
            };
            if element.is_some()
                || text.is_empty()
                || !(part_name.starts_with("xl/") || part_name.contains("chart"))
            {
                return;
            }
            formulas += 1;
            match formula::judge(text, context, &workbook, &schemes) {
                Verdict::Keep => (),
                Verdict::Rewrite(written) => panic!("{file}: {text:?} -> {written:?}"),
                Verdict::Flatten(threat) => {
                    found.insert(format!("{threat} {}", text.chars().take(24).collect::<String>()));
                }
            }
        });
    });
    if there {
        let lines = listed(&found);
        assert!(formulas > 2_000, "{formulas}");
        let expected = ["xlsx.addin-function-prefix", "xlsx.external-workbook-link"];
        assert!(
            found.iter().all(|line| expected.iter().any(|threat| line.starts_with(threat))),
            "{formulas}\n{lines}"
        );
    }
}

#[test]
fn of_real_links_only_files_and_paths_are_flattened_and_the_others_mean_the_same() {
    let schemes = schemes();
    let (mut links, mut found, mut changed) = (0, BTreeSet::new(), BTreeSet::new());
    let kinds = ["docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "pptx", "potx", "ppsx"];
    let there = each_part(&kinds, |_, part_name, part| {
        each_element(part, |name, element, _| {
            let Some(element) = element.filter(|_| part_name.ends_with(".rels") && name == "Relationship")
            else {
                return;
            };
            let target = attribute(element, "Target").unwrap_or_default();
            let hyperlink = attribute(element, "Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
            if !hyperlink || attribute(element, "TargetMode").as_deref() != Some("External") {
                return;
            }
            links += 1;
            let link = link::parse(&target);
            match link.written() {
                Some(written) if link.allowed(&schemes) && !link.deceptive() => {
                    if written != target {
                        changed.insert(format!("{target:?} -> {written:?}"));
                    }
                }
                _ => {
                    found.insert(format!("{target:?} {link:?}"));
                }
            }
        });
    });
    if there {
        assert!(links > 40, "{links}");
        assert_eq!(listed(&found).lines().count(), 1, "{}", listed(&found));
        assert!(changed.iter().all(|line| line.contains("\\u{a0}")), "{}", listed(&changed));
    }
    assert!(matches!(link::parse(""), Link::Relative(_)));
}

#[test]
fn of_real_actions_only_media_are_left_out() {
    let mut found = BTreeSet::new();
    let there = each_part(&["pptx", "potx", "ppsx", "potm", "ppsm"], |_, part_name, part| {
        each_element(part, |name, element, _| {
            let Some(element) =
                element.filter(|_| part_name.starts_with("ppt/") && name.starts_with("hlink"))
            else {
                return;
            };
            if let Some(value) = attribute(element, "action") {
                match action::parse(&value) {
                    Ok(action) => assert_eq!(action.written(), value),
                    Err(threat) => drop(found.insert(format!("{threat} {value}"))),
                }
            }
        });
    });
    if there {
        assert_eq!(listed(&found), "pptx.embedded-media ppaction://media\n");
    }
}

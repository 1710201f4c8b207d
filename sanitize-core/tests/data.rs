//! XML data and JSON through the public API.

use sanitize_core::{Action, Input, Outcome, Sanitizer};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named(name))
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// The cleaned file as text; cleaning it again changes nothing. `id` names a finding, or is empty where there is none.
#[track_caller]
fn cleaned(name: &str, source: &[u8], id: &str) -> String {
    let outcome = clean(name, source);
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    let found = ids(&outcome);
    assert!(if id.is_empty() { found.is_empty() } else { found.contains(&id) }, "{id}: {found:?}");
    let again = clean(name, output);
    assert_eq!(again.bytes(), Some(output), "cleaning what is clean changes nothing");
    assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
    String::from_utf8(output.to_vec()).unwrap()
}

/// What stands behind the declaration.
#[track_caller]
fn xml(source: &str, id: &str) -> String {
    let text = cleaned("a.xml", source.as_bytes(), id);
    text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap().trim_end().to_owned()
}

#[track_caller]
fn refused(name: &str, source: &str, id: &str) {
    let outcome = clean(name, source.as_bytes());
    assert!(outcome.bytes().is_none(), "{source}");
    assert!(ids(&outcome).contains(&id), "{id}: {:?}", ids(&outcome));
}

#[test]
fn data_stays_as_it_is() {
    for same in [
        "<届出 版=\"1\" xmlns=\"urn:a\" xmlns:b=\"urn:b\">\n  <b:氏名 b:読み=\"たか\">髙橋 &amp; &lt;x&gt;</b:氏名>\n</届出>",
        "<a xml:lang=\"ja\" b=\"1 &quot;2&quot;&#10;\" c=\"\"><d/> x</a>",
        "<a xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"><b i:type=\"c\"/></a>",
        "<a xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"https://example.com/\" l:type=\"simple\"/>",
        "<d xmlns:m=\"urn:schemas-microsoft-com:xml-msdata\" m:rowOrder=\"0\">1.50</d>",
    ] {
        assert_eq!(xml(same, ""), same);
    }
}

#[test]
fn what_stands_for_the_same_is_written_in_one_form() {
    for (source, expected, id) in [
        ("<a  b='1'\n></a >", "<a b=\"1\"/>", ""),
        ("<v>a<!-- KILL -->b</v>", "<v>ab</v>", "xml.comments-cdata-smuggling"),
        ("<v><![CDATA[<b>&]]></v>", "<v>&lt;b&gt;&amp;</v>", "xml.comments-cdata-smuggling"),
        (
            "<!DOCTYPE v PUBLIC \"-//x\" \"http://x/\" [<!ENTITY c \"©\">]><v>&c;</v>",
            "<v>©</v>",
            "xml.external-entities",
        ),
        ("<v>a\u{202e}b</v>", "<v>ab</v>", "txt.bidi-trojan-source"),
        ("<v a=\"x\u{200b}y\"/>", "<v a=\"xy\"/>", "txt.invisible-and-tag-characters"),
    ] {
        assert_eq!(xml(source, id), expected, "{source}");
    }
    let wide: Vec<u8> = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>表</a>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(cleaned("a.xml", &wide, "txt.encoding-confusion").contains("<a>表</a>"));
}

#[test]
fn what_acts_on_a_reader_is_left_out() {
    for (source, expected, id) in [
        ("<?xml-stylesheet type=\"text/xsl\" href=\"KILL\"?><a/>", "<a/>", "xml.pi-application-hijack"),
        (
            "<a xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:schemaLocation=\"u KILL\" xml:base=\"KILL\"/>",
            "<a xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"/>",
            "xml.external-entities",
        ),
        (
            "<a>x<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\"KILL\"><i:fallback>y</i:fallback></i:include></a>",
            "<a>x</a>",
            "xml.external-entities",
        ),
        (
            "<a><h:p xmlns:h=\"http://www.w3.org/1999/xhtml\" onclick=\"KILL\">x<b>y</b><h:script>KILL</h:script></h:p></a>",
            "<a>xy</a>",
            "xml.pi-application-hijack",
        ),
        ("<a><SCRIPT>KILL</SCRIPT></a>", "<a/>", "xml.pi-application-hijack"),
        (
            "<a xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"javascript:KILL\" l:actuate=\"onLoad\"/>",
            "<a xmlns:l=\"http://www.w3.org/1999/xlink\"/>",
            "xml.external-entities",
        ),
    ] {
        assert_eq!(xml(source, id), expected, "{source}");
    }
}

#[test]
fn a_signature_goes_and_its_signer_is_reported() {
    let source = "<a>x<s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\"><s:KeyName>山田</s:KeyName></s:Signature></a>";
    let outcome = clean("a.xml", source.as_bytes());
    let finding =
        outcome.report().findings().iter().find(|one| one.threat.id == "xml.signature-and-encryption");
    assert!(finding.unwrap().detail.as_ref().is_some_and(|detail| detail.value() == "山田"));
    assert_eq!(xml(source, "xml.signature-and-encryption"), "<a>x</a>");
}

#[test]
fn documents_of_programs_are_refused() {
    for (source, id) in [
        ("<?mso-application progid=\"Word.Document\"?><a/>", "opc.word2003-xml"),
        (
            "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"/>",
            "opc.word2003-xml",
        ),
        ("<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "opc.excel2003-xml"),
        ("<p:package xmlns:p=\"http://schemas.microsoft.com/office/2006/xmlPackage\"/>", "opc.flat-opc-xml"),
        ("<x:xdp xmlns:x=\"http://ns.adobe.com/xdp/\"/>", "pdf.external-fdf-xfdf"),
    ] {
        refused("a.xml", source, id);
    }
    for source in [
        "<x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"/>",
        "<o:document xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"/>",
        "<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\"/>",
        "<Project DefaultTargets=\"x\"/>",
        "<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\"/>",
    ] {
        refused("a.xml", source, "xml.pi-application-hijack");
    }
    refused(
        "a.xml",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "xml.external-entities",
    );
    refused(
        "a.xml",
        "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;\">]><a>&z;</a>",
        "xml.entity-expansion",
    );
    refused("a.xml", &"<a>".repeat(1_000), "xml.deep-wide-structures");
    refused("a.fodt", "<office:document xmlns:office=\"urn:x\"/>", "file.unsupported-format");
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for source in [
        "<a><b></a>",
        "<a x:b=\"1\"/>",
        "<x:a/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a>&nbsp;</a>",
        "<a\u{202e}b/>",
        "<a/><b/>",
        "<a xmlns:h=\"h\u{202e}ttp://www.w3.org/1999/xhtml\"/>",
    ] {
        assert!(clean("a.xml", source.as_bytes()).bytes().is_none(), "{source}");
    }
}

#[track_caller]
fn json(source: &str, id: &str) -> String {
    cleaned("a.json", source.as_bytes(), id)
}

#[test]
fn json_stays_as_it_is() {
    for same in [
        "{\n  \"氏名\": \"髙橋\",\n  \"n\": [1.50, -0.1e+10, 1e999, 12345678901234567890]\n}\n",
        "[true,false,null,{},[],\"\\u3042\\n\\/\\ud83d\\ude00\"]",
        "\"x\"",
        " 0 ",
    ] {
        assert_eq!(json(same, ""), same);
    }
}

#[test]
fn what_readers_of_json_disagree_about_is_settled() {
    const AMBIGUOUS: &str = "json.duplicate-keys-and-numbers";
    for (source, expected, id) in [
        ("{\"a\":\"KILL\",\"b\":1,\"\\u0061\":2}", "{\"b\":1,\"\\u0061\":2}", AMBIGUOUS),
        ("{\"a\":{\"x\":1,\"x\":2},\"a\":3,\"a\":4}", "{\"a\":4}", AMBIGUOUS),
        ("{\"a\":1,\"a\u{200b}\":2}", "{\"a\":2}", AMBIGUOUS),
        ("\u{feff}[1,]", "[1]", AMBIGUOUS),
        ("[1 /* KILL */, // KILL\n2]", "[1 , \n2]", AMBIGUOUS),
        ("[\"a\tb\"]", "[\"a\\tb\"]", AMBIGUOUS),
        ("[\"\\ud800\"]", "[\"\u{fffd}\"]", AMBIGUOUS),
        ("[\"\\u001b[31mred\"]", "[\"red\"]", "txt.terminal-escapes"),
        ("[\"</script>\"]", "[\"\\u003c/script\\u003e\"]", "json.prototype-and-html-breakout"),
        ("cb({\"a\":1});", "{\"a\":1}", "json.prototype-and-html-breakout"),
        (")]}',\n{\"a\":1}", "\n{\"a\":1}", "json.prototype-and-html-breakout"),
        ("{\"__proto__\":1}", "{\"__proto__\":1}", "json.prototype-and-html-breakout"),
    ] {
        assert_eq!(json(source, id), expected, "{source}");
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for source in [
        "{'a':1}",
        "{a:1}",
        "[NaN]",
        "[01]",
        "[1 2]",
        "[1,,2]",
        "{\"a\" 1}",
        "{\"a\":}",
        "[1}",
        "[",
        "1 2",
        "{\"a\":1,,}",
        "[,]",
        "\"\\x41\"",
        "[tru]",
        "alert(1)+x",
        "{\"a\":1}}",
        "",
    ] {
        assert!(clean("a.json", source.as_bytes()).bytes().is_none(), "{source}");
    }
    refused("a.json", &"[".repeat(1_000), "json.deep-nesting");
}

/// Members of the same name within each other's are passed over once.
#[test]
fn many_members_of_one_name_end_in_time() {
    let members = "\"a\":{\"b\":1,\"b\":2},".repeat(50_000);
    assert_eq!(
        json(&format!("{{{members}\"c\":0}}"), "json.duplicate-keys-and-numbers"),
        "{\"a\":{\"b\":2},\"c\":0}"
    );
}

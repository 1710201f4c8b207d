use std::{fs, path::PathBuf};

use super::{Generated, Options, generate, run, schema::glob};

/// A schema of one document: `t:root` holds `t:item`, whose class has a base class, and an extension.
struct Fixture(PathBuf);

impl Fixture {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("allow-lists-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("schemas")).unwrap();
        fs::create_dir_all(folder.join("parts")).unwrap();
        let write = |path: &str, text: &str| fs::write(folder.join(path), text).unwrap();
        write(
            "namespaces.json",
            r#"[{"Prefix":"","Uri":""},{"Prefix":"r","Uri":"urn:r"},{"Prefix":"t","Uri":"urn:t"},{"Prefix":"u","Uri":"urn:u"}]"#,
        );
        write(
            "schemas/t.json",
            r#"{"TargetNamespace":"urn:t","Types":[
                {"Name":"t:CT_Root/t:root","ClassName":"Root","BaseClass":"OpenXmlCompositeElement",
                 "Children":[{"Name":"t:CT_Item/t:item"},{"Name":"u:CT_Call/u:call"}],
                 "Attributes":[{"QName":":run","Type":"StringValue"},{"QName":"r:id","Type":"StringValue"}]},
                {"Name":"t:CT_Item/","ClassName":"ItemType","BaseClass":"OpenXmlLeafTextElement",
                 "Attributes":[{"QName":"t:val","Type":"Int32Value"}]},
                {"Name":"t:CT_Item/t:item","ClassName":"Item","BaseClass":"ItemType"},
                {"Name":"t:CT_Other/t:other","ClassName":"Other","BaseClass":"OpenXmlLeafElement"},
                {"Name":"u:CT_Call/u:call","ClassName":"Call","BaseClass":"OpenXmlLeafElement"}]}"#,
        );
        write(
            "parts/MainPart.json",
            r#"{"Name":"MainPart","Root":"t:CT_Root","RootElement":"root","ContentType":"application/t",
                "RelationshipType":"http://schemas.openxmlformats.org/officeDocument/2006/relationships/main",
                "Children":[{"Name":"CodePart"}]}"#,
        );
        write("parts/CodePart.json", r#"{"Name":"CodePart","RelationshipType":"urn:code"}"#);
        Self(folder)
    }

    fn generate(&self, overlay: &str) -> Result<Generated, String> {
        fs::write(self.0.join("overlay.toml"), overlay).unwrap();
        generate(&self.0, &self.0.join("overlay.toml")).map_err(|error| error.to_string())
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PARTS: &str = r#"
[[part]]
name = "MainPart"
path = "{dir}/main.xml"
[[excluded]]
parts = ["CodePart"]
drop = "x.code"
"#;

fn tables(generated: &Generated) -> serde_json::Value {
    serde_json::from_str(&generated.json).unwrap()
}

#[test]
fn a_class_inherits_attributes_and_text() {
    let fixture = Fixture::new("inherits");
    let json = tables(&fixture.generate(PARTS).unwrap());
    let item = &json["classes"]["t:CT_Item/t:item"];
    assert_eq!(item["attributes"]["t:val"], "Number");
    assert_eq!(item["text"], "Text");
    assert_eq!(json["classes"]["t:CT_Root/t:root"]["attributes"]["r:id"], "Relationship");
}

#[test]
fn what_no_root_reaches_is_not_in_the_tables() {
    let fixture = Fixture::new("reaches");
    let json = tables(&fixture.generate(PARTS).unwrap());
    assert!(json["classes"].get("t:CT_Other/t:other").is_none());
}

#[test]
fn the_overlay_decides_elements_attributes_and_namespaces() {
    let fixture = Fixture::new("overlay");
    let overlay = format!(
        "{PARTS}
        [[namespace]]
        prefixes = [\"u\"]
        drop = \"x.call\"
        [[element]]
        names = [\"t:item\"]
        hook = \"Item\"
        [[attribute]]
        names = [\"t:root@:run\"]
        drop = \"x.run\""
    );
    let json = tables(&fixture.generate(&overlay).unwrap());
    let root = &json["classes"]["t:CT_Root/t:root"];
    assert_eq!(root["children"]["t:item"][0], "hook Item");
    assert_eq!(root["children"]["u:call"][0], "drop x.call");
    assert_eq!(root["attributes"][":run"], "drop x.run");
    assert!(json["classes"].get("u:CT_Call/u:call").is_none());
}

#[test]
fn a_relationship_type_has_its_strict_twin() {
    let fixture = Fixture::new("twin");
    let json = tables(&fixture.generate(PARTS).unwrap());
    let transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/main";
    assert_eq!(json["types"]["http://purl.oclc.org/ooxml/officeDocument/relationships/main"], transitional);
    assert_eq!(json["excluded"]["urn:code"], "x.code");
}

#[test]
fn a_part_nobody_judged_is_an_error() {
    let fixture = Fixture::new("judged");
    let error = fixture.generate("[[part]]\nname = \"MainPart\"\npath = \"main.xml\"").err().unwrap();
    assert!(error.contains("CodePart"), "{error}");
}

#[test]
fn a_rule_that_matches_nothing_is_an_error() {
    let fixture = Fixture::new("matches");
    let overlay = format!("{PARTS}\n[[element]]\nnames = [\"t:itme\"]\nhook = \"Item\"");
    let error = fixture.generate(&overlay).err().unwrap();
    assert!(error.contains("t:itme"), "{error}");
    let overlay = format!("{PARTS}\n[[attribute]]\nnames = [\"t:root@:rnu\"]\ndrop = \"x.run\"");
    let error = fixture.generate(&overlay).err().unwrap();
    assert!(error.contains("t:root@:rnu"), "{error}");
}

#[test]
fn a_rule_with_two_verdicts_is_an_error() {
    let fixture = Fixture::new("verdicts");
    let overlay = format!("{PARTS}\n[[element]]\nnames = [\"t:item\"]\nhook = \"Item\"\ndrop = \"x.run\"");
    assert!(fixture.generate(&overlay).is_err());
}

#[test]
fn the_committed_tables_are_current() {
    // Says so and passes where the schema descriptions are not on the machine.
    run(&Options { check: true, json: None, models: None }).unwrap();
}

#[test]
fn a_star_stands_for_any_run() {
    assert!(glob("w:rsid*", "w:rsidR"));
    assert!(glob("*:macro", "x:macro"));
    assert!(glob("w:p", "w:p"));
    assert!(glob("w:*PrChange", "w:rPrChange"));
    assert!(!glob("w:p", "w:pPr"));
    assert!(!glob("w:rsid*", "w14:rsidR"));
}

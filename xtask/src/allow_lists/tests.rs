use super::schema::glob;

#[test]
fn a_star_stands_for_any_run() {
    assert!(glob("w:rsid*", "w:rsidR"));
    assert!(glob("*:macro", "x:macro"));
    assert!(glob("w:p", "w:p"));
    assert!(!glob("w:p", "w:pPr"));
    assert!(!glob("w:rsid*", "w14:rsidR"));
}

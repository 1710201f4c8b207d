use super::*;

fn class(kind: PartKind, path: &[(Namespace, &str)]) -> Class {
    let ((namespace, name), rest) = path.split_first().expect("a root");
    let mut class = kind.root(*namespace, name.as_bytes()).expect("root");
    for (namespace, name) in rest {
        class = match class.child(*namespace, name.as_bytes()) {
            Some(Child::Keep(child) | Child::Hook(_, child)) => child,
            other => panic!("{name}: {other:?}"),
        };
    }
    class
}

#[test]
fn a_strict_uri_is_its_transitional_twin() {
    let transitional = namespace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    assert_eq!(transitional, Some(Namespace::W));
    assert_eq!(namespace(b"http://purl.oclc.org/ooxml/wordprocessingml/main"), transitional);
    assert_eq!(namespace(b"http://example.invalid/"), None);
    assert_eq!(namespace(b""), None);
}

//! What a namespace says that its elements do.
//!
//! Data may be of any vocabulary, so that there is no list of all that may be written. There is one of vocabularies
//! that programs run, show or follow by themselves wherever they meet them; whatever is in none of them is words
//! between tags.

/// What elements and attributes of a namespace are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// Data.
    Data,
    /// `xml:`.
    Xml,
    /// XML Schema instances: types, and where schemas are.
    Instance,
    /// Links between documents.
    XLink,
    /// XInclude.
    Include,
    /// Signatures and encrypted parts.
    Signature,
    /// Pages and drawings, which browsers show and run wherever they stand.
    Page,
    /// Documents of programs, and programs.
    Program(Program),
}

/// What kind of program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    /// A package of Office in one file.
    FlatPackage,
    Word2003,
    Excel2003,
    /// Forms of Acrobat.
    Form,
    Other,
}

const PAGES: [&str; 4] = [
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2001/xml-events",
];

/// Beginnings of names: families have a name for each version.
const PROGRAMS: [&str; 29] = [
    "http://www.w3.org/1999/XSL/",
    "http://www.w3.org/TR/WD-xsl",
    "http://icl.com/saxon",
    "http://xml.apache.org/xal",
    "http://www.w3.org/2002/xforms",
    "http://www.w3.org/ns/wsdl",
    "http://schemas.xmlsoap.org/wsdl",
    "http://www.mozilla.org/",
    "http://ns.adobe.com/xdp",
    "http://ns.adobe.com/xfdf",
    "http://www.xfa.org/",
    "urn:oasis:names:tc:opendocument:",
    "http://openoffice.org/",
    "urn:schemas-microsoft-com:asm",
    "urn:schemas-microsoft-com:clickonce",
    "urn:schemas-microsoft-com:office",
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:xslt",
    "urn:schemas-microsoft-com:time",
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/appx",
    "http://schemas.microsoft.com/client/",
    "http://schemas.microsoft.com/developer/msbuild",
    "http://schemas.microsoft.com/office/",
    "http://schemas.microsoft.com/Search/",
    "http://schemas.microsoft.com/visio/",
    "http://schemas.microsoft.com/windows/",
    "http://schemas.microsoft.com/winfx/",
    "http://schemas.microsoft.com/xps/",
];

/// What `namespace` is.
pub(super) fn of(namespace: &str) -> Vocabulary {
    match namespace {
        "http://www.w3.org/XML/1998/namespace" => Vocabulary::Xml,
        "http://www.w3.org/2001/XMLSchema-instance" => Vocabulary::Instance,
        "http://www.w3.org/1999/xlink" => Vocabulary::XLink,
        "http://www.w3.org/2001/XInclude" | "http://www.w3.org/2003/XInclude" => Vocabulary::Include,
        page if PAGES.contains(&page) => Vocabulary::Page,
        program if PROGRAMS.iter().any(|family| program.starts_with(family)) => {
            Vocabulary::Program(kind_of(program))
        }
        // XML-DSig 1.0 and 1.1, its transforms, XML-Enc 1.0 and 1.1.
        other if other.starts_with("http://www.w3.org/") && is_signature(other) => Vocabulary::Signature,
        _ => Vocabulary::Data,
    }
}

fn kind_of(namespace: &str) -> Program {
    match namespace {
        "http://schemas.microsoft.com/office/2006/xmlPackage" => Program::FlatPackage,
        "http://schemas.microsoft.com/office/word/2003/wordml" => Program::Word2003,
        "urn:schemas-microsoft-com:office:spreadsheet" => Program::Excel2003,
        form if form.starts_with("http://ns.adobe.com/x") => Program::Form,
        _ => Program::Other,
    }
}

/// The program that the instruction `<?mso-application?>` names.
pub(super) fn of_instruction(instruction: &str) -> Program {
    match instruction {
        word if word.contains("Word.Document") => Program::Word2003,
        excel if excel.contains("Excel.Sheet") => Program::Excel2003,
        _ => Program::Other,
    }
}

fn is_signature(namespace: &str) -> bool {
    let name = namespace.rsplit('/').next().unwrap_or_default();
    ["xmldsig", "xmlenc", "xml-dsig", "xml-enc"].iter().any(|known| name.starts_with(known))
}

/// Roots without a namespace by which a program knows what it runs, whatever the file is called: scriptlets, MSBuild
/// projects, Java Web Start, settings that start a program.
pub(super) fn is_program_root(name: &str) -> bool {
    ["scriptlet", "component", "Project", "jnlp", "PCSettings"].contains(&name)
}

/// Elements of whatever vocabulary whose text is a program.
pub(super) fn is_script(local_name: &str) -> bool {
    local_name.eq_ignore_ascii_case("script")
}

/// True for a name that XML 1.0 allows, prefix included: a character nobody sees is in none.
pub(super) fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(starts_name) && characters.all(continues_name)
}

/// XML 1.0, production 4.
fn starts_name(character: char) -> bool {
    matches!(character, 'A'..='Z' | 'a'..='z' | '_'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}' | '\u{ff01}'..='\u{ff9f}' | '\u{ffa1}'..='\u{fffb}'
        | '\u{10000}'..='\u{dffff}')
}

/// Production 4a, without the joiners U+200C and U+200D, which nobody sees.
fn continues_name(character: char) -> bool {
    starts_name(character)
        || matches!(character, '-' | '.' | ':' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

//! The threats of Office Open XML, by the ids of the catalogue.
//!
//! A row's name is its id in capitals, so that the overlay of the allow-lists can name it by id. Macro-enabled
//! types and encryption are rows of the engine's own table, because they are met before a format is.

use crate::report::{
    ContentKind::{self, *},
    Severity::{self, *},
    Threat,
};

pub(crate) static TXT_INVISIBLE_AND_TAG_CHARACTERS: Threat = threat(
    "txt.invisible-and-tag-characters",
    ControlCharacter,
    Medium,
    "zero-width, tag, variation-selector smuggling",
);
pub(crate) static FILE_XML_CHAR_ILLEGAL: Threat =
    threat("file.xml-char-illegal", Structure, Low, "illegal XML characters or lone surrogates");
pub(crate) static ZIP_LOCAL_CENTRAL_MISMATCH: Threat =
    threat("zip.local-central-mismatch", Structure, High, "local vs central header disagreement");

/// The row with this id, which the judges of fields, formulas and actions name their threats by.
pub(crate) fn by_id(id: &str) -> &'static Threat {
    ALL.iter().copied().find(|threat| threat.id == id).unwrap_or(&OPC_MCE_IGNORABLE_NAMESPACE)
}

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(crate) static OPC_ZIP_DUPLICATE_ENTRY: Threat =
    threat("opc.zip-duplicate-entry", Structure, High, "same part name stored twice in the ZIP");
pub(crate) static OPC_PART_NAME_CASE_COLLISION: Threat =
    threat("opc.part-name-case-collision", Structure, High, "part names equal up to ASCII case");
pub(crate) static OPC_PART_NAME_PERCENT_ENCODING: Threat = threat(
    "opc.part-name-percent-encoding",
    Name,
    Medium,
    "percent-encoded, non-normal or unicode part names",
);
pub(crate) static OPC_ORPHAN_PART: Threat =
    threat("opc.orphan-part", Unknown, Medium, "part not reachable through relationships");
pub(crate) static OPC_UNDECLARED_PART: Threat =
    threat("opc.undeclared-part", Unknown, Medium, "ZIP item without content type");
pub(crate) static OPC_INTERLEAVED_PIECES: Threat =
    threat("opc.interleaved-pieces", Structure, High, "interleaved part pieces");
pub(crate) static OPC_CONTENT_TYPE_MASQUERADE: Threat =
    threat("opc.content-type-masquerade", Unknown, High, "active part behind a harmless name");
pub(crate) static OPC_CONTENT_TYPE_DEFAULT_EXTENSION: Threat =
    threat("opc.content-type-default-extension", Unknown, High, "macro content type via Default extension");
pub(crate) static OPC_CONTENT_TYPE_DUPLICATE: Threat =
    threat("opc.content-type-duplicate", Structure, Medium, "conflicting content-type declarations");
pub(crate) static OPC_ADDIN_PACKAGE: Threat = threat("opc.addin-package", Structure, High, "add-in packages");
pub(crate) static OPC_REL_EXTERNAL_CATCH_ALL: Threat = threat(
    "opc.rel-external-catch-all",
    ExternalReference,
    High,
    "any external relationship outside the allow-list",
);
pub(crate) static OPC_REL_EXTERNAL_WITHOUT_MODE: Threat = threat(
    "opc.rel-external-without-mode",
    ExternalReference,
    High,
    "absolute URI target without TargetMode",
);
pub(crate) static OPC_REL_STRICT_NAMESPACE: Threat =
    threat("opc.rel-strict-namespace", ExternalReference, High, "Strict (purl.oclc.org) relationship types");
pub(crate) static OPC_REL_TYPE_OBFUSCATED: Threat =
    threat("opc.rel-type-obfuscated", Unknown, High, "relationship attributes hidden by XML syntax");
pub(crate) static OPC_REL_MHTML_MONIKER: Threat =
    threat("opc.rel-mhtml-moniker", ExternalReference, High, "mhtml:/x-usc: moniker target");
pub(crate) static OPC_REL_MS_PROTOCOL_SCHEME: Threat =
    threat("opc.rel-ms-protocol-scheme", DangerousLink, High, "application protocol handlers in targets");
pub(crate) static OPC_REL_UNC_SMB_WEBDAV: Threat =
    threat("opc.rel-unc-smb-webdav", ExternalReference, High, "UNC, SMB and WebDAV targets");
pub(crate) static OPC_REL_TARGET_TRAVERSAL: Threat =
    threat("opc.rel-target-traversal", Structure, High, "internal target escapes the package root");
pub(crate) static OPC_REL_DANGLING_AND_DUPLICATE_ID: Threat =
    threat("opc.rel-dangling-and-duplicate-id", Unknown, Low, "duplicate Ids, dangling targets");
pub(crate) static OPC_REL_CYCLE_AND_SELF: Threat =
    threat("opc.rel-cycle-and-self", Structure, Low, "relationship cycles that recursion follows");
pub(crate) static OPC_XML_DTD_DOCTYPE: Threat =
    threat("opc.xml-dtd-doctype", Exhaustion, High, "DOCTYPE in any part");
pub(crate) static OPC_XML_ENTITY_BOMB: Threat =
    threat("opc.xml-entity-bomb", Exhaustion, High, "billion laughs / quadratic blow-up");
pub(crate) static OPC_XML_ENCODING_EVASION: Threat = threat(
    "opc.xml-encoding-evasion",
    Reencoding,
    Medium,
    "XML parts in UTF-16, UTF-7, EBCDIC or wrong declaration",
);
pub(crate) static OPC_XML_DEEP_NESTING: Threat =
    threat("opc.xml-deep-nesting", Exhaustion, Medium, "extremely deep or wide XML");
pub(crate) static OPC_XML_PI_AND_COMMENTS: Threat = threat(
    "opc.xml-pi-and-comments",
    Slack,
    Low,
    "processing instructions, comments, stray whitespace, CDATA",
);
pub(crate) static OPC_MCE_ALTERNATE_BRANCHES: Threat = threat(
    "opc.mce-alternate-branches",
    Unknown,
    High,
    "active content hidden in a markup-compatibility branch",
);
pub(crate) static OPC_MCE_IGNORABLE_NAMESPACE: Threat =
    threat("opc.mce-ignorable-namespace", Unknown, Medium, "elements in unknown ignorable namespaces");
pub(crate) static OPC_EXTLST_UNKNOWN_URI: Threat =
    threat("opc.extlst-unknown-uri", Unknown, Medium, "unknown extension lists");
pub(crate) static OPC_SIGNATURE_PARTS: Threat =
    threat("opc.signature-parts", Signature, Medium, "XML digital signatures of the package");
pub(crate) static OPC_SIGNATURE_LINE_PROVIDER_URL: Threat =
    threat("opc.signature-line-provider-url", ExternalReference, Medium, "signature line provider URL");
pub(crate) static OPC_ZIP_PREPENDED_DATA: Threat =
    threat("opc.zip-prepended-data", Slack, Medium, "data before the first local header");
pub(crate) static OPC_ZIP_APPENDED_AND_COMMENT: Threat = threat(
    "opc.zip-appended-and-comment",
    Slack,
    Low,
    "trailing data or archive/member comments, extra fields",
);
pub(crate) static OPC_ZIP_ENTRY_ENCRYPTED_OR_ODD_METHOD: Threat = threat(
    "opc.zip-entry-encrypted-or-odd-method",
    Structure,
    Medium,
    "encrypted or non-deflate members in an OPC package",
);
pub(crate) static OPC_ZIP_BOMB_PART: Threat =
    threat("opc.zip-bomb-part", Exhaustion, High, "decompression bomb inside a package");
pub(crate) static OPC_THUMBNAIL: Threat = threat("opc.thumbnail", CustomData, Medium, "package thumbnail");
pub(crate) static OPC_CORE_PROPERTIES: Threat =
    threat("opc.core-properties", Metadata, Low, "core document properties");
pub(crate) static OPC_APP_HYPERLINKBASE: Threat = threat(
    "opc.app-hyperlinkbase",
    ExternalReference,
    Medium,
    "HyperlinkBase turns relative links into remote ones",
);
pub(crate) static OPC_CUSTOM_PROPERTIES: Threat =
    threat("opc.custom-properties", Metadata, Low, "custom properties and linked properties");
pub(crate) static OPC_LABEL_INFO: Threat = threat("opc.label-info", Metadata, Info, "sensitivity label part");
pub(crate) static OPC_FLAT_OPC_XML: Threat =
    threat("opc.flat-opc-xml", Structure, High, "Flat OPC single-XML document");
pub(crate) static OPC_WORD2003_XML: Threat =
    threat("opc.word2003-xml", Structure, High, "Word 2003 XML with macros");
pub(crate) static OPC_EXCEL2003_XML: Threat =
    threat("opc.excel2003-xml", Structure, Medium, "SpreadsheetML 2003");
pub(crate) static OPC_REL_EXTERNAL_STRUCTURAL_PART: Threat =
    threat("opc.rel-external-structural-part", Structure, High, "structural parts declared external");
pub(crate) static OPC_CORRUPTED_FOR_REPAIR: Threat = threat(
    "opc.corrupted-for-repair",
    Structure,
    Medium,
    "deliberately corrupted package that Office repairs",
);
pub(crate) static OPC_BIN_PART_UNKNOWN: Threat =
    threat("opc.bin-part-unknown", Unknown, Medium, "any .bin or opaque part without a rebuilder");
pub(crate) static OOXML_VBA_PROJECT: Threat = threat("ooxml.vba-project", Macro, High, "VBA project part");
pub(crate) static OOXML_VBA_DATA: Threat = threat("ooxml.vba-data", Macro, High, "VBA supplemental data");
pub(crate) static OOXML_VBA_SIGNATURE: Threat =
    threat("ooxml.vba-signature", Macro, Medium, "VBA project signatures (three generations)");
pub(crate) static OOXML_VBA_STOMPED_PURGED: Threat =
    threat("ooxml.vba-stomped-purged", Macro, High, "VBA stomping and purging");
pub(crate) static OOXML_ACTIVEX_CONTROL: Threat =
    threat("ooxml.activex-control", ActiveControl, High, "ActiveX control persistence");
pub(crate) static OOXML_ACTIVEX_BINARY: Threat =
    threat("ooxml.activex-binary", ActiveControl, High, "ActiveX binary persistence");
pub(crate) static OOXML_ACTIVEX_IN_PROPERTY_BAG_LINK: Threat =
    threat("ooxml.activex-in-property-bag-link", ActiveControl, High, "ActiveX property bag with links");
pub(crate) static OOXML_OLE_EMBEDDED_OBJECT: Threat =
    threat("ooxml.ole-embedded-object", EmbeddedObject, High, "embedded OLE object");
pub(crate) static OOXML_OLE_MICROSOFT_REL_VARIANTS: Threat = threat(
    "ooxml.ole-microsoft-rel-variants",
    EmbeddedObject,
    High,
    "legacy Microsoft OLE/ActiveX relationship variants",
);
pub(crate) static OOXML_OLE_PACKAGE_FILE: Threat =
    threat("ooxml.ole-package-file", EmbeddedObject, High, "Packager object carrying a file");
pub(crate) static OOXML_OLE_PACKAGE_PART: Threat = threat(
    "ooxml.ole-package-part",
    EmbeddedDocument,
    Medium,
    "embedded Office package behind a chart or object",
);
pub(crate) static OOXML_OLE_LINK: Threat =
    threat("ooxml.ole-link", ExternalReference, High, "linked OLE object");
pub(crate) static OOXML_OLE_AUTOLOAD_VERBS: Threat =
    threat("ooxml.ole-autoload-verbs", EmbeddedObject, High, "auto-activation settings");
pub(crate) static OOXML_OLE_CLSID_DENYLIST_PROOF: Threat = threat(
    "ooxml.ole-clsid-denylist-proof",
    EmbeddedObject,
    High,
    "dangerous COM classes in any persistence",
);
pub(crate) static OOXML_OLE_PRESENTATION_STREAM: Threat =
    threat("ooxml.ole-presentation-stream", EmbeddedObject, High, "OLE presentation streams");
pub(crate) static OOXML_OLE_OLE10ITEMNAME_LNK: Threat =
    threat("ooxml.ole-ole10itemname-lnk", EmbeddedObject, High, "OLE link info streams");
pub(crate) static OOXML_HYPERLINK_EXECUTABLE_OR_LOCAL: Threat = threat(
    "ooxml.hyperlink-executable-or-local",
    DangerousLink,
    High,
    "hyperlinks to local or executable files",
);
pub(crate) static OOXML_HYPERLINK_SCRIPT_SCHEME: Threat =
    threat("ooxml.hyperlink-script-scheme", DangerousLink, High, "script and data URLs");
pub(crate) static OOXML_HYPERLINK_DECEPTIVE: Threat =
    threat("ooxml.hyperlink-deceptive", Deception, Low, "deceptive web links");
pub(crate) static OOXML_HYPERLINK_HOVER_AND_TOOLTIP: Threat = threat(
    "ooxml.hyperlink-hover-and-tooltip",
    DocumentAction,
    Medium,
    "mouse-over links and spoofed tooltips",
);
pub(crate) static OOXML_LINKED_PICTURE: Threat =
    threat("ooxml.linked-picture", RemoteImage, High, "remote or local linked pictures");
pub(crate) static OOXML_PICTURE_SOURCE_URLS: Threat =
    threat("ooxml.picture-source-urls", Metadata, Low, "source-URL attributes on pictures");
pub(crate) static OOXML_OEMBED_AND_SCRIPT_LINK: Threat =
    threat("ooxml.oembed-and-script-link", ExternalReference, High, "online media embeds and script links");
pub(crate) static OOXML_WEB_VIDEO_EMBEDDED_HTML: Threat =
    threat("ooxml.web-video-embedded-html", ExternalReference, High, "online video HTML in Word");
pub(crate) static OOXML_MODEL3D: Threat = threat("ooxml.model3d", Media, Medium, "3D models");
pub(crate) static OOXML_CUSTOM_UI_ONLOAD: Threat =
    threat("ooxml.custom-ui-onload", Script, High, "ribbon customisation with callbacks");
pub(crate) static OOXML_CUSTOM_UI_QAT: Threat =
    threat("ooxml.custom-ui-qat", Macro, Medium, "quick-access-toolbar customisation");
pub(crate) static OOXML_WEB_EXTENSION: Threat =
    threat("ooxml.web-extension", Script, High, "Office web add-ins");
pub(crate) static OOXML_CONTENT_ADDIN_GRAPHICFRAME: Threat = threat(
    "ooxml.content-addin-graphicframe",
    ActiveControl,
    Medium,
    "content add-in frame on sheet or slide",
);
pub(crate) static OOXML_CUSTOM_XML_PARTS: Threat =
    threat("ooxml.custom-xml-parts", CustomData, Medium, "custom XML data");
pub(crate) static OOXML_CUSTOM_XML_INFOPATH_XSN: Threat = threat(
    "ooxml.custom-xml-infopath-xsn",
    ExternalReference,
    Medium,
    "SharePoint property panel with remote XSN",
);
pub(crate) static OOXML_SMART_TAG_AND_SCHEMA_LIBRARY: Threat =
    threat("ooxml.smart-tag-and-schema-library", CustomData, Low, "smart tags and schema library");
pub(crate) static OOXML_EMBEDDED_FONTS: Threat =
    threat("ooxml.embedded-fonts", Font, Medium, "embedded fonts");
pub(crate) static OOXML_PRINTER_SETTINGS: Threat =
    threat("ooxml.printer-settings", CustomData, Low, "printer settings");
pub(crate) static OOXML_IMAGE_METAFILE: Threat =
    threat("ooxml.image-metafile", Drawing, Medium, "EMF/WMF pictures");
pub(crate) static OOXML_IMAGE_SVG: Threat = threat("ooxml.image-svg", Drawing, High, "SVG pictures");
pub(crate) static OOXML_IMAGE_EPS_AND_ODD_TYPES: Threat =
    threat("ooxml.image-eps-and-odd-types", Drawing, High, "EPS, PCT, CGM, WDP and other rare image types");
pub(crate) static OOXML_MEDIA_PART_RECODE: Threat =
    threat("ooxml.media-part-recode", Reencoding, Medium, "all raster media re-encoded");
pub(crate) static OOXML_IMAGE_CROP_HIDDEN_AREA: Threat =
    threat("ooxml.image-crop-hidden-area", HiddenContent, Low, "cropped-away image area");
pub(crate) static OOXML_CHART_EXTERNAL_DATA: Threat =
    threat("ooxml.chart-external-data", ExternalReference, High, "chart linked to external workbook");
pub(crate) static OOXML_CHART_USER_SHAPES_MACRO: Threat =
    threat("ooxml.chart-user-shapes-macro", Macro, High, "macro names on drawing shapes");
pub(crate) static OOXML_SMARTART_AND_DIAGRAM_LINKS: Threat =
    threat("ooxml.smartart-and-diagram-links", Hyperlink, Medium, "links and pictures inside SmartArt");
pub(crate) static OOXML_INK_CONTENTPART: Threat =
    threat("ooxml.ink-contentpart", Drawing, Low, "ink and content parts");
pub(crate) static OOXML_VML_SCRIPT_AND_HREF: Threat =
    threat("ooxml.vml-script-and-href", Script, Medium, "VML with links, scripts, OLE");
pub(crate) static OOXML_LEGACY_DIAGRAM_AND_DOC_TEXT_INFO: Threat =
    threat("ooxml.legacy-diagram-and-doc-text-info", Unknown, Low, "legacy binary side parts");
pub(crate) static OOXML_DOCUMENT_TASKS_AND_PEOPLE: Threat =
    threat("ooxml.document-tasks-and-people", Identity, Low, "tasks, people, threaded-comment identities");
pub(crate) static OOXML_REVISION_IDS: Threat =
    threat("ooxml.revision-ids", Metadata, Info, "revision and creation ids");
pub(crate) static OOXML_TRACKED_CHANGES_HIDDEN: Threat =
    threat("ooxml.tracked-changes-hidden", TrackedChange, Info, "tracked changes and deleted text");
pub(crate) static OOXML_HIDDEN_CONTENT: Threat =
    threat("ooxml.hidden-content", HiddenContent, Info, "hidden text, sheets, slides, shapes");
pub(crate) static DOCX_ATTACHED_TEMPLATE: Threat =
    threat("docx.attached-template", ExternalReference, High, "remote attached template");
pub(crate) static DOCX_LINK_STYLES: Threat =
    threat("docx.link-styles", ExternalReference, Low, "update styles from template");
pub(crate) static DOCX_DDE_FIELD_SIMPLE: Threat =
    threat("docx.dde-field-simple", Field, High, "DDE in simple field");
pub(crate) static DOCX_DDE_FIELD_COMPLEX_SPLIT: Threat =
    threat("docx.dde-field-complex-split", Field, High, "DDE instruction split over runs");
pub(crate) static DOCX_DDE_FIELD_INSIDE_CONTAINERS: Threat =
    threat("docx.dde-field-inside-containers", Field, High, "DDE field wrapped in inline containers");
pub(crate) static DOCX_DDE_FIELD_QUOTE_NESTED: Threat =
    threat("docx.dde-field-quote-nested", Field, High, "DDE built by nested QUOTE / SET / REF fields");
pub(crate) static DOCX_DDE_IN_EVERY_STORY: Threat = threat(
    "docx.dde-in-every-story",
    Field,
    High,
    "DDE in headers, notes, comments, text boxes, glossary, deleted text",
);
pub(crate) static DOCX_FIELD_ALLOWLIST: Threat =
    threat("docx.field-allowlist", Field, High, "any field type outside the allow-list");
pub(crate) static DOCX_FIELD_INCLUDEPICTURE: Threat =
    threat("docx.field-includepicture", Field, High, "INCLUDEPICTURE");
pub(crate) static DOCX_FIELD_INCLUDETEXT: Threat =
    threat("docx.field-includetext", Field, High, "INCLUDETEXT / INCLUDE");
pub(crate) static DOCX_FIELD_IMPORT_LINK_EMBED: Threat =
    threat("docx.field-import-link-embed", Field, High, "LINK, IMPORT, EMBED, CONTROL, HTMLCONTROL, SHAPE");
pub(crate) static DOCX_FIELD_DATABASE_RD: Threat =
    threat("docx.field-database-rd", Field, High, "DATABASE and RD fields");
pub(crate) static DOCX_FIELD_MACROBUTTON_GOTOBUTTON: Threat = threat(
    "docx.field-macrobutton-gotobutton",
    Field,
    Medium,
    "MACROBUTTON, GOTOBUTTON, ADDIN, AUTOTEXT, PRIVATE",
);
pub(crate) static DOCX_FIELD_PRINT_POSTSCRIPT: Threat =
    threat("docx.field-print-postscript", Field, Medium, "PRINT field sends printer commands");
pub(crate) static DOCX_FIELD_PROMPT_AND_MAILMERGE: Threat =
    threat("docx.field-prompt-and-mailmerge", Field, Medium, "ASK, FILLIN, mail-merge fields");
pub(crate) static DOCX_FIELD_DIRTY_UPDATE_ON_OPEN: Threat =
    threat("docx.field-dirty-update-on-open", DocumentAction, Medium, "force field update on open");
pub(crate) static DOCX_HYPERLINK_FIELD: Threat =
    threat("docx.hyperlink-field", Hyperlink, Medium, "HYPERLINK fields (not relationships)");
pub(crate) static DOCX_FRAMESET: Threat =
    threat("docx.frameset", ExternalReference, High, "frameset in web settings");
pub(crate) static DOCX_ALTCHUNK: Threat =
    threat("docx.altchunk", Structure, High, "alternative format import (altChunk)");
pub(crate) static DOCX_SUBDOCUMENT: Threat =
    threat("docx.subdocument", ExternalReference, High, "master document sub-documents");
pub(crate) static DOCX_MAIL_MERGE_SOURCE: Threat =
    threat("docx.mail-merge-source", ExternalReference, High, "mail-merge data sources");
pub(crate) static DOCX_SAVE_THROUGH_XSLT: Threat =
    threat("docx.save-through-xslt", ExternalReference, Medium, "XSLT on save");
pub(crate) static DOCX_DOC_VARS: Threat = threat("docx.doc-vars", Metadata, Medium, "document variables");
pub(crate) static DOCX_FORMFIELD_MACROS: Threat =
    threat("docx.formfield-macros", Macro, High, "form-field entry/exit macros");
pub(crate) static DOCX_CONTENT_CONTROL_BINDING: Threat =
    threat("docx.content-control-binding", CustomData, Medium, "data-bound and special content controls");
pub(crate) static DOCX_GLOSSARY_DOCUMENT: Threat =
    threat("docx.glossary-document", Reencoding, Medium, "glossary (building blocks)");
pub(crate) static DOCX_KEYMAP_CUSTOMIZATIONS: Threat =
    threat("docx.keymap-customizations", Macro, High, "key bindings and command macros");
pub(crate) static DOCX_ATTACHED_TOOLBARS: Threat =
    threat("docx.attached-toolbars", Macro, Medium, "attached toolbars");
pub(crate) static DOCX_PROTECTION_SETTINGS: Threat =
    threat("docx.protection-settings", Deception, Info, "protection and write reservation");
pub(crate) static DOCX_SETTINGS_ALLOWLIST: Threat =
    threat("docx.settings-allowlist", Unknown, Low, "settings.xml rebuilt from allow-list");
pub(crate) static DOCX_NUMBERING_STYLE_BOMBS: Threat =
    threat("docx.numbering-style-bombs", Exhaustion, Low, "style and numbering loops");
pub(crate) static DOCX_TABLE_AND_GRIDSPAN_BOMB: Threat =
    threat("docx.table-and-gridspan-bomb", Exhaustion, Low, "layout bombs");
pub(crate) static DOCX_COMMENT_AND_NOTE_LINKS: Threat =
    threat("docx.comment-and-note-links", Unknown, Medium, "relationships of comments, notes, headers");
pub(crate) static DOCX_RUBY_AND_FIELDS_MISUSE: Threat =
    threat("docx.ruby-and-fields-misuse", Deception, Low, "EQ field and ruby used to hide or spoof text");
pub(crate) static XLSX_XLM_MACROSHEET: Threat =
    threat("xlsx.xlm-macrosheet", Macro, High, "Excel 4.0 macro sheet");
pub(crate) static XLSX_XLM_INTL_MACROSHEET: Threat =
    threat("xlsx.xlm-intl-macrosheet", Macro, High, "international macro sheet");
pub(crate) static XLSX_DIALOGSHEET: Threat = threat("xlsx.dialogsheet", Macro, High, "Excel 5 dialog sheet");
pub(crate) static XLSX_SHEET_VERYHIDDEN: Threat =
    threat("xlsx.sheet-veryhidden", HiddenContent, Medium, "very hidden sheets");
pub(crate) static XLSX_AUTO_OPEN_NAMES: Threat =
    threat("xlsx.auto-open-names", Macro, High, "Auto_Open family of defined names");
pub(crate) static XLSX_XLM_IN_DEFINED_NAMES: Threat =
    threat("xlsx.xlm-in-defined-names", Formula, High, "XLM functions inside defined names or formulas");
pub(crate) static XLSX_DDE_FORMULA: Threat =
    threat("xlsx.dde-formula", Formula, High, "DDE in cell formulas");
pub(crate) static XLSX_DDELINK_PART: Threat =
    threat("xlsx.ddelink-part", ExternalReference, High, "DDE link part");
pub(crate) static XLSX_OLELINK_PART: Threat =
    threat("xlsx.olelink-part", ExternalReference, High, "OLE link part");
pub(crate) static XLSX_EXTERNAL_WORKBOOK_LINK: Threat =
    threat("xlsx.external-workbook-link", ExternalReference, High, "external workbook references");
pub(crate) static XLSX_EXTERNAL_BOOK_ALTERNATE_URLS: Threat = threat(
    "xlsx.external-book-alternate-urls",
    ExternalReference,
    Medium,
    "alternate URLs of external books",
);
pub(crate) static XLSX_FORMULA_DIRECT_REMOTE_REF: Threat =
    threat("xlsx.formula-direct-remote-ref", Formula, High, "direct UNC/URL references in formulas");
pub(crate) static XLSX_WEBSERVICE_AND_NETWORK_FUNCTIONS: Threat =
    threat("xlsx.webservice-and-network-functions", Formula, High, "functions that reach the network");
pub(crate) static XLSX_HYPERLINK_FUNCTION: Threat =
    threat("xlsx.hyperlink-function", Formula, Medium, "HYPERLINK() function");
pub(crate) static XLSX_RTD_VOLATILE_DEPENDENCIES: Threat = threat(
    "xlsx.rtd-volatile-dependencies",
    ExternalReference,
    High,
    "RTD servers and volatile dependencies",
);
pub(crate) static XLSX_CALL_REGISTER_ID: Threat =
    threat("xlsx.call-register-id", Formula, High, "CALL and REGISTER.ID");
pub(crate) static XLSX_ADDIN_FUNCTION_PREFIX: Threat =
    threat("xlsx.addin-function-prefix", Formula, Medium, "calls to add-in functions");
pub(crate) static XLSX_CONNECTIONS: Threat =
    threat("xlsx.connections", DataConnection, High, "data connections");
pub(crate) static XLSX_QUERY_TABLES: Threat =
    threat("xlsx.query-tables", DataConnection, High, "query tables");
pub(crate) static XLSX_POWER_QUERY_DATAMASHUP: Threat =
    threat("xlsx.power-query-datamashup", DataConnection, High, "Power Query mashup");
pub(crate) static XLSX_DATA_MODEL: Threat =
    threat("xlsx.data-model", DataConnection, Medium, "Power Pivot data model");
pub(crate) static XLSX_PIVOT_CACHE_EXTERNAL: Threat = threat(
    "xlsx.pivot-cache-external",
    DataConnection,
    High,
    "pivot caches with external source or refresh on load",
);
pub(crate) static XLSX_DATA_CONSOLIDATION: Threat =
    threat("xlsx.data-consolidation", DataConnection, Medium, "data consolidation references");
pub(crate) static XLSX_FORM_CONTROL_MACRO: Threat =
    threat("xlsx.form-control-macro", Macro, High, "form controls bound to macros");
pub(crate) static XLSX_WEB_PUBLISHING: Threat =
    threat("xlsx.web-publishing", ExternalReference, Medium, "web publish items");
pub(crate) static XLSX_XML_MAPS: Threat =
    threat("xlsx.xml-maps", CustomData, Medium, "XML maps with file bindings");
pub(crate) static XLSX_RICH_DATA_WEB_IMAGES: Threat =
    threat("xlsx.rich-data-web-images", ExternalReference, High, "web images and linked data types");
pub(crate) static XLSX_PYTHON_IN_EXCEL: Threat =
    threat("xlsx.python-in-excel", Script, High, "Python in Excel");
pub(crate) static XLSX_OFFICE_FORMS_SURVEY: Threat =
    threat("xlsx.office-forms-survey", CustomData, Low, "survey and Microsoft Forms bindings");
pub(crate) static XLSX_ABS_PATH_AND_FILE_RECOVERY: Threat =
    threat("xlsx.abs-path-and-file-recovery", Metadata, Info, "local path and session leaks");
pub(crate) static XLSX_SHARED_WORKBOOK_REVISIONS: Threat =
    threat("xlsx.shared-workbook-revisions", OldRevision, Medium, "shared-workbook revision logs");
pub(crate) static XLSX_CUSTOM_PROPERTY_BIN: Threat =
    threat("xlsx.custom-property-bin", CustomData, Low, "sheet custom properties");
pub(crate) static XLSX_CF_DV_CHART_FORMULAS: Threat =
    threat("xlsx.cf-dv-chart-formulas", Formula, High, "dangerous functions outside cells");
pub(crate) static XLSX_IMAGE_FORMULA: Threat =
    threat("xlsx.image-formula", Formula, Medium, "formula bound to shapes and images");
pub(crate) static XLSX_CALC_SETTINGS: Threat =
    threat("xlsx.calc-settings", DocumentAction, Low, "forced recalculation and iteration");
pub(crate) static XLSX_UPDATE_LINKS_FLAG: Threat =
    threat("xlsx.update-links-flag", ExternalReference, Low, "silent link update");
pub(crate) static XLSX_PROTECTED_RANGE_SECURITY_DESCRIPTOR: Threat = threat(
    "xlsx.protected-range-security-descriptor",
    Metadata,
    Info,
    "security descriptors, protection hashes",
);
pub(crate) static XLSX_SHEET_DIMENSION_BOMB: Threat =
    threat("xlsx.sheet-dimension-bomb", Exhaustion, Medium, "sheet size bombs");
pub(crate) static XLSX_FORMULA_PARSER_DEPTH: Threat =
    threat("xlsx.formula-parser-depth", Formula, Medium, "deep or huge formulas");
pub(crate) static XLSX_HYPERLINK_ELEMENTS: Threat =
    threat("xlsx.hyperlink-elements", Hyperlink, Medium, "sheet hyperlinks");
pub(crate) static XLSX_OLE_AND_CONTROL_LISTS: Threat =
    threat("xlsx.ole-and-control-lists", ActiveControl, High, "oleObjects and controls in worksheet XML");
pub(crate) static XLSX_NUMBER_FORMAT_SPOOF: Threat =
    threat("xlsx.number-format-spoof", Deception, Info, "number formats that hide or replace the value");
pub(crate) static XLSX_CHARTSHEET_AND_DRAWING_RELS: Threat = threat(
    "xlsx.chartsheet-and-drawing-rels",
    Unknown,
    Medium,
    "relationships of drawings, chartsheets, comments, tables",
);
pub(crate) static PPTX_ACTION_PROGRAM: Threat =
    threat("pptx.action-program", DocumentAction, High, "run-program action");
pub(crate) static PPTX_ACTION_MACRO: Threat =
    threat("pptx.action-macro", DocumentAction, High, "run-macro action");
pub(crate) static PPTX_ACTION_FILE_AND_PRESENTATION: Threat =
    threat("pptx.action-file-and-presentation", DocumentAction, High, "file and other-presentation actions");
pub(crate) static PPTX_ACTION_OLE_VERB: Threat =
    threat("pptx.action-ole-verb", DocumentAction, High, "OLE verb action");
pub(crate) static PPTX_HOVER_ACTION_ANY: Threat =
    threat("pptx.hover-action-any", DocumentAction, Medium, "any action on hover");
pub(crate) static PPTX_LINKED_VIDEO_AUDIO: Threat =
    threat("pptx.linked-video-audio", Media, High, "linked audio and video");
pub(crate) static PPTX_EMBEDDED_MEDIA: Threat =
    threat("pptx.embedded-media", Media, Medium, "embedded audio and video");
pub(crate) static PPTX_TRANSITION_AND_HYPERLINK_SOUND: Threat =
    threat("pptx.transition-and-hyperlink-sound", Media, Low, "sounds on transitions and links");
pub(crate) static PPTX_SLIDE_SYNC: Threat =
    threat("pptx.slide-sync", ExternalReference, High, "slide library synchronisation");
pub(crate) static PPTX_EXTERNAL_SLIDE_AND_MASTER: Threat = threat(
    "pptx.external-slide-and-master",
    ExternalReference,
    High,
    "external slide, master, layout, theme relationships",
);
pub(crate) static PPTX_HTML_PUBLISH: Threat =
    threat("pptx.html-publish", ExternalReference, Medium, "HTML publish properties");
pub(crate) static PPTX_TAGS_AND_CUSTDATA: Threat =
    threat("pptx.tags-and-custdata", CustomData, Low, "tags and customer data");
pub(crate) static PPTX_PRESPROPS_KIOSK_AUTORUN: Threat =
    threat("pptx.presprops-kiosk-autorun", Deception, Low, "auto-run show settings");
pub(crate) static PPTX_VBA_AND_CONTROL_PARTS: Threat =
    threat("pptx.vba-and-control-parts", ActiveControl, High, "ActiveX on slides and legacy VML");
pub(crate) static PPTX_OLE_OBJECTS_PROGID: Threat =
    threat("pptx.ole-objects-progid", EmbeddedObject, High, "p:oleObj embed and link");
pub(crate) static PPTX_COMMENTS_AUTHORS: Threat = threat("pptx.comments-authors", Comment, Info, "comments");
pub(crate) static PPTX_NOTES_AND_HIDDEN_SLIDES: Threat =
    threat("pptx.notes-and-hidden-slides", HiddenContent, Info, "notes, hidden slides, off-slide objects");
pub(crate) static PPTX_TIMING_BOMB: Threat =
    threat("pptx.timing-bomb", Exhaustion, Low, "animation tree bombs");
pub(crate) static PPTX_ZOOM_AND_SECTION_LINKS: Threat =
    threat("pptx.zoom-and-section-links", Hyperlink, Low, "summary zoom, section and slide zoom");
pub(crate) static PPTX_MODIFY_VERIFIER: Threat =
    threat("pptx.modify-verifier", Metadata, Info, "modify password verifier");
pub(crate) static PPTX_MASTERS_LAYOUTS_NOTES_RELS: Threat = threat(
    "pptx.masters-layouts-notes-rels",
    Unknown,
    High,
    "active content in masters, layouts, notes and handout masters",
);

/// All of them, for the catalogue.
pub(crate) static ALL: &[&Threat] = &[
    &OPC_ZIP_DUPLICATE_ENTRY,
    &OPC_PART_NAME_CASE_COLLISION,
    &OPC_PART_NAME_PERCENT_ENCODING,
    &OPC_ORPHAN_PART,
    &OPC_UNDECLARED_PART,
    &OPC_INTERLEAVED_PIECES,
    &OPC_CONTENT_TYPE_MASQUERADE,
    &OPC_CONTENT_TYPE_DEFAULT_EXTENSION,
    &OPC_CONTENT_TYPE_DUPLICATE,
    &OPC_ADDIN_PACKAGE,
    &OPC_REL_EXTERNAL_CATCH_ALL,
    &OPC_REL_EXTERNAL_WITHOUT_MODE,
    &OPC_REL_STRICT_NAMESPACE,
    &OPC_REL_TYPE_OBFUSCATED,
    &OPC_REL_MHTML_MONIKER,
    &OPC_REL_MS_PROTOCOL_SCHEME,
    &OPC_REL_UNC_SMB_WEBDAV,
    &OPC_REL_TARGET_TRAVERSAL,
    &OPC_REL_DANGLING_AND_DUPLICATE_ID,
    &OPC_REL_CYCLE_AND_SELF,
    &OPC_XML_DTD_DOCTYPE,
    &OPC_XML_ENTITY_BOMB,
    &OPC_XML_ENCODING_EVASION,
    &OPC_XML_DEEP_NESTING,
    &OPC_XML_PI_AND_COMMENTS,
    &OPC_MCE_ALTERNATE_BRANCHES,
    &OPC_MCE_IGNORABLE_NAMESPACE,
    &OPC_EXTLST_UNKNOWN_URI,
    &OPC_SIGNATURE_PARTS,
    &OPC_SIGNATURE_LINE_PROVIDER_URL,
    &OPC_ZIP_PREPENDED_DATA,
    &OPC_ZIP_APPENDED_AND_COMMENT,
    &OPC_ZIP_ENTRY_ENCRYPTED_OR_ODD_METHOD,
    &OPC_ZIP_BOMB_PART,
    &OPC_THUMBNAIL,
    &OPC_CORE_PROPERTIES,
    &OPC_APP_HYPERLINKBASE,
    &OPC_CUSTOM_PROPERTIES,
    &OPC_LABEL_INFO,
    &OPC_FLAT_OPC_XML,
    &OPC_WORD2003_XML,
    &OPC_EXCEL2003_XML,
    &OPC_REL_EXTERNAL_STRUCTURAL_PART,
    &OPC_CORRUPTED_FOR_REPAIR,
    &OPC_BIN_PART_UNKNOWN,
    &OOXML_VBA_PROJECT,
    &OOXML_VBA_DATA,
    &OOXML_VBA_SIGNATURE,
    &OOXML_VBA_STOMPED_PURGED,
    &OOXML_ACTIVEX_CONTROL,
    &OOXML_ACTIVEX_BINARY,
    &OOXML_ACTIVEX_IN_PROPERTY_BAG_LINK,
    &OOXML_OLE_EMBEDDED_OBJECT,
    &OOXML_OLE_MICROSOFT_REL_VARIANTS,
    &OOXML_OLE_PACKAGE_FILE,
    &OOXML_OLE_PACKAGE_PART,
    &OOXML_OLE_LINK,
    &OOXML_OLE_AUTOLOAD_VERBS,
    &OOXML_OLE_CLSID_DENYLIST_PROOF,
    &OOXML_OLE_PRESENTATION_STREAM,
    &OOXML_OLE_OLE10ITEMNAME_LNK,
    &OOXML_HYPERLINK_EXECUTABLE_OR_LOCAL,
    &OOXML_HYPERLINK_SCRIPT_SCHEME,
    &OOXML_HYPERLINK_DECEPTIVE,
    &OOXML_HYPERLINK_HOVER_AND_TOOLTIP,
    &OOXML_LINKED_PICTURE,
    &OOXML_PICTURE_SOURCE_URLS,
    &OOXML_OEMBED_AND_SCRIPT_LINK,
    &OOXML_WEB_VIDEO_EMBEDDED_HTML,
    &OOXML_MODEL3D,
    &OOXML_CUSTOM_UI_ONLOAD,
    &OOXML_CUSTOM_UI_QAT,
    &OOXML_WEB_EXTENSION,
    &OOXML_CONTENT_ADDIN_GRAPHICFRAME,
    &OOXML_CUSTOM_XML_PARTS,
    &OOXML_CUSTOM_XML_INFOPATH_XSN,
    &OOXML_SMART_TAG_AND_SCHEMA_LIBRARY,
    &OOXML_EMBEDDED_FONTS,
    &OOXML_PRINTER_SETTINGS,
    &OOXML_IMAGE_METAFILE,
    &OOXML_IMAGE_SVG,
    &OOXML_IMAGE_EPS_AND_ODD_TYPES,
    &OOXML_MEDIA_PART_RECODE,
    &OOXML_IMAGE_CROP_HIDDEN_AREA,
    &OOXML_CHART_EXTERNAL_DATA,
    &OOXML_CHART_USER_SHAPES_MACRO,
    &OOXML_SMARTART_AND_DIAGRAM_LINKS,
    &OOXML_INK_CONTENTPART,
    &OOXML_VML_SCRIPT_AND_HREF,
    &OOXML_LEGACY_DIAGRAM_AND_DOC_TEXT_INFO,
    &OOXML_DOCUMENT_TASKS_AND_PEOPLE,
    &OOXML_REVISION_IDS,
    &OOXML_TRACKED_CHANGES_HIDDEN,
    &OOXML_HIDDEN_CONTENT,
    &DOCX_ATTACHED_TEMPLATE,
    &DOCX_LINK_STYLES,
    &DOCX_DDE_FIELD_SIMPLE,
    &DOCX_DDE_FIELD_COMPLEX_SPLIT,
    &DOCX_DDE_FIELD_INSIDE_CONTAINERS,
    &DOCX_DDE_FIELD_QUOTE_NESTED,
    &DOCX_DDE_IN_EVERY_STORY,
    &DOCX_FIELD_ALLOWLIST,
    &DOCX_FIELD_INCLUDEPICTURE,
    &DOCX_FIELD_INCLUDETEXT,
    &DOCX_FIELD_IMPORT_LINK_EMBED,
    &DOCX_FIELD_DATABASE_RD,
    &DOCX_FIELD_MACROBUTTON_GOTOBUTTON,
    &DOCX_FIELD_PRINT_POSTSCRIPT,
    &DOCX_FIELD_PROMPT_AND_MAILMERGE,
    &DOCX_FIELD_DIRTY_UPDATE_ON_OPEN,
    &DOCX_HYPERLINK_FIELD,
    &DOCX_FRAMESET,
    &DOCX_ALTCHUNK,
    &DOCX_SUBDOCUMENT,
    &DOCX_MAIL_MERGE_SOURCE,
    &DOCX_SAVE_THROUGH_XSLT,
    &DOCX_DOC_VARS,
    &DOCX_FORMFIELD_MACROS,
    &DOCX_CONTENT_CONTROL_BINDING,
    &DOCX_GLOSSARY_DOCUMENT,
    &DOCX_KEYMAP_CUSTOMIZATIONS,
    &DOCX_ATTACHED_TOOLBARS,
    &DOCX_PROTECTION_SETTINGS,
    &DOCX_SETTINGS_ALLOWLIST,
    &DOCX_NUMBERING_STYLE_BOMBS,
    &DOCX_TABLE_AND_GRIDSPAN_BOMB,
    &DOCX_COMMENT_AND_NOTE_LINKS,
    &DOCX_RUBY_AND_FIELDS_MISUSE,
    &XLSX_XLM_MACROSHEET,
    &XLSX_XLM_INTL_MACROSHEET,
    &XLSX_DIALOGSHEET,
    &XLSX_SHEET_VERYHIDDEN,
    &XLSX_AUTO_OPEN_NAMES,
    &XLSX_XLM_IN_DEFINED_NAMES,
    &XLSX_DDE_FORMULA,
    &XLSX_DDELINK_PART,
    &XLSX_OLELINK_PART,
    &XLSX_EXTERNAL_WORKBOOK_LINK,
    &XLSX_EXTERNAL_BOOK_ALTERNATE_URLS,
    &XLSX_FORMULA_DIRECT_REMOTE_REF,
    &XLSX_WEBSERVICE_AND_NETWORK_FUNCTIONS,
    &XLSX_HYPERLINK_FUNCTION,
    &XLSX_RTD_VOLATILE_DEPENDENCIES,
    &XLSX_CALL_REGISTER_ID,
    &XLSX_ADDIN_FUNCTION_PREFIX,
    &XLSX_CONNECTIONS,
    &XLSX_QUERY_TABLES,
    &XLSX_POWER_QUERY_DATAMASHUP,
    &XLSX_DATA_MODEL,
    &XLSX_PIVOT_CACHE_EXTERNAL,
    &XLSX_DATA_CONSOLIDATION,
    &XLSX_FORM_CONTROL_MACRO,
    &XLSX_WEB_PUBLISHING,
    &XLSX_XML_MAPS,
    &XLSX_RICH_DATA_WEB_IMAGES,
    &XLSX_PYTHON_IN_EXCEL,
    &XLSX_OFFICE_FORMS_SURVEY,
    &XLSX_ABS_PATH_AND_FILE_RECOVERY,
    &XLSX_SHARED_WORKBOOK_REVISIONS,
    &XLSX_CUSTOM_PROPERTY_BIN,
    &XLSX_CF_DV_CHART_FORMULAS,
    &XLSX_IMAGE_FORMULA,
    &XLSX_CALC_SETTINGS,
    &XLSX_UPDATE_LINKS_FLAG,
    &XLSX_PROTECTED_RANGE_SECURITY_DESCRIPTOR,
    &XLSX_SHEET_DIMENSION_BOMB,
    &XLSX_FORMULA_PARSER_DEPTH,
    &XLSX_HYPERLINK_ELEMENTS,
    &XLSX_OLE_AND_CONTROL_LISTS,
    &XLSX_NUMBER_FORMAT_SPOOF,
    &XLSX_CHARTSHEET_AND_DRAWING_RELS,
    &PPTX_ACTION_PROGRAM,
    &PPTX_ACTION_MACRO,
    &PPTX_ACTION_FILE_AND_PRESENTATION,
    &PPTX_ACTION_OLE_VERB,
    &PPTX_HOVER_ACTION_ANY,
    &PPTX_LINKED_VIDEO_AUDIO,
    &PPTX_EMBEDDED_MEDIA,
    &PPTX_TRANSITION_AND_HYPERLINK_SOUND,
    &PPTX_SLIDE_SYNC,
    &PPTX_EXTERNAL_SLIDE_AND_MASTER,
    &PPTX_HTML_PUBLISH,
    &PPTX_TAGS_AND_CUSTDATA,
    &PPTX_PRESPROPS_KIOSK_AUTORUN,
    &PPTX_VBA_AND_CONTROL_PARTS,
    &PPTX_OLE_OBJECTS_PROGID,
    &PPTX_COMMENTS_AUTHORS,
    &PPTX_NOTES_AND_HIDDEN_SLIDES,
    &PPTX_TIMING_BOMB,
    &PPTX_ZOOM_AND_SECTION_LINKS,
    &PPTX_MODIFY_VERIFIER,
    &PPTX_MASTERS_LAYOUTS_NOTES_RELS,
    &TXT_INVISIBLE_AND_TAG_CHARACTERS,
    &FILE_XML_CHAR_ILLEGAL,
    &ZIP_LOCAL_CENTRAL_MISMATCH,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn ids_are_of_this_family_and_stand_once() {
        let mut ids: Vec<&str> = ALL.iter().map(|threat| threat.id).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
        for id in ids {
            let (area, _) = id.split_once('.').expect("area.name");
            // Three are met in any XML or any archive, and named there.
            let is_shared =
                ["txt.invisible-and-tag-characters", "file.xml-char-illegal", "zip.local-central-mismatch"]
                    .contains(&id);
            assert!(is_shared || ["opc", "ooxml", "docx", "xlsx", "pptx"].contains(&area), "{id}");
        }
    }
}

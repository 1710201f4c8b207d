//! What this format leaves out, changes or refuses.

use crate::report::{
    ContentKind::{self, *},
    Severity::{self, *},
    Threat,
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

macro_rules! threats {
    ($($name:ident = $id:literal, $kind:ident, $severity:ident, $summary:literal;)*) => {
        $(pub(crate) static $name: Threat = threat($id, $kind, $severity, $summary);)*
        /// Every threat of this format.
        pub(crate) static ALL: &[&Threat] = &[$(&$name),*];
    };
}

threats! {
    ACTION_JAVASCRIPT = "pdf.action-javascript", Script, High, "javaScript action";
    ACTION_LAUNCH = "pdf.action-launch", DocumentAction, High, "launch action";
    ACTION_URI = "pdf.action-uri", DangerousLink, Medium, "URI action with unsafe scheme";
    ACTION_URI_AUTO = "pdf.action-uri-auto", DocumentAction, High, "URI fired without click";
    ACTION_GOTOR = "pdf.action-gotor", DocumentAction, High, "remote go-to";
    ACTION_GOTOE = "pdf.action-gotoe", DocumentAction, High, "embedded go-to";
    ACTION_GOTODP_AND_3DVIEW = "pdf.action-gotodp-and-3dview", DocumentAction, Medium, "goToDp and GoTo3DView";
    ACTION_THREAD = "pdf.action-thread", DocumentAction, Medium, "thread action and external threads";
    ACTION_SUBMITFORM = "pdf.action-submitform", DocumentAction, High, "submit-form action";
    ACTION_IMPORTDATA = "pdf.action-importdata", DocumentAction, High, "import-data action";
    ACTION_RESETFORM_HIDE_NAMED = "pdf.action-resetform-hide-named", DocumentAction, Low, "resetForm, Hide, Named, Transition, NOP, SetState";
    ACTION_SETOCGSTATE = "pdf.action-setocgstate", DocumentAction, Medium, "layer-switch action";
    ACTION_RENDITION = "pdf.action-rendition", Media, High, "rendition action";
    ACTION_SOUND_MOVIE_RICHMEDIA_EXECUTE = "pdf.action-sound-movie-richmedia-execute", Media, Medium, "sound, Movie, RichMediaExecute";
    ACTION_UNKNOWN = "pdf.action-unknown", DocumentAction, High, "unknown action types and vendor names";
    ACTION_NEXT_CHAIN = "pdf.action-next-chain", DocumentAction, High, "chained and looping /Next actions";
    TRIGGER_OPENACTION = "pdf.trigger-openaction", DocumentAction, High, "openAction";
    TRIGGER_CATALOG_AA = "pdf.trigger-catalog-aa", DocumentAction, High, "document additional actions";
    TRIGGER_PAGE_AA = "pdf.trigger-page-aa", DocumentAction, High, "page additional actions";
    TRIGGER_ANNOTATION_AA = "pdf.trigger-annotation-aa", DocumentAction, High, "annotation additional actions";
    TRIGGER_FIELD_AA = "pdf.trigger-field-aa", DocumentAction, High, "form-field additional actions";
    TRIGGER_OUTLINE = "pdf.trigger-outline", DocumentAction, High, "outline item actions";
    TRIGGER_LINK_PA = "pdf.trigger-link-pa", DocumentAction, Medium, "link /PA and other URI holders";
    TRIGGER_NAVNODE = "pdf.trigger-navnode", DocumentAction, High, "sub-page navigation nodes";
    TRIGGER_RICHMEDIA_CUEPOINT = "pdf.trigger-richmedia-cuepoint", DocumentAction, High, "richMedia cue-point actions";
    TRIGGER_DESTS_AS_ACTIONS = "pdf.trigger-dests-as-actions", DocumentAction, High, "destinations that are actions";
    NAMES_JAVASCRIPT = "pdf.names-javascript", Script, High, "document-level JavaScript name tree";
    NAMES_OTHER_TREES = "pdf.names-other-trees", DocumentAction, Medium, "other name trees";
    JS_STAGING_FIELDS = "pdf.js-staging-fields", Deception, Medium, "script fragments staged in data";
    REQUIREMENTS_HANDLERS = "pdf.requirements-handlers", Script, High, "requirements with JavaScript handlers";
    THREED_ONINSTANTIATE = "pdf.threed-oninstantiate", Media, High, "3D streams and their scripts";
    RICHMEDIA = "pdf.richmedia", Media, High, "richMedia annotations";
    SCREEN_MOVIE_SOUND_ANNOTS = "pdf.screen-movie-sound-annots", Media, Medium, "movie, Sound, Screen annotations";
    EMBEDDED_FILES = "pdf.embedded-files", Attachment, High, "embedded files";
    FILE_ATTACHMENT_ANNOTATION = "pdf.file-attachment-annotation", Attachment, High, "file-attachment annotations";
    ASSOCIATED_FILES = "pdf.associated-files", Attachment, High, "associated files /AF everywhere";
    COLLECTION_PORTFOLIO = "pdf.collection-portfolio", Attachment, High, "portfolios";
    SLIDESHOW_ALTERNATE_PRESENTATIONS = "pdf.slideshow-alternate-presentations", Media, Medium, "alternate presentations";
    XFA = "pdf.xfa", CustomData, High, "XFA forms";
    ACROFORM_FIELDS = "pdf.acroform-fields", Form, Medium, "interactive form fields";
    ANNOTATION_RICH_CONTENT = "pdf.annotation-rich-content", CustomData, Medium, "XHTML and markup injection in annotations";
    ANNOT_TYPES_ALLOWLIST = "pdf.annot-types-allowlist", Unknown, Medium, "unknown or risky annotation subtypes";
    EXTERNAL_STREAM_F = "pdf.external-stream-f", ExternalReference, High, "streams whose data lives in an external file";
    REFERENCE_XOBJECT = "pdf.reference-xobject", ExternalReference, High, "reference XObjects";
    OPI = "pdf.opi", ExternalReference, Medium, "OPI dictionaries";
    ALTERNATE_IMAGES = "pdf.alternate-images", CustomData, Medium, "alternate images";
    FILE_SPECIFICATIONS = "pdf.file-specifications", ExternalReference, Medium, "file specifications in any form";
    OUTPUTINTENT_PROFILE_URL = "pdf.outputintent-profile-url", ExternalReference, Medium, "remote ICC profile reference";
    STRUCTURE_NAMESPACE_SCHEMA = "pdf.structure-namespace-schema", CustomData, Low, "filespecs in structure tree";
    INCREMENTAL_SHADOW = "pdf.incremental-shadow", OldRevision, High, "incremental updates and shadow objects";
    DUPLICATE_OBJECTS_AND_XREF_CONFUSION = "pdf.duplicate-objects-and-xref-confusion", Slack, High, "object or xref ambiguity";
    STREAM_LENGTH_CONFUSION = "pdf.stream-length-confusion", Slack, Medium, "wrong, missing, duplicate /Length; endstream tricks";
    DICTIONARY_DUPLICATE_KEYS = "pdf.dictionary-duplicate-keys", Slack, High, "duplicate dictionary keys";
    NAMES_HEX_ESCAPED = "pdf.names-hex-escaped", Slack, High, "#xx-escaped names";
    OBJECT_STREAMS_HIDING = "pdf.object-streams-hiding", Slack, Medium, "objects inside object streams";
    FILTER_CHAINS_AND_BOMBS = "pdf.filter-chains-and-bombs", Structure, High, "filter chains and decompression bombs";
    FILTER_CRYPT_AND_UNKNOWN = "pdf.filter-crypt-and-unknown", Structure, Medium, "crypt and unknown filters";
    JBIG2 = "pdf.jbig2", Slack, High, "JBIG2 images";
    JPX = "pdf.jpx", Slack, High, "JPEG 2000 images";
    DCT_AND_CCITT = "pdf.dct-and-ccitt", Slack, Medium, "DCT, CCITT, RunLength, LZW images";
    INLINE_IMAGES = "pdf.inline-images", Slack, Low, "inline images";
    POSTSCRIPT_XOBJECT = "pdf.postscript-xobject", Script, High, "postScript XObjects";
    FUNCTIONS_TYPE4 = "pdf.functions-type4", Slack, Medium, "postScript calculator functions";
    SHADING_PATTERN_RECURSION = "pdf.shading-pattern-recursion", Structure, Medium, "recursive or exploding graphics";
    CONTENT_STREAM_OPERATORS = "pdf.content-stream-operators", Unknown, Low, "unknown operators and junk in content streams";
    FONTS_TYPE1 = "pdf.fonts-type1", Font, High, "type 1 and CFF fonts";
    FONTS_TRUETYPE = "pdf.fonts-truetype", Font, High, "trueType/OpenType fonts";
    FONTS_TYPE3_AND_CMAPS = "pdf.fonts-type3-and-cmaps", Slack, Medium, "type 3 glyph programs, CMaps, ToUnicode";
    ICC_PROFILES = "pdf.icc-profiles", ColorProfile, Medium, "ICC profiles";
    OPTIONAL_CONTENT_LAYERS = "pdf.optional-content-layers", HiddenContent, Medium, "hidden layers";
    HIDDEN_TEXT_AND_COVER_OBJECTS = "pdf.hidden-text-and-cover-objects", HiddenContent, Info, "invisible or covered content";
    METADATA_XMP = "pdf.metadata-xmp", Metadata, Medium, "XMP metadata";
    INFO_DICTIONARY = "pdf.info-dictionary", Metadata, Low, "info dictionary and trailer extras";
    PIECEINFO_AND_PRIVATE_DATA = "pdf.pieceinfo-and-private-data", CustomData, Medium, "private application data";
    THUMBNAILS = "pdf.thumbnails", CustomData, Low, "page thumbnails";
    SIGNATURES = "pdf.signatures", Signature, Medium, "digital signatures";
    ENCRYPTED = "pdf.encrypted", Encryption, Medium, "encrypted PDF";
    HEADER_AND_TRAILER_JUNK = "pdf.header-and-trailer-junk", Slack, Medium, "junk before header and after EOF";
    MALDOC_IN_PDF = "pdf.maldoc-in-pdf", Slack, High, "MHT/Word document hidden in a PDF";
    COMMENTS_AND_WHITESPACE_DATA = "pdf.comments-and-whitespace-data", Slack, Low, "comments and gaps between objects";
    ORPHAN_OBJECTS = "pdf.orphan-objects", Slack, Medium, "unreferenced objects";
    PAGE_TREE_AND_LOOPS = "pdf.page-tree-and-loops", Slack, Medium, "page-tree, outline, name-tree, structure loops";
    DEEP_NESTING_AND_SIZES = "pdf.deep-nesting-and-sizes", Structure, Medium, "syntactic limits";
    LINEARIZATION_AND_HINTS = "pdf.linearization-and-hints", Slack, Low, "linearization dictionary and hint streams";
    STRING_ENCODINGS = "pdf.string-encodings", Slack, Low, "string obfuscation";
    VIEWER_PREFERENCES_AND_PAGEMODE = "pdf.viewer-preferences-and-pagemode", Unknown, Low, "viewer control";
    HALFTONE_TRANSFER_FUNCTIONS = "pdf.halftone-transfer-functions", Unknown, Low, "transfer functions, halftones, black generation";
    FORM_DATA = "pdf.external-fdf-xfdf", Structure, High, "FDF, XFDF and XDP as top-level files";
    POSTSCRIPT = "pdf.postscript-and-eps-files", Structure, High, "postScript/EPS/AI top-level";
    PDFA_AND_CONFORMANCE_CLAIMS = "pdf.pdfa-and-conformance-claims", Metadata, Info, "conformance identifiers after rebuild";
    INTERACTIVE_3D_MEASURE_GEO = "pdf.interactive-3d-measure-geo", Metadata, Low, "geospatial and measurement data";
    APPEARANCE_ROLLOVER_STATES = "pdf.appearance-rollover-states", Unknown, Low, "rollover and down appearances differ";
    ANNOTATION_FLAGS_PRINT_ONLY = "pdf.annotation-flags-print-only", HiddenContent, Low, "annotations that differ between screen and print";
    ACTUALTEXT_SPOOF = "pdf.actualtext-spoof", Deception, Low, "replacement text differs from glyphs";
    XREF_LOOPS_AND_PREV_CHAINS = "pdf.xref-loops-and-prev-chains", Structure, Medium, "cross-reference loops";
    CONTENT_ARRAYS_AND_SHARED_STREAMS = "pdf.content-arrays-and-shared-streams", Slack, Low, "contents arrays that split tokens";
    LINK = "pdf.action-uri", Hyperlink, Info, "hyperlink to an allowed scheme";
    OPENED = "pdf.encrypted", OpenedEncryption, Medium, "encrypted file that a known password opened";
    COMMENT = "pdf.annot-types-allowlist", Comment, Info, "comment or markup of a person";
    COVERED_TEXT = "pdf.hidden-text-and-cover-objects", Deception, Info, "text below a filled rectangle";
    OTHER_TEXT = "pdf.fonts-type3-and-cmaps", Deception, Low, "letters that are extracted as others";
    PAGE_NOT_REBUILT = "pdf.filter-crypt-and-unknown", RejectedMember, Medium, "page that could not be rebuilt";
    STREAM_NOT_DECODED = "pdf.filter-crypt-and-unknown", Unknown, Medium, "stream whose filters cannot be undone";
}

/// The threat with this id, for tables that name ids.
pub(crate) fn by_id(id: &str) -> &'static Threat {
    ALL.iter().find(|threat| threat.id == id).copied().unwrap_or(&PIECEINFO_AND_PRIVATE_DATA)
}

//! Threats of mail.

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
        $(pub(super) static $name: Threat = threat($id, $kind, $severity, $summary);)*
        /// All of them, for the catalogue.
        pub(super) static ALL: &[&Threat] = &[$(&$name),*];
    };
}

threats! {
    META = "mail.meta-refresh-and-base", ExternalReference, High, "a base address for what a part refers to";
    ALTERNATIVES = "mail.alternative-mismatch", Deception, Medium, "alternatives that do not say the same";
    EXOTIC = "mail.amp-and-enriched", Unknown, Medium, "AMP, enriched text or another rare kind of text";
    CALENDAR = "mail.calendar-invite", RejectedMember, High, "an invitation that could not be made inert";
    TNEF = "mail.tnef-winmail", Reencoding, High, "an Outlook container, whose content became parts of the mail";
    NESTING = "mail.rfc822-nesting", RejectedMember, Medium, "a nested message, or a piece of one, that could not be rebuilt";
    EXTERNAL_BODY = "mail.external-body", ExternalReference, High, "a part whose content is somewhere else";
    REPEATED = "mail.multiple-content-type-headers", Structure, High, "two headers that only one may be";
    BOUNDARY = "mail.multiple-boundaries", Structure, High, "a boundary that programs read differently";
    BOUNDARY_REUSE = "mail.boundary-reuse-nesting", Structure, High, "multiparts whose boundaries cannot be told apart";
    PREAMBLE = "mail.preamble-epilogue", Slack, Medium, "text in front of the first part, behind the last, or a last part without an end";
    INLINE_FILE = "mail.uuencode-yenc-binhex-inline", RejectedMember, High, "a file inside of text";
    TRANSFER = "mail.cte-decoding-differentials", Reencoding, Medium, "a transfer encoding that programs undo differently";
    HEADER_SYNTAX = "mail.header-syntax-differentials", Structure, High, "headers that programs read differently";
    LINE_ENDS = "mail.bare-cr-lf-smuggling", Reencoding, High, "line ends other than CRLF";
    INJECTION = "mail.header-injection", Reencoding, High, "a line end inside of a decoded header";
    SENDER = "mail.from-spoof-differentials", Deception, Medium, "a sender made to be taken for another";
    FILE_NAME = "mail.filename-rfc2231", Name, High, "a file name that programs read differently, or that is unsafe";
    CHARSET = "mail.charset-tricks", Reencoding, High, "text in another encoding than UTF-8, written as UTF-8";
    ENCODED_WORD = "mail.encoded-word-abuse", Reencoding, Medium, "a header with broken encoded words or characters that nobody sees";
    SMIME = "mail.smime", Signature, Medium, "an S/MIME signature, which no rebuilt mail can carry";
    PGP = "mail.pgp", Encryption, Medium, "an OpenPGP message that cannot be read";
    BOMB = "mail.multipart-bomb", Exhaustion, Medium, "too many parts, too deep, or headers too long";
    TRACKING = "mail.tracking-and-auto-headers", Metadata, Low, "headers that act, trace or are not needed";
    DANGEROUS = "mail.dangerous-attachments", DangerousFile, High, "a program, script or shortcut attached";
    ATTACHMENT = "mail.attachment-recursion-into-cdr", RejectedMember, Medium, "an attachment that could not be rebuilt";
    CONTENT_ID = "mail.cid-and-related-abuse", Reencoding, Medium, "a part that is named twice, by nobody, or is no picture";
    CONTROLS = "mail.format-flowed-and-text-controls", ControlCharacter, Low, "control and invisible characters in text";
    CONTAINER = "mail.mbox-and-emlx-containers", Structure, Low, "a mailbox instead of a mail";
    REPORT = "mail.dsn-and-mdn-content", Reencoding, Low, "a report about another mail, written anew";
    NOT_MAIL = "mail.mime-version-or-none", Structure, Medium, "not a mail, or one that is only seen by some";
}

/// The same threats where what was meant is beyond doubt, and is written in the one form all understand.
pub(super) static HEADER_SYNTAX_MENDED: Threat = threat(
    "mail.header-syntax-differentials",
    Reencoding,
    Low,
    "a header that breaks its grammar, written anew or left out",
);
pub(super) static REPEATED_MENDED: Threat =
    threat("mail.multiple-content-type-headers", Reencoding, Low, "the same header twice");
pub(super) static BOUNDARY_SIMILAR: Threat =
    threat("mail.boundary-reuse-nesting", Reencoding, Low, "boundaries that begin alike");
pub(super) static NO_MIME_VERSION: Threat =
    threat("mail.mime-version-or-none", Reencoding, Low, "a mail with parts that does not say so");
pub(super) static REPORT_FIELD: Threat =
    threat("mail.dsn-and-mdn-content", Metadata, Low, "a field of a report that no standard names");
pub(super) static POSTMARK: Threat =
    threat("mail.mbox-and-emlx-containers", Slack, Low, "the line by which a mailbox begins");
/// Pairs of bidirectional controls stay: reported only.
pub(super) static BALANCED: Threat = threat(
    "mail.format-flowed-and-text-controls",
    Deception,
    Low,
    "bidirectional controls that change the order of text",
);
pub(super) static SMIME_ENCRYPTED: Threat =
    threat("mail.smime", Encryption, Medium, "an S/MIME message that cannot be read");
pub(super) static PGP_SIGNATURE: Threat =
    threat("mail.pgp", Signature, Medium, "an OpenPGP signature or key, which no rebuilt mail can carry");
pub(super) static ENCRYPTED_ATTACHMENT: Threat = threat(
    "mail.attachment-recursion-into-cdr",
    Encryption,
    Medium,
    "an encrypted attachment that no password opens",
);
/// Attachments as such, where the policy delivers the text alone.
pub(super) static NO_ATTACHMENTS: Threat = threat(
    "mail.attachment-recursion-into-cdr",
    Attachment,
    Low,
    "an attachment that the policy does not deliver",
);
/// A container that cannot be read.
pub(super) static TNEF_LEFT_OUT: Threat =
    threat("mail.tnef-winmail", RejectedMember, High, "an Outlook container that cannot be read");
/// In such a container.
pub(super) static TRIGGER: Threat = threat(
    "mail.reminder-unc-property",
    ExternalReference,
    High,
    "a property or form by which a message acts when it is shown",
);
/// HTML that became text.
pub(super) static HTML_AS_TEXT: Threat =
    threat("mail.html-script", Reencoding, Medium, "HTML text, written as plain text");

//! What may be written: a few headers by their meaning, text in UTF-8, and files that were rebuilt.

use crate::toolkits::mime::{address::List, date::DateTime};

/// A mail.
#[derive(Debug, Default)]
pub(super) struct Mail {
    pub(super) headers: Headers,
    /// The tree, each node named by its index.
    pub(super) nodes: Vec<Node>,
    pub(super) root: usize,
}

/// The headers that a person reads, and those by which mails of one thread find each other.
#[derive(Debug, Default)]
pub(super) struct Headers {
    pub(super) from: Option<List>,
    pub(super) to: Option<List>,
    pub(super) cc: Option<List>,
    pub(super) reply_to: Option<List>,
    pub(super) subject: Option<String>,
    pub(super) date: Option<DateTime>,
    /// With their angle brackets.
    pub(super) message_id: Option<String>,
    pub(super) in_reply_to: Vec<String>,
    pub(super) references: Vec<String>,
}

/// A part.
#[derive(Debug)]
pub(super) enum Node {
    /// Parts by their indexes, in order.
    Multipart { kind: Multipart, parts: Vec<usize> },
    /// Text that is shown as the mail, lines ending in CRLF.
    Text { kind: Text, text: String },
    /// Anything a reader opens by itself, and pictures.
    File(File),
    /// A mail in the mail, as its own rebuild wrote it.
    Message { bytes: Vec<u8>, name: Option<String> },
}

/// Kinds of multipart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Multipart {
    Mixed,
    Alternative,
    Related,
    /// `multipart/report` about a delivery.
    DeliveryReport,
    /// `multipart/report` about a mail that was read.
    ReceiptReport,
}

/// Kinds of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Plain,
    /// `format=flowed` (RFC 3676), and whether spaces at soft line ends go.
    Flowed {
        deletes_space: bool,
    },
    Html,
    /// `text/calendar` with the method it asks for.
    Calendar(Option<&'static str>),
    /// ASCII in lines, for programs: the delivery or the receipt that a report is about, or headers of a mail.
    Delivery,
    Receipt,
    Headers,
}

/// A file that its own rebuild wrote.
#[derive(Debug)]
pub(super) struct File {
    pub(super) media_type: &'static str,
    /// The encoding of a text file.
    pub(super) charset: Option<&'static str>,
    pub(super) name: String,
    /// What a person is told about it.
    pub(super) description: Option<String>,
    /// The name that HTML text has for it, without brackets.
    pub(super) content_id: Option<String>,
    /// Shown with the text rather than offered to be saved.
    pub(super) is_inline: bool,
    pub(super) bytes: Vec<u8>,
}

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Preset;

/// What a [`crate::ContentKind`] is too coarse for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Switches {
    /// Schemes of hyperlinks that may stay links (P02), lower case without the colon.
    pub link_schemes: Vec<String>,
    /// Metadata that is kept where everything else is removed (P04).
    pub keep_metadata: Vec<MetadataField>,
    /// How hard to compress what is written.
    pub compression: Compression,
    /// Keep modification times of archive members, or write 1980-01-01 (P04).
    pub keep_member_times: bool,
    /// Replace the low bits of pictures by noise that depends on the picture alone (P07).
    pub scrub_pictures: bool,
    /// Cut pictures in documents to the part that is shown (P14).
    pub apply_crop: bool,
    /// What becomes of the attachments of a mail.
    pub mail_attachments: MailAttachments,
    /// What becomes of the HTML text of a mail.
    pub mail_html: MailHtml,
    /// What becomes of a mail with an encrypted attachment that no password opens (P10).
    pub mail_encrypted_attachments: EncryptedAttachments,
    /// Try what the text of a mail gives as a password on its encrypted attachments (P10).
    pub mail_find_passwords: bool,
}

impl Switches {
    pub(super) fn preset(preset: Preset) -> Self {
        let schemes: &[&str] = match preset {
            Preset::Strict => &[],
            Preset::Default => &["http", "https", "mailto"],
            Preset::Lenient => &["ftp", "http", "https", "mailto", "tel"],
        };
        Self {
            link_schemes: schemes.iter().map(|scheme| (*scheme).to_owned()).collect(),
            keep_metadata: match preset {
                Preset::Strict => vec![MetadataField::Language],
                Preset::Default => vec![MetadataField::Title, MetadataField::Language],
                Preset::Lenient => MetadataField::ALL.to_vec(),
            },
            compression: Compression::Fast,
            keep_member_times: preset != Preset::Strict,
            scrub_pictures: false,
            apply_crop: false,
            mail_attachments: MailAttachments::Clean,
            mail_html: MailHtml::Keep,
            mail_encrypted_attachments: EncryptedAttachments::Drop,
            mail_find_passwords: preset != Preset::Strict,
        }
    }
}

impl Default for Switches {
    fn default() -> Self {
        Self::preset(Preset::Default)
    }
}

/// Metadata of documents that a policy may keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MetadataField {
    /// The document's title.
    Title,
    /// The document's language.
    Language,
    /// The author and the last one who changed it.
    Author,
    /// When it was made and changed.
    Dates,
}

impl MetadataField {
    /// Every field.
    pub const ALL: [Self; 4] = [Self::Title, Self::Language, Self::Author, Self::Dates];
}

/// What becomes of the attachments of a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MailAttachments {
    /// Each is rebuilt and attached again.
    #[default]
    Clean,
    /// The text is delivered; a notice stands in place of each attachment.
    Remove,
}

/// What becomes of the HTML text of a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MailHtml {
    /// Rebuilt by allow-list.
    #[default]
    Keep,
    /// Written as plain text, or left out where the same text stands beside it.
    Text,
}

/// What becomes of an encrypted attachment that no password opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EncryptedAttachments {
    /// A notice stands in its place.
    #[default]
    Drop,
    /// The whole mail is rejected.
    Refuse,
}

/// How hard to compress what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// As fast as can be; about the size that the file came in.
    #[default]
    Fast,
    /// Packed from scratch, about as small as what an office program writes; half as fast or less.
    Balanced,
    /// Packed from scratch, and smaller; a fifth as fast or less.
    Small,
}

impl Compression {
    /// The level of libdeflate, 1 to 12.
    pub fn deflate_level(self) -> u32 {
        match self {
            Self::Fast => 1,
            Self::Balanced => 5,
            Self::Small => 9,
        }
    }
}

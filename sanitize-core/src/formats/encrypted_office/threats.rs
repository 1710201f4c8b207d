//! Threats of encrypted Office documents.

use crate::report::{
    ContentKind::{Encryption, OpenedEncryption},
    Severity::{High, Medium},
    Threat,
};

pub(super) static DEFAULT_PASSWORD: Threat = Threat::new(
    "opc.encrypted-default-password",
    OpenedEncryption,
    High,
    "default-password encryption used to hide content",
);
pub(super) static RIGHTS_MANAGED: Threat =
    Threat::new("opc.irm-dataspaces", Encryption, Medium, "IRM/RMS protected document");

/// All of them, for the catalogue. A file that no password opens is a row of the engine's own table.
pub(super) static ALL: &[&Threat] = &[&DEFAULT_PASSWORD, &RIGHTS_MANAGED];

/// The same threat once a given password opened the file: it is written without encryption (P10).
pub(super) static OPENED: Threat = Threat::new(
    "opc.encrypted-agile",
    OpenedEncryption,
    Medium,
    "the file is encrypted, and a given password opens it",
);

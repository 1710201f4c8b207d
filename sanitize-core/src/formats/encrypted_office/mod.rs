//! Office documents encrypted with a password: a compound file around an encrypted package (MS-OFFCRYPTO 1.3).
//!
//! The passwords that Office tries by itself are tried first, then those the caller gave. Where one is right,
//! the package is rebuilt like a file that was given, and comes out without encryption: nothing of the
//! compound file is kept. Where none is, or the document is protected by rights management, the file is
//! rejected. `docs/formats/encrypted-office.md` says which encryptions are read.

mod threats;

use std::{borrow::Cow, collections::BTreeSet};

use crate::{
    engine::{ctx::Ctx, handler::Envelope, identify::Probe, threats as engine},
    error::Error,
    format::{self, Format},
    report::{Detail, Spot, Threat},
    toolkits::{
        archive::cfb::{CompoundFile, EntryKind},
        offcrypto::{Encryption, PackageKey},
    },
};

/// The encrypted document.
const PACKAGE: &str = "EncryptedPackage";
/// How it is encrypted.
const INFORMATION: &str = "EncryptionInfo";
/// What rights management leaves in place of a password (MS-OFFCRYPTO 2.2.1 to 2.2.4): the content of a binary
/// document, and the transforms by which a package or a binary document is protected.
const RIGHTS_MANAGEMENT: [&str; 4] = [
    "\u{9}DRMContent",
    "\u{6}DataSpaces/TransformInfo/DRMEncryptedTransform",
    "\u{6}DataSpaces/TransformInfo/\u{9}DRMTransform",
    "\u{6}DataSpaces/TransformInfo/LicenseTransform",
];
/// Passwords that Excel and PowerPoint try without asking. Files are encrypted with them to hide what is in
/// them from whoever does not.
const DEFAULT_PASSWORDS: [&str; 2] = ["VelvetSweatshop", "/01Hannes Ruescher/01"];

pub(super) struct EncryptedOffice;

impl Envelope for EncryptedOffice {
    fn formats(&self) -> &'static [Format] {
        &[format::ENCRYPTED_OFFICE]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let file = probe.compound()?;
        let has_package = file.find(PACKAGE).is_some_and(|entry| entry.kind == EntryKind::Stream);
        (has_package || is_rights_managed(file)).then_some(format::ENCRYPTED_OFFICE)
    }

    fn open(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
        let budget = ctx.budget();
        let file = CompoundFile::read(input, budget)?;
        if is_rights_managed(&file) {
            return Err(ctx.refuse(&threats::RIGHTS_MANAGED, Spot::Here));
        }
        let information = file.stream(INFORMATION, budget)?.ok_or(Error::Encrypted)?;
        let encryption = match Encryption::read(&information, budget) {
            Err(Error::Unsupported(what)) => {
                return Err(ctx.refuse_with(&engine::ENCRYPTED, Detail::excerpt(what)));
            }
            read => read?,
        };
        let (key, threat) = unlock(&encryption, ctx)?;
        ctx.replaced(threat, PACKAGE, None)?;
        let package = file.stream(PACKAGE, budget)?.ok_or(Error::Encrypted)?;
        key.open(package, budget)
    }
}

fn is_rights_managed(file: &CompoundFile<'_>) -> bool {
    RIGHTS_MANAGEMENT.iter().any(|path| file.find(path).is_some())
}

/// The key by the first password that is right, and the threat that such an encryption is.
fn unlock(encryption: &Encryption, ctx: &Ctx<'_>) -> Result<(PackageKey, &'static Threat), Error> {
    for password in DEFAULT_PASSWORDS {
        if let Some(key) = encryption.unlock(password, ctx.budget())? {
            return Ok((key, &threats::DEFAULT_PASSWORD));
        }
    }
    // One password is often given in several encodings, and each one that is tried takes its time.
    let mut tried = BTreeSet::from(DEFAULT_PASSWORDS.map(Cow::Borrowed));
    for password in ctx.passwords() {
        let password = characters(password);
        if tried.contains(&password) {
            continue;
        }
        if let Some(key) = encryption.unlock(&password, ctx.budget())? {
            return Ok((key, &threats::OPENED));
        }
        tried.insert(password);
    }
    Err(Error::Encrypted)
}

/// A password as the characters its bytes mean: UTF-8, or else code page 932, in which a Japanese Windows
/// gives it.
fn characters(password: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(password) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::SHIFT_JIS.decode_without_bom_handling(password).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_code_page_932_is_understood() {
        assert_eq!(characters("計画".as_bytes()), "計画");
        assert_eq!(characters(b"\x8cv\x89\xe6"), "計画");
    }
}

//! Office document encryption with a password (MS-OFFCRYPTO 2.3): Standard and Agile. Nothing is ever
//! encrypted here.
//!
//! [`Encryption::read`] reads the stream `EncryptionInfo`, [`Encryption::unlock`] tries a password, and
//! [`PackageKey::open`] decrypts the stream `EncryptedPackage`.

mod agile;
mod cipher;
mod hash;
mod standard;
#[cfg(test)]
mod tests;

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};
use agile::Agile;
use standard::Standard;

/// Rounds of a key derivation that are run at most. The specification allows ten times as many; Office
/// writes 100,000. Every password that is tried costs them.
const MOST_ROUNDS: u32 = 1_000_000;

/// How a package is encrypted, and what a password is checked against.
#[derive(Debug)]
pub(crate) enum Encryption {
    /// 2.3.4.5: as Office 2007 writes it.
    Standard(Standard),
    /// 2.3.4.10: as Office writes it since 2010.
    Agile(Agile),
}

/// What decrypts the package, once a password was right.
#[derive(Debug)]
pub(crate) enum PackageKey {
    Standard(standard::Key),
    Agile(agile::Key),
}

impl Encryption {
    /// Reads the stream `EncryptionInfo`. [`Error::Unsupported`] names an encryption that is another one, and
    /// [`Error::Encrypted`] is one that no password opens.
    pub(crate) fn read(information: &[u8], budget: &Budget) -> Result<Self, Error> {
        let mut reader = Reader::new(information);
        let major = reader.u16_le("encryption version")?;
        let minor = reader.u16_le("encryption version")?;
        match (major, minor) {
            (4, 4) => {
                reader.skip(4, "encryption flags")?;
                Agile::read(reader.rest(), budget).map(Self::Agile)
            }
            (2..=4, 2) => Standard::read(&mut reader).map(Self::Standard),
            (3 | 4, 3) => Err(Error::Unsupported("extensible encryption")),
            (1..=4, 1) => Err(Error::Unsupported("RC4 encryption")),
            _ => Err(Error::Unsupported("an unknown version of Office encryption")),
        }
    }

    /// The key of the package if `password` is the right one.
    pub(crate) fn unlock(&self, password: &str, budget: &Budget) -> Result<Option<PackageKey>, Error> {
        let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Ok(match self {
            Self::Standard(standard) => standard.unlock(&password, budget)?.map(PackageKey::Standard),
            Self::Agile(agile) => agile.unlock(&password, budget)?.map(PackageKey::Agile),
        })
    }
}

impl PackageKey {
    /// Decrypts the stream `EncryptedPackage` where it stands in memory. Of Agile encryption the integrity is
    /// checked first.
    pub(crate) fn open(&self, mut stream: Vec<u8>, budget: &Budget) -> Result<Vec<u8>, Error> {
        if let Self::Agile(key) = self {
            key.check_integrity(&stream, budget)?;
        }
        let mut reader = Reader::new(&stream);
        let size = reader.u64_le("package size")?;
        let size = usize::try_from(size).map_err(|_| malformed("package size", 0))?;
        let sealed =
            size.checked_next_multiple_of(cipher::BLOCK).filter(|sealed| *sealed <= reader.remaining());
        let sealed = sealed.ok_or_else(|| malformed("package size", 0))?;
        let start = reader.position();
        let body = stream.get_mut(start..start + sealed).ok_or_else(|| malformed("package size", 0))?;
        match self {
            Self::Standard(key) => key.decrypt(body, budget)?,
            Self::Agile(key) => key.decrypt(body, budget)?,
        }
        stream.truncate(start + size);
        stream.drain(..start);
        Ok(stream)
    }
}

/// `bytes` cut to `len`, or filled up to it with the byte that the specification fills keys and vectors with.
fn fitted(bytes: &[u8], len: usize) -> Vec<u8> {
    let mut fitted = bytes.to_vec();
    fitted.resize(len, 0x36);
    fitted
}

use hmac::{KeyInit, Mac, SimpleHmac};
use md5::Md5;
use sha1::{Digest, Sha1, digest::common::BlockSizeUser};
use sha2::{Sha256, Sha384, Sha512};

use crate::{budget::Budget, error::Error};

/// Rounds between two looks at the clock.
const ROUNDS_PER_CHECK: u32 = 4_096;

/// A hash function by the names of the specification (2.3.4.10, ST_HashAlgorithm).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(super) fn named(name: &str) -> Result<Self, Error> {
        match name {
            "MD5" => Ok(Self::Md5),
            "SHA1" | "SHA-1" => Ok(Self::Sha1),
            "SHA256" | "SHA-256" => Ok(Self::Sha256),
            "SHA384" | "SHA-384" => Ok(Self::Sha384),
            "SHA512" | "SHA-512" => Ok(Self::Sha512),
            _ => Err(Error::Unsupported("Office encryption with an unusual hash function")),
        }
    }

    /// Bytes of a hash.
    pub(super) fn len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The hash of `parts`, one after the other.
    pub(super) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Md5 => of::<Md5>(parts),
            Self::Sha1 => of::<Sha1>(parts),
            Self::Sha256 => of::<Sha256>(parts),
            Self::Sha384 => of::<Sha384>(parts),
            Self::Sha512 => of::<Sha512>(parts),
        }
    }

    /// The hash of salt and password, hashed `rounds` times more behind the number of the round.
    pub(super) fn spin(
        self,
        salt: &[u8],
        password: &[u8],
        rounds: u32,
        budget: &Budget,
    ) -> Result<Vec<u8>, Error> {
        match self {
            Self::Md5 => spin::<Md5>(salt, password, rounds, budget),
            Self::Sha1 => spin::<Sha1>(salt, password, rounds, budget),
            Self::Sha256 => spin::<Sha256>(salt, password, rounds, budget),
            Self::Sha384 => spin::<Sha384>(salt, password, rounds, budget),
            Self::Sha512 => spin::<Sha512>(salt, password, rounds, budget),
        }
    }

    /// True when `expected` is the HMAC of `message`.
    pub(super) fn is_hmac(self, expected: &[u8], key: &[u8], message: &[u8]) -> bool {
        match self {
            Self::Md5 => is_hmac::<Md5>(expected, key, message),
            Self::Sha1 => is_hmac::<Sha1>(expected, key, message),
            Self::Sha256 => is_hmac::<Sha256>(expected, key, message),
            Self::Sha384 => is_hmac::<Sha384>(expected, key, message),
            Self::Sha512 => is_hmac::<Sha512>(expected, key, message),
        }
    }
}

fn of<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().fold(D::new(), |sum, part| sum.chain_update(part)).finalize().to_vec()
}

fn spin<D: Digest>(salt: &[u8], password: &[u8], rounds: u32, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut hash = D::new().chain_update(salt).chain_update(password).finalize();
    for round in 0..rounds {
        if round % ROUNDS_PER_CHECK == 0 {
            budget.check()?;
        }
        hash = D::new().chain_update(round.to_le_bytes()).chain_update(&hash).finalize();
    }
    Ok(hash.to_vec())
}

fn is_hmac<D: Digest + BlockSizeUser>(expected: &[u8], key: &[u8], message: &[u8]) -> bool {
    <SimpleHmac<D> as KeyInit>::new_from_slice(key)
        .is_ok_and(|mac| mac.chain_update(message).verify_slice(expected).is_ok())
}

use super::{
    cipher::{Aes, BLOCK},
    hash::Hash,
};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// Rounds of the key derivation (2.3.4.7).
const ROUNDS: u32 = 50_000;
/// Bytes that are decrypted between two looks at the clock.
const STRIDE: usize = 4 << 20;

/// Standard encryption: AES in blocks of their own, keys by SHA-1.
#[derive(Debug)]
pub(crate) struct Standard {
    key_len: usize,
    salt: [u8; 16],
    verifier: [u8; BLOCK],
    verifier_hash: [u8; 32],
}

/// What decrypts the package.
#[derive(Debug)]
pub(crate) struct Key(Aes);

impl Standard {
    /// Reads what follows the version (2.3.4.5).
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let flags = reader.u32_le("encryption flags")?;
        let header_len = reader.u32_le("encryption header size")?;
        let start = reader.offset();
        let mut header = Reader::at(reader.take(header_len, "encryption header")?, start);
        header.skip(8, "encryption header")?;
        let algorithm = header.u32_le("cipher")?;
        let hash = header.u32_le("hash function")?;
        let key_bits = header.u32_le("key size")?;
        let is_aes = flags & 0x20 != 0;
        let key_len = match (algorithm, key_bits) {
            (0x660e, 0 | 128) => 16,
            (0x660f, 0 | 192) => 24,
            (0x6610, 0 | 256) => 32,
            // The flags alone say what it is (2.3.2).
            (0, 0 | 128) if is_aes => 16,
            (0x660e..=0x6610, _) => return Err(malformed("key size", start + 16)),
            _ => return Err(Error::Unsupported("Office encryption with another cipher than AES")),
        };
        if !matches!(hash, 0 | 0x8004) {
            return Err(Error::Unsupported("Office encryption with an unusual hash function"));
        }
        if reader.u32_le("salt size")? != 16 {
            return Err(malformed("salt size", reader.offset()));
        }
        let salt = reader.array("salt")?;
        let verifier = reader.array("verifier")?;
        reader.skip(4, "verifier hash size")?;
        Ok(Self { key_len, salt, verifier, verifier_hash: reader.array("verifier hash")? })
    }

    /// The key if `password` is right (2.3.4.9).
    pub(super) fn unlock(&self, password: &[u8], budget: &Budget) -> Result<Option<Key>, Error> {
        let hash = Hash::Sha1;
        let spun = hash.spin(&self.salt, password, ROUNDS, budget)?;
        let spun = hash.of(&[&spun, &0_u32.to_le_bytes()]);
        let half = |fill: u8| {
            let mut padded = [fill; 64];
            padded.iter_mut().zip(&spun).for_each(|(byte, spun)| *byte ^= spun);
            hash.of(&[&padded])
        };
        let mut key = half(0x36);
        key.extend(half(0x5c));
        key.truncate(self.key_len);
        let cipher = Aes::new(&key)?;
        let (mut verifier, mut expected) = (self.verifier, self.verifier_hash);
        cipher.decrypt_ecb(&mut verifier)?;
        cipher.decrypt_ecb(&mut expected)?;
        Ok(expected.starts_with(&hash.of(&[&verifier])).then_some(Key(cipher)))
    }
}

impl Key {
    /// Decrypts the package (2.3.4.15).
    pub(super) fn decrypt(&self, body: &mut [u8], budget: &Budget) -> Result<(), Error> {
        for stride in body.chunks_mut(STRIDE) {
            budget.check()?;
            self.0.decrypt_ecb(stride)?;
        }
        Ok(())
    }
}

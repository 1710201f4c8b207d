use super::{
    MOST_ROUNDS,
    cipher::{Aes, BLOCK},
    fitted,
    hash::Hash,
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::{
        codec::base64,
        markup::xml::{Token, Tokenizer, escape, prepare, split},
    },
};

/// The key encryptor that opens with a password.
const PASSWORD: &str = "http://schemas.microsoft.com/office/2006/keyEncryptor/password";
/// Bytes of the package that are chained; each segment has a vector of its own (2.3.4.15).
const SEGMENT: usize = 4_096;

// What is hashed behind the spun password or the salt, by what the key or vector is for (2.3.4.13, 2.3.4.14).
const VERIFIER_INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const VERIFIER_VALUE: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const KEY_VALUE: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];
const HMAC_KEY: [u8; 8] = [0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6];
const HMAC_VALUE: [u8; 8] = [0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33];

/// Agile encryption: AES in chained blocks, algorithms as the descriptor names them.
#[derive(Debug)]
pub(crate) struct Agile {
    package: Scheme,
    integrity: Option<Integrity>,
    password: PasswordKey,
}

/// Algorithms and salt, of the package or of its key.
#[derive(Clone, Debug)]
struct Scheme {
    hash: Hash,
    key_len: usize,
    salt: Vec<u8>,
}

/// The encrypted HMAC of the package and the key it was made with.
#[derive(Clone, Debug)]
struct Integrity {
    key: Vec<u8>,
    value: Vec<u8>,
}

/// The key of the package, encrypted with a password.
#[derive(Debug)]
struct PasswordKey {
    scheme: Scheme,
    rounds: u32,
    verifier_input: Vec<u8>,
    verifier_value: Vec<u8>,
    key_value: Vec<u8>,
}

/// What decrypts the package.
#[derive(Debug)]
pub(crate) struct Key {
    package: Scheme,
    integrity: Option<Integrity>,
    cipher: Aes,
}

impl Agile {
    /// Reads the descriptor (2.3.4.10).
    pub(super) fn read(descriptor: &[u8], budget: &Budget) -> Result<Self, Error> {
        // Some writers fill the stream up with zeros.
        let len = descriptor.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        let prepared = prepare::text(descriptor.get(..len).unwrap_or_default(), budget)?;
        let mut tokenizer = Tokenizer::new(&prepared.text, budget);
        let (mut package, mut integrity, mut password) = (None, None, None);
        let mut is_by_password = false;
        while let Some(token) = tokenizer.next()? {
            let Token::Start { name, .. } = token else { continue };
            let attributes = Attributes(&tokenizer);
            match split(name).1 {
                b"keyData" => once(&mut package, attributes.scheme()?)?,
                b"dataIntegrity" => {
                    let key = attributes.bytes(b"encryptedHmacKey")?;
                    let value = attributes.bytes(b"encryptedHmacValue")?;
                    once(&mut integrity, Integrity { key, value })?;
                }
                b"keyEncryptor" => is_by_password = attributes.text(b"uri")? == PASSWORD,
                b"encryptedKey" if is_by_password => once(&mut password, attributes.password_key()?)?,
                _ => (),
            }
        }
        let package = package.ok_or_else(|| malformed("keyData", 0))?;
        // Without it the package opens by certificates alone.
        let password = password.ok_or(Error::Encrypted)?;
        Ok(Self { package, integrity, password })
    }

    /// The key if `password` is right (2.3.4.13).
    pub(super) fn unlock(&self, password: &[u8], budget: &Budget) -> Result<Option<Key>, Error> {
        let PasswordKey { scheme, rounds, .. } = &self.password;
        let spun = scheme.hash.spin(&scheme.salt, password, *rounds, budget)?;
        let opened = |purpose: &[u8], sealed: &[u8]| {
            let key = scheme.hash.of(&[&spun, purpose]);
            let mut opened = sealed.to_vec();
            Aes::new(&fitted(&key, scheme.key_len))?.decrypt_cbc(&scheme.salt, &mut opened)?;
            Ok(opened)
        };
        let input = opened(&VERIFIER_INPUT, &self.password.verifier_input)?;
        let input = input.get(..scheme.salt.len()).ok_or_else(|| malformed("verifier", 0))?;
        let expected = opened(&VERIFIER_VALUE, &self.password.verifier_value)?;
        if !expected.starts_with(&scheme.hash.of(&[input])) {
            return Ok(None);
        }
        let key = opened(&KEY_VALUE, &self.password.key_value)?;
        let key = key.get(..self.package.key_len).ok_or_else(|| malformed("encryptedKeyValue", 0))?;
        let (package, integrity) = (self.package.clone(), self.integrity.clone());
        Ok(Some(Key { package, integrity, cipher: Aes::new(key)? }))
    }
}

impl Key {
    /// Compares the package, its size included, with the HMAC that its writer left (2.3.4.14). A writer may
    /// leave none.
    pub(super) fn check_integrity(&self, stream: &[u8], budget: &Budget) -> Result<(), Error> {
        let Some(Integrity { key, value }) = &self.integrity else { return Ok(()) };
        budget.check()?;
        let hash = self.package.hash;
        let opened = |purpose: &[u8], sealed: &[u8]| {
            let mut opened = sealed.to_vec();
            self.cipher.decrypt_cbc(&hash.of(&[&self.package.salt, purpose]), &mut opened)?;
            opened.truncate(hash.len());
            Ok(opened)
        };
        let (key, value) = (opened(&HMAC_KEY, key)?, opened(&HMAC_VALUE, value)?);
        if hash.is_hmac(&value, &key, stream) { Ok(()) } else { Err(malformed("data integrity", 0)) }
    }

    /// Decrypts the package (2.3.4.15).
    pub(super) fn decrypt(&self, body: &mut [u8], budget: &Budget) -> Result<(), Error> {
        for (segment, number) in body.chunks_mut(SEGMENT).zip(0_u32..) {
            if number % 1_024 == 0 {
                budget.check()?;
            }
            let vector = self.package.hash.of(&[&self.package.salt, &number.to_le_bytes()]);
            self.cipher.decrypt_cbc(&vector, segment)?;
        }
        Ok(())
    }
}

/// Attributes of the element last read.
struct Attributes<'t, 'a, 'b>(&'t Tokenizer<'a, 'b>);

impl Attributes<'_, '_, '_> {
    fn text(&self, name: &'static [u8]) -> Result<String, Error> {
        let found = self.0.attributes().iter().find(|attribute| attribute.name == name);
        let found = found.ok_or_else(|| malformed("encryption descriptor", self.0.span().0 as u64))?;
        let text = escape::decode(found.raw, escape::Within::Attribute, found.offset as u64)?;
        Ok(text.into_owned())
    }

    fn number(&self, name: &'static [u8]) -> Result<u32, Error> {
        let broken = |_| malformed("number in the encryption descriptor", self.0.span().0 as u64);
        self.text(name)?.trim().parse().map_err(broken)
    }

    fn bytes(&self, name: &'static [u8]) -> Result<Vec<u8>, Error> {
        let broken = || malformed("Base64 in the encryption descriptor", self.0.span().0 as u64);
        base64::decode(self.text(name)?.as_bytes()).ok_or_else(broken)
    }

    fn scheme(&self) -> Result<Scheme, Error> {
        if self.text(b"cipherAlgorithm")? != "AES" {
            return Err(Error::Unsupported("Office encryption with another cipher than AES"));
        }
        if self.text(b"cipherChaining")? != "ChainingModeCBC" {
            return Err(Error::Unsupported("Office encryption that is not chained by CBC"));
        }
        let hash = Hash::named(&self.text(b"hashAlgorithm")?)?;
        let broken = |what| malformed(what, self.0.span().0 as u64);
        let key_len = match self.number(b"keyBits")? {
            128 => 16,
            192 => 24,
            256 => 32,
            _ => return Err(broken("keyBits")),
        };
        if usize::try_from(self.number(b"blockSize")?) != Ok(BLOCK) {
            return Err(broken("blockSize"));
        }
        let salt = self.bytes(b"saltValue")?;
        if salt.is_empty() || usize::try_from(self.number(b"saltSize")?) != Ok(salt.len()) {
            return Err(broken("saltSize"));
        }
        Ok(Scheme { hash, key_len, salt })
    }

    fn password_key(&self) -> Result<PasswordKey, Error> {
        let rounds = self.number(b"spinCount")?;
        if rounds > MOST_ROUNDS {
            return Err(Error::Unsupported("a key derivation of more than 1,000,000 rounds"));
        }
        Ok(PasswordKey {
            scheme: self.scheme()?,
            rounds,
            verifier_input: self.bytes(b"encryptedVerifierHashInput")?,
            verifier_value: self.bytes(b"encryptedVerifierHashValue")?,
            key_value: self.bytes(b"encryptedKeyValue")?,
        })
    }
}

/// Sets what may stand once.
fn once<T>(place: &mut Option<T>, found: T) -> Result<(), Error> {
    match place.replace(found) {
        None => Ok(()),
        Some(_) => Err(malformed("encryption descriptor with two of a kind", 0)),
    }
}

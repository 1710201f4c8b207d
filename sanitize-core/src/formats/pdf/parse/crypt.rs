//! The standard security handler (ISO 32000-2, 7.6): opens what an empty or given password opens.

use std::borrow::Cow;

use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::NoPadding};
use md5::{Digest, Md5};
use rc4::{KeyInit, Rc4, StreamCipher};
use sha2::{Sha256, Sha384, Sha512};

use super::object::{Dict, Object};

/// How one class of data is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cipher {
    Identity,
    Rc4,
    Aes128,
    Aes256,
}

/// The file key and what it is used for.
#[derive(Debug)]
pub(crate) struct Crypt {
    key: Vec<u8>,
    pub(crate) strings: Cipher,
    pub(crate) streams: Cipher,
    pub(crate) encrypt_metadata: bool,
}

/// Fills or cuts old passwords to 32 bytes.
const PAD: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e,
    0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

impl Crypt {
    /// Opens with the empty password or one of `passwords`; `None` when none fits or the handler is unknown.
    pub(crate) fn open(encrypt: &Dict<'_>, id: &[u8], passwords: &[Vec<u8>]) -> Option<Self> {
        if encrypt.get(b"Filter").as_name() != Some(b"Standard") {
            return None;
        }
        let version = encrypt.get(b"V").as_int().unwrap_or(0);
        let (strings, streams) = match version {
            1 | 2 => (Cipher::Rc4, Cipher::Rc4),
            4 | 5 => (crypt_filter(encrypt, b"StrF")?, crypt_filter(encrypt, b"StmF")?),
            _ => return None,
        };
        let encrypt_metadata = encrypt.get(b"EncryptMetadata") != &Object::Bool(false);
        let empty = Vec::new();
        let mut candidates = std::iter::once(&empty).chain(passwords);
        let mut key =
            candidates.find_map(|password| file_key(encrypt, version, id, encrypt_metadata, password));
        // Where attachments alone are encrypted, the document opens for everyone, and they go anyway.
        if (strings, streams) == (Cipher::Identity, Cipher::Identity) {
            key = key.or(Some(Vec::new()));
        }
        let key = key?;
        Some(Self { key, strings, streams, encrypt_metadata })
    }

    /// Decrypts `data` of the object `id`.
    pub(crate) fn decrypt<'a>(&self, cipher: Cipher, id: (u32, u16), data: &'a [u8]) -> Cow<'a, [u8]> {
        match cipher {
            Cipher::Identity => Cow::Borrowed(data),
            Cipher::Rc4 => Cow::Owned(rc4(&self.object_key(id, b""), data)),
            Cipher::Aes128 => Cow::Owned(aes_cbc(&self.object_key(id, b"sAlT"), data)),
            Cipher::Aes256 => Cow::Owned(aes_cbc(&self.key, data)),
        }
    }

    /// Algorithm 1: the key of one object.
    fn object_key(&self, (number, generation): (u32, u16), salt: &[u8]) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(&self.key);
        hash.update(number.to_le_bytes().get(..3).unwrap_or_default());
        hash.update(generation.to_le_bytes());
        hash.update(salt);
        let mut key = hash.finalize().to_vec();
        key.truncate((self.key.len() + 5).min(16));
        key
    }
}

fn crypt_filter(encrypt: &Dict<'_>, which: &[u8]) -> Option<Cipher> {
    let name = encrypt.get(which).as_name().unwrap_or(b"Identity");
    if name == b"Identity" {
        return Some(Cipher::Identity);
    }
    let filter = encrypt.get(b"CF").as_dict()?.get(name).as_dict()?;
    match filter.get(b"CFM").as_name()? {
        b"None" => Some(Cipher::Identity),
        b"V2" => Some(Cipher::Rc4),
        b"AESV2" => Some(Cipher::Aes128),
        b"AESV3" => Some(Cipher::Aes256),
        _ => None,
    }
}

fn file_key(encrypt: &Dict<'_>, version: i64, id: &[u8], metadata: bool, password: &[u8]) -> Option<Vec<u8>> {
    let revision = encrypt.get(b"R").as_int()?;
    let owner = encrypt.get(b"O").as_string()?;
    let user = encrypt.get(b"U").as_string()?;
    if revision >= 5 {
        return new_file_key(encrypt, revision, owner, user, password);
    }
    let permissions = encrypt.get(b"P").as_int()? as u32;
    let stated = encrypt.get(b"Length").as_int().and_then(key_len);
    // A crypt filter has keys of 16 bytes, but some producers go by the length they state.
    let lens = match version {
        1 => [Some(5), None],
        4 => [Some(16), stated.filter(|len| *len != 16)],
        _ => [if encrypt.has(b"Length") { stated } else { Some(5) }, None],
    };
    lens.into_iter().flatten().find_map(|len| {
        let old = Old { revision, len, owner, id, permissions, metadata };
        let as_user = old.key(password);
        if old.fits(&as_user, user) {
            return Some(as_user);
        }
        let as_owner = old.key(&old.user_password(password));
        old.fits(&as_owner, user).then_some(as_owner)
    })
}

/// The bytes of a key whose length is given in bits, or in bytes as some producers have it.
fn key_len(stated: i64) -> Option<usize> {
    match stated {
        5..=16 => usize::try_from(stated).ok(),
        40..=128 => usize::try_from(stated / 8).ok(),
        _ => None,
    }
}

/// What algorithms 2 to 7 of revisions 2 to 4 work on.
struct Old<'a> {
    revision: i64,
    len: usize,
    owner: &'a [u8],
    id: &'a [u8],
    permissions: u32,
    metadata: bool,
}

fn padded(password: &[u8]) -> Vec<u8> {
    password.iter().chain(&PAD).take(32).copied().collect()
}

impl Old<'_> {
    /// Algorithm 2.
    fn key(&self, password: &[u8]) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(padded(password));
        hash.update(self.owner.get(..32).unwrap_or(self.owner));
        hash.update(self.permissions.to_le_bytes());
        hash.update(self.id);
        if self.revision >= 4 && !self.metadata {
            hash.update([0xff; 4]);
        }
        self.stretched(hash.finalize().to_vec())
    }

    fn stretched(&self, mut key: Vec<u8>) -> Vec<u8> {
        key.truncate(self.len);
        if self.revision >= 3 {
            for _ in 0..50 {
                key = Md5::digest(&key).to_vec();
                key.truncate(self.len);
            }
        }
        key
    }

    /// Algorithms 4 to 6: does the key open the user entry?
    fn fits(&self, key: &[u8], user: &[u8]) -> bool {
        if self.revision == 2 {
            return rc4(key, &PAD) == user.get(..32).unwrap_or_default();
        }
        let mut hash = Md5::new();
        hash.update(PAD);
        hash.update(self.id);
        let mut value = hash.finalize().to_vec();
        for round in 0..20_u8 {
            let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
            value = rc4(&turned, &value);
        }
        user.get(..16) == Some(value.as_slice())
    }

    /// Algorithm 7: the user password that an owner password hides.
    fn user_password(&self, owner_password: &[u8]) -> Vec<u8> {
        let key = self.stretched(Md5::digest(padded(owner_password)).to_vec());
        let mut value = self.owner.get(..32).unwrap_or(self.owner).to_vec();
        if self.revision == 2 {
            return rc4(&key, &value);
        }
        for round in (0..20_u8).rev() {
            let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
            value = rc4(&turned, &value);
        }
        value
    }
}

/// Algorithm 2.A of revisions 5 and 6.
fn new_file_key(
    encrypt: &Dict<'_>,
    revision: i64,
    owner: &[u8],
    user: &[u8],
    password: &[u8],
) -> Option<Vec<u8>> {
    let password = password.get(..127).unwrap_or(password);
    let hash = |salt: &[u8], more: &[u8]| match revision {
        5 => Some(Sha256::digest([password, salt, more].concat()).to_vec()),
        6 => hardened_hash(password, salt, more),
        _ => None,
    };
    let user_48 = user.get(..48)?;
    let (wrapped, key) = if hash(user.get(32..40)?, b"")? == user.get(..32)? {
        (encrypt.get(b"UE").as_string()?, hash(user.get(40..48)?, b"")?)
    } else if hash(owner.get(32..40)?, user_48)? == owner.get(..32)? {
        (encrypt.get(b"OE").as_string()?, hash(owner.get(40..48)?, user_48)?)
    } else {
        return None;
    };
    let mut unwrapped = wrapped.get(..32)?.to_vec();
    let cipher = cbc::Decryptor::<aes::Aes256>::new_from_slices(&key, &[0; 16]).ok()?;
    cipher.decrypt_padded::<NoPadding>(&mut unwrapped).ok()?;
    Some(unwrapped)
}

/// Algorithm 2.B. Ends after 64 rounds and a last byte that comes soon: at most 256 more are allowed here.
fn hardened_hash(password: &[u8], salt: &[u8], more: &[u8]) -> Option<Vec<u8>> {
    let mut key = Sha256::digest([password, salt, more].concat()).to_vec();
    for round in 0..320_u32 {
        let mut block = [password, key.as_slice(), more].concat().repeat(64);
        let len = block.len();
        let cipher = cbc::Encryptor::<aes::Aes128>::new_from_slices(key.get(..16)?, key.get(16..32)?).ok()?;
        cipher.encrypt_padded::<NoPadding>(&mut block, len).ok()?;
        let sum: u32 = block.get(..16)?.iter().map(|byte| u32::from(*byte)).sum();
        key = match sum % 3 {
            0 => Sha256::digest(&block).to_vec(),
            1 => Sha384::digest(&block).to_vec(),
            _ => Sha512::digest(&block).to_vec(),
        };
        if round >= 63 && u32::from(*block.last()?) <= round - 31 {
            key.truncate(32);
            return Some(key);
        }
    }
    None
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut output = data.to_vec();
    if let Ok(mut cipher) = Rc4::new_from_slice(key) {
        cipher.apply_keystream(&mut output);
    }
    output
}

/// CBC with the initialisation vector in front. Damaged padding is left in place, as viewers do.
fn aes_cbc(key: &[u8], data: &[u8]) -> Vec<u8> {
    let Some((vector, body)) = data.split_at_checked(16) else { return Vec::new() };
    let mut output = body.get(..body.len() / 16 * 16).unwrap_or_default().to_vec();
    let done = match key.len() {
        16 => cbc::Decryptor::<aes::Aes128>::new_from_slices(key, vector)
            .is_ok_and(|cipher| cipher.decrypt_padded::<NoPadding>(&mut output).is_ok()),
        _ => cbc::Decryptor::<aes::Aes256>::new_from_slices(key, vector)
            .is_ok_and(|cipher| cipher.decrypt_padded::<NoPadding>(&mut output).is_ok()),
    };
    if !done {
        return Vec::new();
    }
    if let Some(&pad) = output.last()
        && (1..=16).contains(&pad)
        && output.ends_with(&vec![pad; usize::from(pad)])
    {
        output.truncate(output.len() - usize::from(pad));
    }
    output
}

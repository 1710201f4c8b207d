//! Opening members with a password that was given. Nothing is ever encrypted here.

use ctr::cipher::{KeyIvInit, StreamCipher};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::AesStrength;
use crate::{budget::Budget, bytes::Reader, error::Error};

/// Opens bytes in the cipher of PKZIP 2.0, APPNOTE 6.1. `check` are the values that the last byte of the
/// random header may have.
pub(super) fn open_zip_crypto(
    body: &[u8],
    password: &[u8],
    check: [u8; 2],
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let mut reader = Reader::new(body);
    let header = reader.array::<12>("encryption header").map_err(|_| Error::Encrypted)?;
    let mut keys = Keys::new(password);
    let last = header.iter().map(|byte| keys.decrypt(*byte)).last();
    if !last.is_some_and(|last| check.contains(&last)) {
        return Err(Error::Encrypted);
    }
    let mut plain = budget.reserve(reader.remaining() as u64)?;
    plain.extend(reader.rest().iter().map(|byte| keys.decrypt(*byte)));
    Ok(plain)
}

struct Keys {
    keys: [u32; 3],
    table: [u32; 256],
}

impl Keys {
    fn new(password: &[u8]) -> Self {
        let mut table = [0; 256];
        for (entry, start) in table.iter_mut().zip(0_u32..) {
            *entry =
                (0..8).fold(start, |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 });
        }
        let mut keys = Self { keys: [0x1234_5678, 0x2345_6789, 0x3456_7890], table };
        for byte in password {
            keys.update(*byte);
        }
        keys
    }

    fn crc(&self, crc: u32, byte: u8) -> u32 {
        let index = usize::from((crc as u8) ^ byte);
        crc >> 8 ^ self.table.get(index).copied().unwrap_or_default()
    }

    fn update(&mut self, byte: u8) {
        let [first, second, third] = self.keys;
        let first = self.crc(first, byte);
        let second = second.wrapping_add(first & 0xff).wrapping_mul(134_775_813).wrapping_add(1);
        let third = self.crc(third, (second >> 24) as u8);
        self.keys = [first, second, third];
    }

    fn decrypt(&mut self, byte: u8) -> u8 {
        let mask = self.keys[2] as u16 | 2;
        let plain = byte ^ (mask.wrapping_mul(mask ^ 1) >> 8) as u8;
        self.update(plain);
        plain
    }
}

/// Opens bytes in WinZip AES: salt, two bytes to check the password by, ciphertext, ten bytes of HMAC.
pub(super) fn open_aes(
    body: &[u8],
    password: &[u8],
    strength: AesStrength,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    const ROUNDS: u32 = 1_000;
    const MAC: usize = 10;
    let key_len: usize = match strength {
        AesStrength::Aes128 => 16,
        AesStrength::Aes192 => 24,
        AesStrength::Aes256 => 32,
    };
    let mut reader = Reader::new(body);
    let cut = |_| Error::Encrypted;
    let salt = reader.take(key_len / 2, "salt").map_err(cut)?;
    let check = reader.array::<2>("password check").map_err(cut)?;
    let len = reader.remaining().checked_sub(MAC).ok_or(Error::Encrypted)?;
    let ciphertext = reader.take(len, "ciphertext").map_err(cut)?;
    let mut derived = [0; 2 * 32 + 2];
    let derived = derived.get_mut(..2 * key_len + 2).unwrap_or_default();
    pbkdf2::pbkdf2_hmac::<Sha1>(password, salt, ROUNDS, derived);
    let (key, rest) = derived.split_at_checked(key_len).ok_or(Error::Internal("AES key"))?;
    let (mac_key, expected) = rest.split_at_checked(key_len).ok_or(Error::Internal("AES key"))?;
    if expected != check {
        return Err(Error::Encrypted);
    }
    let mut mac = <Hmac<Sha1>>::new_from_slice(mac_key).map_err(|_| Error::Internal("HMAC key"))?;
    mac.update(ciphertext);
    mac.verify_truncated_left(reader.rest()).map_err(|_| Error::Encrypted)?;
    let mut plain = budget.reserve(ciphertext.len() as u64)?;
    plain.extend_from_slice(ciphertext);
    match strength {
        AesStrength::Aes128 => decrypt::<aes::Aes128>(key, &mut plain)?,
        AesStrength::Aes192 => decrypt::<aes::Aes192>(key, &mut plain)?,
        AesStrength::Aes256 => decrypt::<aes::Aes256>(key, &mut plain)?,
    }
    Ok(plain)
}

/// Counter mode as WinZip has it: 128 bits, least significant byte first, from 1.
fn decrypt<C>(key: &[u8], bytes: &mut [u8]) -> Result<(), Error>
where
    ctr::Ctr128LE<C>: KeyIvInit + StreamCipher,
    C: ctr::cipher::BlockCipherEncrypt + ctr::cipher::BlockSizeUser<BlockSize = ctr::cipher::consts::U16>,
{
    let mut start = [0; 16];
    start[0] = 1;
    let mut cipher =
        <ctr::Ctr128LE<C>>::new_from_slices(key, &start).map_err(|_| Error::Internal("AES key"))?;
    cipher.try_apply_keystream(bytes).map_err(|_| Error::Internal("AES stream"))
}

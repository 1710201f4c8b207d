//! Office encryption with a password (MS-OFFCRYPTO 2.3.4.5, Standard): AES-128 and SHA-1.

use aes::{
    Aes128,
    cipher::{Array, BlockCipherEncrypt, KeyInit},
};
use sha1::{Digest, Sha1};

use crate::compound::Compound;

/// A compound file that holds `package` encrypted with `password`. Salt and verifier are fixed.
pub fn encrypted(package: &[u8], password: &str) -> Vec<u8> {
    let salt = *b"CDR-sample-salt!";
    let cipher = Aes128::new(&Array::from(key(&salt, password)));
    let seal = |plain: &[u8]| -> Vec<u8> {
        let mut sealed = plain.to_vec();
        sealed.resize(sealed.len().next_multiple_of(16), 0);
        for block in sealed.chunks_exact_mut(16) {
            let mut bytes = [0; 16];
            bytes.copy_from_slice(block);
            let mut array = Array::from(bytes);
            cipher.encrypt_block(&mut array);
            block.copy_from_slice(&array);
        }
        sealed
    };
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut header = words(&[0x24, 0, 0x660e, 0x8004, 128, 0x18, 0, 0]);
    let provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0";
    header.extend(provider.encode_utf16().flat_map(u16::to_le_bytes));
    let verifier = *b"0123456789abcdef";
    let mut information = vec![4, 0, 2, 0];
    information.extend(words(&[0x24, header.len() as u32]));
    information.extend(header);
    information.extend(words(&[16]));
    information.extend(salt);
    information.extend(seal(&verifier));
    information.extend(words(&[20]));
    information.extend(seal(&Sha1::digest(verifier)));
    let mut sealed = (package.len() as u64).to_le_bytes().to_vec();
    // Long enough to stand outside the mini stream as it is: a reader may decrypt to the stream's end.
    let mut plain = package.to_vec();
    plain.resize(plain.len().max(4096), 0);
    sealed.extend(seal(&plain));
    Compound::new().stream("EncryptionInfo", information).stream("EncryptedPackage", sealed).bytes()
}

fn key(salt: &[u8], password: &str) -> [u8; 16] {
    let hash = |parts: &[&[u8]]| {
        let mut sum = Sha1::new();
        parts.iter().for_each(|part| sum.update(part));
        sum.finalize()
    };
    let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut sum = hash(&[salt, &password]);
    for round in 0u32..50_000 {
        sum = hash(&[&round.to_le_bytes(), &sum]);
    }
    let sum = hash(&[&sum, &0u32.to_le_bytes()]);
    let mut padded = [0x36; 64];
    for (byte, part) in padded.iter_mut().zip(sum.iter()) {
        *byte ^= part;
    }
    let mut key = [0; 16];
    key.copy_from_slice(&hash(&[&padded])[..16]);
    key
}

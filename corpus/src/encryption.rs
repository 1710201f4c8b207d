//! Office encryption with a password (MS-OFFCRYPTO 2.3.4): Standard with AES-128 and SHA-1, Agile with AES-256 and
//! SHA-512.

use aes::{
    Aes128, Aes256,
    cipher::{Array, BlockCipherEncrypt, BlockModeEncrypt, KeyInit, KeyIvInit, block_padding::NoPadding},
};
use hmac::{Hmac, Mac};
use sha1::{Digest, Sha1};
use sha2::Sha512;

use crate::{compound::Compound, office::media::base64};

/// A compound file that holds `package` encrypted with `password`, Standard. Salt and verifier are fixed.
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

/// A compound file that holds `package` encrypted with `password`, Agile, by `rounds` rounds of the key derivation.
/// Salts, keys and verifier are fixed.
pub fn agile(package: &[u8], password: &str, rounds: u32) -> Vec<u8> {
    let sealed = agile_package(package);
    Compound::new()
        .stream("EncryptionInfo", agile_information(&sealed, password, rounds))
        .stream("EncryptedPackage", sealed)
        .bytes()
}

const PACKAGE_KEY: [u8; 32] = *b"CDR-sample-key-of-the-package...";
const PACKAGE_SALT: [u8; 16] = *b"CDR-package-salt";
const SEGMENT: usize = 4096;

/// The stream `EncryptedPackage`: the size, and segments that are chained each for itself.
fn agile_package(package: &[u8]) -> Vec<u8> {
    let mut plain = package.to_vec();
    // Outside the mini stream, so that no zeros follow that the HMAC would have to cover.
    plain.resize(plain.len().next_multiple_of(16).max(SEGMENT), 0);
    let mut sealed = (package.len() as u64).to_le_bytes().to_vec();
    for (segment, number) in plain.chunks(SEGMENT).zip(0u32..) {
        sealed.extend(cbc(&PACKAGE_KEY, &sha512(&[&PACKAGE_SALT, &number.to_le_bytes()]), segment));
    }
    sealed
}

/// The stream `EncryptionInfo`: the descriptor of `package`, which is encrypted already.
pub fn agile_information(package: &[u8], password: &str, rounds: u32) -> Vec<u8> {
    let salt = *b"CDR-password-slt";
    let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut spun = sha512(&[&salt, &password]);
    for round in 0..rounds {
        spun = sha512(&[&round.to_le_bytes(), &spun]);
    }
    let with_password =
        |purpose: [u8; 8], plain: &[u8]| base64(&cbc(&sha512(&[&spun, &purpose])[..32], &salt, plain));
    let with_key = |purpose: [u8; 8], plain: &[u8]| {
        base64(&cbc(&PACKAGE_KEY, &sha512(&[&PACKAGE_SALT, &purpose]), plain))
    };
    let verifier = *b"0123456789abcdef";
    let mac_key = [0x5a; 64];
    let mac = <Hmac<Sha512> as KeyInit>::new_from_slice(&mac_key).expect("a key of any length");
    let mac = mac.chain_update(package).finalize().into_bytes();
    let scheme = "blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltSize=\"16\"";
    let descriptor = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<encryption xmlns=\"http://schemas.microsoft.com/office/2006/encryption\" xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><keyData {scheme} saltValue=\"{}\"/><dataIntegrity encryptedHmacKey=\"{}\" encryptedHmacValue=\"{}\"/><keyEncryptors><keyEncryptor uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><p:encryptedKey spinCount=\"{rounds}\" {scheme} saltValue=\"{}\" encryptedVerifierHashInput=\"{}\" encryptedVerifierHashValue=\"{}\" encryptedKeyValue=\"{}\"/></keyEncryptor></keyEncryptors></encryption>",
        base64(&PACKAGE_SALT),
        with_key([0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6], &mac_key),
        with_key([0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33], &mac),
        base64(&salt),
        with_password([0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79], &verifier),
        with_password([0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e], &sha512(&[&verifier])),
        with_password([0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6], &PACKAGE_KEY),
    );
    let mut information = vec![4, 0, 4, 0, 0x40, 0, 0, 0];
    information.extend(descriptor.bytes());
    information
}

fn sha512(parts: &[&[u8]]) -> Vec<u8> {
    let mut sum = Sha512::new();
    parts.iter().for_each(|part| sum.update(part));
    sum.finalize().to_vec()
}

fn cbc(key: &[u8], vector: &[u8], plain: &[u8]) -> Vec<u8> {
    let encryptor =
        cbc::Encryptor::<Aes256>::new_from_slices(key, &vector[..16]).expect("lengths that are fixed");
    let mut sealed = plain.to_vec();
    encryptor.encrypt_padded::<NoPadding>(&mut sealed, plain.len()).expect("whole blocks");
    sealed
}

use super::*;
use crate::{budget::Cancel, limits::Limits, toolkits::archive::cfb::CompoundFile};
use sanitize_corpus::{compound::Compound, encryption};

fn budget() -> Budget {
    Budget::new(&Limits::default(), 0, Cancel::new())
}

fn stream(file: &[u8], name: &str) -> Vec<u8> {
    CompoundFile::read(file, &budget()).unwrap().stream(name, &budget()).unwrap().unwrap()
}

/// The package in `file`, if `password` opens it.
fn open(file: &[u8], password: &str) -> Result<Option<Vec<u8>>, Error> {
    let encryption = Encryption::read(&stream(file, "EncryptionInfo"), &budget())?;
    let key = encryption.unlock(password, &budget())?;
    key.map(|key| key.open(stream(file, "EncryptedPackage"), &budget())).transpose()
}

/// Lengths around those of blocks and segments.
const LENGTHS: [usize; 6] = [0, 1, 4095, 4096, 4097, 10_000];

fn package(len: usize) -> Vec<u8> {
    (0..len).map(|at| at as u8).collect()
}

#[test]
fn a_standard_package_opens_with_its_password_alone() {
    for len in LENGTHS {
        let file = encryption::encrypted(&package(len), "パスワード");
        assert!(open(&file, "パスワード").unwrap() == Some(package(len)), "{len}");
    }
    assert_eq!(open(&encryption::encrypted(b"", "a"), "b"), Ok(None));
}

#[test]
fn an_agile_package_opens_with_its_password_alone() {
    for len in LENGTHS {
        let file = encryption::agile(&package(len), "パスワード", 1_000);
        assert!(open(&file, "パスワード").unwrap() == Some(package(len)), "{len}");
    }
    assert_eq!(open(&encryption::agile(b"", "a", 1), "b"), Ok(None));
}

#[test]
fn an_agile_package_that_was_changed_is_malformed() {
    let file = encryption::agile(&package(9_000), "a", 1);
    let key = Encryption::read(&stream(&file, "EncryptionInfo"), &budget()).unwrap();
    let key = key.unlock("a", &budget()).unwrap().unwrap();
    let good = stream(&file, "EncryptedPackage");
    for at in [0, 8, 9_000] {
        let mut changed = good.clone();
        changed[at] ^= 1;
        assert_eq!(key.open(changed, &budget()), Err(malformed("data integrity", 0)), "{at}");
    }
    assert_eq!(key.open(good[..5_000].to_vec(), &budget()), Err(malformed("data integrity", 0)));
}

#[test]
fn a_size_beyond_the_package_is_malformed() {
    let file = encryption::encrypted(&package(100), "a");
    let key = Encryption::read(&stream(&file, "EncryptionInfo"), &budget()).unwrap();
    let key = key.unlock("a", &budget()).unwrap().unwrap();
    for size in [4097, u64::MAX] {
        let mut sealed = stream(&file, "EncryptedPackage");
        sealed[..8].copy_from_slice(&size.to_le_bytes());
        assert_eq!(key.open(sealed, &budget()), Err(malformed("package size", 0)));
    }
    assert!(key.open(vec![1; 7], &budget()).is_err());
}

/// The descriptor of an agile package with `from` replaced by `to`.
fn descriptor(from: &str, to: &str) -> Result<Encryption, Error> {
    let information = encryption::agile_information(b"", "a", 1);
    let text = String::from_utf8(information[8..].to_vec()).unwrap();
    assert!(text.contains(from));
    let text = text.replacen(from, to, 1);
    Encryption::read(&[&information[..8], text.as_bytes()].concat(), &budget())
}

#[test]
fn what_the_descriptor_says_is_checked() {
    assert!(descriptor("<keyData", "<keyData").is_ok());
    let unsupported = [
        ("spinCount=\"1\"", "spinCount=\"1000001\""),
        ("\"SHA512\"", "\"WHIRLPOOL\""),
        ("\"AES\"", "\"DESede\""),
        ("\"ChainingModeCBC\"", "\"ChainingModeCFB\""),
    ];
    for (from, to) in unsupported {
        assert!(matches!(descriptor(from, to), Err(Error::Unsupported(_))), "{to}");
    }
    let broken = [
        ("keyBits=\"256\"", "keyBits=\"255\""),
        ("blockSize=\"16\"", "blockSize=\"0\""),
        ("saltSize=\"16\"", "saltSize=\"17\""),
        ("saltValue=\"", "saltValue=\"*"),
        ("spinCount=\"1\"", "spinCount=\"-1\""),
        ("encryptedKeyValue", "other"),
        ("<dataIntegrity", "<keyData/><dataIntegrity"),
        ("<keyData", "<otherData"),
        ("<encryption", "<!DOCTYPE a><encryption"),
    ];
    for (from, to) in broken {
        assert!(matches!(descriptor(from, to), Err(Error::Malformed { .. })), "{to}");
    }
    let by_certificate =
        descriptor("uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"", "uri=\"c\"");
    assert_eq!(by_certificate.err(), Some(Error::Encrypted));
}

#[test]
fn values_that_are_too_short_are_malformed() {
    for name in ["encryptedVerifierHashInput", "encryptedKeyValue"] {
        let information = encryption::agile_information(b"", "a", 1);
        let text = String::from_utf8(information[8..].to_vec()).unwrap();
        let start = text.find(name).unwrap() + name.len() + 2;
        let end = start + text[start..].find('"').unwrap();
        for value in ["", "AAAA"] {
            let text = format!("{}{value}{}", &text[..start], &text[end..]);
            let read = Encryption::read(&[&information[..8], text.as_bytes()].concat(), &budget()).unwrap();
            assert!(matches!(read.unlock("a", &budget()), Err(Error::Malformed { .. })), "{name} {value}");
        }
    }
}

#[test]
fn other_encryptions_are_named() {
    for version in [[3, 0, 3, 0], [4, 0, 3, 0], [1, 0, 1, 0], [9, 0, 9, 0]] {
        assert!(matches!(Encryption::read(&version, &budget()), Err(Error::Unsupported(_))));
    }
    assert!(matches!(Encryption::read(&[4], &budget()), Err(Error::Malformed { .. })));
    let file = Compound::new().stream("EncryptionInfo", vec![4, 0, 2, 0]).bytes();
    // Zeros behind the version: a header without a cipher.
    assert!(Encryption::read(&stream(&file, "EncryptionInfo"), &budget()).is_err());
}

#[test]
fn the_clock_is_looked_at_while_a_password_is_tried() {
    let information = encryption::agile_information(b"", "a", 1);
    let encryption = Encryption::read(&information, &budget()).unwrap();
    let cancel = Cancel::new();
    cancel.cancel();
    let over = Budget::new(&Limits::default(), 0, cancel);
    assert!(matches!(encryption.unlock("a", &over), Err(Error::Limit(_))));
}

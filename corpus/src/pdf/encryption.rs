//! The standard security handler with AES-256 (ISO 32000-2, 7.6.4), revision 6. Keys and salts are fixed.

use aes::{
    Aes128, Aes256,
    cipher::{Array, BlockCipherEncrypt, BlockModeEncrypt, KeyInit, KeyIvInit, block_padding::NoPadding},
};
use sha2::{Digest, Sha256, Sha384, Sha512};

const FILE_KEY: [u8; 32] = *b"CDR sample file key, not secret!";
const PERMISSIONS: i32 = -4;

/// An encryption dictionary and what it does to streams.
#[derive(Clone, Debug)]
pub struct Lock {
    dictionary: String,
}

impl Lock {
    /// Opened by the user's `password`.
    pub fn new(password: &[u8]) -> Self {
        let user = entry(password, b"uservals", b"userkeys", b"");
        let owner = entry(b"the owner's", b"ownervas", b"ownerkes", &user.0);
        let mut permissions = PERMISSIONS.to_le_bytes().to_vec();
        permissions.extend_from_slice(b"\xff\xff\xff\xffTadbCDR!");
        let mut block = [0; 16];
        block.copy_from_slice(&permissions);
        let mut block = Array::from(block);
        Aes256::new(&Array::from(FILE_KEY)).encrypt_block(&mut block);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let dictionary = format!(
            "<< /Filter /Standard /V 5 /R 6 /Length 256 /P {PERMISSIONS} /EncryptMetadata true \
             /CF << /StdCF << /Type /CryptFilter /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> \
             /StmF /StdCF /StrF /StdCF /U <{}> /UE <{}> /O <{}> /OE <{}> /Perms <{}> >>",
            hex(&user.0),
            hex(&user.1),
            hex(&owner.0),
            hex(&owner.1),
            hex(&block),
        );
        Self { dictionary }
    }

    /// The `/Encrypt` dictionary.
    pub fn dictionary(&self) -> &str {
        &self.dictionary
    }

    /// The data of the stream `number`, encrypted.
    pub fn seal(&self, number: usize, data: &[u8]) -> Vec<u8> {
        let mut vector = [0; 16];
        vector[..8].copy_from_slice(&(number as u64).to_be_bytes());
        let mut sealed = vector.to_vec();
        let fill = 16 - data.len() % 16;
        let padded = [data, [fill as u8; 16].get(..fill).unwrap_or_default()].concat();
        sealed.extend(blocks(
            cbc::Encryptor::<Aes256>::new(&Array::from(FILE_KEY), &Array::from(vector)),
            &padded,
        ));
        sealed
    }
}

/// `/U` and `/UE`, or `/O` and `/OE` (algorithms 8 and 9).
fn entry(password: &[u8], validation: &[u8; 8], key: &[u8; 8], user: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let check = [hash(password, validation, user).as_slice(), validation, key].concat();
    let own_key = hash(password, key, user);
    let sealed =
        blocks(cbc::Encryptor::<Aes256>::new(&Array::from(own_key), &Array::from([0; 16])), &FILE_KEY);
    (check, sealed)
}

/// Whole blocks, chained.
fn blocks(encryptor: impl BlockModeEncrypt, plain: &[u8]) -> Vec<u8> {
    let mut sealed = plain.to_vec();
    encryptor.encrypt_padded::<NoPadding>(&mut sealed, plain.len()).expect("whole blocks");
    sealed
}

/// Algorithm 2.B.
fn hash(password: &[u8], salt: &[u8], user: &[u8]) -> [u8; 32] {
    let mut sum = Sha256::digest([password, salt, user].concat()).to_vec();
    for round in 0.. {
        let plain = [password, &sum, user].concat().repeat(64);
        let (mut key, mut vector) = ([0; 16], [0; 16]);
        key.copy_from_slice(&sum[..16]);
        vector.copy_from_slice(&sum[16..32]);
        let sealed = blocks(cbc::Encryptor::<Aes128>::new(&Array::from(key), &Array::from(vector)), &plain);
        sum = match sealed[..16].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3 {
            0 => Sha256::digest(&sealed).to_vec(),
            1 => Sha384::digest(&sealed).to_vec(),
            _ => Sha512::digest(&sealed).to_vec(),
        };
        if round >= 63 && u32::from(*sealed.last().unwrap_or(&0)) <= round - 31 {
            break;
        }
    }
    let mut key = [0; 32];
    key.copy_from_slice(&sum[..32]);
    key
}

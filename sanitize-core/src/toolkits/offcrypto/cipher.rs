use aes::{
    Aes128, Aes192, Aes256,
    cipher::{Array, BlockCipherDecrypt, BlockModeDecrypt, BlockSizeUser, InnerIvInit, KeyInit, consts::U16},
};

use super::fitted;
use crate::error::{Error, malformed};

/// Bytes of a block of AES.
pub(super) const BLOCK: usize = 16;

/// AES with a key of one of its three lengths.
#[derive(Debug)]
pub(super) enum Aes {
    Aes128(Box<Aes128>),
    Aes192(Box<Aes192>),
    Aes256(Box<Aes256>),
}

impl Aes {
    /// The cipher with the key `key`; its length decides which.
    pub(super) fn new(key: &[u8]) -> Result<Self, Error> {
        let wrong = |_| malformed("key length", 0);
        match key.len() {
            16 => Aes128::new_from_slice(key).map(Box::new).map(Self::Aes128).map_err(wrong),
            24 => Aes192::new_from_slice(key).map(Box::new).map(Self::Aes192).map_err(wrong),
            _ => Aes256::new_from_slice(key).map(Box::new).map(Self::Aes256).map_err(wrong),
        }
    }

    /// Decrypts whole blocks, each for itself.
    pub(super) fn decrypt_ecb(&self, bytes: &mut [u8]) -> Result<(), Error> {
        match self {
            Self::Aes128(cipher) => ecb(cipher.as_ref(), bytes),
            Self::Aes192(cipher) => ecb(cipher.as_ref(), bytes),
            Self::Aes256(cipher) => ecb(cipher.as_ref(), bytes),
        }
    }

    /// Decrypts whole blocks that are chained from `vector` on, which is fitted to a block.
    pub(super) fn decrypt_cbc(&self, vector: &[u8], bytes: &mut [u8]) -> Result<(), Error> {
        match self {
            Self::Aes128(cipher) => cbc(cipher.as_ref(), vector, bytes),
            Self::Aes192(cipher) => cbc(cipher.as_ref(), vector, bytes),
            Self::Aes256(cipher) => cbc(cipher.as_ref(), vector, bytes),
        }
    }
}

fn ecb<C: BlockCipherDecrypt<BlockSize = U16>>(cipher: &C, bytes: &mut [u8]) -> Result<(), Error> {
    cipher.decrypt_blocks(blocks(bytes)?);
    Ok(())
}

fn cbc<C>(cipher: &C, vector: &[u8], bytes: &mut [u8]) -> Result<(), Error>
where
    C: BlockCipherDecrypt + BlockSizeUser<BlockSize = U16> + Clone,
{
    let vector = fitted(vector, BLOCK);
    let decryptor = cbc::Decryptor::inner_iv_slice_init(cipher.clone(), &vector);
    let mut decryptor = decryptor.map_err(|_| Error::Internal("AES vector"))?;
    decryptor.decrypt_blocks(blocks(bytes)?);
    Ok(())
}

fn blocks(bytes: &mut [u8]) -> Result<&mut [Array<u8, U16>], Error> {
    match Array::slice_as_chunks_mut(bytes) {
        (blocks, []) => Ok(blocks),
        _ => Err(malformed("length of encrypted bytes", 0)),
    }
}

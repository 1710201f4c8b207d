use std::borrow::Cow;

use super::{DEFLATED, DosTime, Name, STORED, crypt, directory::Entry, extra, name};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::codec::{
        flate::{self, Wrapper},
        repack::{self, Unpacked},
    },
};

/// One member, as the central directory describes it.
#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    /// The name as it stands; [`Member::name`] decodes it.
    pub(crate) raw_name: &'a [u8],
    /// True when the name is flagged as UTF-8.
    pub(crate) utf8: bool,
    /// The name that Info-ZIP's extra field gives, if it is there.
    pub(crate) unicode_path: Option<UnicodePath<'a>>,
    pub(crate) kind: MemberKind,
    /// Declared bytes, unpacked. A claim until [`Member::read`] returns.
    pub(crate) size: u64,
    /// Bytes in the archive.
    pub(crate) packed_size: u64,
    /// The compression method; 99 for WinZip AES, whose own field names the real one.
    pub(crate) method: u16,
    /// Of the plain bytes; 0 where WinZip AES authenticates them instead.
    pub(crate) crc32: u32,
    pub(crate) modified: DosTime,
    pub(crate) encryption: Encryption,
    /// Of the local header, in bytes from the start of the file.
    pub(crate) offset: u64,
    pub(super) streamed: bool,
    pub(super) aes_method: Option<u16>,
    pub(super) body: Option<&'a [u8]>,
}

/// What a member is in the file system it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberKind {
    File,
    Directory,
    /// A symbolic link, junction or hard link.
    Symlink,
    /// A device, pipe or socket.
    Other,
}

/// A second name in an extra field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnicodePath<'a> {
    /// Made for the name in the header, which its checksum proves.
    Valid(&'a str),
    /// For another name, of an unknown version, not UTF-8, or given twice.
    Broken,
}

/// How a member's bytes are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encryption {
    None,
    /// The cipher of PKZIP 2.0.
    ZipCrypto,
    /// WinZip AES.
    Aes(AesStrength),
    /// PKWARE strong encryption, or a scheme nobody knows.
    Strong,
}

/// Key sizes of WinZip AES.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AesStrength {
    Aes128,
    Aes192,
    Aes256,
}

impl<'a> Member<'a> {
    /// The plain bytes: of the declared size, with the declared checksum, or an error. Stored bytes are
    /// borrowed from the archive.
    pub(crate) fn read(&self, passwords: &[Vec<u8>], budget: &Budget) -> Result<Cow<'a, [u8]>, Error> {
        budget.check()?;
        let body = self.body.ok_or_else(|| malformed("member outside the archive", self.offset))?;
        match self.encryption {
            Encryption::None => self.unpack(Cow::Borrowed(body), self.method, Checked::ByCrc, budget),
            Encryption::Strong => Err(Error::Encrypted),
            Encryption::ZipCrypto => self.first_that_opens(passwords, budget, |password| {
                let checks = [self.crc32.to_be_bytes(), u32::from(self.modified.time()).to_be_bytes()];
                let check = if self.streamed { [checks[0][0], checks[1][2]] } else { [checks[0][0]; 2] };
                let plain = crypt::open_zip_crypto(body, password, check, budget)?;
                self.unpack(Cow::Owned(plain), self.method, Checked::ByCrc, budget)
            }),
            Encryption::Aes(strength) => self.first_that_opens(passwords, budget, |password| {
                let plain = crypt::open_aes(body, password, strength, budget)?;
                // AE-2 leaves the checksum out, because it would tell of the plain bytes.
                let checked = if self.crc32 == 0 { Checked::Already } else { Checked::ByCrc };
                self.unpack(Cow::Owned(plain), self.aes_method.unwrap_or(self.method), checked, budget)
            }),
        }
    }

    /// The decoded name, and what it was decoded from. The extra field's name is not used: only some
    /// readers look at it.
    pub(crate) fn name(&self) -> Name {
        name::decode(self.raw_name, self.utf8)
    }

    /// True when the bytes are encrypted in any way.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.encryption != Encryption::None
    }

    /// As [`Member::read`], for what is to be packed again. Of what is encrypted there are no symbols.
    pub(crate) fn read_with_symbols(
        &self,
        passwords: &[Vec<u8>],
        budget: &Budget,
    ) -> Result<Unpacked<'a>, Error> {
        let is_deflated = self.encryption == Encryption::None && self.method == DEFLATED;
        let Some(body) = self.body.filter(|_| is_deflated) else {
            return self.read(passwords, budget).map(Unpacked::from);
        };
        budget.check()?;
        self.check_ratio(body)?;
        let unpacked =
            repack::inflate_exact(body, self.size, budget).map_err(|error| self.at_member(error))?;
        self.check_crc(&unpacked.plain)?;
        Ok(unpacked)
    }

    fn first_that_opens(
        &self,
        passwords: &[Vec<u8>],
        budget: &Budget,
        open: impl Fn(&[u8]) -> Result<Cow<'a, [u8]>, Error>,
    ) -> Result<Cow<'a, [u8]>, Error> {
        for password in passwords {
            budget.objects(1)?;
            match open(password) {
                // The check in front of the bytes is one byte of ZipCrypto and two of AES: a wrong
                // password passes it now and then, and shows in what comes out.
                Err(Error::Encrypted | Error::Malformed { .. }) => (),
                opened => return opened,
            }
        }
        Err(Error::Encrypted)
    }

    fn unpack(
        &self,
        packed: Cow<'a, [u8]>,
        method: u16,
        checked: Checked,
        budget: &Budget,
    ) -> Result<Cow<'a, [u8]>, Error> {
        let plain = match method {
            STORED if packed.len() as u64 == self.size => packed,
            STORED => return Err(malformed("size of a stored member", self.offset)),
            DEFLATED => {
                self.check_ratio(&packed)?;
                let plain = flate::inflate_exact(&packed, self.size, Wrapper::None, budget);
                Cow::Owned(plain.map_err(|error| self.at_member(error))?)
            }
            _ => return Err(Error::Unsupported(method_name(method))),
        };
        if checked == Checked::ByCrc {
            self.check_crc(&plain)?;
        }
        Ok(plain)
    }

    /// A byte of Deflate stands for at most 258 in two bits: who declares more than that lies, and is not worth the
    /// buffer.
    fn check_ratio(&self, packed: &[u8]) -> Result<(), Error> {
        match self.size / 1_032 > packed.len() as u64 {
            true => Err(malformed("size of a deflated member", self.offset)),
            false => Ok(()),
        }
    }

    fn check_crc(&self, plain: &[u8]) -> Result<(), Error> {
        match crc32fast::hash(plain) == self.crc32 {
            true => Ok(()),
            false => Err(malformed("CRC-32 of a member", self.offset)),
        }
    }

    /// Errors inside the bytes name the member's place in the archive.
    fn at_member(&self, error: Error) -> Error {
        match error {
            Error::Malformed { what, .. } => malformed(what, self.offset),
            other => other,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Checked {
    ByCrc,
    Already,
}

/// Methods by their names in APPNOTE 4.4.5, for whoever reads why a member was not taken.
fn method_name(method: u16) -> &'static str {
    match method {
        1 => "compression by Shrink",
        2..=5 => "compression by Reduce",
        6 => "compression by Implode",
        9 => "compression by Deflate64",
        10 | 18 => "compression by IBM TERSE",
        12 => "compression by bzip2",
        14 => "compression by LZMA",
        19 => "compression by IBM LZ77",
        20 | 93 => "compression by Zstandard",
        94 => "compression by MP3",
        95 => "compression by XZ",
        96 => "compression as JPEG",
        97 => "compression by WavPack",
        98 => "compression by PPMd",
        _ => "an unknown compression method",
    }
}

pub(super) fn unicode_path<'a>(extra: &'a [u8], raw_name: &[u8]) -> Option<UnicodePath<'a>> {
    let mut fields = extra::fields(extra).filter(|(id, _)| *id == extra::UNICODE_PATH);
    let (_, body) = fields.next()?;
    let valid = || {
        let mut reader = Reader::new(body);
        let version = reader.u8("version").ok()?;
        let crc = reader.u32_le("CRC-32 of the name").ok()?;
        let text = std::str::from_utf8(reader.rest()).ok()?;
        (version == 1 && crc == crc32fast::hash(raw_name)).then_some(UnicodePath::Valid(text))
    };
    let only = fields.next().is_none();
    Some(valid().filter(|_| only).unwrap_or(UnicodePath::Broken))
}

/// What the attributes, and the extra fields that carry links, say. Unix modes are believed from any host:
/// so do programs that extract.
pub(super) fn kind(entry: &Entry<'_>) -> MemberKind {
    const FORMAT: u32 = 0o170_000;
    const UNIX_HOSTS: [u16; 2] = [3, 19];
    const DOS_DIRECTORY: u32 = 0x10;
    const REPARSE_POINT: u32 = 0x400;
    let mode = entry.attributes >> 16 & FORMAT;
    let is_unix = UNIX_HOSTS.contains(&(entry.made_by >> 8));
    let links = extra::fields(entry.extra).any(|(id, body)| match id {
        extra::PKWARE_UNIX => body.len() > 12,
        extra::ASI_UNIX => body.get(5).is_some_and(|high| high >> 4 == 0o12),
        _ => false,
    });
    if mode == 0o120_000 || links || (!is_unix && entry.attributes & REPARSE_POINT != 0) {
        MemberKind::Symlink
    } else if entry.name.ends_with(b"/") || mode == 0o040_000 || entry.attributes & DOS_DIRECTORY != 0 {
        MemberKind::Directory
    } else if is_unix && !matches!(mode, 0 | 0o100_000 | 0o010_000) {
        // A pipe is what Info-ZIP calls a file that it read from its standard input.
        MemberKind::Other
    } else {
        MemberKind::File
    }
}

pub(super) fn encryption(entry: &Entry<'_>) -> Encryption {
    const STRONG: u16 = 1 << 6 | 1 << 13;
    match aes(entry.extra) {
        _ if entry.flags & STRONG != 0 => Encryption::Strong,
        Some(aes) if entry.method == METHOD_AES => aes.strength.map_or(Encryption::Strong, Encryption::Aes),
        None if entry.method == METHOD_AES => Encryption::Strong,
        _ if entry.flags & 1 != 0 => Encryption::ZipCrypto,
        _ => Encryption::None,
    }
}

/// The method that says the real one stands in the AES field.
const METHOD_AES: u16 = 99;

pub(super) struct Aes {
    strength: Option<AesStrength>,
    pub(super) method: u16,
}

/// The extra field of WinZip AES: version, vendor `AE`, strength, method.
pub(super) fn aes(extra: &[u8]) -> Option<Aes> {
    let (_, body) = extra::fields(extra).find(|(id, _)| *id == extra::AES)?;
    let mut reader = Reader::new(body);
    reader.skip(4, "version and vendor").ok()?;
    let strength = match reader.u8("strength").ok()? {
        1 => Some(AesStrength::Aes128),
        2 => Some(AesStrength::Aes192),
        3 => Some(AesStrength::Aes256),
        _ => None,
    };
    Some(Aes { strength, method: reader.u16_le("method").ok()? })
}

use std::{borrow::Cow, collections::BTreeMap};

use super::{ContentTypes, part_name};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::{
        archive::zip::{Anomaly, Archive, Encryption, Member, MemberKind},
        codec::repack::Unpacked,
    },
};

/// A ZIP read as an OPC package: every file member under its part key, nothing read yet but the directory
/// and the content types.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    parts: BTreeMap<String, Part<'a>>,
    pub(crate) types: ContentTypes,
    /// What the archive's own structure had besides members.
    pub(crate) anomalies: Vec<Anomaly>,
    /// Two members have one key.
    pub(crate) collision: Option<u64>,
    /// Two members have the very same name.
    pub(crate) duplicate: Option<u64>,
    /// A member is a piece of an interleaved part.
    pub(crate) piece: Option<u64>,
    /// Members that no part name can be made of, with where they stand.
    pub(crate) unnamed: Vec<(String, u64)>,
}

/// One member.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    /// The name as written.
    pub(crate) name: String,
    member: Member<'a>,
}

/// The key of the part that says what the others are.
pub(crate) const CONTENT_TYPES: &str = "[content_types].xml";

impl<'a> Package<'a> {
    /// Reads the archive's directory and the content types.
    pub(crate) fn read(input: &'a [u8], budget: &Budget) -> Result<Self, Error> {
        let Archive { members, anomalies, .. } = Archive::read(input, budget)?;
        let mut package = Self {
            parts: BTreeMap::new(),
            types: ContentTypes::default(),
            anomalies,
            collision: None,
            duplicate: None,
            piece: None,
            unnamed: Vec::new(),
        };
        for member in members {
            package.insert(member)?;
        }
        let types =
            package.bytes(CONTENT_TYPES, budget)?.ok_or_else(|| malformed("[Content_Types].xml", 0))?;
        package.types = ContentTypes::read(&types, budget)?;
        Ok(package)
    }

    fn insert(&mut self, member: Member<'a>) -> Result<(), Error> {
        let name = member.name().text.clone();
        let offset = member.offset;
        if member.encryption != Encryption::None {
            return Err(Error::Encrypted);
        }
        match member.kind {
            MemberKind::Directory => return Ok(()),
            MemberKind::File => {}
            _ => {
                self.unnamed.push((name, offset));
                return Ok(());
            }
        }
        let Some(key) = part_name::key(&name) else {
            self.unnamed.push((name, offset));
            return Ok(());
        };
        if key.ends_with(".piece") && key.contains("/[") {
            self.piece = self.piece.or(Some(offset));
        }
        if let Some(earlier) = self.parts.get(&key) {
            let slot = if earlier.name == name { &mut self.duplicate } else { &mut self.collision };
            *slot = slot.or(Some(offset));
            return Ok(());
        }
        self.parts.insert(key, Part { name, member });
        Ok(())
    }

    /// True when there is a part with `key`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.parts.contains_key(key)
    }

    /// The name of the part with `key`, as written.
    pub(crate) fn name(&self, key: &str) -> Option<&str> {
        self.parts.get(key).map(|part| part.name.as_str())
    }

    /// How many bytes the part with `key` says it has.
    pub(crate) fn size(&self, key: &str) -> u64 {
        self.parts.get(key).map_or(0, |part| part.member.size)
    }

    /// The bytes of the part with `key`, inflated and checked; `None` when there is no such part.
    pub(crate) fn bytes(&self, key: &str, budget: &Budget) -> Result<Option<Cow<'a, [u8]>>, Error> {
        self.parts.get(key).map(|part| part.member.read(&[], budget)).transpose()
    }

    /// As [`Package::bytes`], for a part that is to be packed again.
    pub(crate) fn unpacked(&self, key: &str, budget: &Budget) -> Result<Option<Unpacked<'a>>, Error> {
        self.parts.get(key).map(|part| part.member.read_with_symbols(&[], budget)).transpose()
    }

    /// Keys and names of all parts but the content types, in the order of their keys.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, &Part<'a>)> {
        self.parts.iter().filter(|(key, _)| *key != CONTENT_TYPES).map(|(key, part)| (key.as_str(), part))
    }
}

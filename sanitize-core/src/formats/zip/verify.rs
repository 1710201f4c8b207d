//! Reads a written archive with eyes of its own: the toolkit's strict reader for the layout, and here what
//! names and members of this format may be.

use std::collections::BTreeSet;

use super::{name, types};
use crate::{
    budget::Budget,
    engine::name as file_name,
    error::{Error, malformed},
    format::{self, Format},
    toolkits::archive::zip::{WrittenMember, verify_archive},
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut keys = BTreeSet::new();
    let mut files = Vec::new();
    verify_archive(output, budget, |member| {
        let path = member.name.trim_end_matches('/');
        let reserved = ['<', '>', ':', '"', '|', '?', '*'];
        let is_portable = path.split('/').all(|segment| !segment.ends_with(['.', ' ']))
            && !path.contains(reserved)
            && path.chars().count() <= 256;
        if !is_portable || types::PACKAGE_PARTS.contains(&path) || !keys.insert(name::key(path)) {
            return Err(malformed("name of a written member", 0));
        }
        if !member.is_directory() {
            files.push(*member);
        }
        Ok(())
    })?;
    budget.each(&files, |file| file.size, |file| content(file, budget))
}

/// Nothing of which a name or its first bytes say that it acts.
fn content(file: &WrittenMember<'_>, budget: &Budget) -> Result<(), Error> {
    let acts = types::dangerous_extension(file_name::extension(file.name)).is_some() && file.size > 0;
    // Under the name of a text nothing runs it.
    let is_text = Format::by_extension(file_name::extension(file.name)) == Some(format::TXT);
    let mut is_start = true;
    file.windows(budget, |window| {
        let is_program = [&b"\x7fELF"[..], b"L\0\0\0\x01\x14\x02\0", b"ITSF"]
            .iter()
            .any(|magic| window.starts_with(magic));
        if acts || is_start && (is_program || window.starts_with(b"#!") && !is_text) {
            return Err(malformed("a written member that acts", 0));
        }
        is_start = false;
        Ok(())
    })
}

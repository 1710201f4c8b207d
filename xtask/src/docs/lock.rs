//! `docs/threats.lock`: every threat id ever issued, in the order of issue. Only grows.
//!
//! Its last line counts the ids and seals them with a checksum, so that one taken out by mistake, or by a
//! merge, is noticed. After a merge conflict: keep one side whole, then run `cargo xtask docs`, which appends
//! what the code has beside it.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

const HEAD: &str = "# Every threat id ever issued. Append-only: `cargo xtask docs` adds, nothing removes.\n";

/// `committed` with the ids of the code that it lacks. Fails when an id has gone from it.
pub fn extended(committed: &str) -> Result<String, String> {
    let mut ids = ids(committed)?;
    let known: BTreeSet<String> = ids.iter().cloned().collect();
    ids.extend(
        sanitize_core::threats().iter().map(|threat| threat.id.to_owned()).filter(|id| !known.contains(id)),
    );
    Ok(written(&ids))
}

/// The ids in a lock whose seal is whole. An empty text is a lock without ids.
fn ids(lock: &str) -> Result<Vec<String>, String> {
    if lock.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> =
        lock.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect();
    if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
        return Err("threats.lock: an id stands there twice".to_owned());
    }
    match written(&ids) == lock {
        true => Ok(ids),
        false => Err("threats.lock: its seal does not fit; an id was changed or has gone".to_owned()),
    }
}

fn written(ids: &[String]) -> String {
    let list: String = ids.iter().map(|id| format!("{id}\n")).collect();
    let seal: String = Sha256::digest(list.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{HEAD}{list}# {} ids, sha256 {seal}\n", ids.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn committed() -> String {
        std::fs::read_to_string(crate::root().join("docs/threats.lock")).unwrap()
    }

    #[test]
    fn the_committed_lock_has_every_id_of_the_code() {
        let lock: BTreeSet<_> = ids(&committed()).unwrap().into_iter().collect();
        let missing: Vec<_> = sanitize_core::threats()
            .iter()
            .map(|threat| threat.id)
            .filter(|id| !lock.contains(*id))
            .collect();
        assert!(missing.is_empty(), "run `cargo xtask docs`: {missing:?}");
    }

    #[test]
    fn an_id_that_goes_is_noticed() {
        let lock = committed();
        let id = ids(&lock).unwrap().remove(0);
        assert!(ids(&lock.replace(&format!("{id}\n"), "")).is_err());
        assert!(ids(&lock.replace(&id, "file.another")).is_err());
    }

    #[test]
    fn an_id_the_code_no_longer_has_stays() {
        let lock = written(&["old.one".to_owned()]);
        let extended = extended(&lock).unwrap();
        assert!(ids(&extended).unwrap().first().is_some_and(|id| id == "old.one"));
        assert!(ids(&extended).unwrap().len() > 1);
    }
}

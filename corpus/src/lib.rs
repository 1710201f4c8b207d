//! Generators of harmless sample files: at least one for each threat of the catalogue, and benign twins.
//!
//! A sample plants what its threat describes, with the marker `CDRKILL-<id>` in it and the marker
//! `CDRKEEP-<id>` in what must stay. Every address leads to `<id>.kill.example.invalid`, which no resolver knows;
//! nothing here does anything. The same call always gives the same bytes.

pub mod archives;
pub mod bench;
pub mod compound;
pub mod encryption;
pub mod file;
pub mod fuzz;
pub mod images;
pub mod japanese;
pub mod mail;
pub mod markers;
pub mod markup;
pub mod metafiles;
pub mod office;
pub mod pages;
pub mod pdf;
pub mod pictures;
mod sample;
pub mod texts;
pub mod tryout;
pub mod zip;

pub use sample::{Expect, Index, KillMarker, Make, Marks, Sample};

/// Every sample, in the order of the areas.
pub fn samples() -> Vec<Sample> {
    let mut index = Index::default();
    file::samples(&mut index);
    office::samples(&mut index);
    archives::samples(&mut index);
    texts::samples(&mut index);
    pdf::samples(&mut index);
    images::samples(&mut index);
    markup::samples(&mut index);
    metafiles::samples(&mut index);
    pages::samples(&mut index);
    mail::samples(&mut index);
    index.into_samples()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_sample_has_a_name_of_its_own() {
        let samples = samples();
        let names: BTreeSet<String> = samples.iter().map(Sample::name).collect();
        assert_eq!(names.len(), samples.len());
    }

    #[test]
    fn a_sample_is_the_same_each_time() {
        for sample in samples() {
            assert!(sample.bytes() == sample.bytes(), "{}", sample.name());
        }
    }
}

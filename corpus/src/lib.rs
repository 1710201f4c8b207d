//! Generators of harmless sample files: at least one for each threat of the catalogue, and benign twins.

pub mod pictures;

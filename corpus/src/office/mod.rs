//! Office Open XML files: packages built from parts, and the samples of the areas `opc`, `ooxml`, `docx`, `xlsx`
//! and `pptx`.

pub mod archive;
pub mod docx;
mod evasions;
pub mod media;
mod ooxml;
mod opc;
pub mod package;
pub mod pptx;
pub mod xlsx;

use crate::{
    compound::{Compound, class_id},
    sample::Index,
};

/// An OLE object of an unknown class with the marker in its contents.
pub fn compound_object(kill: &str) -> Vec<u8> {
    compound_object_of("0002CE02-0000-0000-C000-000000000046", kill)
}

/// An OLE object of a class.
pub fn compound_object_of(class: &str, kill: &str) -> Vec<u8> {
    Compound::new().class(class_id(class)).stream("CONTENTS", kill.as_bytes()).bytes()
}

/// The samples of all Office areas.
pub fn samples(index: &mut Index) {
    opc::samples(index);
    ooxml::samples(index);
    docx::samples(index);
    xlsx::samples(index);
    pptx::samples(index);
    evasions::samples(index);
}

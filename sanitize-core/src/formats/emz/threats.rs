//! What a compressed metafile is.

use crate::report::{ContentKind::Reencoding, Severity::Low, Threat};

pub(crate) static COMPRESSED: Threat =
    Threat::new("emf.compressed-emz-wmz", Reencoding, Low, "a compressed metafile, written as it is");

pub(crate) static ALL: &[&Threat] = &[&COMPRESSED];

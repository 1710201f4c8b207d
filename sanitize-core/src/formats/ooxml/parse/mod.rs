//! A package as it is there: members by part name, content types, relationships. Form only, no judgement.

pub(super) mod content_types;
pub(super) mod package;
pub(super) mod part_name;
pub(super) mod relationships;
pub(super) mod unread;

pub(super) use content_types::ContentTypes;
pub(super) use package::{CONTENT_TYPES, Package};
pub(super) use relationships::{Relationship, TargetMode};
pub(super) use unread::Unread;

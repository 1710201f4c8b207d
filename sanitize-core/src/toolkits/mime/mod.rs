//! Mail as RFC 5322 and MIME have it: header blocks, the tree of entities, and the encodings around text.
//!
//! [`tree::parse`] reads a message into a flat list of entities, each with what is odd about its form;
//! [`field`], [`word`], [`address`] and [`date`] read header values, and [`fold`] writes them again.
//! [`mailbox`] tells where mails begin. [`transfer`] undoes and applies the transfer encodings. Nothing here decides what may stay.

pub(crate) mod address;
pub(crate) mod date;
pub(crate) mod field;
pub(crate) mod fold;
pub(crate) mod header;
pub(crate) mod mailbox;
pub(crate) mod transfer;
pub(crate) mod tree;
pub(crate) mod word;

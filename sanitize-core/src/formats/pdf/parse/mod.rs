//! Bytes to objects: what is there, tolerantly and in bounded time, without judgement.

pub(crate) mod crypt;
pub(crate) mod document;
pub(crate) mod filter;
pub(crate) mod gaps;
pub(crate) mod lex;
pub(crate) mod object;
mod peek;
pub(crate) mod places;
pub(crate) mod scan;
pub(crate) mod source;
pub(crate) mod syntax;
pub(crate) mod xref;

//! Harmless sample files, made and never collected: nothing here was ever part of an attack.
//!
//! What stands for something active is text that says so, and every address ends in `example.invalid`, which
//! by RFC 2606 can never be reached.

pub mod tryout;
pub mod zip;

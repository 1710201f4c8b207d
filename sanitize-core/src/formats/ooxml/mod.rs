//! Office Open XML: what stands inside text and attributes that a program would act on.
//!
//! - `field`: field instructions of Word, over runs, and the plan that keeps or flattens each field.
//! - `formula`: formulas of Excel.
//! - `action`: actions of PowerPoint.
//!
//! All three answer with threat ids and know neither XML nor the policy.

mod action;
mod field;
mod formula;

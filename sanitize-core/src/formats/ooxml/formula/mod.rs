//! Formulas of Excel.

use crate::toolkits::charset::Document;

/// A table in which nothing is hidden and no cell starts a formula, unless the policy keeps them.
pub(super) struct Model<'a>(pub(super) Document<'a>);

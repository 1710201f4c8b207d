use crate::toolkits::charset::Document;

/// A text in which nothing is hidden.
pub(super) struct Model<'a>(pub(super) Document<'a>);

//! Bytes to trees and back, mechanism only: toolkits know no policy, no findings and no formats.

pub(crate) mod archive;
pub(crate) mod codec;
#[cfg_attr(not(test), expect(dead_code, reason = "the formats that hold links are merged one by one"))]
pub(crate) mod link;
pub(crate) mod markup;

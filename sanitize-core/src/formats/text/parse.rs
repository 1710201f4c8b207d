use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::charset::Document,
};

pub(super) fn parse<'a>(input: &'a [u8], budget: &Budget) -> Result<Document<'a>, Error> {
    Document::decode(input, budget)?.ok_or_else(|| malformed("text encoding", 0))
}

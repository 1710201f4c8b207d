//! The tree in a mail.

pub(super) use crate::toolkits::mime::mailbox::{Likeness, holds_more, likeness, postmark};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::mime::tree::{self, Message},
};

pub(super) fn parse<'a>(bytes: &'a [u8], budget: &Budget) -> Result<Message<'a>, Error> {
    tree::parse(bytes, budget)
}

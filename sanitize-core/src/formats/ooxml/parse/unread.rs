use crate::toolkits::markup::xml::{Token, Tokenizer, split};

/// What a part of the package's own structure says that nobody reads, and where it stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unread {
    /// An attribute that the specification does not know.
    pub(crate) attribute: Option<u64>,
    /// A comment, an instruction, or characters between tags.
    pub(crate) remark: Option<u64>,
}

impl Unread {
    /// Looks at the token that was read last, of a text that starts at `base` and whose tags have the attributes
    /// `read`.
    pub(crate) fn look(
        &mut self,
        token: &Token<'_>,
        tokenizer: &Tokenizer<'_, '_>,
        base: u64,
        read: &[&[u8]],
    ) {
        let offset = base + tokenizer.span().0 as u64;
        let is_remark = match token {
            Token::Comment | Token::Instruction => true,
            Token::Text { blank, .. } => !blank,
            Token::CData(text) => !text.trim().is_empty(),
            Token::Start { .. } | Token::End { .. } => false,
        };
        if is_remark {
            self.remark = self.remark.or(Some(offset));
        }
        let declares = |name: &[u8]| name == b"xmlns" || split(name).0 == b"xmlns";
        if matches!(token, Token::Start { .. })
            && tokenizer.attributes().iter().any(|known| !read.contains(&known.name) && !declares(known.name))
        {
            self.attribute = self.attribute.or(Some(offset));
        }
    }
}

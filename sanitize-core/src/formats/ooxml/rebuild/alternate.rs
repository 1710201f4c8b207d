//! Markup compatibility (ECMA-376 Part 3): alternate content and the attributes that announce extensions.
//!
//! A branch whose namespaces the allow-lists do not know is left out; the others are rebuilt, all of them,
//! because each reader shows another one. Where no choice is left, the fallback stands alone.

use super::filter::{Fate, Filter, Frame, Role};
use crate::{
    error::{Error, malformed},
    formats::ooxml::threats,
    toolkits::markup::xml::{Attribute, escape},
};

/// A part of alternate content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Branch {
    /// `mc:AlternateContent`; its tag is written with the first branch that stays.
    Alternate {
        /// The tag is written.
        written: bool,
    },
    /// `mc:Choice`. `first` says that its parent's tag was written for it.
    Choice { first: bool },
    /// `mc:Fallback`.
    Fallback,
}

impl<'a> Filter<'a, '_, '_> {
    /// An element of the compatibility namespace.
    pub(super) fn branch(
        &mut self,
        name: &'a [u8],
        local: &[u8],
        empty: bool,
        canonical: bool,
    ) -> Result<(), Error> {
        let Some(parent) = self.frames.last() else { return Err(malformed("root element", self.offset())) };
        let (class, role) = (parent.class, parent.role);
        match (local, role) {
            (b"AlternateContent", _) if !matches!(role, Role::Branch(Branch::Alternate { .. })) => {
                if empty {
                    self.output.omit(self.tokenizer.span());
                    return Ok(());
                }
                let mark = Some(self.output.mark(self.tokenizer.span().0));
                self.judge_branch_attributes(b"")?;
                let mut tag = Vec::new();
                super::filter::write_tag(&mut tag, name, &self.attributes, &self.fates, false);
                self.alternates.push(tag);
                self.output.omit(self.tokenizer.span());
                self.push(class, Branch::Alternate { written: false }, mark);
                Ok(())
            }
            (b"Choice", Role::Branch(Branch::Alternate { written })) => {
                if empty || !self.requires_known()? {
                    return self.leave(empty, &threats::OPC_MCE_ALTERNATE_BRANCHES, name);
                }
                let mark = Some(self.output.mark(self.tokenizer.span().0));
                self.judge_branch_attributes(b"Requires")?;
                if !written {
                    self.open_alternate();
                }
                self.write_start(name, empty, canonical);
                self.push(class, Branch::Choice { first: !written }, mark);
                Ok(())
            }
            (b"Fallback", Role::Branch(Branch::Alternate { written })) => {
                if empty || !written {
                    // Without a choice the fallback is simply the content.
                    self.output.omit(self.tokenizer.span());
                    if !empty {
                        self.push(class, Branch::Fallback, None);
                        self.set_role(Role::Unwrapped);
                    }
                    return Ok(());
                }
                self.judge_branch_attributes(b"")?;
                self.write_start(name, empty, canonical);
                self.push(class, Branch::Fallback, None);
                Ok(())
            }
            _ => self.leave(empty, &threats::OPC_MCE_ALTERNATE_BRANCHES, name),
        }
    }

    fn push(
        &mut self,
        class: crate::formats::ooxml::allow::Class,
        branch: Branch,
        mark: Option<super::output::Mark>,
    ) {
        self.frames.push(Frame::new(class, Role::Branch(branch), mark));
    }

    fn set_role(&mut self, role: Role) {
        if let Some(frame) = self.frames.last_mut() {
            frame.role = role;
        }
    }

    /// Writes the tag of the enclosing alternate content.
    fn open_alternate(&mut self) {
        let start = self.tokenizer.span().0;
        let Self { output, alternates, .. } = self;
        output.replace((start, start), |written| {
            written.extend_from_slice(alternates.last().map(Vec::as_slice).unwrap_or_default());
        });
        if let Some(frame) = self.frames.last_mut() {
            frame.role = Role::Branch(Branch::Alternate { written: true });
        }
    }

    /// The end of a branch, or of the alternate content itself.
    pub(super) fn close_branch(
        &mut self,
        branch: Branch,
        frame: &Frame,
        name: &'a [u8],
        canonical: bool,
    ) -> Result<(), Error> {
        let span = self.tokenizer.span();
        if matches!(branch, Branch::Alternate { .. }) {
            self.alternates.pop();
        }
        match (branch, frame.mark) {
            (Branch::Choice { first }, Some(mark)) if !frame.stands => {
                // Nothing of it may be written: a reader that takes it would show nothing.
                self.output.roll_back(mark, span.1);
                if let (true, Some(parent)) = (first, self.frames.last_mut()) {
                    parent.role = Role::Branch(Branch::Alternate { written: false });
                }
            }
            (Branch::Alternate { .. }, Some(mark)) if !frame.stands => self.output.roll_back(mark, span.1),
            (Branch::Alternate { written: false }, _) => self.output.omit(span),
            _ if !canonical => self.write_end(name),
            _ => {}
        }
        if let Some(parent) = self.frames.last_mut() {
            // Whether the outer element has what it is there for is another question than whether a branch is empty.
            parent.kept = parent.kept.saturating_add(frame.kept);
            parent.stands |= frame.stands;
        }
        Ok(())
    }

    /// True when every namespace the branch requires is one the allow-lists write.
    fn requires_known(&mut self) -> Result<bool, Error> {
        let Some(requires) = self.attributes.iter().find(|attribute| attribute.name == b"Requires").copied()
        else {
            return Ok(false);
        };
        let prefixes = escape::decode(requires.raw, escape::Within::Attribute, requires.offset as u64)?;
        for prefix in prefixes.split_ascii_whitespace() {
            let known = self.namespaces.resolve(prefix.as_bytes()).flatten();
            if known.is_none_or(|namespace| namespace.dropped().is_some()) {
                return Ok(false);
            }
        }
        Ok(!prefixes.trim().is_empty())
    }

    /// A branch has no attributes but the one named and namespace declarations.
    fn judge_branch_attributes(&mut self, allowed: &[u8]) -> Result<(), Error> {
        let fates = self
            .attributes
            .iter()
            .map(|attribute| match attribute.name {
                name if name == allowed => Ok(Fate::Keep),
                name if name.starts_with(b"xmlns") => self.declaration(attribute),
                _ => Ok(Fate::Leave),
            })
            .collect::<Result<Vec<_>, Error>>()?;
        self.fates = fates;
        Ok(())
    }

    /// What becomes of a namespace declaration.
    pub(super) fn declaration(&self, attribute: &Attribute<'a>) -> Result<Fate, Error> {
        let prefix = match attribute.name.get(5..).unwrap_or_default() {
            [] => &[],
            [b':', prefix @ ..] => prefix,
            _ => return Ok(Fate::Leave),
        };
        let known = self.namespaces.resolve(prefix).flatten();
        Ok(if known.is_some() { Fate::Keep } else { Fate::Leave })
    }

    /// What becomes of an attribute of the compatibility namespace itself.
    pub(super) fn compatibility(&mut self, attribute: &Attribute<'a>) -> Result<Fate, Error> {
        let (_, local) = attribute.split();
        let prefixes = escape::decode(attribute.raw, escape::Within::Attribute, attribute.offset as u64)?;
        let is_known = |prefix: &&str| self.namespaces.resolve(prefix.as_bytes()).flatten().is_some();
        match local {
            b"Ignorable" => {
                let kept: Vec<&str> = prefixes.split_ascii_whitespace().filter(is_known).collect();
                let kept = kept.join(" ");
                Ok(if kept == attribute.raw {
                    Fate::Keep
                } else if kept.is_empty() {
                    Fate::Leave
                } else {
                    Fate::Replace(kept)
                })
            }
            b"MustUnderstand" if !prefixes.split_ascii_whitespace().all(|prefix| is_known(&prefix)) => {
                Err(self.ctx.refuse(&threats::OPC_MCE_ALTERNATE_BRANCHES, attribute.offset as u64))
            }
            _ => {
                self.removed(
                    &threats::OPC_MCE_IGNORABLE_NAMESPACE,
                    Some(super::filter::detail(attribute.name)),
                )?;
                Ok(Fate::Leave)
            }
        }
    }
}

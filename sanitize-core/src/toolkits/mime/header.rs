use crate::{budget::Budget, error::Error};

/// One header as it stands: RFC 5322, 2.2.
#[derive(Clone, Debug)]
pub(crate) struct Header<'a> {
    /// Printable ASCII without colon.
    pub(crate) name: &'a str,
    /// Behind the colon, folds and all.
    pub(crate) value: &'a [u8],
    /// Of the name, from the start of the message.
    pub(crate) offset: usize,
}

impl Header<'_> {
    /// True when this is the header `name`.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value on one line: folds undone (RFC 5322, 2.2.3), nothing at its ends.
    pub(crate) fn unfolded(&self) -> Vec<u8> {
        let line = self.value.iter().filter(|byte| !matches!(byte, b'\r' | b'\n')).copied();
        line.collect::<Vec<u8>>().trim_ascii().to_vec()
    }
}

/// What programs that read mail disagree about in a header block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A line without a colon: some end the block there, some skip it.
    NoColon,
    /// White space between a name and its colon.
    SpaceBeforeColon,
    /// A name of other than printable ASCII.
    BadName,
    /// A zero byte.
    Nul,
    /// A carriage return that ends no line, or ends one twice.
    BareCr,
    /// A block that begins with an empty line or with a continued one.
    BadStart,
    /// A continued line of white space alone, which some take for the end of the block.
    BlankFold,
    /// The same inside of a header that goes on behind it, as RFC 5322, 4.2 has it.
    ObsoleteFold,
}

/// The headers of a message or part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block<'a> {
    pub(crate) headers: Vec<Header<'a>>,
    /// With offsets from the start of the message.
    pub(crate) faults: Vec<(Fault, usize)>,
    /// Where the body begins.
    pub(crate) end: usize,
    /// The block is followed by an empty line.
    pub(crate) is_closed: bool,
}

impl<'a> Block<'a> {
    /// Every header of this name, in order.
    pub(crate) fn all(&self, name: &'static str) -> impl Iterator<Item = &Header<'a>> {
        self.headers.iter().filter(move |header| header.is(name))
    }

    /// The first header of this name.
    pub(crate) fn first(&self, name: &'static str) -> Option<&Header<'a>> {
        self.all(name).next()
    }
}

/// Reads the block that begins at `start` of `message`, and ends before `end` at the latest.
pub(crate) fn read<'a>(
    message: &'a [u8],
    start: usize,
    end: usize,
    budget: &Budget,
) -> Result<Block<'a>, Error> {
    let mut block = Block { end, ..Block::default() };
    let mut at = start;
    // Where the header that is being read has its name, its value, and so far its end.
    let mut open: Option<(usize, usize, usize)> = None;
    let close = |block: &mut Block<'a>, open: &mut Option<(usize, usize, usize)>| {
        let Some((name_at, value_at, value_end)) = open.take() else { return };
        let name = message.get(name_at..value_at.saturating_sub(1)).unwrap_or_default();
        let value = message.get(value_at..value_end).unwrap_or_default();
        if memchr::memchr(0, value).is_some() {
            block.faults.push((Fault::Nul, name_at));
        }
        let trimmed = name.trim_ascii_end();
        if trimmed.len() != name.len() {
            block.faults.push((Fault::SpaceBeforeColon, name_at));
        }
        match str::from_utf8(trimmed) {
            Ok(name) if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()) => {
                block.headers.push(Header { name, value, offset: name_at });
            }
            _ => block.faults.push((Fault::BadName, name_at)),
        }
    };
    while at < end {
        budget.objects(1)?;
        let rest = message.get(at..end).unwrap_or_default();
        let (line, next) = match memchr::memchr(b'\n', rest) {
            Some(feed) => (rest.get(..feed).unwrap_or_default(), at + feed + 1),
            None => (rest, end),
        };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            if at == start && next < end {
                block.faults.push((Fault::BadStart, at));
            }
            block.end = next;
            block.is_closed = true;
            break;
        }
        if memchr::memchr(b'\r', line).is_some() {
            block.faults.push((Fault::BareCr, at));
        }
        let line_end = at + line.len();
        match (line.first(), memchr::memchr(b':', line)) {
            (Some(b' ' | b'\t'), _) => match &mut open {
                Some((_, _, value_end)) => {
                    if line.trim_ascii().is_empty() {
                        let goes_on =
                            matches!(message.get(next..end).and_then(<[u8]>::first), Some(b' ' | b'\t'));
                        block.faults.push((if goes_on { Fault::ObsoleteFold } else { Fault::BlankFold }, at));
                    }
                    *value_end = line_end;
                }
                None => block.faults.push((Fault::BadStart, at)),
            },
            (_, Some(colon)) => {
                close(&mut block, &mut open);
                open = Some((at, at + colon + 1, line_end));
            }
            (_, None) => {
                close(&mut block, &mut open);
                block.faults.push((Fault::NoColon, at));
            }
        }
        at = next;
    }
    close(&mut block, &mut open);
    Ok(block)
}

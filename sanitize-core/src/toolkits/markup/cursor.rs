use crate::error::{Error, malformed};

/// A place in text that was written and is read again, strictly.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// At the start of `output`, which is in UTF-8.
    pub(crate) fn new(output: &'a [u8]) -> Result<Self, Error> {
        let text = simdutf8::basic::from_utf8(output).map_err(|_| malformed("text encoding", 0))?;
        Ok(Self { text, at: 0 })
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The error that `what` is not what it must be here.
    pub(crate) fn wrong(&self, what: &'static str) -> Error {
        malformed(what, self.at as u64)
    }

    /// Goes over `wanted` where it stands here.
    pub(crate) fn takes(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    pub(crate) fn expect(&mut self, wanted: &str, what: &'static str) -> Result<(), Error> {
        if self.takes(wanted) { Ok(()) } else { Err(self.wrong(what)) }
    }

    /// Goes over the bytes that are `plain`; none of those may be a part of a character.
    pub(crate) fn run(&mut self, plain: impl Fn(u8) -> bool) -> &'a str {
        let len = self.rest().bytes().take_while(|byte| plain(*byte)).count();
        self.pass(len)
    }

    /// Goes over characters and the listed references up to one of `ends`, in the forms that are written: no
    /// other bracket, no control character but the line end and the tabulator.
    pub(crate) fn characters(&mut self, ends: &[u8], references: &[&str]) -> Result<&'a str, Error> {
        let bytes = self.rest().as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at += match byte {
                byte if ends.contains(byte) => break,
                b'<' | b'>' | 0..=8 | 0xb..=0x1f | 0x7f => return Err(self.wrong("character")),
                b'&' => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let found = references.iter().find(|reference| rest.starts_with(reference.as_bytes()));
                    found.ok_or_else(|| self.wrong("reference"))?.len()
                }
                _ => 1,
            };
        }
        Ok(self.pass(at))
    }

    fn pass(&mut self, len: usize) -> &'a str {
        let passed = self.rest().get(..len).unwrap_or_default();
        self.at += passed.len();
        passed
    }
}

//! EMZ and WMZ: metafiles in gzip. What is in them is rebuilt and written without compression.

mod threats;

use crate::{
    engine::{ctx::Ctx, handler::Envelope, identify::Probe},
    error::Error,
    format::{self, Format},
    report::{Spot, Threat},
    toolkits::codec::gzip,
};

/// The envelope of compressed metafiles.
pub(super) struct Emz;

impl Envelope for Emz {
    fn formats(&self) -> &'static [Format] {
        &[format::EMZ, format::WMZ]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// By name as well, since gzip says nothing of what is in it. Office names compressed ones like others, too.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let names = [("emz", format::EMZ), ("emf", format::EMZ), ("wmz", format::WMZ), ("wmf", format::WMZ)];
        let named = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(probe.extension()));
        named.filter(|_| probe.starts_with(gzip::MAGIC)).map(|(_, format)| *format)
    }

    fn open(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
        let metafile = gzip::inflate(input, ctx.budget())?;
        // One that is compressed again, or anything else, is none.
        let is_enhanced = metafile.get(40..44) == Some(b" EMF");
        let is_plain = [&b"\xd7\xcd\xc6\x9a"[..], b"\x01\0\x09\0", b"\x02\0\x09\0"];
        if !is_enhanced && !is_plain.iter().any(|start| metafile.starts_with(start)) {
            return Err(Error::Unsupported("gzip around something that is no metafile"));
        }
        ctx.replaced(&threats::COMPRESSED, Spot::Here, None)?;
        Ok(metafile)
    }
}

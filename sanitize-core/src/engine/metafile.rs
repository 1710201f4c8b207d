//! Bitmaps of metafiles, which count and are cleaned together whatever the metafile's own form.

use super::{ctx::Ctx, pictures};
use crate::{
    error::Error,
    report::Spot,
    toolkits::{
        metafile::{Bitmap, BitmapSource},
        raster::DibError,
    },
};

/// The bitmaps of one metafile so far.
#[derive(Debug, Default)]
pub(crate) struct Bitmaps {
    pixels: u64,
    hidden: bool,
    scrubbed: bool,
}

impl Bitmaps {
    /// The bitmap of the record at `offset`, cleaned; `None` where it cannot be read.
    pub(crate) fn read(
        &mut self,
        source: &BitmapSource<'_>,
        offset: u64,
        ctx: &mut Ctx<'_>,
    ) -> Result<Option<Bitmap>, Error> {
        let mut bitmap = match Bitmap::read(source, ctx.budget()) {
            Ok(bitmap) => bitmap,
            Err(DibError::Dimensions) => return Err(ctx.refuse(&pictures::DIMENSIONS, offset)),
            Err(DibError::Other(limit @ Error::Limit(_))) => return Err(limit),
            Err(_) => return Ok(None),
        };
        self.pixels = self.pixels.saturating_add(bitmap.pixels());
        if self.pixels > ctx.budget().limits().pixels {
            return Err(ctx.refuse(&pictures::DIMENSIONS, offset));
        }
        if ctx.switches().scrub_pictures {
            self.scrubbed |= bitmap.scrub();
        }
        self.hidden |= bitmap.clear_hidden_colors();
        Ok(Some(bitmap))
    }

    /// Records what was cleaned, once for all of them.
    pub(crate) fn report(&self, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        if self.hidden {
            ctx.replaced(&pictures::HIDDEN_COLOR, Spot::Here, None)?;
        }
        if self.scrubbed {
            ctx.replaced(&pictures::STEGANOGRAPHY, Spot::Here, None)?;
        }
        Ok(())
    }
}

//! Records → metafile: by type, by the objects that live where a record names one, and by the policy.

use std::collections::BTreeSet;

use super::{
    kinds,
    model::{Metafile, Record, Rect},
    parse::{self, Reading},
    threats,
};
use crate::{
    bytes::Reader,
    engine::{ctx::Ctx, metafile::Bitmaps},
    error::{Error, malformed},
    report::{Detail, Threat},
    toolkits::metafile::{self, Bitmap, BitmapSource, ObjectKind, Objects, Records, Shape, States},
};

/// A hundred metres, in the hundredths of a millimetre of a frame: no sheet is larger.
const LARGEST_FRAME: i64 = 10_000_000;

/// Rebuilds the metafile.
pub(super) fn rebuild(input: &[u8], ctx: &mut Ctx<'_>) -> Result<Metafile<Bitmap>, Error> {
    let (header, claims) = parse::header(input)?;
    let side = |[left, top, right, bottom]: Rect| {
        (i64::from(right) - i64::from(left)).abs().max((i64::from(bottom) - i64::from(top)).abs())
    };
    if side(header.frame) > LARGEST_FRAME {
        return Err(ctx.refuse(&threats::EXHAUSTION, 24_u64));
    }
    if claims.has_description {
        ctx.removed(&threats::TEXT, 60_u64)?;
    }
    if claims.has_pixel_format {
        ctx.removed(&threats::ESCAPE, 88_u64)?;
    }
    let mut player = Player::default();
    let mut records = Records::new(input, claims.start, Shape::Enhanced);
    let mut count = 1_u32;
    let mut ended = false;
    for record in records.by_ref() {
        ctx.budget().objects(1)?;
        count = count.saturating_add(1);
        if record.kind == kinds::EOF {
            // Behind the three fields stand colours that no screen needs.
            if record.body.len() > 12 {
                player.report(&threats::SLACK, &record, ctx)?;
            }
            ended = true;
            break;
        }
        player.record(&record, ctx)?;
    }
    if !ended {
        let what = if records.is_broken() { "record size" } else { "end of the records" };
        return Err(malformed(what, records.offset()));
    }
    let behind = records.rest();
    if !behind.is_empty() {
        ctx.removed(threats::trailing(behind), records.offset())?;
    } else if claims.records != count || usize::try_from(claims.bytes).ok() != Some(input.len()) {
        ctx.replaced(&threats::CLAIMS, 48_u64, None)?;
    }
    if player.plus_only {
        return Err(Error::Unsupported("a drawing that only EMF+ has"));
    }
    player.bitmaps.report(ctx)?;
    let objects = u16::try_from(player.objects.len().max(1)).map_err(|_| Error::Internal("objects"))?;
    Ok(Metafile { header, objects, records: player.written })
}

/// What a player of the records would hold, as far as a record may need it.
#[derive(Default)]
struct Player {
    objects: Objects,
    states: States,
    written: Vec<Record<Bitmap>>,
    /// What was reported already, and of which type of record: each once.
    reported: BTreeSet<(&'static str, u32, u32)>,
    plus_only: bool,
    bitmaps: Bitmaps,
}

impl Player {
    fn record(&mut self, record: &metafile::Record<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        match record.kind {
            kinds::COMMENT => return self.comment(record, ctx),
            // Colour spaces and profiles: made, selected, deleted, matched.
            kinds::SETICMMODE if record.body.starts_with(&[1, 0, 0, 0]) => (),
            kinds::SETICMMODE | 99..=101 | 111..=113 | 121 | 122 => {
                return self.report(&threats::COLOR_SPACE, record, ctx);
            }
            _ => (),
        }
        let parsed = match parse::record(record, ctx.budget())? {
            Reading::Read(parsed) => parsed,
            Reading::Wrong => return self.report(&threats::WRONG, record, ctx),
            Reading::Foreign => return self.report(&threats::ESCAPE, record, ctx),
        };
        if parsed.has_slack {
            let is_font = record.kind == kinds::EXTCREATEFONTINDIRECTW;
            self.report(if is_font { &threats::TEXT } else { &threats::SLACK }, record, ctx)?;
        }
        for read in parsed.records {
            if !self.states_allow(&read, record, ctx)? || !self.objects_allow(&read) {
                self.report(&threats::WRONG, record, ctx)?;
                continue;
            }
            match self.decoded(read, record, ctx)? {
                Some(read) => {
                    self.make(&read);
                    self.written.push(read);
                }
                None => self.report(&threats::WRONG, record, ctx)?,
            }
        }
        Ok(())
    }

    /// Comments are for other programs than a player. One that holds the picture in the form of EMF+ does so
    /// beside the records, or in place of them.
    fn comment(&mut self, record: &metafile::Record<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        let (group, name) = match record.body.get(4..8) {
            Some(b"EMF+") => {
                self.plus_only |= is_plus_only(record.body.get(8..).unwrap_or_default());
                (1, "EMF+")
            }
            Some(b"GDIC") => (2, "GDIC"),
            _ => (3, "private"),
        };
        if self.reported.insert((threats::COMMENT.id, kinds::COMMENT, group)) {
            ctx.removed_with(&threats::COMMENT, record.offset, Detail::name(name))?;
        }
        Ok(())
    }

    /// Records that something was left out, once for each type of record.
    fn report(
        &mut self,
        threat: &'static Threat,
        record: &metafile::Record<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<(), Error> {
        if !self.reported.insert((threat.id, record.kind, threat.severity as u32)) {
            return Ok(());
        }
        let detail = Detail::name(&format!("record {:#04x}", record.kind));
        ctx.removed_with(threat, record.offset, detail)
    }

    /// Saves and restores that fit each other; too many saved states end the file.
    fn states_allow(
        &mut self,
        read: &Record<BitmapSource<'_>>,
        record: &metafile::Record<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<bool, Error> {
        match read {
            Record::Plain { kind: kinds::SAVEDC, .. } if !self.states.save() => {
                Err(ctx.refuse(&threats::EXHAUSTION, record.offset))
            }
            Record::Plain { kind: kinds::RESTOREDC, values } => {
                let state = values.first().map_or(0, |state| i64::from(*state as i32));
                Ok(self.states.restore(state))
            }
            _ => Ok(true),
        }
    }

    /// True where every object that the record names is there, and one that it makes has a place.
    fn objects_allow(&mut self, read: &Record<BitmapSource<'_>>) -> bool {
        let makes = |number: u32| (1..u32::from(u16::MAX)).contains(&number);
        match read {
            Record::Font(font) => makes(font.number),
            Record::Pen { number, .. } => makes(*number),
            Record::Palette { kind: kinds::CREATEPALETTE, number, .. } => makes(*number),
            Record::Palette { number, .. } => self.is_palette(*number),
            Record::Region { kind: kinds::FILLRGN | kinds::FRAMERGN, values, .. } => {
                let brush = values.first().copied().unwrap_or_default();
                is_stock(brush) || self.objects.find(brush) == Some(ObjectKind::Brush)
            }
            Record::Plain { kind, values } => {
                let number = values.first().copied().unwrap_or_default();
                match *kind {
                    kinds::CREATEPEN | kinds::CREATEBRUSHINDIRECT => makes(number),
                    kinds::SELECTOBJECT => {
                        is_stock(number)
                            || self.objects.find(number).is_some_and(|kind| kind != ObjectKind::Palette)
                    }
                    kinds::SELECTPALETTE => number == STOCK | 15 || self.is_palette(number),
                    kinds::RESIZEPALETTE => self.is_palette(number),
                    kinds::DELETEOBJECT => self.objects.delete(number),
                    _ => true,
                }
            }
            Record::Bitmaps {
                kind: kinds::CREATEMONOBRUSH | kinds::CREATEDIBPATTERNBRUSHPT, values, ..
            } => makes(values.first().copied().unwrap_or_default()),
            _ => true,
        }
    }

    fn is_palette(&self, number: u32) -> bool {
        self.objects.find(number) == Some(ObjectKind::Palette)
    }

    /// The object that a record makes is there from now on.
    fn make(&mut self, read: &Record<Bitmap>) {
        let (number, made) = match read {
            Record::Font(font) => (font.number, ObjectKind::Font),
            Record::Pen { number, .. } => (*number, ObjectKind::Pen),
            Record::Palette { kind: kinds::CREATEPALETTE, number, .. } => (*number, ObjectKind::Palette),
            Record::Plain { kind: kinds::CREATEPEN, values } => (first(values), ObjectKind::Pen),
            Record::Plain { kind: kinds::CREATEBRUSHINDIRECT, values } => (first(values), ObjectKind::Brush),
            Record::Bitmaps {
                kind: kinds::CREATEMONOBRUSH | kinds::CREATEDIBPATTERNBRUSHPT, values, ..
            } => (first(values), ObjectKind::Brush),
            _ => return,
        };
        self.objects.put(number, made);
    }

    /// The record with its bitmaps decoded; `None` where one cannot be.
    fn decoded(
        &mut self,
        read: Record<BitmapSource<'_>>,
        record: &metafile::Record<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<Option<Record<Bitmap>>, Error> {
        let mut decode = |source: Option<BitmapSource<'_>>| match source {
            None => Ok(Some(None)),
            Some(source) => self.bitmap(&source, record, ctx).map(|bitmap| bitmap.map(Some)),
        };
        Ok(Some(match read {
            Record::Bitmaps { kind, values, bitmap, mask } => {
                let (Some(bitmap), Some(mask)) = (decode(bitmap)?, decode(mask)?) else { return Ok(None) };
                Record::Bitmaps { kind, values, bitmap, mask }
            }
            Record::Pen { number, pen, bitmap } => {
                let Some(bitmap) = decode(bitmap)? else { return Ok(None) };
                Record::Pen { number, pen, bitmap }
            }
            Record::Plain { kind, values } => Record::Plain { kind, values },
            Record::Poly { kind, bounds, points } => Record::Poly { kind, bounds, points },
            Record::PolyPoly { kind, bounds, counts, points } => {
                Record::PolyPoly { kind, bounds, counts, points }
            }
            Record::PolyDraw { kind, bounds, points, types } => {
                Record::PolyDraw { kind, bounds, points, types }
            }
            Record::Region { kind, bounds, values, region } => {
                Record::Region { kind, bounds, values, region }
            }
            Record::Font(font) => Record::Font(font),
            Record::Palette { kind, number, start, entries } => {
                Record::Palette { kind, number, start, entries }
            }
            Record::Text(text) => Record::Text(text),
            Record::SmallText(text) => Record::SmallText(text),
            Record::Gradient(gradient) => Record::Gradient(gradient),
        }))
    }

    fn bitmap(
        &mut self,
        source: &BitmapSource<'_>,
        record: &metafile::Record<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<Option<Bitmap>, Error> {
        let Some(bitmap) = self.bitmaps.read(source, record.offset, ctx)? else { return Ok(None) };
        if bitmap.has_excess {
            self.report(&threats::SLACK, record, ctx)?;
        }
        Ok(Some(bitmap))
    }
}

/// Objects that every player has, MS-EMF 2.1.31.
const STOCK: u32 = 0x8000_0000;

fn is_stock(number: u32) -> bool {
    matches!(number.checked_sub(STOCK), Some(0..=8 | 10..=14 | 16..=19))
}

fn first(values: &[u32]) -> u32 {
    values.first().copied().unwrap_or_default()
}

/// True where the first record of an EMF+ comment is a header that says the other records are no picture of
/// their own, MS-EMFPLUS 2.3.3.3.
fn is_plus_only(records: &[u8]) -> bool {
    let mut reader = Reader::new(records);
    let header = (reader.u16_le("type"), reader.u16_le("flags"));
    matches!(header, (Ok(0x4001), Ok(flags)) if flags & 1 == 0)
}

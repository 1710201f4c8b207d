//! Records → metafile: by function, by the objects that live where a record names one, and by the policy.
//!
//! A record that makes an object names no place for it: players take the first that is free. What is left out
//! among these leaves a brush that draws nothing in its place, so that all others keep theirs.

use std::collections::BTreeSet;

use super::{
    kinds,
    model::{Metafile, Record},
    parse::{self, Reading},
    threats,
};
use crate::{
    engine::{ctx::Ctx, metafile::Bitmaps},
    error::{Error, malformed},
    report::{Detail, Threat},
    toolkits::metafile::{self, Bitmap, BitmapSource, ObjectKind, Objects, Records, Shape, States},
};

/// Rebuilds the metafile.
pub(super) fn rebuild(input: &[u8], ctx: &mut Ctx<'_>) -> Result<Metafile<Bitmap>, Error> {
    let head = parse::head(input)?;
    if head.is_wrong {
        ctx.replaced(&threats::CLAIMS, 20_u64, None)?;
    }
    let mut player = Player::default();
    let mut records = Records::new(input, head.start, Shape::Plain);
    let mut ended = false;
    for record in records.by_ref() {
        ctx.budget().objects(1)?;
        if record.kind == kinds::EOF {
            ended = true;
            break;
        }
        player.record(&record, ctx)?;
    }
    let offset = records.offset();
    if player.written.is_empty() && !ended {
        return Err(malformed("record", offset));
    }
    // Players end where a record cannot be; what is behind the end is nobody's.
    if !ended || records.rest().iter().any(|byte| *byte != 0) {
        ctx.removed(&threats::WRONG, offset)?;
    }
    player.bitmaps.report(ctx)?;
    let objects = u16::try_from(player.objects.len()).map_err(|_| Error::Internal("objects"))?;
    Ok(Metafile { placeable: head.placeable, objects, records: player.written })
}

/// What a player of the records would hold, as far as a record may need it.
#[derive(Default)]
struct Player {
    objects: Objects,
    states: States,
    written: Vec<Record<Bitmap>>,
    /// What was reported already, and of which function: each once.
    reported: BTreeSet<(&'static str, u32, u32)>,
    bitmaps: Bitmaps,
}

impl Player {
    fn record(&mut self, record: &metafile::Record<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        let threat = match parse::record(record, ctx.budget())? {
            Reading::Read { record: read, has_slack } => {
                if has_slack {
                    self.report(&threats::SLACK, record, ctx)?;
                }
                match self.accept(read, record, ctx)? {
                    Some(accepted) => {
                        self.written.push(accepted);
                        return Ok(());
                    }
                    None => &threats::WRONG,
                }
            }
            Reading::Wrong => &threats::WRONG,
            // Bitmaps of a device long gone.
            Reading::Foreign if kinds::makes_object(record.kind) => &threats::WRONG,
            Reading::Foreign if matches!(record.kind, kinds::BITBLT | kinds::STRETCHBLT) => &threats::WRONG,
            Reading::Foreign => &threats::ESCAPE,
        };
        self.report(threat, record, ctx)?;
        if kinds::makes_object(record.kind) && self.objects.add(ObjectKind::Brush).is_some() {
            // BS_NULL
            self.written.push(Record::Plain { kind: kinds::CREATEBRUSHINDIRECT, values: vec![1, 0, 0, 0] });
        }
        Ok(())
    }

    /// Records that something was left out, once for each function.
    fn report(
        &mut self,
        threat: &'static Threat,
        record: &metafile::Record<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<(), Error> {
        // Each escape has a number of its own.
        let escape = record.body.first_chunk().map_or(0, |number| u16::from_le_bytes(*number));
        let kind = match record.kind {
            kinds::ESCAPE => record.kind << 16 | u32::from(escape),
            kind => kind,
        };
        if !self.reported.insert((threat.id, kind, threat.severity as u32)) {
            return Ok(());
        }
        let detail = match record.kind {
            kinds::ESCAPE => format!("escape {escape:#06x}"),
            kind => format!("record {kind:#06x}"),
        };
        ctx.removed_with(threat, record.offset, Detail::name(&detail))
    }

    /// The record with its bitmap decoded, its place in the table taken; `None` where it names what is not there.
    fn accept(
        &mut self,
        read: Record<BitmapSource<'_>>,
        record: &metafile::Record<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<Option<Record<Bitmap>>, Error> {
        let accepted = match read {
            Record::Plain { kind: kinds::SAVEDC, .. } if !self.states.save() => {
                return Err(ctx.refuse(&threats::EXHAUSTION, record.offset));
            }
            Record::Plain { kind, values } => {
                if !self.allows(kind, &values) {
                    return Ok(None);
                }
                Record::Plain { kind, values }
            }
            Record::Bitmap { kind, values, bitmap } => {
                let Some(bitmap) = self.bitmaps.read(&bitmap, record.offset, ctx)? else { return Ok(None) };
                if bitmap.has_excess {
                    self.report(&threats::SLACK, record, ctx)?;
                }
                Record::Bitmap { kind, values, bitmap }
            }
            Record::Poly { kind, points } => Record::Poly { kind, points },
            Record::PolyPolygon { counts, points } => Record::PolyPolygon { counts, points },
            Record::Font(font) => Record::Font(font),
            Record::Palette { kind, start, entries } => Record::Palette { kind, start, entries },
            Record::Region(region) => Record::Region(region),
            Record::Text(text) => Record::Text(text),
            Record::ExtText(text) => Record::ExtText(text),
        };
        let made = match &accepted {
            Record::Plain { kind: kinds::CREATEPENINDIRECT, .. } => ObjectKind::Pen,
            Record::Plain { kind: kinds::CREATEBRUSHINDIRECT, .. }
            | Record::Bitmap { kind: kinds::DIBCREATEPATTERNBRUSH, .. } => ObjectKind::Brush,
            Record::Font(_) => ObjectKind::Font,
            Record::Palette { kind: kinds::CREATEPALETTE, .. } => ObjectKind::Palette,
            Record::Region(_) => ObjectKind::Region,
            _ => return Ok(Some(accepted)),
        };
        Ok(self.objects.add(made).map(|_| accepted))
    }

    /// True where every object and state that the record names is there.
    fn allows(&mut self, kind: u32, values: &[u16]) -> bool {
        let number = |index: usize| values.get(index).copied().map_or(u32::MAX, u32::from);
        let is = |objects: &Objects, index: usize, kind| objects.find(number(index)) == Some(kind);
        match kind {
            kinds::RESTOREDC => {
                self.states.restore(values.first().map_or(0, |state| i64::from(*state as i16)))
            }
            kinds::SELECTOBJECT => self.objects.find(number(0)).is_some(),
            kinds::DELETEOBJECT => self.objects.delete(number(0)),
            kinds::SELECTPALETTE | kinds::RESIZEPALETTE => is(&self.objects, 0, ObjectKind::Palette),
            kinds::INVERTREGION | kinds::PAINTREGION => is(&self.objects, 0, ObjectKind::Region),
            // No region: no clipping.
            kinds::SELECTCLIPREGION => number(0) == 0 || is(&self.objects, 0, ObjectKind::Region),
            kinds::FILLREGION | kinds::FRAMEREGION => {
                is(&self.objects, 0, ObjectKind::Region) && is(&self.objects, 1, ObjectKind::Brush)
            }
            _ => true,
        }
    }
}

//! The container's own structure: what makes two readers see two packages is refused, slack is recorded.

use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::ooxml::{
        parse::{CONTENT_TYPES, Package, Unread},
        threats,
    },
    toolkits::archive::zip::AnomalyKind,
};

/// Judges what the archive and the content types hold besides parts.
pub(in crate::formats::ooxml) fn check(package: &Package<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    for anomaly in &package.anomalies {
        let offset = anomaly.offset;
        match anomaly.kind {
            AnomalyKind::DuplicateName => return Err(ctx.refuse(&threats::OPC_ZIP_DUPLICATE_ENTRY, offset)),
            kind if kind.is_attack() => return Err(ctx.refuse(&threats::ZIP_LOCAL_CENTRAL_MISMATCH, offset)),
            AnomalyKind::PrefixData => ctx.removed(&threats::OPC_ZIP_PREPENDED_DATA, offset)?,
            // Alignment and the fields every archiver adds say nothing.
            AnomalyKind::Padding
            | AnomalyKind::ExtraFields
            | AnomalyKind::OddVersion
            | AnomalyKind::StreamedStored => {}
            _ => ctx.removed(&threats::OPC_ZIP_APPENDED_AND_COMMENT, offset)?,
        }
    }
    let refusals = [
        (package.duplicate, &threats::OPC_ZIP_DUPLICATE_ENTRY),
        (package.collision, &threats::OPC_PART_NAME_CASE_COLLISION),
        (package.piece, &threats::OPC_INTERLEAVED_PIECES),
        (package.types.conflict.then_some(0), &threats::OPC_CONTENT_TYPE_DUPLICATE),
    ];
    for (found, threat) in refusals {
        if let Some(offset) = found {
            return Err(ctx.refuse(threat, offset));
        }
    }
    let name = package.name(CONTENT_TYPES).unwrap_or(CONTENT_TYPES).to_owned();
    ctx.in_part(&name, |ctx| report_unread(package.types.unread, ctx))
}

/// Records what stands in a part of the package's structure that nobody reads.
pub(super) fn report_unread(unread: Unread, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    if let Some(offset) = unread.attribute {
        ctx.removed(&threats::OPC_MCE_IGNORABLE_NAMESPACE, offset)?;
    }
    if let Some(offset) = unread.remark {
        ctx.removed(&threats::OPC_XML_PI_AND_COMMENTS, offset)?;
    }
    Ok(())
}

//! Messages in CMS (RFC 5652): signed ones are opened, encrypted ones cannot be.

use super::{
    super::{model::Mail, parse, threats},
    attachment,
    ber::Element,
    body,
    parts::{self, Answer, Leaf},
    signer,
};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    report::{Detail, Spot},
    toolkits::mime::transfer::Encoding,
};

/// 1.2.840.113549.1.7.2, signedData.
const SIGNED: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";

/// What a `pkcs7-mime` part holds, in place of it.
pub(super) fn rebuild(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    parts::other_headers(leaf.entity, ctx)?;
    if leaf.entity.encoding == Encoding::Unknown {
        return attachment::unreadable(leaf, &threats::TRANSFER, ctx);
    }
    let bytes = body::decoded(leaf.entity, leaf.body, ctx)?;
    let kind = leaf.entity.content_type.get("smime-type").unwrap_or("pkcs7-mime");
    let (Some(content), Some(level)) = (content(&bytes, ctx)?, leaf.level.inner()) else {
        return Err(ctx.refuse_with(&threats::SMIME_ENCRYPTED, Detail::name(kind)));
    };
    if content.is_empty() {
        // Certificates alone.
        ctx.removed_with(&threats::SMIME, Spot::Here, Detail::name(kind))?;
        return Ok(Answer::Nothing);
    }
    let signer = signer::of_cms(&bytes);
    ctx.removed_with(&threats::SMIME, Spot::Here, Detail::name(signer.as_deref().unwrap_or(kind)))?;
    let tree = parse::parse(&content, ctx.budget())?;
    super::structure(&tree, ctx)?;
    let mut mail = Mail::default();
    mail.root = parts::rebuild(&tree, level, &mut mail.nodes, ctx)?;
    Ok(Answer::Tree(mail.nodes, mail.root))
}

/// The content of a SignedData; nothing where it is another kind of CMS.
fn content(bytes: &[u8], ctx: &Ctx<'_>) -> Result<Option<Vec<u8>>, Error> {
    let Some(info) = Element::read(bytes).filter(|element| element.tag == 0x30) else { return Ok(None) };
    let mut info = info.children();
    let is_signed = info.next().is_some_and(|oid| oid.tag == 6 && oid.body == SIGNED);
    let signed =
        info.next().and_then(|explicit| explicit.children().next()).filter(|signed| signed.tag == 0x30);
    let (true, Some(signed)) = (is_signed, signed) else { return Ok(None) };
    // version, digestAlgorithms, encapContentInfo
    let Some(encapsulated) = signed.children().nth(2).filter(|element| element.tag == 0x30) else {
        return Ok(None);
    };
    let Some(content) = encapsulated.children().nth(1).and_then(|explicit| explicit.children().next()) else {
        return Ok(Some(Vec::new()));
    };
    // One string, or several that make one up (BER).
    if content.tag == 0x04 {
        ctx.budget().expand(content.body.len() as u64)?;
        return Ok(Some(content.body.to_vec()));
    }
    let mut joined = Vec::new();
    for piece in content.children() {
        ctx.budget().objects(1)?;
        ctx.budget().expand(piece.body.len() as u64)?;
        if piece.tag != 0x04 {
            return Ok(None);
        }
        joined.extend_from_slice(piece.body);
    }
    Ok(Some(joined))
}

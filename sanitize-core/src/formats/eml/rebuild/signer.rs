//! Who signed: what a signature says of itself, for the report. Whether it holds is not asked.

use super::ber::Element;
use crate::{
    budget::Budget,
    error::Error,
    toolkits::mime::transfer::{self, Encoding},
};

/// 2.5.4.3, commonName.
const COMMON_NAME: &[u8] = b"\x55\x04\x03";
/// 1.2.840.113549.1.9.1, emailAddress.
const EMAIL_ADDRESS: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01";
/// Certificates, and packets, that are looked at.
const MOST: usize = 32;
/// Letters of a name.
const LONGEST: usize = 100;

/// The owner of the certificate by which a SignedData was made (RFC 5652, 5.1 and 5.3).
pub(super) fn of_cms(bytes: &[u8]) -> Option<String> {
    let signed = Element::read(bytes)?.children().nth(1)?.children().next()?;
    let certificates = signed.children().find(|element| element.tag == 0xa0)?;
    // Digest algorithms are a set too, in front of the content.
    let signers = signed.children().skip(3).filter(|element| element.tag == 0x31).last()?;
    let by = signers.children().next()?.children().nth(1)?;
    let (issuer, serial) = (by.children().next()?, by.children().nth(1)?);
    let subject = certificates.children().take(MOST).find_map(|certificate| {
        let signed = certificate.children().next()?;
        // [0] version, serial number, algorithm, issuer, validity, subject (RFC 5280, 4.1).
        let mut fields = signed.children().filter(|element| element.tag != 0xa0);
        let is_it = fields.next()?.body == serial.body && fields.nth(1)?.body == issuer.body;
        let subject = fields.nth(1)?;
        is_it.then_some(subject)
    })?;
    let attribute = |id: &[u8]| {
        subject.children().take(MOST).flat_map(Element::children).find_map(|pair| {
            let mut parts = pair.children();
            let value = parts.next().filter(|oid| oid.body == id).and(parts.next())?;
            text(value).filter(|text| !text.trim().is_empty())
        })
    };
    match (attribute(COMMON_NAME), attribute(EMAIL_ADDRESS)) {
        (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
        (Some(name), _) => Some(name),
        (None, address) => address,
    }
}

/// A string of a name, by its type.
fn text(value: Element<'_>) -> Option<String> {
    let text: String = match value.tag {
        // UTF8String, PrintableString, IA5String
        0x0c | 0x13 | 0x16 => String::from_utf8_lossy(value.body).into_owned(),
        // TeletexString, in practice Latin-1
        0x14 => value.body.iter().map(|byte| char::from(*byte)).collect(),
        // BMPString
        0x1e => {
            let units = value.body.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit));
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        _ => return None,
    };
    Some(text.chars().take(LONGEST).collect())
}

/// The user that an OpenPGP signature names, or the key by which it was made (RFC 9580, 5.2.3).
pub(super) fn of_armour(armour: &[u8], budget: &Budget) -> Result<Option<String>, Error> {
    let is_content = |line: &&[u8]| {
        !line.is_empty() && !line.starts_with(b"-----") && !line.starts_with(b"=") && !line.contains(&b':')
    };
    let content: Vec<&[u8]> =
        armour.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(is_content).collect();
    let packets = transfer::decode(Encoding::Base64, &content.join(&b'\n'), budget)?.bytes;
    Ok(of_packets(&packets))
}

fn of_packets(mut packets: &[u8]) -> Option<String> {
    for _ in 0..MOST {
        let (first, rest) = packets.split_first()?;
        let (kind, body, behind) = if first & 0x40 == 0 {
            // The old form: the tag in the middle, the number of bytes of the length at the end.
            let (len, rest) = match first & 3 {
                0 => number(rest, 1)?,
                1 => number(rest, 2)?,
                2 => number(rest, 4)?,
                _ => (rest.len(), rest),
            };
            (first >> 2 & 0x0f, rest.get(..len)?, rest.get(len..)?)
        } else {
            let (len, rest) = length(rest)?;
            (first & 0x3f, rest.get(..len)?, rest.get(len..)?)
        };
        if kind == 2 {
            return of_signature(body);
        }
        packets = behind;
    }
    None
}

/// The body of a signature of version 3 or 4.
fn of_signature(body: &[u8]) -> Option<String> {
    if body.first() == Some(&3) {
        return body.get(7..15).map(key);
    }
    if body.first() != Some(&4) {
        return None;
    }
    let (len, rest) = number(body.get(4..)?, 2)?;
    let hashed = rest.get(..len)?;
    let (len, rest) = number(rest.get(len..)?, 2)?;
    let (mut user, mut issuer) = (None, None);
    for mut subpackets in [hashed, rest.get(..len)?] {
        for _ in 0..MOST {
            let Some((len, rest)) = length(subpackets) else { break };
            let (Some(subpacket), Some(behind)) = (rest.get(..len), rest.get(len..)) else { break };
            match subpacket.split_first() {
                // Signer's User ID
                Some((28 | 0x9c, name)) => {
                    user = Some(String::from_utf8_lossy(name).chars().take(LONGEST).collect())
                }
                // Issuer Key ID, and the same at the end of an Issuer Fingerprint
                Some((16 | 0x90, id)) if id.len() == 8 => issuer = Some(key(id)),
                Some((33 | 0xa1, print)) if print.len() == 21 => issuer = print.get(13..).map(key),
                _ => (),
            }
            subpackets = behind;
        }
    }
    user.or(issuer)
}

fn key(id: &[u8]) -> String {
    id.iter().fold("key ".to_owned(), |text, byte| format!("{text}{byte:02X}"))
}

/// A number of so many bytes, high ones first, and what stands behind it.
fn number(bytes: &[u8], count: usize) -> Option<(usize, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(count)?;
    Some((digits.iter().fold(0, |number, digit| number << 8 | usize::from(*digit)), rest))
}

/// A length of the new form (4.2.1), which subpackets have as well.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    match first {
        0..=191 => Some((usize::from(*first), rest)),
        192..=223 => {
            let (low, rest) = rest.split_first()?;
            Some((((usize::from(*first) - 192) << 8) + usize::from(*low) + 192, rest))
        }
        255 => number(rest, 4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(tag: u8, body: &[&[u8]]) -> Vec<u8> {
        let body = body.concat();
        [&[tag, 0x82, (body.len() >> 8) as u8, body.len() as u8], body.as_slice()].concat()
    }

    fn name(common: &str, address: &str) -> Vec<u8> {
        let attribute = |id, tag, value: &str| {
            element(0x31, &[&element(0x30, &[&element(6, &[id]), &element(tag, &[value.as_bytes()])])])
        };
        element(0x30, &[&attribute(COMMON_NAME, 0x0c, common), &attribute(EMAIL_ADDRESS, 0x16, address)])
    }

    fn certificate(serial: u8, issuer: &[u8], subject: &[u8]) -> Vec<u8> {
        let version = element(0xa0, &[&element(2, &[&[2]])]);
        let empty = element(0x30, &[]);
        let serial = element(2, &[&[serial]]);
        element(0x30, &[&element(0x30, &[&version, &serial, &empty, issuer, &empty, subject]), &empty])
    }

    /// A SignedData by certificate 2 of `issuer`; `open` writes its covers without a length.
    fn signed(open: bool) -> Vec<u8> {
        let cover = |tag: u8, body: &[&[u8]]| match open {
            true => [&[tag, 0x80], body.concat().as_slice(), &[0, 0]].concat(),
            false => element(tag, body),
        };
        let issuer = name("CA", "ca@example.com");
        let other = certificate(1, &issuer, &name("Other", "o@example.com"));
        let own = certificate(2, &issuer, &name("山田 太郎", "taro@example.com"));
        let by = element(0x30, &[&issuer, &element(2, &[&[2]])]);
        let signers = element(0x31, &[&element(0x30, &[&element(2, &[&[1]]), &by])]);
        let content =
            cover(0x30, &[&element(6, &[b"x"]), &cover(0xa0, &[&cover(0x24, &[&element(4, &[b"text"])])])]);
        let parts =
            [&element(2, &[&[1]]), &element(0x31, &[]), &content, &element(0xa0, &[&other, &own]), &signers];
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_slice()).collect();
        cover(0x30, &[&element(6, &[b"y"]), &cover(0xa0, &[&cover(0x30, &parts)])])
    }

    #[test]
    fn the_owner_of_the_certificate_that_signed_is_named() {
        let expected = Some("山田 太郎 <taro@example.com>".to_owned());
        assert_eq!(of_cms(&signed(false)), expected);
        assert_eq!(of_cms(&signed(true)), expected);
        let whole = signed(false);
        for cut in 0..whole.len() {
            assert_eq!(of_cms(&whole[..cut]), None);
        }
    }

    #[test]
    fn an_openpgp_signature_names_its_user_or_its_key() {
        let signature = |subpackets: &[u8]| {
            let len = subpackets.len() as u8;
            let body = [&[4, 0, 1, 8, 0, len], subpackets, &[0, 0, 1, 2]].concat();
            [&[0xc2, body.len() as u8], body.as_slice()].concat()
        };
        let by_key = signature(b"\x09\x10\x01\x23\x45\x67\x89\xab\xcd\xef");
        assert_eq!(of_packets(&by_key).as_deref(), Some("key 0123456789ABCDEF"));
        let by_user = signature(b"\x09\x10\x01\x23\x45\x67\x89\xab\xcd\xef\x0e\x1ca@example.com");
        assert_eq!(of_packets(&by_user).as_deref(), Some("a@example.com"));
        for cut in 0..by_user.len() {
            assert_eq!(of_packets(&by_user[..cut]), None);
        }
        assert_eq!(of_packets(&[0xff; 40]), None);
    }
}

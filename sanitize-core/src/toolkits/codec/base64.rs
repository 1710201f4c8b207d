//! Base64 (RFC 4648 §4).

/// The bytes that `text` stands for, padded and with white space anywhere; `None` when it is not Base64.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held, mut padding) = (0_u32, 0, 0);
    for byte in text {
        let six = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            b'=' => {
                padding += 1;
                continue;
            }
            _ if padding > 0 => return None,
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        held += 1;
        if held == 4 {
            decoded.extend(bits.to_be_bytes().iter().skip(1));
            (bits, held) = (0, 0);
        }
    }
    match (held, padding) {
        (0, 0) => (),
        (2, 2) => decoded.push((bits >> 4) as u8),
        (3, 1) => decoded.extend([(bits >> 10) as u8, (bits >> 2) as u8]),
        _ => return None,
    }
    Some(decoded)
}

/// `bytes` as padded Base64 in one line.
pub(crate) fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |bits: u32| DIGITS.get(bits as usize & 63).map_or('=', |digit| char::from(*digit));
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        text.push(digit(bits >> 18));
        text.push(digit(bits >> 12));
        text.push(if group.len() > 1 { digit(bits >> 6) } else { '=' });
        text.push(if group.len() > 2 { digit(bits) } else { '=' });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_length_come_back() {
        assert_eq!(decode(b"").unwrap(), b"");
        assert_eq!(decode(b"Zg==").unwrap(), b"f");
        assert_eq!(decode(b"Zm8=").unwrap(), b"fo");
        assert_eq!(decode(b"Zm9v\r\n YmFy").unwrap(), b"foobar");
        assert_eq!(decode(b"+/8=").unwrap(), [0xfb, 0xff]);
        for plain in [&b""[..], b"f", b"fo", b"foo", b"foob", &[0xfb, 0xff]] {
            assert_eq!(decode(encode(plain).as_bytes()).unwrap(), plain);
        }
    }

    #[test]
    fn what_is_cut_or_goes_on_behind_its_end_is_none() {
        for broken in [&b"Z"[..], b"Zg", b"Zg=", b"Zg==Zg==", b"Zm9v=", b"Zm9*"] {
            assert_eq!(decode(broken), None, "{broken:?}");
        }
    }
}

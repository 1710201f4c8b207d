//! The toolkit over pictures of other encoders, and over damaged ones.

use std::io::Cursor;

use super::*;
use crate::{budget::Cancel, limits::Limits, toolkits::collected};

/// A picture of 16 × 16 pixels of one green.
const GREEN: &[u8] =
    b"\xb0\x01\x00\x9d\x01\x2a\x10\x00\x10\x00\x01\x40\x26\x25\xa0\x02\x74\xba\x00\x04\x66\x80\x00\xfe\
\xf2\xeb\x7f\xf8\x0d\xd7\xc5\xb4\xcb\xff\x9f\x99\xfe\xe9\xfe\x77\xe8\x90\x00\x00";

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1_000_000, Cancel::new())
}

fn rebuilt(stream: &[u8]) -> Result<Vec<u8>, Error> {
    let budget = budget();
    let output = write(&read(stream, &budget)?, &budget)?;
    verify(&output, &budget).unwrap();
    Ok(output)
}

/// The samples that another decoder shows.
fn pixels(stream: &[u8]) -> Option<Vec<u8>> {
    let mut file = b"RIFF\0\0\0\0WEBPVP8 ".to_vec();
    let padded = stream.len().next_multiple_of(2);
    file[4..8].copy_from_slice(&(padded as u32 + 12).to_le_bytes());
    file.extend_from_slice(&(stream.len() as u32).to_le_bytes());
    file.extend_from_slice(stream);
    file.resize(20 + padded, 0);
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(file)).ok()?;
    let mut samples = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut samples).ok()?;
    Some(samples)
}

#[test]
fn pictures_show_the_same_samples_and_stay_as_they_are_the_second_time() {
    let mut all = collected::webp_chunks(b"VP8 ");
    all.push(("green".to_owned(), GREEN.to_vec()));
    for (name, stream) in all {
        let shown = pixels(&stream);
        match rebuilt(&stream) {
            Ok(output) => {
                assert!(shown.is_none() || shown == pixels(&output), "{name}");
                assert!(output.len() <= stream.len() + 8, "{name}: {} of {}", output.len(), stream.len());
                assert!(rebuilt(&output).unwrap() == output, "{name}");
            }
            Err(error) => assert!(shown.is_none(), "{name}: {error}"),
        }
    }
}

#[test]
fn bytes_behind_and_between_do_not_survive() {
    let clean = rebuilt(GREEN).unwrap();
    let behind = [GREEN, b"KILL".repeat(10).as_slice()].concat();
    assert_eq!(rebuilt(&behind).unwrap(), clean);
    // The tag says how long the first partition is: what stands at its end is not read either.
    let tag = u32::from_le_bytes([GREEN[0], GREEN[1], GREEN[2], 0]);
    let first = (tag >> 5) as usize;
    let longer = (tag + (40 << 5)).to_le_bytes();
    let (start, rest) = GREEN.split_at(START);
    let (partition, tokens) = rest.split_at(first);
    let between = [&longer[..3], &start[3..], partition, &b"KILL".repeat(10), tokens].concat();
    assert_eq!(rebuilt(&between).unwrap(), clean);
}

#[test]
fn what_does_not_act_is_written_as_zero() {
    let mut enlarged = GREEN.to_vec();
    enlarged[7] |= 0xc0;
    enlarged[9] |= 0x40;
    assert_eq!(rebuilt(&enlarged).unwrap(), rebuilt(GREEN).unwrap());
}

#[test]
fn a_cut_picture_is_an_error_at_every_length() {
    let whole = rebuilt(GREEN).unwrap();
    // The last byte of a partition only rounds it up, where no decision needs it.
    for length in 0..whole.len() - 1 {
        assert!(read(&whole[..length], &budget()).is_err(), "{length}");
    }
}

#[test]
fn frames_that_are_none_of_webp_are_errors() {
    for (at, bits) in [(0, 1), (0, 0x10), (0, 8), (3, 1), (6, 0x10)] {
        let mut stream = GREEN.to_vec();
        stream[at] ^= bits;
        assert!(read(&stream, &budget()).is_err(), "{at} {bits}");
    }
}

#[test]
fn damaged_symbols_are_read_as_another_decoder_reads_them_or_are_an_error() {
    let (mut read, mut refused) = (0, 0);
    for at in START..GREEN.len() {
        for bit in 0..8 {
            let mut stream = GREEN.to_vec();
            stream[at] ^= 1 << bit;
            if let Ok(output) = rebuilt(&stream) {
                let shown = pixels(&stream);
                assert!(shown.is_some() && shown == pixels(&output), "{at} {bit}");
                assert_eq!(rebuilt(&output).unwrap(), output);
                read += 1;
            } else {
                refused += 1;
            }
        }
    }
    assert!(read > 100 && refused > 10, "{read} {refused}");
}

#[test]
fn only_the_written_form_is_verified() {
    let output = rebuilt(GREEN).unwrap();
    assert_eq!(verify(&output, &budget()).unwrap(), (16, 16));
    assert!(verify(GREEN, &budget()).is_err());
    let mut enlarged = output;
    enlarged[7] |= 0x40;
    assert!(verify(&enlarged, &budget()).is_err());
}

#[test]
fn a_large_frame_is_paid_for_before_it_is_read() {
    let mut stream = GREEN.to_vec();
    stream[6..10].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    assert_eq!(read(&stream, &budget()).err(), Some(Error::Limit(crate::limits::Resource::Pixels)));
}

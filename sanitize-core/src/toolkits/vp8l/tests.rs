//! The toolkit over pictures of other encoders, and over damaged and crafted ones.

use std::io::Cursor;

use super::{bits::BitWriter, *};
use crate::{
    budget::{Budget, Cancel},
    error::Error,
    limits::{Limits, Resource},
    toolkits::collected,
};

/// A picture of 3 × 2 pixels, one of them transparent with a colour.
const SMALL: &[u8] =
    b"\x2f\x02\x40\x00\x10\x0f\x70\x0a\xa8\x2b\xf8\x9e\xc2\x63\xff\x83\x07\x23\x10\xd1\xff\x08";

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1_000_000, Cancel::new())
}

fn rebuilt(stream: &[u8]) -> Result<Vec<u8>, Error> {
    let budget = budget();
    let output = Stream::read(stream, Kind::Picture, &budget)?.write(&budget)?;
    verify(&output, Kind::Picture, &budget).unwrap();
    Ok(output)
}

/// The pixels that another decoder shows, alpha among them even where the header says that it is not used.
fn pixels(stream: &[u8]) -> Option<Vec<u8>> {
    let mut stream = stream.to_vec();
    *stream.get_mut(4)? |= 0x10;
    let mut file = b"RIFF\0\0\0\0WEBPVP8L".to_vec();
    let padded = stream.len().next_multiple_of(2);
    file[4..8].copy_from_slice(&(padded as u32 + 12).to_le_bytes());
    file.extend_from_slice(&(stream.len() as u32).to_le_bytes());
    file.extend_from_slice(&stream);
    file.resize(20 + padded, 0);
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(file)).ok()?;
    let mut samples = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut samples).ok()?;
    // Colour that is not shown may go.
    samples.chunks_exact_mut(4).filter(|pixel| pixel[3] == 0).for_each(|pixel| pixel.fill(0));
    Some(samples)
}

/// A stream as the encoder of another library writes it.
fn encoded(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let samples: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).flat_map(move |x| [(x, y)]))
        .flat_map(|(x, y)| pixel(x, y))
        .collect();
    let mut file = Vec::new();
    image_webp::WebPEncoder::new(&mut file)
        .encode(&samples, width, height, image_webp::ColorType::Rgba8)
        .unwrap();
    let length = u32::from_le_bytes(file[16..20].try_into().unwrap()) as usize;
    file[20..20 + length].to_vec()
}

#[test]
fn pictures_show_the_same_pixels_and_stay_as_they_are_the_second_time() {
    let mut all = collected::webp_chunks(b"VP8L");
    all.push(("small".to_owned(), SMALL.to_vec()));
    all.push(("encoded".to_owned(), encoded(97, 61, |x, y| [(x * y) as u8, x as u8, y as u8, 255])));
    for (name, stream) in all {
        let shown = pixels(&stream);
        match rebuilt(&stream) {
            Ok(output) => {
                assert!(shown.is_none() || shown == pixels(&output), "{name}");
                assert!(
                    output.len() <= stream.len() + stream.len() / 50 + 8,
                    "{name}: {} of {}",
                    output.len(),
                    stream.len()
                );
                assert!(rebuilt(&output).unwrap() == output, "{name}");
            }
            Err(error) => assert!(shown.is_none(), "{name}: {error}"),
        }
    }
}

#[test]
fn bytes_behind_do_not_survive() {
    let clean = rebuilt(SMALL).unwrap();
    assert_eq!(rebuilt(&[SMALL, b"KILL".repeat(10).as_slice()].concat()).unwrap(), clean);
}

#[test]
fn a_cut_picture_is_an_error_at_every_length() {
    let whole =
        rebuilt(&encoded(20, 20, |x, y| [((x * 91) ^ (y * 37)) as u8, x as u8, y as u8, 255])).unwrap();
    for length in 0..whole.len() {
        assert!(Stream::read(&whole[..length], Kind::Picture, &budget()).is_err(), "{length}");
    }
}

#[test]
fn damaged_symbols_are_read_or_are_an_error_and_what_is_read_is_written_once_and_for_all() {
    let (mut read, mut refused) = (0, 0);
    for at in 5..SMALL.len() {
        for bit in 0..8 {
            let mut stream = SMALL.to_vec();
            stream[at] ^= 1 << bit;
            match rebuilt(&stream) {
                Ok(output) => {
                    assert!(output.len() <= stream.len() + 40, "{at} {bit}");
                    assert_eq!(rebuilt(&output).unwrap(), output, "{at} {bit}");
                    read += 1;
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(read > 5 && refused > 20, "{read} {refused}");
}

/// A header for `width` × `height` opaque pixels, and whether transforms and the rest follow.
fn header(width: u32, height: u32) -> BitWriter {
    let mut writer = BitWriter::onto(Vec::new());
    writer.bits(0x2f, 8);
    writer.bits(width - 1, 14);
    writer.bits(height - 1, 14);
    writer.bits(0, 4);
    writer
}

/// Codes of one symbol each.
fn constant_codes(writer: &mut BitWriter, symbols: [u32; 5]) {
    for symbol in symbols {
        writer.bits(0b101, 3);
        writer.bits(symbol, 8);
    }
}

#[test]
fn codes_that_do_not_add_up_are_an_error() {
    // Three symbols of one bit each.
    let mut writer = header(4, 4);
    writer.bits(0, 3);
    writer.bits(0, 1);
    // Five lengths of the code for lengths are told: 17, 18, 0, 1, 2. Of them 0 and 1 have one bit.
    writer.bits(0, 4);
    [0, 0, 1, 1].iter().for_each(|length| writer.bits(*length, 3));
    writer.bits(0, 1);
    (0..280).for_each(|symbol| writer.bits(u32::from(symbol < 3), 1));
    (0..4).for_each(|_| writer.bits(0b0001, 4));
    writer.bits(0, 32);
    let wrong = Stream::read(&writer.finish(), Kind::Picture, &budget()).err();
    assert!(matches!(wrong, Some(Error::Malformed { what: "VP8L prefix code", .. })), "{wrong:?}");
}

#[test]
fn a_copy_from_before_the_picture_or_past_its_end_is_an_error() {
    for (length, distance) in [(256, 119), (275, 1)] {
        let mut writer = header(4, 4);
        writer.bits(0, 3);
        // Green says literal 0 or a copy.
        writer.bits(0, 1);
        writer.bits(0, 4);
        // Lengths of 0 and 1 are told by one bit each.
        [0, 0, 1, 1].iter().for_each(|length| writer.bits(*length, 3));
        writer.bits(0, 1);
        (0..280).for_each(|symbol| writer.bits(u32::from(symbol == 0 || symbol == length), 1));
        (0..3).for_each(|_| writer.bits(0b0001, 4));
        writer.bits(0b101, 3);
        writer.bits(if distance == 1 { 1 } else { 15 }, 8);
        writer.bits(0b10, 2);
        writer.bits(0, 32);
        let wrong = Stream::read(&writer.finish(), Kind::Picture, &budget()).err();
        assert!(matches!(wrong, Some(Error::Malformed { what: "VP8L copy", .. })), "{length} {wrong:?}");
    }
}

#[test]
fn many_groups_of_codes_are_left_out_unless_used_and_few_bytes_stay_few() {
    // A square for all says that group 60,000 reads it: as many come before it.
    let mut writer = header(4, 4);
    writer.bits(0, 2);
    writer.bits(1, 1);
    writer.bits(7, 3);
    writer.bits(0, 1);
    constant_codes(&mut writer, [60_000 & 255, 60_000 >> 8, 0, 255, 0]);
    for _ in 0..60_001 {
        (0..5).for_each(|_| writer.bits(0b0001, 4));
    }
    let stream = writer.finish();
    let output = rebuilt(&stream).unwrap();
    assert!(output.len() < 40, "{}", output.len());
    assert_eq!(pixels(&output), Some(vec![0; 64]));
}

#[test]
fn a_large_picture_is_paid_for_before_it_is_read() {
    let mut writer = header(16_384, 16_384);
    writer.bits(0, 3);
    constant_codes(&mut writer, [1, 2, 3, 255, 0]);
    let wrong = Stream::read(&writer.finish(), Kind::Picture, &budget()).err();
    assert_eq!(wrong, Some(Error::Limit(Resource::Pixels)));
}

#[test]
fn what_is_not_shown_is_told_or_taken_away() {
    let conceals = |stream: &[u8], kind| {
        Stream::read(stream, kind, &Budget::new(&Limits::default(), 1_000, Cancel::new())).unwrap().conceals()
    };
    assert_eq!(conceals(&encoded(8, 8, |x, y| [x as u8, y as u8, 9, 255]), Kind::Picture), Conceals::Nothing);
    assert_eq!(conceals(&encoded(8, 8, |x, y| [x as u8, y as u8, 9, 254]), Kind::Picture), Conceals::Perhaps);
    let budget = budget();
    assert!(Stream::read(SMALL, Kind::Picture, &budget).unwrap().was_cleared());
    let grey = encoded(8, 8, |x, y| [(x * y) as u8; 4].map(|value| value / 2));
    assert_eq!(conceals(&grey[5..], Kind::Alpha(8, 8)), Conceals::Channels);
}

#[test]
fn a_palette_keeps_the_colours_that_are_shown() {
    // Four colours, of which pixels show the first two; the third is transparent red.
    let mut writer = header(4, 1);
    writer.bits(1, 1);
    writer.bits(3, 2);
    writer.bits(3, 8);
    let colors = [0xff00_0000_u32, 0xff11_2233, 0x00ff_0000, 0xff4b_494c];
    let image = small::SmallImage::of(stream_differences(&colors));
    let mut writer = image.write(writer, &budget()).unwrap();
    writer.bits(0, 3);
    // All four pixels in one green: 0, 1, 1, 0.
    constant_codes(&mut writer, [0b0001_0100, 0, 0, 255, 0]);
    let stream = writer.finish();
    let budget = budget();
    let read = Stream::read(&stream, Kind::Picture, &budget).unwrap();
    assert!(read.was_cleared());
    assert_eq!(read.conceals(), Conceals::Nothing);
    let output = read.write(&budget).unwrap();
    assert_eq!(pixels(&output), pixels(&stream));
    let again = Stream::read(&output, Kind::Picture, &budget).unwrap();
    assert!(!again.was_cleared());
    assert_eq!(again.write(&budget).unwrap(), output);
}

/// As a palette is told.
fn stream_differences(colors: &[u32]) -> Vec<u32> {
    let mut before = [0_u8; 4];
    colors
        .iter()
        .map(|color| {
            let bytes = color.to_be_bytes();
            let mut told = [0; 4];
            for ((told, now), before) in told.iter_mut().zip(bytes).zip(before) {
                *told = now.wrapping_sub(before);
            }
            before = bytes;
            u32::from_be_bytes(told)
        })
        .collect()
}

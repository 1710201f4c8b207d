//! Raster pictures through the public API: every threat's sample, and what a reader of a picture must still see.

use sanitize_core::{Action, Input, Outcome, Policy, Sanitizer};
use sanitize_corpus::pictures::{self, JPEG, MARKER};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    let sanitizer = Sanitizer::builder().build().unwrap();
    sanitizer.sanitize(Input::new(bytes).named(name))
}

#[track_caller]
fn delivered(name: &str, bytes: &[u8]) -> Vec<u8> {
    let outcome = clean(name, bytes);
    outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty())).to_vec()
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn every_sample_is_reported_under_its_threat_and_its_marker_is_gone() {
    for sample in pictures::samples() {
        let outcome = clean(sample.name, &sample.bytes);
        let (name, threat) = (sample.name, sample.threat);
        assert!(ids(&outcome).contains(&threat), "{name} {threat}: {:?}", ids(&outcome));
        match outcome.bytes() {
            None => assert!(sample.refused, "{name} {threat}: {}", outcome.report().to_json_pretty()),
            Some(bytes) => {
                assert!(!sample.refused, "{name} {threat} was delivered");
                assert!(!contains(bytes, MARKER), "{name} {threat}: the marker is in the output");
            }
        }
    }
}

#[test]
fn cleaning_a_clean_picture_changes_nothing() {
    for sample in pictures::samples().into_iter().filter(|sample| !sample.refused) {
        let outcome = clean(sample.name, &sample.bytes);
        let Outcome::Delivered { bytes, report } = &outcome else {
            panic!("{} {}", sample.name, sample.threat)
        };
        let extension = report.output().unwrap().extension.clone();
        let again = clean(&format!("a.{extension}"), bytes);
        let changes: Vec<_> =
            again.report().findings().iter().filter(|finding| finding.action != Action::Keep).collect();
        assert!(changes.is_empty(), "{} {}: {changes:?}", sample.name, sample.threat);
        assert_eq!(again.bytes(), Some(&**bytes), "{} {}", sample.name, sample.threat);
    }
}

#[test]
fn an_orientation_is_baked_into_the_pixels() {
    // The left half is dark. Turned clockwise by a quarter, dark is on top.
    let exif = [b"Exif\0\0", &pictures::exif(6)[..]].concat();
    let bytes = delivered("a.jpg", &pictures::jpeg(&[(0xe1, &exif)], b""));
    let cursor = zune_jpeg::zune_core::bytestream::ZCursor::new(&bytes);
    let mut decoder = zune_jpeg::JpegDecoder::new(cursor);
    let pixels = decoder.decode().unwrap();
    let info = decoder.info().unwrap();
    assert_eq!((info.width, info.height), (8, 16));
    let channels = pixels.len() / (8 * 16);
    assert!(pixels.first().is_some_and(|top| *top < 60), "{pixels:?}");
    assert!(pixels.get(8 * 15 * channels).is_some_and(|bottom| *bottom > 190));
}

#[test]
fn a_colour_jpeg_of_the_engine_is_read_as_it_was_written() {
    let pixels = |bytes: &[u8]| {
        let cursor = zune_jpeg::zune_core::bytestream::ZCursor::new(bytes.to_vec());
        zune_jpeg::JpegDecoder::new(cursor).decode().unwrap()
    };
    let turned = pictures::turned_lossy_webp();
    let first = delivered("a.webp", &turned);
    let scans = first.windows(2).filter(|marker| *marker == [0xff, 0xda]).count();
    assert_eq!(scans, 1, "all components stand in one scan");
    let green = pixels(&first).get(..3).unwrap().to_vec();
    assert!(green[0] < 40 && (90..150).contains(&green[1]) && green[2] < 60, "{green:?}");
    assert_eq!(delivered("a.jpg", &first), first);
}

/// A JPEG of many colours, with these segments before its tables.
fn colour_jpeg(width: u16, height: u16, segments: &[(u8, &[u8])]) -> Vec<u8> {
    let samples: Vec<u8> = (0..u32::from(width) * u32::from(height))
        .flat_map(|place| {
            let (x, y) = (place % u32::from(width), place / u32::from(width));
            [x * 3, y * 3, (x ^ y) * 2].map(|value| value as u8)
        })
        .collect();
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    for (marker, body) in segments {
        encoder.add_app_segment(marker - 0xe0, body.to_vec()).unwrap();
    }
    encoder.encode(&samples, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    file
}

fn jpeg_pixels(bytes: &[u8]) -> (Option<(usize, usize)>, Vec<u8>) {
    let cursor = zune_jpeg::zune_core::bytestream::ZCursor::new(bytes.to_vec());
    let mut decoder = zune_jpeg::JpegDecoder::new(cursor);
    let pixels = decoder.decode().unwrap();
    (decoder.dimensions(), pixels)
}

#[test]
fn a_jpeg_shows_the_same_samples_to_the_bit() {
    let input = colour_jpeg(77, 51, &[(0xe5, b"KILL")]);
    let output = delivered("a.jpg", &input);
    assert!(jpeg_pixels(&input) == jpeg_pixels(&output));
    assert!(!contains(&output, MARKER));
}

#[test]
fn a_jpeg_is_turned_without_loss_where_its_sides_allow_it_and_else_by_its_samples() {
    for (width, height, most_apart) in [(64, 48, 4), (77, 51, 60)] {
        let exif = [b"Exif\0\0", &pictures::exif(3)[..]].concat();
        let input = colour_jpeg(width, height, &[(0xe1, &exif)]);
        let output = delivered("a.jpg", &input);
        let (size, shown) = jpeg_pixels(&output);
        assert_eq!(size, Some((usize::from(width), usize::from(height))));
        let (_, stored) = jpeg_pixels(&input);
        let turned = stored.chunks(3).rev().flatten();
        let apart = shown.iter().zip(turned).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(apart.is_some_and(|apart| apart <= most_apart), "{width} {apart:?}");
        assert_eq!(delivered("a.jpg", &output), output, "{width}");
    }
}

#[test]
fn a_jpeg_of_another_colour_space_is_converted_once() {
    let profile = moxcms::ColorProfile::new_pro_photo_rgb().encode().unwrap();
    let body = [b"ICC_PROFILE\0\x01\x01", profile.as_slice()].concat();
    let input = colour_jpeg(77, 51, &[(0xe2, &body)]);
    let outcome = clean("a.jpg", &input);
    assert_eq!(ids(&outcome), ["img.icc-profile"]);
    let output = outcome.bytes().unwrap();
    assert!(jpeg_pixels(&input) != jpeg_pixels(output));
    let again = clean("a.jpg", output);
    assert!(ids(&again).is_empty());
    assert_eq!(again.bytes(), Some(output));
}

#[test]
fn scrubbing_reaches_the_coefficients_of_a_jpeg() {
    let policy = Policy::from_toml("preset = \"default\"\n[switches]\nscrub-pictures = true\n").unwrap();
    let sanitizer = Sanitizer::builder().policy(policy).build().unwrap();
    let input = colour_jpeg(80, 64, &[]);
    let outcome = sanitizer.sanitize(Input::new(&input).named("a.jpg"));
    assert_eq!(ids(&outcome), ["img.steganography-lsb"]);
    assert!(jpeg_pixels(&input) != jpeg_pixels(outcome.bytes().unwrap()));
}

#[test]
fn a_jpeg_that_is_cut_short_keeps_what_is_there_and_says_so() {
    let input = colour_jpeg(77, 51, &[]);
    let outcome = clean("a.jpg", input.get(..input.len() * 3 / 4).unwrap());
    assert_eq!(ids(&outcome), ["img.reencode-principle"]);
    let output = outcome.bytes().unwrap();
    let (_, whole) = jpeg_pixels(&input);
    let (_, rest) = jpeg_pixels(output);
    // The last rows of the first blocks are mixed with the chroma of the next.
    assert!(rest.get(..77 * 3 * 8) == whole.get(..77 * 3 * 8));
    assert!(ids(&clean("a.jpg", output)).is_empty());
}

#[test]
fn jpeg_density_and_quantisers_are_kept() {
    let jfif = b"JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\0\0";
    let bytes = delivered("a.jpg", &pictures::jpeg(&[(0xe0, jfif)], b""));
    assert!(contains(&bytes, b"JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\0\0"));
    let table = JPEG.get(6..71).unwrap();
    assert!(contains(&bytes, table), "the quantisers are those of the input");
}

#[test]
fn png_depth_palette_transparency_and_density_are_kept() {
    let header = pictures::ihdr(5, 2, 2, 3);
    let data = pictures::zlib(&[0, 0b0001_1011, 0, 0, 0b1110_0100, 0b0100_0000]);
    let density = [0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1];
    let chunks: [(&[u8; 4], &[u8]); 5] = [
        (b"IHDR", &header),
        (b"pHYs", &density),
        (b"PLTE", b"abcdefghijkl"),
        (b"tRNS", &[255, 128]),
        (b"IDAT", &data),
    ];
    let bytes = delivered("a.png", &pictures::png(&chunks));
    let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &header].concat();
    assert!(bytes.starts_with(&head), "size, depth and colour type");
    for part in [&b"PLTEabcdefghijkl"[..], b"tRNS\xff\x80", &[b"pHYs", &density[..]].concat()] {
        assert!(contains(&bytes, part), "{part:?}");
    }
}

#[test]
fn a_png_without_its_end_or_with_a_wrong_ancillary_checksum_is_delivered() {
    let whole = pictures::rgb_png(&[(b"tEXt", b"a\0b")]);
    delivered("a.png", whole.get(..whole.len() - 12).unwrap());
    let mut wrong = whole.clone();
    let text = wrong.windows(4).position(|kind| kind == b"tEXt").unwrap();
    *wrong.get_mut(text + 5).unwrap() ^= 1;
    delivered("a.png", &wrong);
}

#[test]
fn a_png_cut_inside_its_data_is_rejected() {
    let (header, data) = (pictures::ihdr(40, 40, 8, 2), pictures::zlib(&[7; 40 * 121 / 2]));
    assert!(clean("a.png", &pictures::png(&[(b"IHDR", &header), (b"IDAT", &data)])).bytes().is_none());
}

#[test]
fn an_animation_keeps_its_frames_and_the_policy_can_flatten_it() {
    let input = pictures::gif(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x05\0\0", 3, b"");
    let frames = |bytes: &[u8]| bytes.windows(3).filter(|part| *part == b"\x21\xf9\x04").count();
    let bytes = delivered("a.gif", &input);
    assert_eq!(frames(&bytes), 3);
    assert!(contains(&bytes, b"NETSCAPE2.0\x03\x01\x05\0\0"), "it plays five times");
    let sanitizer =
        Sanitizer::builder().policy(Policy::preset(sanitize_core::Preset::Strict)).build().unwrap();
    let outcome = sanitizer.sanitize(Input::new(&input).named("a.gif"));
    assert_eq!(frames(outcome.bytes().unwrap()), 1);
}

#[test]
fn scrubbing_changes_low_bits_once() {
    let policy = Policy::from_toml("preset = \"default\"\n[switches]\nscrub-pictures = true\n").unwrap();
    let sanitizer = Sanitizer::builder().policy(policy).build().unwrap();
    let header = pictures::ihdr(16, 4, 8, 0);
    let rows: Vec<u8> = (0..4).flat_map(|_| [0].into_iter().chain(100..116)).collect();
    let input = pictures::png(&[(b"IHDR", &header), (b"IDAT", &pictures::zlib(&rows))]);
    let first = sanitizer.sanitize(Input::new(&input).named("a.png"));
    assert!(ids(&first).contains(&"img.steganography-lsb"), "{:?}", ids(&first));
    let bytes = first.bytes().unwrap();
    let second = sanitizer.sanitize(Input::new(bytes).named("a.png"));
    assert!(ids(&second).is_empty());
    assert_eq!(second.bytes(), Some(bytes));
}

#[test]
fn a_cursor_stays_a_cursor_with_its_hot_spot() {
    let bytes = delivered("a.cur", &pictures::icon(2, b""));
    assert_eq!(bytes.get(..14), Some(&[0, 0, 2, 0, 1, 0, 2, 1, 0, 0, 1, 0, 1, 0][..]));
}

#[test]
fn pages_of_a_tiff_are_all_kept() {
    let bytes = delivered("a.tif", &pictures::tiff(3, &[], 0));
    let mut decoder = tiff::decoder::Decoder::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut pages = 1;
    while decoder.more_images() {
        decoder.next_image().unwrap();
        pages += 1;
    }
    assert_eq!(pages, 3);
    let tiff::decoder::DecodingResult::U8(pixels) = decoder.read_image().unwrap() else { panic!("8 bits") };
    assert_eq!(pixels, [0x10, 0xf0]);
}

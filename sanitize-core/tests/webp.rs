//! WebP through the public API: what other decoders show of the outputs, what stays, and what does not.
#![allow(clippy::print_stdout, reason = "a test that cannot run says so")]

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use image_webp::{ColorType, WebPDecoder, WebPEncoder};
use sanitize_core::{Action, Input, Outcome, Policy, Sanitizer};
use sanitize_corpus::pictures;

fn clean(bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named("a.webp"))
}

#[track_caller]
fn delivered(bytes: &[u8]) -> Vec<u8> {
    let outcome = clean(bytes);
    outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty())).to_vec()
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// The types of the chunks of a file.
fn kinds(bytes: &[u8]) -> Vec<String> {
    let (mut kinds, mut rest) = (Vec::new(), bytes.get(12..).unwrap_or_default());
    while let Some((head, body)) = rest.split_first_chunk::<8>() {
        kinds.push(String::from_utf8_lossy(&head[..4]).into_owned());
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        rest = body.get(length.next_multiple_of(2)..).unwrap_or_default();
    }
    kinds
}

/// What one decoder shows, RGB or RGBA, with colour that is not shown as zero.
fn pixels(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
    let mut samples = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut samples).ok()?;
    if decoder.has_alpha() {
        samples.chunks_exact_mut(4).filter(|pixel| pixel[3] == 0).for_each(|pixel| pixel.fill(0));
    }
    Some(samples)
}

fn u24(number: u32) -> [u8; 3] {
    let [low, middle, high, _] = number.to_le_bytes();
    [low, middle, high]
}

/// A lossless stream as the encoder of another library writes it.
fn vp8l(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let samples: Vec<u8> = places.flat_map(|(x, y)| pixel(x, y)).collect();
    let mut file = Vec::new();
    WebPEncoder::new(&mut file).encode(&samples, width, height, ColorType::Rgba8).unwrap();
    let length = u32::from_le_bytes(file[16..20].try_into().unwrap()) as usize;
    file[20..20 + length].to_vec()
}

/// The VP8 stream of 16 × 16 green pixels.
fn vp8() -> &'static [u8] {
    pictures::LOSSY_WEBP.get(20..).unwrap()
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = [kind, &(body.len() as u32).to_le_bytes()[..], body].concat();
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

fn vp8x(flags: u8, width: u32, height: u32) -> Vec<u8> {
    [&[flags, 0, 0, 0][..], &u24(width - 1), &u24(height - 1)].concat()
}

/// A frame of an animation.
fn anmf(place: (u32, u32), size: (u32, u32), flags: u8, chunks: &[u8]) -> Vec<u8> {
    let numbers = [place.0 / 2, place.1 / 2, size.0 - 1, size.1 - 1, 70].map(u24).concat();
    [&numbers, &[flags][..], chunks].concat()
}

#[test]
fn a_lossy_picture_keeps_its_samples_and_its_size_and_is_clean() {
    let outcome = clean(pictures::LOSSY_WEBP);
    assert_eq!(ids(&outcome), [""; 0]);
    let output = outcome.bytes().unwrap();
    assert_eq!(kinds(output), ["VP8 "]);
    assert_eq!(pixels(output), pixels(pictures::LOSSY_WEBP));
    assert!(output.len() <= pictures::LOSSY_WEBP.len());
    assert_ne!(output, pictures::LOSSY_WEBP, "no stream is copied");
    assert_eq!(delivered(output), output);
}

#[test]
fn alpha_of_either_coding_keeps_its_place_beside_a_lossy_picture() {
    let raw: Vec<u8> = [&[0x04][..], &(0..=255).collect::<Vec<u8>>(), b"KILL"].concat();
    let coded = vp8l(16, 16, |x, y| [0, (x * 16 + y) as u8, 0, 255]);
    let coded = [&[0x01], coded.get(5..).unwrap(), b"KILL"].concat();
    for alpha in [raw, coded] {
        let file = pictures::webp_of(&[(b"VP8X", &vp8x(0x10, 16, 16)), (b"ALPH", &alpha), (b"VP8 ", vp8())]);
        let output = delivered(&file);
        assert_eq!(kinds(&output), ["VP8X", "ALPH", "VP8 "]);
        assert_eq!(pixels(&output), pixels(&file));
        assert!(output.len() <= file.len());
        assert!(!output.windows(4).any(|bytes| bytes == b"KILL"));
        assert_eq!(delivered(&output), output);
    }
}

#[test]
fn channels_that_say_nothing_of_alpha_carry_nothing() {
    // Red and blue of a stream of alpha act on nothing.
    let coded = vp8l(16, 16, |x, y| [(x * y) as u8, (x * 9 + y) as u8, (x ^ y) as u8, 255]);
    let alpha = [&[0x01], coded.get(5..).unwrap()].concat();
    let file = pictures::webp_of(&[(b"VP8X", &vp8x(0x10, 16, 16)), (b"ALPH", &alpha), (b"VP8 ", vp8())]);
    let outcome = clean(&file);
    assert_eq!(ids(&outcome), ["img.transparent-pixel-data"]);
    let output = outcome.bytes().unwrap();
    assert_eq!(pixels(output), pixels(&file));
    assert!(ids(&clean(output)).is_empty());
    assert_eq!(delivered(output), output);
}

#[test]
fn a_picture_under_transparency_is_taken_away_from_a_lossy_one_and_from_a_lossless_one() {
    let hidden = |x: u32, y: u32| [if (x / 8 + y / 8).is_multiple_of(2) { 255 } else { 0 }, 9, 9, 0];
    let file = pictures::webp_of(&[(b"VP8L", &vp8l(64, 64, hidden))]);
    let outcome = clean(&file);
    assert_eq!(ids(&outcome), ["img.transparent-pixel-data"]);
    let output = outcome.bytes().unwrap();
    let mut decoder = WebPDecoder::new(Cursor::new(output)).unwrap();
    let mut samples = vec![1; 64 * 64 * 4];
    decoder.read_image(&mut samples).unwrap();
    assert!(samples.iter().all(|sample| *sample == 0));
    assert_eq!(delivered(output), output);
}

#[test]
fn alpha_that_the_header_says_is_not_used_is_full() {
    let mut stream = vp8l(16, 16, |x, y| [x as u8, y as u8, 7, (x * 16 + y) as u8]);
    stream[4] &= !0x10;
    let file = pictures::webp_of(&[(b"VP8L", &stream)]);
    let outcome = clean(&file);
    assert_eq!(ids(&outcome), ["img.transparent-pixel-data"]);
    assert_eq!(pixels(outcome.bytes().unwrap()), pixels(&file));
    let mut shown = outcome.bytes().unwrap().to_vec();
    shown[24] |= 0x10;
    assert!(pixels(&shown).unwrap().iter().skip(3).step_by(4).all(|alpha| *alpha == 255));
}

#[test]
fn frames_keep_their_place_and_their_ways_and_lose_what_is_not_theirs() {
    let dot = vp8l(8, 8, |x, y| [x as u8, y as u8, 0, 255]);
    let first = anmf((0, 0), (16, 16), 0, &[chunk(b"VP8 ", vp8()), chunk(b"KILL", b"KILL")].concat());
    let second = anmf((4, 2), (8, 8), 3, &[chunk(b"ALPH", b"\0KILL"), chunk(b"VP8L", &dot)].concat());
    let file = pictures::webp_of(&[
        (b"VP8X", &vp8x(2, 16, 16)),
        (b"ANIM", &[1, 2, 3, 4, 5, 0]),
        (b"ANMF", &first),
        (b"ANMF", &second),
    ]);
    let outcome = clean(&file);
    assert_eq!(ids(&outcome), ["img.gif-animation-abuse", "img.webp-chunks", "img.webp-chunks"]);
    let output = outcome.bytes().unwrap();
    assert_eq!(kinds(output), ["VP8X", "ANIM", "ANMF", "ANMF"]);
    assert!(!output.windows(4).any(|bytes| bytes == b"KILL"));
    let head = anmf((4, 2), (8, 8), 3, b"");
    assert!(output.windows(16).any(|bytes| bytes == head), "place, time and flags of a frame");
    let frames = |bytes: &[u8]| {
        let mut decoder = WebPDecoder::new(Cursor::new(bytes)).unwrap();
        assert_eq!(decoder.num_frames(), 2);
        [0; 2].map(|_: u8| {
            let mut samples = vec![0; decoder.output_buffer_size().unwrap()];
            (decoder.read_frame(&mut samples).unwrap(), samples)
        })
    };
    let plain = pictures::webp_of(&[
        (b"VP8X", &vp8x(0x12, 16, 16)),
        (b"ANIM", &[1, 2, 3, 4, 5, 0]),
        (b"ANMF", &anmf((0, 0), (16, 16), 0, &chunk(b"VP8 ", vp8()))),
        (b"ANMF", &anmf((4, 2), (8, 8), 3, &chunk(b"VP8L", &dot))),
    ]);
    assert!(frames(output) == frames(&plain));
    assert_eq!(delivered(output), output);

    let policy = Policy::from_toml("preset = \"strict\"\n").unwrap();
    let strict = Sanitizer::builder().policy(policy).build().unwrap();
    let outcome = strict.sanitize(Input::new(&file).named("a.webp"));
    let output = outcome.bytes().unwrap();
    assert_eq!(kinds(output), ["VP8 "], "the first frame covers the canvas");
    assert_eq!(pixels(output), pixels(pictures::LOSSY_WEBP));
}

#[test]
fn a_frame_outside_the_canvas_or_of_another_size_than_it_states_is_refused() {
    let dot = chunk(b"VP8L", &vp8l(8, 8, |_, _| [9; 4]));
    for (place, size) in [((10, 0), (8, 8)), ((0, 10), (8, 8)), ((0, 0), (8, 6))] {
        let file = pictures::webp_of(&[
            (b"VP8X", &vp8x(2, 16, 16)),
            (b"ANIM", &[0; 6]),
            (b"ANMF", &anmf((0, 0), (8, 8), 0, &dot)),
            (b"ANMF", &anmf(place, size, 0, &dot)),
        ]);
        assert!(clean(&file).bytes().is_none(), "{place:?} {size:?}");
    }
}

#[test]
fn a_picture_of_another_size_than_the_canvas_is_refused() {
    let file = pictures::webp_of(&[(b"VP8X", &vp8x(0, 17, 16)), (b"VP8 ", vp8())]);
    assert!(clean(&file).bytes().is_none());
}

#[test]
fn a_wide_space_stays_and_another_is_converted_once() {
    let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let file = |profile: &[u8]| {
        pictures::webp_of(&[(b"VP8X", &vp8x(0x20, 16, 16)), (b"ICCP", profile), (b"VP8 ", vp8())])
    };
    let output = delivered(&file(&wide));
    assert_eq!(kinds(&output), ["VP8X", "ICCP", "VP8 "]);
    assert_eq!(pixels(&output), pixels(pictures::LOSSY_WEBP));
    assert!(ids(&clean(&output)).is_empty());
    assert_eq!(delivered(&output), output);

    let other = moxcms::ColorProfile::new_pro_photo_rgb().encode().unwrap();
    let outcome = clean(&file(&other));
    assert_eq!(ids(&outcome), ["img.icc-profile", "img.webp-vp8l"]);
    assert!(outcome.bytes().unwrap().starts_with(b"\xff\xd8\xff"));
}

/// Runs a program that is not ours; its output, or nothing where it fails. `None` where it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<Option<Vec<u8>>> {
    let output =
        Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    Some(output.status.success().then_some(output.stdout))
}

/// What libwebp shows of a still picture, as a portable map with alpha.
fn shown_by_dwebp(file: &Path) -> Option<Option<Vec<u8>>> {
    let shown = run("dwebp", &["-quiet", "-pam", file.to_str().unwrap(), "-o", "-"])?;
    Some(shown.map(|mut map| {
        let head = memchr::memmem::find(&map, b"ENDHDR\n").unwrap() + 7;
        let samples = map.get_mut(head..).unwrap();
        samples.chunks_exact_mut(4).filter(|pixel| pixel[3] == 0).for_each(|pixel| pixel.fill(0));
        map
    }))
}

/// Asks what holds of every still picture that libwebp shows: the same pixels, and a fixed point.
fn same_in_libwebp(folder: &Path, name: &str, bytes: &[u8]) -> Option<(usize, usize)> {
    let (before, after) = (folder.join("before.webp"), folder.join("after.webp"));
    fs::write(&before, bytes).unwrap();
    let shown = shown_by_dwebp(&before)?;
    let outcome = clean(bytes);
    let Some(output) = outcome.bytes() else {
        assert!(shown.is_none(), "{name}: {}", outcome.report().to_json_pretty());
        return None;
    };
    assert_eq!(delivered(output), output, "{name}");
    if !output.starts_with(b"RIFF") {
        return None;
    }
    fs::write(&after, output).unwrap();
    assert!(shown_by_dwebp(&after).unwrap() == shown, "{name}: other pixels");
    Some((bytes.len(), output.len()))
}

#[test]
fn every_way_cwebp_writes_is_shown_alike_by_libwebp_and_does_not_grow() {
    let folder = tempfile::tempdir().unwrap();
    let (source, coded) = (folder.path().join("source.ppm"), folder.path().join("coded.webp"));
    let mut picture = b"P6\n173 131\n255\n".to_vec();
    for place in 0..173 * 131_u32 {
        let (x, y) = (place % 173, place / 173);
        let wave = (f64::from(x * y) / 90.0).sin() * 60.0 + f64::from(x ^ y) / 4.0;
        picture.extend([x, y, wave as u32 & 255].map(|sample| sample as u8));
    }
    fs::write(&source, picture).unwrap();
    let ways = [
        "-q 5",
        "-q 50",
        "-q 100",
        "-q 60 -segments 1",
        "-q 60 -segments 3 -sns 100",
        "-q 60 -sharpness 7 -f 90",
        "-q 60 -nostrong -f 60",
        "-f 0",
        "-m 0",
        "-m 6 -pass 6",
        "-partition_limit 90",
        "-low_memory",
        "-lossless",
        "-z 0",
        "-z 3",
        "-z 6",
        "-z 9",
        "-near_lossless 20",
        "-lossless -q 100 -m 6",
        "-preset text",
    ];
    for way in ways {
        let mut arguments = vec!["-quiet"];
        arguments.extend(way.split(' '));
        arguments.extend([source.to_str().unwrap(), "-o", coded.to_str().unwrap()]);
        let Some(written) = run("cwebp", &arguments) else {
            println!("cwebp is not installed: skipped");
            return;
        };
        assert!(written.is_some(), "{way}");
        let bytes = fs::read(&coded).unwrap();
        match same_in_libwebp(folder.path(), way, &bytes) {
            Some((before, after)) => assert!(after <= before + 4, "{way}: {after} of {before}"),
            None => println!("dwebp is not installed: {way} skipped"),
        }
    }
}

#[test]
fn collected_pictures_are_shown_alike_by_libwebp() {
    let corpus: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = tempfile::tempdir().unwrap();
    for kind in ["benign", "broken", "malicious"] {
        let Ok(entries) = fs::read_dir(corpus.join(kind).join("webp")) else {
            println!("no collected {kind} files: skipped");
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            same_in_libwebp(folder.path(), &path.display().to_string(), &fs::read(&path).unwrap());
        }
    }
}

#[test]
fn damage_is_read_as_libwebp_reads_it_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let picture = vp8l(24, 24, |x, y| [(x * y) as u8, (x * 3) as u8, (y * 5) as u8, 255]);
    for (kind, stream) in [(b"VP8 ", vp8()), (b"VP8L", picture.as_slice())] {
        for at in (5..stream.len()).step_by(stream.len().div_ceil(24)) {
            let mut damaged = stream.to_vec();
            damaged[at] ^= 1 << (at % 8);
            let file = pictures::webp_of(&[(kind, &damaged)]);
            same_in_libwebp(folder.path(), &format!("{kind:?} {at}"), &file);
        }
    }
}

#[test]
fn a_finding_of_a_clean_output_is_one_that_is_kept() {
    for sample in pictures::samples().into_iter().filter(|s| s.name == "a.webp" && !s.refused) {
        let output = delivered(&sample.bytes);
        if output.starts_with(b"RIFF") {
            let again = clean(&output);
            assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
        }
    }
}

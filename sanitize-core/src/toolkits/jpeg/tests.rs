use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::{
    budget::{Budget, Cancel},
    error::Error,
    limits::{Limits, Resource},
    toolkits::raster::Orientation,
};

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1 << 20, Cancel::new())
}

/// Coefficients that look like a picture's: few, and fewer with rising frequency.
fn picture(width: u16, height: u16, sampling: &[(u8, u8)], progressive: bool) -> Decoded<'static> {
    let components: Vec<Component> = (1_u8..)
        .zip(sampling)
        .map(|(id, (h, v))| Component { id, h: *h, v: *v, quantization: u8::from(id > 1) })
        .collect();
    let mut planes = Plane::all(width, height, &components, &budget()).unwrap();
    let mut state = 0x9E37_79B9_u32;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    for plane in &mut planes {
        for row in 0..plane.extent.rows {
            for column in 0..plane.extent.columns {
                let (mut block, mask, dc) = plane.block_mut(row, column).unwrap();
                *dc = (random() % 2048) as i16 - 1024;
                for place in 1..64 {
                    if random() % (place + 1) < 2 {
                        let bits = random() % if place < 6 { 11 } else { 4 };
                        let amount = (random() % (1 << bits)) as i16;
                        *block.slot(place).unwrap() = if random() % 2 == 0 { amount } else { -amount };
                        *mask |= u64::from(amount != 0) << place;
                    }
                }
            }
        }
    }
    let color = match sampling.len() {
        1 => Color::Grey,
        3 => Color::YCbCr,
        4 => Color::AdobeCmyk,
        _ => Color::Unknown,
    };
    Decoded {
        width,
        height,
        quantization: if sampling.len() > 1 { vec![[3; 64], [300; 64]] } else { vec![[3; 64]] },
        components,
        progressive,
        color,
        density: None,
        segments: Vec::new(),
        trailing: None,
        damaged: false,
        coefficients: Coefficients::Blocks(planes),
    }
}

/// The blocks of the picture that a reader sees.
fn seen(decoded: &Decoded<'_>) -> Vec<(i16, Vec<i16>)> {
    let spread;
    let planes = match &decoded.coefficients {
        Coefficients::Tokens(tokens) => {
            spread = blocks::spread(decoded, tokens, &budget()).unwrap();
            &spread
        }
        Coefficients::Blocks(planes) => planes,
    };
    let places = planes.iter().flat_map(|plane| {
        let places =
            (0..plane.extent.rows).flat_map(|row| (0..plane.extent.columns).map(move |column| (row, column)));
        places.map(|(row, column)| {
            plane
                .block(row, column)
                .map(|(block, _, dc)| (dc, (0..64).map(|place| block.value(place)).collect()))
                .unwrap()
        })
    });
    places.collect()
}

fn written(decoded: &Decoded<'_>) -> Vec<u8> {
    let output = write(decoded, None, &budget()).unwrap();
    verify(&output, &budget()).unwrap();
    output
}

const SAMPLINGS: [&[(u8, u8)]; 7] = [
    &[(1, 1)],
    &[(1, 1), (1, 1), (1, 1)],
    &[(2, 2), (1, 1), (1, 1)],
    &[(4, 1), (1, 1), (1, 1)],
    &[(2, 1), (1, 2), (1, 1)],
    &[(4, 2), (2, 1), (1, 2)],
    &[(1, 1), (1, 1), (1, 1), (1, 1)],
];

#[test]
fn coefficients_survive_writing_and_reading_and_the_second_writing_is_the_first() {
    for (width, height) in [(1, 1), (8, 8), (33, 17), (64, 48), (127, 65)] {
        for sampling in SAMPLINGS {
            for progressive in [false, true] {
                let original = picture(width, height, sampling, progressive);
                let output = written(&original);
                let again = read(&output, &budget()).unwrap();
                assert!(!again.damaged && again.trailing.is_none());
                assert!(seen(&again) == seen(&original), "{width}x{height} {sampling:?} {progressive}");
                assert_eq!(again.quantization, original.quantization);
                assert_eq!(again.color, original.color);
                assert!(written(&again) == output, "{width}x{height} {sampling:?} {progressive}");
            }
        }
    }
}

#[test]
fn a_turn_and_its_opposite_give_the_picture_back() {
    use Orientation::{FlipHorizontal, FlipVertical, Rotate90, Rotate180, Rotate270, Transpose, Transverse};
    let pairs = [
        (FlipHorizontal, FlipHorizontal),
        (Rotate180, Rotate180),
        (FlipVertical, FlipVertical),
        (Transpose, Transpose),
        (Rotate90, Rotate270),
        (Transverse, Transverse),
    ];
    for (there, back) in pairs {
        for progressive in [false, true] {
            let output = written(&picture(64, 32, &[(2, 1), (1, 1), (1, 1)], progressive));
            let mut turned = read(&output, &budget()).unwrap();
            assert!(turned.transform(there, &budget()).unwrap());
            let between = written(&turned);
            assert!(between != output);
            let mut turned = read(&between, &budget()).unwrap();
            assert!(turned.transform(back, &budget()).unwrap());
            assert!(written(&turned) == output, "{there:?}");
        }
    }
}

#[test]
fn a_part_of_an_mcu_cannot_become_the_first_side() {
    let output = written(&picture(63, 32, &[(2, 2), (1, 1), (1, 1)], false));
    let mut decoded = read(&output, &budget()).unwrap();
    assert!(!decoded.transform(Orientation::FlipHorizontal, &budget()).unwrap());
    assert!(!decoded.transform(Orientation::Rotate270, &budget()).unwrap());
    assert!(written(&decoded) == output, "nothing changed");
    assert!(decoded.transform(Orientation::Rotate90, &budget()).unwrap());
    assert_eq!((decoded.width, decoded.height), (32, 63));
}

#[test]
fn what_the_picture_does_not_need_is_listed_and_not_written() {
    let clean = written(&picture(16, 16, &[(1, 1)], false));
    let mut input = clean[..20].to_vec();
    input.extend_from_slice(b"\xFF\xE1\x00\x0AExif\0\0MM");
    input.extend_from_slice(b"\xFF\xFE\x00\x05php");
    input.extend_from_slice(b"stray");
    input.extend_from_slice(&clean[20..]);
    let end = input.len() as u64;
    input.extend_from_slice(b"PK\x03\x04");
    let decoded = read(&input, &budget()).unwrap();
    let kinds: Vec<SegmentKind> = decoded.segments.iter().map(|segment| segment.kind).collect();
    assert_eq!(kinds, [SegmentKind::Jfif, SegmentKind::Exif, SegmentKind::Comment, SegmentKind::Stray]);
    assert_eq!(decoded.segments[3].body, b"stray");
    assert_eq!(decoded.segments[1].body, b"Exif\0\0MM");
    assert_eq!(decoded.trailing, Some(end));
    assert!(!decoded.damaged);
    assert!(written(&decoded) == clean);
}

#[test]
fn a_profile_of_several_segments_is_written_in_order() {
    let decoded = picture(8, 8, &[(1, 1)], false);
    let profile: Vec<u8> = (0..70_000_u32).map(|n| n as u8).collect();
    let output = write(&decoded, Some(&profile), &budget()).unwrap();
    assert!(verify(&output, &budget()).is_err(), "the profile is not the engine's");
    let again = read(&output, &budget()).unwrap();
    let chunks: Vec<(u8, u8)> = again.icc_chunks().map(|(number, count, _)| (number, count)).collect();
    assert_eq!(chunks, [(1, 2), (2, 2)]);
    assert!(again.icc_chunks().flat_map(|(_, _, content)| content).copied().eq(profile));
}

#[test]
fn a_stream_without_huffman_tables_has_those_of_annex_k() {
    // The encoder writes the tables of Annex K if it is not asked for others.
    let samples: Vec<u8> = (0..64 * 64 * 3_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
    let mut whole = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut whole, 90);
    encoder.encode(&samples, 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let mut without = whole[..2].to_vec();
    let mut at = 2;
    while whole[at + 1] != 0xDA {
        let end = at + 2 + usize::from(u16::from_be_bytes([whole[at + 2], whole[at + 3]]));
        if whole[at + 1] != 0xC4 {
            without.extend_from_slice(&whole[at..end]);
        }
        at = end;
    }
    without.extend_from_slice(&whole[at..]);
    assert!(without.len() < whole.len() - 400);
    let decoded = read(&without, &budget()).unwrap();
    assert!(!decoded.damaged);
    assert!(written(&decoded) == written(&read(&whole, &budget()).unwrap()));
}

#[test]
fn stray_bytes_that_join_are_listed_as_one() {
    let clean = written(&picture(8, 8, &[(1, 1)], false));
    let input = [&clean[..20], &[0xFF, 0xD0].repeat(1_000)[..], b"x", &clean[20..]].concat();
    let decoded = read(&input, &budget()).unwrap();
    let stray: Vec<usize> = decoded.of_kind(SegmentKind::Stray).map(|segment| segment.body.len()).collect();
    assert_eq!(stray, [2_001]);
}

#[test]
fn cut_data_leaves_grey_and_is_damage() {
    for progressive in [false, true] {
        let output = written(&picture(64, 64, &[(2, 2), (1, 1), (1, 1)], progressive));
        let decoded = read(&output[..output.len() * 3 / 4], &budget()).unwrap();
        assert!(decoded.damaged);
        let repaired = written(&decoded);
        let again = read(&repaired, &budget()).unwrap();
        assert!(!again.damaged);
        assert!(written(&again) == repaired);
    }
}

#[test]
fn a_picture_without_any_coded_data_is_malformed() {
    let output = written(&picture(8, 8, &[(1, 1)], false));
    let scan = output.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let mut input = output[..scan + 10].to_vec();
    assert!(matches!(read(&input, &budget()), Err(Error::Malformed { .. })));
    input.extend_from_slice(&[0xFF, 0xD9]);
    assert!(matches!(read(&input, &budget()), Err(Error::Malformed { .. })));
}

#[test]
fn other_codings_are_not_supported() {
    let output = written(&picture(8, 8, &[(1, 1)], false));
    let frame = output.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    for (at, value) in [(1, 0xC3), (1, 0xC9), (4, 12), (6, 0)] {
        let mut input = output.clone();
        input[frame + at] = value;
        assert!(matches!(read(&input, &budget()), Err(Error::Unsupported(_))), "{at} {value}");
    }
}

#[test]
fn blocks_outside_the_picture_are_blank_in_the_output() {
    // A picture of 16 pixels whose header is changed to 8: half of the MCU is now outside.
    let mut input = written(&picture(16, 8, &[(2, 1), (1, 1), (1, 1)], false));
    let frame = input.windows(2).position(|pair| pair == [0xFF, 0xC1]).unwrap();
    input[frame + 8] = 8;
    let output = written(&read(&input, &budget()).unwrap());
    assert!(output.len() < input.len());
    let decoded = read(&output, &budget()).unwrap();
    let Coefficients::Tokens(tokens) = &decoded.coefficients else { panic!("one scan") };
    let planes = blocks::spread(&decoded, tokens, &budget()).unwrap();
    assert_eq!(planes[0].masks[1], 0);
    assert_eq!(planes[0].dc[1], planes[0].dc[0]);
}

#[test]
fn every_scan_is_paid_for() {
    let output = written(&picture(128, 128, &[(1, 1)], true));
    let blocks = 16 * 16;
    let limits = Limits { objects: blocks * 3, ..Limits::default() };
    let budget = Budget::new(&limits, output.len() as u64, Cancel::new());
    assert_eq!(read(&output, &budget).unwrap_err(), Error::Limit(Resource::Objects));
}

#[test]
fn a_huge_frame_is_refused_before_its_blocks_are_made() {
    let mut input = written(&picture(8, 8, &[(1, 1)], true));
    let frame = input.windows(2).position(|pair| pair == [0xFF, 0xC2]).unwrap();
    input[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(read(&input, &budget()).unwrap_err(), Error::Limit(Resource::Pixels));
}

#[test]
fn the_verifier_refuses_what_the_writer_does_not_write() {
    let output = written(&picture(16, 16, &[(1, 1), (1, 1), (1, 1)], false));
    let trailing = [&output[..], b"x"].concat();
    let comment = [&output[..20], b"\xFF\xFE\x00\x03x", &output[20..]].concat();
    let second = [&output[..output.len() - 2], b"\xFF\xE1\x00\x03x\xFF\xD9"].concat();
    let restart = [&output[..output.len() - 2], b"\xFF\xD0\x01\xFF\xD9"].concat();
    for bad in [&trailing[..], &comment, &second, &restart, &output[..output.len() - 2], &output[..100], b""]
    {
        assert!(verify(bad, &budget()).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn broken_streams_neither_panic_nor_break_the_fixed_point(
        which in 0_usize..14,
        size in (1_u16..60, 1_u16..60),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut input = written(&picture(size.0, size.1, SAMPLINGS[which % 7], which >= 7));
        for (place, value) in &flips {
            let place = place.index(input.len());
            input[place] = *value;
        }
        if let Some(cut) = cut {
            input.truncate(cut.index(input.len()).max(2));
        }
        if let Ok(decoded) = read(&input, &budget()) {
            let output = written(&decoded);
            let again = read(&output, &budget()).unwrap();
            prop_assert!(!again.damaged);
            prop_assert!(written(&again) == output);
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn benign_photographs_reach_a_fixed_point_and_are_not_damaged() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/benign/jpg");
    let Ok(files) = std::fs::read_dir(&corpus) else {
        eprintln!("skipped: no corpus beside the workspace");
        return;
    };
    for file in files.flatten() {
        let input = std::fs::read(file.path()).unwrap();
        if input.len() > 300_000 {
            continue;
        }
        let name = file.file_name();
        let decoded = match read(&input, &budget()) {
            Err(Error::Unsupported(_)) => continue,
            decoded => decoded.unwrap_or_else(|error| panic!("{name:?}: {error}")),
        };
        let output = written(&decoded);
        assert!(output.len() * 10 <= input.len() * 11, "{name:?} grows");
        assert!(written(&read(&output, &budget()).unwrap()) == output, "{name:?}");
    }
}

/// A colour picture as libjpeg-turbo writes it with `jpegtran -optimize` and with `jpegtran -progressive`, whose
/// scans send coefficients bit by bit; hexadecimal.
const SEQUENTIAL: &str = "
    ffd8ffe000104a46494600010100000100010000ffdb00430006040506050406060506070706080a100a0a09090a140e0f0c101714181817
    1416161a1d251f1a1b231c1616202c20232627292a29191f2d302d283025282928ffdb0043010707070a080a130a0a13281a161a28282828
    28282828282828282828282828282828282828282828282828282828282828282828282828282828282828282828ffc00011080020002803
    012200021101031101ffc400190000020301000000000000000000000000000301020607ffc4003010000201030104070803000000000000
    0001021100032104051213d1062241516171f014232431344381c13233b1ffc4001901000203010000000000000000000000000304010205
    06ffc40027110001030302050501000000000000000001000211032131041222415181b11332618291c1ffda000c03010002110311003f00
    c3f44ba30bb58227041d3dc43045be18690060005d97ad9062b4a360ec3b6bec9a3d9ebb4adef966b8e783a74496de6c29660372431c78e3
    2cd82bc3e8b68f4a5b82fb49d96eea8dd36d16d24332b5f6606623206e95def0a66a9f7ad6992e6912ce84271ad58bf69add844fe02ebaaf
    5ef3b190101c7cbb4167755a9ad52b3db7cc58c5b11399b440e849b820b7abd455f55d0ee0b8039462f064826d91b7a990ba94623ad23223
    1563df1998a80c5890081faa09556119ecfcfa9ae6c6d025a6c888632a7220981268a0c92c0290ddf38eca283518d79e266efd520fcae529
    3ecce3c7955ae7d8fc1ff2a120695fba7955dbec1f2fd56d6cba687b7b0f2851f12fe5ca969f4d723bf95357ea9be711ca96a3e15bcf9540
    67f158f3fb2961fd18f58a2a5e3dc7aeea2aae622d2c9ede17ffd9
";
const REFINED: &str = "
    ffd8ffe000104a46494600010100000100010000ffdb00430006040506050406060506070706080a100a0a09090a140e0f0c101714181817
    1416161a1d251f1a1b231c1616202c20232627292a29191f2d302d283025282928ffdb0043010707070a080a130a0a13281a161a28282828
    28282828282828282828282828282828282828282828282828282828282828282828282828282828282828282828ffc20011080020002803
    012200021101031101ffc4001800010101010100000000000000000000000002010506ffc400190100030003000000000000000000000000
    010203000405ffda000c03010002100310000001e1f4aaad5f53a735810f94dcaddaa6a70e80dfffc4001e10000201030500000000000000
    000000000042040103130210202131ffda0008010100010502891b2982c53858ea2eaf375a8ca28ca7ffc4001e1100000505010000000000
    00000000000000020321f00110124161e1ffda0008010301013f015543655769397d0f4147ffc4001b110002030003000000000000000000
    00000001020311213141ffda0008010201013f01b6c9ca6d1c784927dad30c1a3fffc4002210000103020603000000000000000000000102
    11310010031213206171212251ffda0008010100063f028f53c3565461ea0fb09d884c6a4a9dbc774974b224021877ced16342c2e2bfffc4
    001f1001000301000202030000000000000000010011312110517191c1e1f0ffda0008010100013f211a993e4fca7654a975ab91db72dcd9
    f7e1c87a3769c407516feaae3b01aeec26583adf5fcddce0cf7cec35e13508326e326e1b8cff00ffda000c030100020003000000107f308a
    30dfffc4001d110100000701010000000000000000000001001121314161b11081ffda0008010301013f10a5b281895ab2668b4b9b333c1d
    c1c1d8730bdf9c8fffc4001b11000203010101000000000000000000000111002131c11051ffda0008010201013f10b45aa8aac4f5d243e1
    26c104206550af54dc1cf8ff00ffc40022100002020103050101000000000000000001110021413151d1617191c1f081b1ffda0008010100
    013f1018b1251086005000e6015058412367a0200b82aeb56a96a161543bab6a132b0894198c465234b010b4ac06ec44bb3179f794c0135a
    641804440207a8480af1fbf385920086e7588ebebc4f49fe40f1f131b7e206dfaa28d97c4cbdbd4ea12e2079388bf7b4ffd9
";

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        text.chars().filter_map(|digit| digit.to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

#[test]
fn scans_that_send_coefficients_bit_by_bit_are_those_of_one_scan() {
    let (sequential, refined) = (unhex(SEQUENTIAL), unhex(REFINED));
    let (sequential, refined) = (read(&sequential, &budget()).unwrap(), read(&refined, &budget()).unwrap());
    assert!(refined.progressive && !refined.damaged && !sequential.progressive);
    assert!(seen(&refined) == seen(&sequential));
    let output = written(&refined);
    let again = read(&output, &budget()).unwrap();
    assert!(again.progressive && seen(&again) == seen(&sequential));
    assert!(written(&again) == output);
}

//! Bad input: each with a clear message and its exit code, the other files unharmed.

mod common;

use std::fs;

use common::{Place, below, picture, rebuilds, sample, sanitize, stderr, stdout};
use sanitize_core::format::{PNG, ZIP};

/// Cleans a good picture beside `name`, and gives the exit code and what was printed.
fn beside_a_picture(name: &str, bytes: &[u8], arguments: &[&str]) -> (Option<i32>, String, Place) {
    let place = Place::new(&[("good.png", &picture()), (name, bytes)]);
    let done = place.clean().args(arguments).output().unwrap();
    if rebuilds(PNG) {
        assert!(place.outputs().contains(&"good.png".to_owned()), "the other file is delivered");
    }
    (done.status.code(), stdout(&done) + &stderr(&done), place)
}

#[test]
fn an_empty_file_is_rejected() {
    let (code, text, place) = beside_a_picture("空.docx", b"", &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("an empty file"), "{text}");
    assert!(place.output().join("空.docx.report.json").exists() && !place.output().join("空.docx").exists());
}

#[test]
fn an_unknown_type_is_rejected() {
    let (code, text, _) = beside_a_picture("a.xyz", b"\0\x01\x02\x03", &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("an unknown kind of file") && text.contains("file.unsupported-format"), "{text}");
}

#[test]
fn an_extension_of_another_family_is_rejected() {
    if !rebuilds(PNG) {
        return;
    }
    let (code, text, _) = beside_a_picture("見積書.docx", &picture(), &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("file.type-extension-mismatch"), "{text}");
}

#[test]
fn an_extension_of_the_same_family_is_put_right() {
    if !rebuilds(PNG) {
        return;
    }
    let (code, text, place) = beside_a_picture("写真.jpg", &picture(), &[]);
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(place.outputs(), ["good.png", "写真.png"]);
}

#[test]
fn a_truncated_file_is_rejected() {
    if !rebuilds(PNG) {
        return;
    }
    let whole = sample("写真.png");
    let (code, text, place) = beside_a_picture("a.png", &whole[..whole.len() / 2], &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("a.png: malformed"), "{text}");
    assert!(!place.outputs().contains(&"a.png".to_owned()));
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let (code, text, place) = beside_a_picture("large.txt", &vec![b'a'; 200_000], &["--max-input", "100K"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("limit reached: input-bytes"), "{text}");
    let report = common::json(&place.output().join("large.txt.report.json"));
    assert_eq!(report["report"]["input"]["bytes"], 200_000);
    assert_eq!(report["report"]["input"]["sha256"], "");
}

#[test]
fn a_missing_path_fails_and_the_rest_is_delivered() {
    let place = Place::new(&[("good.png", &picture())]);
    let done = place.clean().arg(place.path().join("missing.docx")).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stdout(&done).contains("missing.docx: no such file or folder"), "{}", stdout(&done));
    if rebuilds(PNG) {
        assert_eq!(place.outputs(), ["good.png"]);
    }
    let report = place.run_report();
    assert_eq!(
        (&report["files"][0]["verdict"], &report["files"][0]["problem"]["code"]),
        (&"failed".into(), &"missing".into())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_unreadable_file_fails_and_the_rest_is_delivered() {
    let place = Place::new(&[("good.png", &picture())]);
    // Readable by nobody, root included: its first page is never mapped.
    let done = place.clean().args(["/proc/self/mem", "--quiet"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stderr(&done).starts_with("/proc/self/mem: "), "{}", stderr(&done));
    if rebuilds(PNG) {
        assert_eq!(place.outputs(), ["good.png"]);
    }
    assert_eq!(place.run_report()["files"][1]["problem"]["code"], "unreadable");
}

#[cfg(unix)]
#[test]
fn links_and_devices_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let place = Place::new(&[("good.png", &picture())]);
    let secret = place.path().join("secret.png");
    fs::write(&secret, picture()).unwrap();
    symlink(&secret, place.input().join("out.png")).unwrap();
    symlink(place.input(), place.input().join("loop")).unwrap();
    symlink("good.png", place.input().join("inside.png")).unwrap();
    let done = place.clean().output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stdout(&done).contains("is not followed"), "{}", stdout(&done));
    if rebuilds(PNG) {
        assert_eq!(place.outputs(), ["good.png", "inside.png"]);
    }
    let done =
        sanitize().args(["clean", "/dev/zero", "-o"]).arg(place.path().join("other")).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stdout(&done).contains("neither a file nor a folder"));
}

#[test]
fn an_output_folder_inside_an_input_folder_is_refused_before_anything_is_written() {
    let place = Place::new(&[("good.png", &picture())]);
    let mut inside = sanitize();
    inside.arg("clean").arg(place.input()).arg("-o").arg(place.input().join("下/out"));
    let done = inside.output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stderr(&done).contains("lies inside the input folder"), "{}", stderr(&done));
    let done = place.clean().arg("--report-dir").arg(place.input().join("reports")).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(below(&place.input()), ["good.png"]);
    assert!(!place.output().exists());
}

#[test]
fn an_output_folder_that_cannot_be_made_is_said() {
    let place = Place::new(&[("good.png", &picture())]);
    fs::write(place.output(), "a file is in the way").unwrap();
    let done = place.clean().output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stderr(&done).starts_with("sanitize: "), "{}", stderr(&done));
    assert_eq!(fs::read(place.output()).unwrap(), b"a file is in the way");
    sanitize().arg("clean").arg(place.input()).assert().code(2);
}

/// A file system of 64 KiB, where the system lets this process mount one.
#[cfg(target_os = "linux")]
struct SmallDisk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(at: std::path::PathBuf) -> Option<Self> {
        fs::create_dir(&at).unwrap();
        let done = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
            .arg(&at)
            .output();
        match done {
            Ok(done) if done.status.success() => Some(Self(at)),
            _ => None,
        }
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        std::process::Command::new("umount").arg(&self.0).status().ok();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_whole_files_only() {
    if !rebuilds(PNG) {
        return;
    }
    let reference = Place::new(&[("a.png", &picture())]);
    reference.clean().assert().code(0);
    let whole = fs::read(reference.output().join("a.png")).unwrap();

    // Twice as many as fit into 64 KiB.
    let count = 2 * 65_536 / whole.len();
    let names: Vec<String> = (0..count).map(|number| format!("{number}.png")).collect();
    let picture = picture();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), picture.as_slice())).collect();
    let place = Place::new(&files);
    let Some(disk) = SmallDisk::mount(place.output()) else {
        common::skipped("no right to mount a file system");
        return;
    };
    let done = place.clean().args(["--report", "none"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stdout(&done).contains("the disk is full"), "{}", stdout(&done));
    let delivered = below(&disk.0);
    assert!(!delivered.is_empty() && delivered.len() < count, "{delivered:?}");
    for name in delivered {
        assert!(fs::read(disk.0.join(&name)).unwrap() == whole, "{name} is whole");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_a_failure() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = |arguments: &[&str], input: &[u8]| {
        use std::io::Write;
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sanitize"))
            .args(arguments)
            .stdin(std::process::Stdio::piped())
            .stdout(full())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait().unwrap().code()
    };
    assert_eq!(run(&["formats"], b""), Some(2));
    if rebuilds(PNG) {
        assert_eq!(run(&["clean", "-"], &picture()), Some(2));
    }
}

#[test]
fn a_bad_policy_is_named_by_line_and_key_before_anything_is_written() {
    let place = Place::new(&[("good.png", &picture())]);
    let policy = place.path().join("policy.toml");
    fs::write(&policy, "preset = \"strict\"\n[actions]\nmacro = \"keep\"\n").unwrap();
    let done = place.clean().arg("--policy").arg(&policy).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stderr(&done).contains("policy.toml: line 3: `macro` cannot be `keep`"), "{}", stderr(&done));
    assert!(!place.output().exists());
    fs::write(&policy, b"name = \"\xff\"").unwrap();
    assert!(stderr(&place.clean().arg("--policy").arg(&policy).output().unwrap()).contains("not UTF-8"));
    place.clean().args(["--policy", "missing.toml"]).assert().code(2);
    place.clean().args(["--policy", "a.toml", "--preset", "strict"]).assert().code(2);
}

#[test]
fn bad_values_are_usage_errors() {
    let place = Place::new(&[]);
    for arguments in [
        ["--max-input", "lots"],
        ["--timeout", "soon"],
        ["--jobs", "0"],
        ["--preset", "lax"],
        ["--report", "xml"],
        ["--progress", "maybe"],
        ["--lang", "fr"],
        ["--password-file", "missing.txt"],
    ] {
        place.clean().args(arguments).assert().code(2);
    }
    sanitize().assert().code(2);
    sanitize().arg("wash").assert().code(2);
    sanitize().arg("clean").assert().code(2);
}

#[test]
fn every_limit_can_be_given() {
    let place = Place::new(&[("good.png", &picture())]);
    let limits = [
        "--max-input=10M",
        "--max-expanded=1G",
        "--max-ratio=500",
        "--max-buffer=100M",
        "--max-depth=3",
        "--max-members=10",
        "--max-xml-depth=50",
        "--max-xml-attributes=50",
        "--max-objects=1000000",
        "--max-pixels=1000000",
        "--max-frames=10",
        "--max-findings=10",
        "--timeout=30s",
    ];
    let code = if rebuilds(PNG) { 0 } else { 1 };
    place.clean().args(limits).assert().code(code);
    if rebuilds(PNG) {
        let done =
            place.clean().args(["--overwrite", "--max-expanded=100", "--max-pixels=100"]).output().unwrap();
        assert_eq!(done.status.code(), Some(1), "{}", stdout(&done));
    }
}

/// An archive of one member encrypted the old way (APPNOTE 6.1), with `password`.
fn encrypted_archive(name: &str, body: &[u8], password: &[u8]) -> Vec<u8> {
    struct Keys([u32; 3]);
    impl Keys {
        fn update(&mut self, byte: u8) {
            let crc = |crc: u32, byte: u8| {
                (0..8).fold(crc ^ u32::from(byte), |crc, _| {
                    if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
                })
            };
            self.0[0] = crc(self.0[0], byte);
            self.0[1] = self.0[1].wrapping_add(self.0[0] & 0xff).wrapping_mul(134_775_813).wrapping_add(1);
            self.0[2] = crc(self.0[2], (self.0[1] >> 24) as u8);
        }

        fn encrypt(&mut self, byte: u8) -> u8 {
            let temporary = (self.0[2] | 2) as u16;
            let cipher = byte ^ (temporary.wrapping_mul(temporary ^ 1) >> 8) as u8;
            self.update(byte);
            cipher
        }
    }
    let mut keys = Keys([0x1234_5678, 0x2345_6789, 0x3456_7890]);
    password.iter().for_each(|byte| keys.update(*byte));
    let checksum = body.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    });
    let checksum = !checksum;
    let header: Vec<u8> = (1..=11).chain([(checksum >> 24) as u8]).collect();
    let cipher: Vec<u8> = header.iter().chain(body).map(|byte| keys.encrypt(*byte)).collect();
    let mut fields = vec![20, 0, 1, 8, 0, 0, 0, 0, 0x21, 0];
    fields.extend(checksum.to_le_bytes());
    fields.extend((cipher.len() as u32).to_le_bytes());
    fields.extend((body.len() as u32).to_le_bytes());
    fields.extend((name.len() as u16).to_le_bytes());
    fields.extend([0, 0]);
    let mut archive = [b"PK\x03\x04", fields.as_slice(), name.as_bytes(), &cipher].concat();
    let start = archive.len() as u32;
    archive.extend([b"PK\x01\x02\x14\0", fields.as_slice(), &[0; 14], name.as_bytes()].concat());
    let length = archive.len() as u32 - start;
    archive.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    archive.extend(length.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

#[test]
fn passwords_are_tried_from_the_line_and_from_a_file_in_utf_8_and_shift_jis() {
    if !rebuilds(ZIP) || !rebuilds(PNG) {
        return;
    }
    let delivered = |password: &[u8], arguments: &[&str]| {
        let archive = encrypted_archive("図面.png", &picture(), password);
        let place = Place::new(&[("a.zip", &archive)]);
        fs::write(place.path().join("passwords.txt"), "\u{feff}秘密\r\nother\n").unwrap();
        let done = place.clean().current_dir(place.path()).args(arguments).output().unwrap();
        let output = fs::read(place.output().join("a.zip")).unwrap_or_default();
        (
            done.status.code(),
            output.windows(8).any(|name| name == "図面.".as_bytes().get(..8).unwrap_or_default())
                || output.windows(4).any(|ending| ending == b".png"),
        )
    };
    assert_eq!(delivered(b"right", &["--password", "wrong", "--password", "right"]), (Some(0), true));
    assert_eq!(delivered("秘密".as_bytes(), &["--password-file", "passwords.txt"]), (Some(0), true));
    assert_eq!(delivered(b"\x94\xe9\x96\xa7", &["--password-file", "passwords.txt"]), (Some(0), true));
    let (code, _) = delivered(b"right", &["--password", "wrong"]);
    assert_eq!(code, Some(1), "a wrong password opens nothing");
}

#[test]
fn the_preset_and_the_time_limit_decide() {
    if !rebuilds(PNG) {
        return;
    }
    // Under `default` put right, under `strict` refused (P33).
    let place = Place::new(&[("写真.jpg", &picture())]);
    place.clean().arg("--dry-run").assert().code(0);
    place.clean().args(["--dry-run", "--preset", "strict"]).assert().code(1);
    let policy = place.path().join("policy.json");
    fs::write(&policy, "{ \"preset\": \"strict\", \"actions\": { \"wrong-extension\": \"replace\" } }")
        .unwrap();
    place.clean().arg("--dry-run").arg("--policy").arg(&policy).assert().code(0);
    // The command line comes before the policy, and 0 is no limit.
    fs::write(&policy, "{ \"limits\": { \"timeout-ms\": 1 } }").unwrap();
    place.clean().args(["--dry-run", "--timeout", "0"]).arg("--policy").arg(&policy).assert().code(0);
}

//! Programs that do a part of the work: they pack or write anew and look at nothing.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use sanitize_corpus::bench::Class;

use crate::tools;

/// A program, ready to be run again and again; it writes into `output` below its class's folder.
pub(super) struct Runner {
    pub(super) name: &'static str,
    program: PathBuf,
    arguments: Vec<OsString>,
    /// Where it runs.
    folder: PathBuf,
}

impl Runner {
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder);
        command
    }
}

const REPACK: &str = "import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as z:
    for folder, _, names in os.walk('.'):
        for name in names:
            z.write(os.path.join(folder, name))";

const RESAVE: &str = "import sys
from PIL import Image
picture = Image.open(sys.argv[1])
if picture.format == 'JPEG':
    picture.save(sys.argv[2], quality='keep')
else:
    picture.save(sys.argv[2])";

const RESAVE_ALL: &str = "import sys
from PIL import Image
picture = Image.open(sys.argv[1])
options = {'compression': picture.info['compression']} if picture.format == 'TIFF' else {}
picture.save(sys.argv[2], save_all=True, **options)";

const REWRITE: &str = "import sys, pikepdf
with pikepdf.open(sys.argv[1]) as pdf:
    pdf.save(sys.argv[2])";

const RESAVE_EACH: &str = "import os, sys
from PIL import Image
for name in os.listdir(sys.argv[1]):
    Image.open(os.path.join(sys.argv[1], name)).save(os.path.join(sys.argv[2], name), quality='keep')";

const TRANSCODE: &str =
    "for picture in *.jpg; do jpegtran -copy none -outfile \"$0/$picture\" \"$picture\" || exit 1; done";

/// The engine on one thread and on all, and every peer of the class that is installed.
pub(super) fn runners(
    class: &Class,
    command: &Path,
    input: &Path,
    folder: &Path,
) -> Result<Vec<Runner>, String> {
    let output = folder.join("output");
    let file = output.join(format!("file.{}", class.extension)).into_os_string();
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from).to_string();
    let engine = |name, jobs: &str| Runner {
        name,
        program: command.to_path_buf(),
        arguments: words(&["clean", "--jobs", jobs, "--quiet", "--report", "none", "-o"])
            .into_iter()
            .chain([output.clone().into_os_string(), input.as_os_str().to_owned()])
            .collect(),
        folder: folder.to_path_buf(),
    };
    let mut runners = vec![engine("sanitize", "1"), engine("sanitize on all cores", &cores)];
    let mut add = |name, program: &str, arguments: Vec<OsString>, folder: &Path| {
        if is_installed(program) {
            runners.push(Runner { name, program: program.into(), arguments, folder: folder.to_path_buf() });
        }
    };
    let source = input.as_os_str().to_owned();
    if class.is_package() {
        let members = unpacked(input, folder)?;
        let zip = [words(&["-q", "-1", "-r", "-D"]), vec![file.clone()], words(&["."])].concat();
        add("zip -1", "zip", zip, &members);
        let python = [words(&["-c", REPACK]), vec![file.clone()]].concat();
        add("Python zipfile 1", "python3", python, &members);
        let seven = [words(&["a", "-tzip", "-mx1", "-mmt1"]), vec![file], words(&["."])].concat();
        add("7z -mx1", "7z", seven, &members);
    } else if class.files > 1 {
        let transcode = [words(&["-c", TRANSCODE]), vec![output.clone().into_os_string()]].concat();
        add("jpegtran -copy none, each", "sh", transcode, input);
        let resave = [words(&["-c", RESAVE_EACH]), vec![source, output.into_os_string()]].concat();
        add("Pillow", "python3", resave, folder);
    } else if class.extension == "jpg" {
        let jpegtran = [words(&["-copy", "none", "-outfile"]), vec![file.clone(), source.clone()]].concat();
        add("jpegtran -copy none", "jpegtran", jpegtran, folder);
        add("Pillow", "python3", [words(&["-c", RESAVE]), vec![source, file]].concat(), folder);
    } else if class.extension == "png" {
        let optipng = [words(&["-o0", "-quiet", "-out"]), vec![file.clone(), source.clone()]].concat();
        add("optipng -o0", "optipng", optipng, folder);
        let mut fast = file.clone();
        fast.push("[compression=1]");
        let vips = [words(&["copy", "--vips-concurrency=1"]), vec![source.clone(), fast]].concat();
        add("vips, level 1", "vips", vips, folder);
        add("Pillow", "python3", [words(&["-c", RESAVE]), vec![source, file]].concat(), folder);
    } else if class.extension == "gif" {
        let gifsicle = [vec![source.clone()], words(&["-o"]), vec![file.clone()]].concat();
        add("gifsicle", "gifsicle", gifsicle, folder);
        add("vips", "vips", vips(&source, &file, ""), folder);
        add("Pillow", "python3", [words(&["-c", RESAVE_ALL]), vec![source, file]].concat(), folder);
    } else if class.extension == "tif" {
        add("tiffcp", "tiffcp", vec![source.clone(), file.clone()], folder);
        let packing = match class.name {
            "tiff_g4_8p" => "[compression=ccittfax4,bitdepth=1]",
            "tiff_lzw_4p" => "[compression=lzw,predictor=none]",
            _ => "[compression=deflate,predictor=horizontal]",
        };
        add("vips", "vips", vips(&source, &file, packing), folder);
        add("Pillow", "python3", [words(&["-c", RESAVE_ALL]), vec![source, file]].concat(), folder);
    } else if class.extension == "pdf" {
        add("qpdf", "qpdf", vec![source.clone(), file.clone()], folder);
        let deflating = words(&["--recompress-flate", "--compression-level=1"]);
        add(
            "qpdf --recompress-flate",
            "qpdf",
            [deflating, vec![source.clone(), file.clone()]].concat(),
            folder,
        );
        let pikepdf = [words(&["-c", REWRITE]), vec![source.clone(), file.clone()]].concat();
        add("pikepdf", "python3", pikepdf, folder);
        if class.name.starts_with("pdf_img") && is_installed("pdfimages") && is_installed("jpegtran") {
            let pictures = extracted(input, folder)?;
            let transcode = [words(&["-c", TRANSCODE]), vec![output.into_os_string()]].concat();
            add("jpegtran on its pictures", "sh", transcode, &pictures);
        }
        let lopdf = tools::lopdf()?;
        for (name, how) in [("lopdf", &[][..]), ("lopdf, objects in streams", &["streams"])] {
            let arguments = [vec![source.clone(), file.clone()], words(how)].concat();
            runners.push(Runner { name, program: lopdf.clone(), arguments, folder: folder.to_path_buf() });
        }
    }
    Ok(runners)
}

/// All frames or pages of a picture, on one thread.
fn vips(source: &OsStr, file: &OsStr, packing: &str) -> Vec<OsString> {
    let with = |path: &OsStr, options: &str| {
        let mut path = path.to_owned();
        path.push(options);
        path
    };
    let arguments = words(&["copy", "--vips-concurrency=1"]);
    [arguments, vec![with(source, "[n=-1]"), with(file, packing)]].concat()
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The JPEG pictures of a PDF file as they stand in it.
fn extracted(input: &Path, folder: &Path) -> Result<PathBuf, String> {
    let pictures = folder.join("pictures");
    std::fs::create_dir_all(&pictures).map_err(|error| error.to_string())?;
    let mut command = Command::new("pdfimages");
    command.arg("-j").arg(input).arg(pictures.join("picture")).stdin(Stdio::null());
    let status = command.status().map_err(|error| format!("pdfimages: {error}"))?;
    if status.success() { Ok(pictures) } else { Err(format!("pdfimages ended with {status}")) }
}

/// The members of a package as files. Unpacking them is no part of what is timed.
fn unpacked(input: &Path, folder: &Path) -> Result<PathBuf, String> {
    let members = folder.join("members");
    let status = Command::new("unzip")
        .args(["-q", "-o"])
        .arg(input)
        .arg("-d")
        .arg(&members)
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("unzip: {error}"))?;
    if status.success() { Ok(members) } else { Err(format!("unzip ended with {status}")) }
}

"""Pages and text of documents, by LibreOffice and Poppler, kept by the SHA-256 of the document.

`Renders(cache).render(paths)` fills `<cache>/<sha256>.<ext>/` with `page-001.png …`, `text.txt` and
`facts.json`, and returns the facts of each path. One soffice process converts many files; what it does not
deliver is tried once more alone.

    python3 render.py --cache DIR FILE-OR-DIR…       fills the cache ahead of time
"""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

OFFICE = {"docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "xltm", "pptx", "pptm", "potx", "potm", "ppsx", "ppsm"}
BATCH = 16
DPI = 100
# Pages rendered of one document. The number of pages and the text are taken of all.
PAGES = 30
# Longest side of a rendered page in pixels; larger paper is rendered at fewer dots per inch.
LONGEST = 2400


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def extension(path):
    return pathlib.Path(path).suffix.lower().lstrip(".")


def run(command, seconds, cwd=None):
    """Output of `command`, or None when it failed or took longer. Its own process group is ended with it."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=cwd, start_new_session=True
    )
    try:
        output, _ = process.communicate(timeout=seconds)
        return output if process.returncode == 0 else None
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None


class Renders:
    def __init__(self, cache, say=lambda text: None):
        self.cache = pathlib.Path(cache)
        self.cache.mkdir(parents=True, exist_ok=True)
        self.profile = tempfile.mkdtemp(prefix="fidelity-profile-")
        self.say = say

    def close(self):
        shutil.rmtree(self.profile, ignore_errors=True)

    def folder(self, path):
        return self.cache / f"{sha256(path)}.{extension(path)}"

    def facts(self, path):
        """What is known of a document, or None when it was not rendered yet."""
        try:
            return json.loads((self.folder(path) / "facts.json").read_text())
        except FileNotFoundError:
            return None

    def render(self, paths):
        waiting = [path for path in dict.fromkeys(map(str, paths)) if self.facts(path) is None]
        office = [path for path in waiting if extension(path) in OFFICE]
        for path in waiting:
            if extension(path) == "pdf":
                self.pages(path, path)
        for start in range(0, len(office), BATCH):
            batch = office[start : start + BATCH]
            began = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="fidelity-") as work:
                delivered = self.convert(batch, work, 60 + 20 * len(batch))
                for path in batch:
                    if path not in delivered:
                        delivered.update(self.convert([path], work, 90))
                for path in batch:
                    self.pages(path, delivered.get(path))
            spent = time.monotonic() - began
            self.say(f"{start + len(batch)}/{len(office)} rendered, {spent:.0f} s for {len(batch)}")
        return {path: self.facts(path) for path in map(str, paths)}

    def convert(self, paths, work, seconds):
        """Converts to PDF; returns document → PDF for those that worked."""
        into = pathlib.Path(work) / "pdf"
        into.mkdir(exist_ok=True)
        copies = {}
        for path in paths:
            copy = pathlib.Path(work) / f"{sha256(path)}.{extension(path)}"
            shutil.copyfile(path, copy)
            copies[path] = copy
        command = ["soffice", f"-env:UserInstallation=file://{self.profile}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(into), *map(str, copies.values())]
        run(command, seconds)
        made = {path: into / f"{copy.stem}.pdf" for path, copy in copies.items()}
        return {path: pdf for path, pdf in made.items() if pdf.exists()}

    def pages(self, path, pdf):
        folder = self.folder(path)
        work = folder.with_name(folder.name + ".part")
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        facts = {"pages": None, "rendered": 0}
        info = run(["pdfinfo", "-l", str(PAGES), str(pdf)], 60) if pdf else None
        if info is not None:
            longest = 1.0
            for line in info.decode("utf-8", "replace").splitlines():
                name, _, value = line.partition(":")
                if name == "Pages":
                    facts["pages"] = int(value)
                elif name.startswith("Page") and name.endswith("size"):
                    numbers = [float(word) for word in value.split() if word.replace(".", "").isdigit()]
                    longest = max([longest, *numbers])
            dots = max(10, min(DPI, int(LONGEST * 72 / longest)))
            run(["pdftoppm", "-png", "-r", str(dots), "-l", str(PAGES), str(pdf), str(work / "page")], 240)
            text = run(["pdftotext", "-enc", "UTF-8", str(pdf), "-"], 120)
            (work / "text.txt").write_bytes(text or b"")
            facts["rendered"] = len(list(work.glob("page-*.png")))
        (work / "facts.json").write_text(json.dumps(facts))
        shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)

    def images(self, path):
        return sorted(self.folder(path).glob("page-*.png"), key=lambda page: int(page.stem.split("-")[1]))

    def text(self, path):
        try:
            return (self.folder(path) / "text.txt").read_text("utf-8", "replace")
        except FileNotFoundError:
            return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", required=True)
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    found = []
    for path in arguments.paths:
        found += sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    wanted = [path for path in found if extension(path) in OFFICE | {"pdf"}]
    renders = Renders(arguments.cache, lambda text: print(text, file=sys.stderr, flush=True))
    renders.render(wanted)
    renders.close()


if __name__ == "__main__":
    main()

"""Compares benign files before and after: pages by SSIM, text, opening in other libraries, pixels of pictures.

Reads one JSON object a line: input, output or null, verdict, format, report. Prints the table, writes `pages.tsv`,
`files.tsv` and `index.html` with the greatest differences first.

    python3 fidelity.py PAIRS.jsonl --cache DIR --out DIR
"""

import argparse
import base64
import collections
import html
import io
import json
import multiprocessing
import pathlib
import subprocess
import sys
import unicodedata
import warnings

import numpy
from PIL import Image, ImageCms, ImageOps, ImageSequence
from skimage.metrics import structural_similarity

from render import OFFICE, Renders, extension

warnings.filterwarnings("ignore")
Image.MAX_IMAGE_PIXELS = None
PICTURES = {"png", "apng", "jpg", "jpeg", "jpe", "gif", "bmp", "dib", "tif", "tiff", "webp", "ico", "cur"}
THRESHOLD = 0.98


def ssim(before, after):
    """Similarity of two pages in grey. Pages of other size are brought to the first one's."""
    one, two = Image.open(before).convert("L"), Image.open(after).convert("L")
    if one.size != two.size:
        two = two.resize(one.size)
    one, two = numpy.asarray(one), numpy.asarray(two)
    if numpy.array_equal(one, two):
        return 1.0
    if min(one.shape) < 7:
        return float(1 - numpy.abs(one.astype(int) - two).mean() / 255)
    return float(structural_similarity(one, two, data_range=255))


def page_pair(pair):
    path, number, before, after = pair
    return path, number, ssim(before, after), before, after


def folded(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def opens(path):
    """What the library for this type says: None for no library, else True or the error."""
    kind = extension(path)
    try:
        if kind in ("docx", "docm", "dotx", "dotm"):
            import docx

            docx.Document(str(path))
        elif kind in ("xlsx", "xlsm", "xltx", "xltm"):
            import openpyxl

            openpyxl.load_workbook(str(path)).close()
        elif kind in ("pptx", "pptm", "ppsx", "ppsm", "potx", "potm"):
            import pptx

            pptx.Presentation(str(path))
        elif kind in PICTURES:
            with Image.open(path) as picture:
                picture.load()
        else:
            return None
        return True
    except Exception as error:  # whatever the library finds wrong
        return f"{type(error).__name__}: {error}"[:160]


def structure(path):
    """`unzip -t` for packages and archives, qpdf for PDF."""
    kind = extension(path)
    if kind in OFFICE | {"zip"}:
        return subprocess.run(["unzip", "-tqq", str(path)], capture_output=True, check=False).returncode == 0
    if kind == "pdf":
        return subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
    return True


def frames(path):
    """The frames as a viewer shows them: upright, in sRGB."""
    with Image.open(path) as picture:
        profile = picture.info.get("icc_profile")
        for index, frame in enumerate(ImageSequence.Iterator(picture)):
            if index >= 40:
                break
            frame = in_srgb(ImageOps.exif_transpose(frame), profile)
            yield numpy.asarray(frame.convert("RGBA")).astype(int)


def in_srgb(frame, profile):
    """The frame by its colour profile; a profile that cannot be read means nothing, as in viewers."""
    if not profile or frame.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return frame
    try:
        own, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(frame, own, target, outputMode="RGBA" if frame.mode == "RGBA" else "RGB")
    except ImageCms.PyCMSError:
        return frame


def picture_difference(before, after):
    """(identical, PSNR, note) over all frames. Colour under alpha 0 does not count."""
    try:
        first = list(frames(before))
    except Exception as error:  # the original cannot be read: nothing to compare
        return None, None, f"original: {type(error).__name__}"
    try:
        second = list(frames(after))
    except Exception as error:
        return False, 0.0, f"output: {type(error).__name__}: {error}"[:120]
    if len(first) != len(second):
        return False, 0.0, f"{len(first)} frames, now {len(second)}"
    worst = float("inf")
    for one, two in zip(first, second):
        if one.shape != two.shape:
            if one.shape[:2] == two.shape[1::-1]:
                return None, None, "turned upright"
            return False, 0.0, f"{one.shape[1]}x{one.shape[0]}, now {two.shape[1]}x{two.shape[0]}"
        seen = (one[..., 3:] > 0) | (two[..., 3:] > 0)
        error = ((one - two) ** 2 * seen).mean()
        worst = min(worst, float("inf") if error == 0 else 10 * numpy.log10(255**2 / error))
    return bool(worst == float("inf")), float(worst), ""


def examine(case):
    """Everything about one delivered file that needs no rendering."""
    before, after = case["input"], case["output"]
    case["structure"] = structure(after)
    case["opened_before"] = opens(before)
    case["opened_after"] = opens(after)
    if case["opened_before"] is not True and case["opened_after"] is True:
        # A file the library did not take may well be one it takes now.
        case["opened_before"] = None
    if extension(before) in PICTURES:
        case["identical"], case["psnr"], case["note"] = picture_difference(before, after)
    return case


def thumbnail(path):
    if path is None:
        return ""
    with Image.open(path) as page:
        page = page.convert("RGB")
        page.thumbnail((420, 420))
        held = io.BytesIO()
        page.save(held, "JPEG", quality=70)
    return "data:image/jpeg;base64," + base64.b64encode(held.getvalue()).decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs")
    parser.add_argument("--cache", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--worst", type=int, default=60)
    arguments = parser.parse_args()
    cases = [json.loads(line) for line in pathlib.Path(arguments.pairs).read_text().splitlines()]
    out = pathlib.Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    delivered = [case for case in cases if case["output"]]
    with multiprocessing.Pool(arguments.jobs) as pool:
        delivered = pool.map(examine, delivered, chunksize=1)
        renders = Renders(arguments.cache, lambda text: print(text, file=sys.stderr, flush=True))
        paged = [case for case in delivered if extension(case["input"]) in OFFICE | {"pdf"}]
        renders.render([case["input"] for case in paged])
        renders.render([case["output"] for case in paged])
        renders.close()
        pairs = []
        for case in paged:
            before, after = renders.facts(case["input"]), renders.facts(case["output"])
            case["pages"] = (before["pages"], after["pages"])
            case["text_equal"] = folded(renders.text(case["input"])) == folded(renders.text(case["output"]))
            if before["pages"] is None:
                continue
            one, two = renders.images(case["input"]), renders.images(case["output"])
            for number in range(max(len(one), len(two))):
                if number < len(one) and number < len(two):
                    pairs.append((case["input"], number + 1, str(one[number]), str(two[number])))
                else:
                    case.setdefault("lost", []).append((number + 1, one, two))
        scores = pool.map(page_pair, pairs, chunksize=8)
    for case in paged:
        for number, one, two in case.pop("lost", []):
            before = str(one[number - 1]) if number <= len(one) else None
            after = str(two[number - 1]) if number <= len(two) else None
            scores.append((case["input"], number, 0.0, before, after))
    report(cases, delivered, scores, out, arguments.worst)


def report(cases, delivered, scores, out, worst):
    by_format = collections.defaultdict(list)
    for case in cases:
        by_format[case["format"]].append(case)
    made = {case["input"]: case for case in delivered}
    pages = collections.defaultdict(list)
    for path, _number, score, *_ in scores:
        pages[path].append(score)
    head = ["format", "files", "delivered", "opens", "structure", "pages equal", "text equal", f"pages >= {THRESHOLD}", "pages", "identical", "PSNR >= 40"]
    rows = []
    totals = collections.Counter()
    for kind, group in sorted(by_format.items()):
        here = [made[case["input"]] for case in group if case["input"] in made]
        opened = [case for case in here if case["opened_before"] is True]
        rendered = [case for case in here if case.get("pages") and case["pages"][0] is not None]
        scored = [score for case in here for score in pages[case["input"]]]
        pictures = [case for case in here if case.get("identical") is not None]
        row = {
            "files": len(group),
            "delivered": len(here),
            "opens": (sum(case["opened_after"] is True for case in opened), len(opened)),
            "structure": (sum(case["structure"] for case in here), len(here)),
            "pages equal": (sum(case["pages"][0] == case["pages"][1] for case in rendered), len(rendered)),
            "text equal": (sum(case["text_equal"] for case in rendered), len(rendered)),
            "good": (sum(score >= THRESHOLD for score in scored), len(scored)),
            "identical": (sum(bool(case["identical"]) for case in pictures), len(pictures)),
            "psnr": (sum((case["psnr"] or 0) >= 40 for case in pictures), len(pictures)),
        }
        for key, value in row.items():
            totals[key, 0] += value[0] if isinstance(value, tuple) else value
            totals[key, 1] += value[1] if isinstance(value, tuple) else 0
        rows.append((kind, row))
    rows.append(("all", {key: (totals[key, 0], totals[key, 1]) if key not in ("files", "delivered") else totals[key, 0] for key, _ in list(totals)}))

    def cell(value):
        if isinstance(value, tuple):
            return f"{value[0]}/{value[1]}" if value[1] else "–"
        return str(value)

    lines = ["| " + " | ".join(head[:8] + head[9:]) + " |", "|" + "---|" * 10]
    for kind, row in rows:
        share = f"{row['delivered']} ({100 * row['delivered'] / max(1, row['files']):.1f} %)"
        good = row["good"]
        good_cell = f"{good[0]}/{good[1]} ({100 * good[0] / good[1]:.1f} %)" if good[1] else "–"
        lines.append(
            f"| {kind} | {row['files']} | {share} | {cell(row['opens'])} | {cell(row['structure'])} | {cell(row['pages equal'])} | {cell(row['text equal'])} "
            f"| {good_cell} | {cell(row['identical'])} | {cell(row['psnr'])} |"
        )
    rejected = [case for case in cases if not case["output"]]
    lines += ["", f"Not delivered: {len(rejected)}"]
    for case in rejected:
        reason = (case.get("report") or {}).get("reason") or {}
        lines.append(f"- {case['input'].split('/benign/')[-1]}: {case['verdict']}, {reason.get('threat', '')} {reason.get('message', '')}")
    problems = []
    for case in delivered:
        name = case["input"].split("/benign/")[-1]
        if case["opened_before"] is True and case["opened_after"] is not True:
            problems.append(f"- {name}: no longer opens: {case['opened_after']}")
        if not case["structure"]:
            problems.append(f"- {name}: damaged container")
        if case.get("pages") and case["pages"][0] is not None and case["pages"][0] != case["pages"][1]:
            problems.append(f"- {name}: {case['pages'][0]} pages, now {case['pages'][1]}")
        if case.get("identical") is False and (case["psnr"] or 0) < 40:
            problems.append(f"- {name}: PSNR {case['psnr']:.1f} {case.get('note', '')}")
    lines += ["", f"Differences: {len(problems)}", *problems]
    table = "\n".join(lines) + "\n"
    (out / "table.md").write_text(table)
    print(table)

    scores.sort(key=lambda score: (score[2], score[0], score[1]))
    with open(out / "pages.tsv", "w") as file:
        file.write("ssim\tpage\tfile\n")
        for path, number, score, *_ in scores:
            file.write(f"{score:.4f}\t{number}\t{path}\n")
    with open(out / "files.tsv", "w") as file:
        file.write("file\tverdict\tpages before\tpages after\ttext equal\tworst page\tPSNR\n")
        for case in delivered:
            before, after = case.get("pages") or ("", "")
            least = min(pages[case["input"]], default="")
            file.write(f"{case['input']}\t{case['verdict']}\t{before}\t{after}\t{case.get('text_equal', '')}\t{least}\t{case.get('psnr', '')}\n")
    body = []
    for path, number, score, before, after in scores[:worst]:
        if score >= 0.9999:
            break
        findings = sorted({finding["threat"] for finding in (made[path].get("report") or {}).get("findings", [])})
        body.append(
            f"<section><h2>{score:.4f} · page {number} · {html.escape(path.split('/benign/')[-1])}</h2><p>{html.escape(', '.join(findings))}</p>"
            f"<img src='{thumbnail(before)}' alt='before'><img src='{thumbnail(after)}' alt='after'></section>"
        )
    style = "body{font:14px sans-serif;margin:2em}img{border:1px solid #999;margin:4px;max-width:46%}h2{font-size:15px}pre{white-space:pre-wrap}"
    (out / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><title>Before and after</title><style>{style}</style><h1>Before and after, greatest difference first</h1>"
        f"<pre>{html.escape(table)}</pre>{''.join(body)}"
    )


if __name__ == "__main__":
    main()

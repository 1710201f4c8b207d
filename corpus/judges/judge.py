"""Judges what the engine made of the planted files.

Reads one JSON object a line: the sample, its input, its output if there is one, the second pass and the report. Each
oracle must fire on the input, else it proves nothing, and be silent on the output. Writes a table, exits 1 on a hole.

    python3 judge.py CASES.jsonl --table docs/coverage.md [--catalogue threats.toml]
"""

import argparse
import collections
import json
import multiprocessing
import pathlib
import re
import signal
import sys
import tomllib

import htmlwalk
import imgwalk
import linewalk
import mailwalk
import markwalk
import metawalk
import ooxwalk
import pdfwalk
import svgwalk
import textwalk
import zipwalk
from oracles import ORACLES, REASONS, TOLERATED

AREAS = "file opc ooxml docx xlsx pptx pdf img emf wmf svg zip csv txt html css ics vcf mhtml xml json".split()


def is_package(data):
    entries = zipwalk.walk(data)[0]
    return any(entry.name == "[Content_Types].xml" for entry in entries) or not entries and b"[Content_Types].xml" in data[:4096]


def alarms(data, name=""):
    found = set()
    if mailwalk.is_mail(data, name):
        return mailwalk.alarms(data, alarms)
    if data[:8] == b"\x89PNG\r\n\x1a\n" or data[:2] in (b"\xff\xd8", b"BM") or data[:4] in (b"GIF8", b"RIFF", b"II*\0", b"MM\0*"):
        found |= imgwalk.alarms(data)
    elif data[:1024].find(b"%PDF-") >= 0:
        found |= pdfwalk.alarms(data)
    elif b"PK\x03\x04" in data or b"PK\x05\x06" in data:
        found |= ooxwalk.alarms(data) if is_package(data) else zipwalk.alarms(data)
        for name, body in zipwalk.members(data):
            if re.search(r"\.(docx|docm|xlsx|xlsm|pptx|pptm|pdf|zip|png|jpe?g|gif|webp|tiff?|emf|wmf|emz|wmz|txt|csv)$", name, re.I) and len(body) < 64 << 20:
                found |= alarms(body, name)
    elif metawalk.is_metafile(data) or name.lower().endswith((".emz", ".wmz")):
        found |= metawalk.alarms(data)
    elif name.lower().endswith((".svg", ".svgz")):
        found |= svgwalk.alarms(data)
    elif name.lower().endswith((".ics", ".vcf")):
        found |= linewalk.alarms(data)
    elif name.lower().endswith(".css"):
        found |= linewalk.style_alarms(data)
    elif name.lower().endswith((".html", ".htm", ".xhtml")):
        found |= htmlwalk.alarms(data)
    elif name.lower().endswith((".txt", ".csv")):
        found |= textwalk.alarms(data, name.lower().endswith(".csv"))
    if macros(data):
        found.add("olevba:macros")
    return found


def macros(data):
    if b"vbaProject" not in data and b"\xd0\xcf\x11\xe0" not in data:
        return False
    from oletools.olevba import VBA_Parser

    try:
        parser = VBA_Parser("x", data=data)
        return bool(parser.detect_vba_macros())
    except Exception:  # not a file it knows
        return False


SECONDS = 60


def too_long(*_):
    raise TimeoutError(f"longer than {SECONDS} s")


def judge(case):
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(SECONDS)
    try:
        return judged(case)
    except Exception as error:  # a judge that falls over is a hole, not a pass
        return {**case, "holes": [f"judge failed: {type(error).__name__}: {error}"], "fires": "", "silent": "", "kept": "", "twice": "", "found": ""}
    finally:
        signal.alarm(0)


def judged(case):
    holes = []
    given = pathlib.Path(case["input"]).read_bytes()
    made = pathlib.Path(case["output"]).read_bytes() if case["output"] else None
    report = case["report"] or {}
    patterns = ORACLES.get(case["id"], [])
    big = len(given) > 8 << 20 or case["expect"] == "rejected"
    # Bombs are made to wear out whoever unpacks them: that there is no output is all there is to judge.
    bomb = case["expect"] in ("rejected", "either") and ("bomb" in case["id"] or "expansion" in case["id"] or big and len(given) > 8 << 20)
    if bomb:
        patterns = []
    before = alarms(given, case["name"]) if patterns else set()
    matching = sorted(alarm for alarm in before if any(re.search(pattern, alarm) for pattern in patterns))
    markers = [case["kill"], case["host"], case["keep"]]
    places = markwalk.find(given, markers) if not bomb and not (big and matching) else {marker: [1] for marker in markers}
    planted = bool(places[case["kill"]] or places[case["host"]])
    fires = bool(matching) or planted
    benign = case["expect"] == "benign"
    structural = case["expect"] in ("rejected", "either")
    if not fires and not benign and not structural:
        holes.append("the judge does not fire on the input")
    if patterns and not matching and not benign:
        holes.append("no alarm on the input: " + "|".join(patterns))

    verdict = case["verdict"]
    expect = case["expect"]
    allowed = {
        "sanitized": {"sanitized"},
        "rejected": {"rejected"},
        "kept": {"clean", "sanitized"},
        "either": {"rejected", "sanitized", "clean"},
        "benign": {"clean", "sanitized"},
    }[expect]
    if verdict not in allowed:
        reason = (report.get("reason") or {}).get("message", "")
        holes.append(f"verdict {verdict} instead of {expect}" + (f" ({reason})" if reason else ""))

    named = [finding["threat"] for finding in report.get("findings", [])]
    if report.get("reason"):
        named.append(report["reason"]["threat"])
    wanted = {case["id"], *case["also"]}
    found = next((threat for threat in named if threat == case["id"]), None) or next((threat for threat in named if threat in wanted), None)
    if not found and not benign and not (expect == "either" and verdict == "clean"):
        holes.append("no finding" + (f", only {', '.join(sorted(set(named)))}" if named else ""))

    silent = kept = twice = ""
    if made is not None:
        after = alarms(made, case["output"])
        after = {alarm for alarm in after if not any(re.search(pattern, alarm) for pattern in TOLERATED)}
        still = sorted(after)
        if still:
            holes.append("alarms on the output: " + ", ".join(still[:6]))
        places = markwalk.find(made, markers)
        # On the policy's word the marker stays, but the host of an address must go all the same.
        if case["marker"] == "absent":
            for marker in (case["kill"], case["host"]):
                if places[marker]:
                    holes.append(f"{'KILL marker' if marker == case['kill'] else 'host'} in the output:{places[marker][0]}")
        if case["marker"] == "stays" and not places[case["kill"]] and planted and expect == "kept" and verdict != "rejected":
            holes.append("what should stay is gone")
        if case["marker"] == "no-output":
            holes.append("an output where there must be none")
        silent = "yes" if not still and not (case["marker"] == "absent" and (places[case["kill"]] or places[case["host"]])) else "**no**"
        if case["must_keep"]:
            present = places[case["keep"]] or (case["keep"] in markwalk.text_of(made) if is_package(made) else False)
            kept = "yes" if present else "**no**"
            if not present:
                holes.append("KEEP marker lost")
        twice = "yes" if case["same_twice"] else "**no**"
        if not case["same_twice"]:
            holes.append("second pass: " + case["second"])
    elif expect in ("sanitized", "kept", "benign"):
        silent = "–"
    return {
        **case,
        "holes": holes,
        "fires": "yes" if fires else ("–" if benign or structural else "**no**"),
        "silent": silent or "no output",
        "kept": kept or "–",
        "twice": twice or "–",
        "found": found or "–",
    }


# Holes by weight: what they are called and how their sentence begins.
GROUPS = [
    ("Survivors", ("alarms on the output", "KILL marker", "host in", "an output where")),
    ("Lost or wrongly rejected", ("KEEP", "what should stay", "verdict")),
    ("Second pass", ("second pass",)),
    ("Not found, or under another id", ("no finding",)),
    ("Judges", ("",)),
]


def group_of(hole):
    return next(name for name, starts in GROUPS if hole.startswith(starts))


def table(results, catalogue):
    holes = [result for result in results if result["holes"]]
    lines = ["# Coverage: planted files, judged by programs that are not the engine", ""]
    lines += ["Written by `cargo xtask judge`; do not edit.", ""]
    ids = {result["id"] for result in results if not result["id"].startswith("benign.")}
    lines += [f"{len(results)} samples of {len(ids)} threats; {len(holes)} with a hole.", ""]
    lines += ["| threat | sample | expected | verdict | input fires | output silent | KEEP kept | same twice | finding |", "|---|---|---|---|---|---|---|---|---|"]
    for result in results:
        lines.append(
            f"| {result['id']} | {result['name']} | {result['expect']} | {result['verdict']} | {result['fires']} | {result['silent']} "
            f"| {result['kept']} | {result['twice']} | {result['found']} |"
        )
    groups = collections.defaultdict(list)
    for result in holes:
        for hole in result["holes"]:
            groups[group_of(hole)].append(f"- `{result['name']}`: {hole}")
    for group in GROUPS:
        if groups[group[0]]:
            lines += ["", f"## {group[0]} ({len(groups[group[0]])})", "", *groups[group[0]]]
    if catalogue:
        known = tomllib.loads(pathlib.Path(catalogue).read_text())["threat"]
        missing = collections.defaultdict(list)
        for threat in known:
            area = threat["id"].split(".")[0]
            if area in AREAS and threat["id"] not in ids and threat["id"] not in REASONS:
                missing[area].append(threat["id"])
        if missing:
            lines += ["", "## Without a sample", ""]
            for area, names in missing.items():
                lines.append(f"- {area} ({len(names)}): " + ", ".join(f"`{name}`" for name in names))
        lines += ["", "## Without a sample, and why", ""]
        lines += [f"- `{name}`: {reason}" for name, reason in REASONS.items() if name not in ids]
    return "\n".join(lines) + "\n", holes


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases")
    parser.add_argument("--table")
    parser.add_argument("--catalogue")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    cases = [json.loads(line) for line in pathlib.Path(arguments.cases).read_text().splitlines()]
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(judge, cases, chunksize=1)
    text, holes = table(results, arguments.catalogue)
    if arguments.table:
        pathlib.Path(arguments.table).write_text(text)
    for result in holes:
        print(f"{result['name']}: " + "; ".join(result["holes"]))
    counts = collections.Counter(group_of(hole) for result in holes for hole in result["holes"])
    print(", ".join(f"{group}: {counts[group]}" for group, _ in GROUPS))
    print(f"{len(results)} samples, {len(holes)} with a hole")
    sys.exit(1 if holes else 0)


if __name__ == "__main__":
    main()

"""Runs the command on hostile files, each in a process of its own, and looks at what it delivers.

No file may make it panic, abort, take longer than the time or use more memory than allowed; nothing delivered may hold
a macro, an OLE stream, a DDE field or formula, or an address outside the policy.

    python3 hostile.py COMMAND --out DIR FOLDER…
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import threading
import time

import judge as judges
import markwalk

PROGRAMS = {"py", "sh", "md", "txt.gz"}
# What no delivered file may raise, as the issue lists it; other alarms are counted apart.
FORBIDDEN = re.compile(r"^(olevba:|rel:(vbaProject|oleObject|attachedTemplate|externalLink|aFChunk|frame)|rel-external:|rel-scheme:|field:|formula:(dde|remote|external|_xll|[A-Z])|content:(compound|program)|action:|element:(oleObj|OLEObject|ocx))")


def run_one(command, path, folder, seconds):
    # The peak counts this process, too, as it was when it forked: it is an upper bound.
    shutil.rmtree(folder, ignore_errors=True)
    began = time.monotonic()
    process = subprocess.Popen(
        [command, "clean", str(path), "-o", str(folder), "--report", "ndjson", "--quiet", "--jobs", "1"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    spent = time.monotonic() - began
    return process.returncode, spent, used.ru_maxrss / 1024, errors.decode("utf-8", "replace")


def examine(arguments):
    command, path, base, folder, seconds, memory = arguments
    code, spent, megabytes, errors = run_one(command, path, folder, seconds)
    problems = []
    if code < 0:
        problems.append(f"killed by signal {-code}")
    if code not in (0, 1, 2) and code >= 0:
        problems.append(f"exit code {code}")
    if "panicked" in errors or "overflowed its stack" in errors:
        problems.append("panic: " + errors.strip().splitlines()[-1][:120])
    if spent > seconds:
        problems.append(f"{spent:.1f} s")
    if megabytes > memory:
        problems.append(f"{megabytes:.0f} MiB")
    given = path.read_bytes()
    outputs = [file for file in pathlib.Path(folder).rglob("*") if file.is_file()] if pathlib.Path(folder).exists() else []
    others = set()
    for file in outputs:
        made = file.read_bytes()
        if made == given:
            # A file that was clean and is canonical may come out as it went in, but no hostile file may.
            problems.append("passed through unchanged")
        try:
            found = judges.alarms(made, file.name)
        except Exception as error:  # a judge that falls over has not cleared the file
            problems.append(f"judge: {type(error).__name__}: {error}"[:100])
            continue
        bad = sorted(alarm for alarm in found if FORBIDDEN.match(alarm))
        others |= {alarm for alarm in found if not FORBIDDEN.match(alarm)}
        if bad:
            problems.append("holds " + ", ".join(bad[:5]))
        if markwalk.find(made, ["vbaProject.bin"])["vbaProject.bin"]:
            problems.append("names vbaProject.bin")
    shutil.rmtree(folder, ignore_errors=True)
    # The same judges must find something in the inputs that were delivered, or their silence means nothing.
    fired = False
    if outputs:
        try:
            fired = any(FORBIDDEN.match(alarm) for alarm in judges.alarms(given, path.name))
        except Exception:  # too damaged for a judge, though not for the engine
            pass
    relative = path.relative_to(base)
    group = f"{base.name}/{relative.parts[0]}" if len(relative.parts) > 1 else base.name
    return group, str(relative), len(outputs), spent, megabytes, problems, sorted(others), fired


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("--out", required=True)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--memory", type=float, default=1024, help="MiB of peak resident memory")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    work = []
    for base in arguments.folders:
        for path in sorted(base.rglob("*")):
            if path.is_file() and path.suffix.lstrip(".") not in PROGRAMS:
                work.append((arguments.command, path, base, f"{arguments.out}/work-{len(work)}", arguments.seconds, arguments.memory))
    pathlib.Path(arguments.out).mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ProcessPoolExecutor(arguments.jobs) as pool:
        results = list(pool.map(examine, work, chunksize=2))
    groups = collections.defaultdict(list)
    for result in results:
        groups[result[0]].append(result)
    lines = ["| folder | files | delivered | of these active before | slowest | most memory | problems |", "|---|---|---|---|---|---|---|"]
    for group, members in sorted(groups.items()):
        lines.append(
            f"| {group} | {len(members)} | {sum(member[2] > 0 for member in members)} | {sum(member[7] for member in members)} | {max(member[3] for member in members):.2f} s "
            f"| {max(member[4] for member in members):.0f} MiB | {sum(bool(member[5]) for member in members)} |"
        )
    bad = [result for result in results if result[5]]
    lines += ["", f"{len(results)} files, {sum(result[2] > 0 for result in results)} delivered, {sum(result[7] for result in results)} of these active before, {len(bad)} with a problem"]
    if not any(result[7] for result in results):
        bad.append(None)
        lines.append("the judges found nothing active in any input: their silence proves nothing")
    lines += [f"- {group}: {name}: " + "; ".join(problems) for group, name, _, _, _, problems, _, _ in filter(None, bad)]
    counts = collections.Counter(alarm for result in results for alarm in result[6])
    if counts:
        lines += ["", "Other alarms on outputs: " + ", ".join(f"{alarm} ({count})" for alarm, count in counts.most_common(30))]
    table = "\n".join(lines) + "\n"
    (pathlib.Path(arguments.out) / "table.md").write_text(table)
    print(table)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()

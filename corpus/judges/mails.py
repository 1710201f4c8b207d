"""Compares benign mails before and after, as mail programs read them.

Before, a mail is read by Python's email package, an Outlook message by extract_msg, an Outlook container by the program
`tnef` and by tnefparse. The output is read by Python's email package and by the Rust crate mailparse, and both must find in
it what was there: the headers a person sees, the texts, and every attachment in its order, as the same file or as a notice.

What the policy documents as changed is changed in the original first, by rules that stand in this file; a rule that was
needed is counted. What still differs is listed, and is a difference that a reader sees.

Reads one JSON object a line: input, output or null, verdict, format, report. Ends with 1 where something differs.

    python3 mails.py PAIRS.jsonl --out DIR
"""

import argparse
import collections
import json
import pathlib
import re
import sys

import mailread
from mailread import Mail, solid

# Kinds of parts that nobody reads: signatures, keys, and text for watches and scripts in mails.
UNREAD = re.compile(r"application/(x-)?(pkcs7-signature|pgp-(signature|keys)|applefile)$|text/(x-amp|watch)-html$")
# A file that is a mail, whatever type it has.
MAIL = re.compile(rb"(?:(?:From|To|Subject|Date|Message-ID|MIME-Version|Content-Type|Received|Return-Path):[^\n]*\n(?:[ \t][^\n]*\n)*){2}", re.I)
NOTICE = "無害化のお知らせ"


def expected(mail, case, rules):
    """The mail as it should come out: what is documented as changed is changed."""
    made = Mail()
    for headers in mail.headers:
        made.headers.append([(name, rule_header(name, value, rules)) for name, value in headers])
    rich = {"text/enriched", "text/richtext"}
    for kind, text in mail.texts:
        if UNREAD.match(kind):
            rules["parts for programs"] += 1
        elif kind in rich:
            # Where another alternative is left, this one goes; otherwise its text stands.
            rules["enriched text"] += 1
            made.texts.append(("optional", re.sub(r"<param>.*?</param>|</?[a-z]+>", "", text, flags=re.I | re.S)))
        elif kind in ("message/partial", "message/external-body"):
            rules["pieces and references"] += 1
            made.files.append(("", kind, b""))
        elif kind in ("message/delivery-status", "message/disposition-notification"):
            made.texts.append((kind, rule_report(text, rules)))
        else:
            made.texts.append((kind, rule_text(text, case, rules, made)))
    for name, kind, body in mail.files:
        if UNREAD.match(kind):
            rules["signatures"] += 1
        elif body[:4] == b"\x78\x9f\x3e\x22":
            rules["winmail.dat opened"] += 1
            made.files.extend(mailread.tnef_files(body))
        elif MAIL.match(body):
            rules["mails under names of files"] += 1
            inner = expected(mailread.by_python(body), case, rules)
            made.headers += inner.headers
            made.texts += inner.texts
            made.files += inner.files
        else:
            made.files.append((name, kind, body))
    return made


def rule_header(name, value, rules):
    clean = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]", "", value)
    if clean != value.replace("\r", "").replace("\n", ""):
        rules["invisible characters"] += 1
    if name == "date" and mailread.moment(value) is None:
        rules["no date"] += 1
        return ""
    return clean


REPORT_FIELDS = set(
    "action arrival-date diagnostic-code disposition dsn-gateway error failure final-log-id final-recipient last-attempt-date mdn-gateway"
    " original-envelope-id original-message-id original-recipient received-from-mta remote-mta reporting-mta reporting-ua status warning"
    " will-retry-until".split()
)


def rule_report(text, rules):
    """Fields that no standard names go, with the lines on which they go on."""
    kept, keep = [], True
    for line in text.splitlines():
        if line[:1] not in (" ", "\t"):
            keep = not line.strip() or line.split(":")[0].strip().lower() in REPORT_FIELDS
        if keep:
            kept.append(line)
        else:
            rules["report fields"] += 1
    return "\n".join(kept)


def rule_text(text, case, rules, made):
    if "-----BEGIN PGP " in text:
        rules["signatures"] += 1
        text = re.sub(r"-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:\S.*\r?\n)*\r?\n", "", text)
        text = re.sub(r"-----BEGIN PGP (?:SIGNATURE|PUBLIC)(?s:.*?)-----END PGP [A-Z ]+-----", "", text)
        text = re.sub(r"^- ", "", text, flags=re.M)
    for found in re.finditer(r"^begin [0-7]{3,4} (.+?)\s*$(?s:.*?)^end\s*$", text, flags=re.M):
        rules["files in text"] += 1
        made.files.append((found.group(1), "uuencode", None))
        text = text.replace(found.group(0), "")
    return text


# ---- Comparing ---------------------------------------------------------------------------------------------------


def differences(wanted, found, is_mail):
    """What a reader would notice, one line each."""
    if wanted.headers and len(wanted.headers) != len(found.headers):
        yield f"{len(wanted.headers)} mails in each other, now {len(found.headers)}"
    for before, after in zip(wanted.headers, found.headers):
        before, after = gathered(before), gathered(after)
        for name in mailread.HEADERS:
            one, two = (canonical(name, side.get(name, [])) for side in (before, after))
            if one != two and (is_mail or not stands_in(name, one, two)):
                yield f"{name}: {one!r}, now {two!r}"
    yield from text_differences(wanted.texts, found.texts) if is_mail else stored_differences(wanted.texts, found.texts)


def gathered(headers):
    values = collections.defaultdict(list)
    for name, value in headers:
        values[name].append(value)
    return values


def canonical(name, values):
    """What a header says, however it is written."""
    if name in mailread.PEOPLE:
        return mailread.people(values)
    if name in mailread.IDS:
        return re.findall(r"<[^<>\s]+>", values[-1] if values else "")
    values = [value for value in values if value.strip()][:1]
    if name == "date":
        return [mailread.moment(value) for value in values]
    return [solid(value) for value in values]


def stands_in(name, stored, written):
    """True where a mail says at least what Outlook stores, which a reader of it may not show all of: a sender's address, an
    id of an earlier mail, the zone of a date."""
    if name in mailread.PEOPLE:
        names = collections.Counter(stored[1]) - collections.Counter(written[1] + "".join(written[0]))
        return set(stored[0]) <= set(written[0]) and not names
    if name == "date" and stored and written:
        return mailread.instant(stored[0]) == mailread.instant(written[0])
    return not [value for value in stored if value]


def text_differences(wanted, found):
    before = [(kind, mailread.shown(kind, text)) for kind, text in wanted]
    after = [text for text in (mailread.shown(kind, text) for kind, text in found) if text]
    optional = [text for kind, text in before if kind == "optional"]
    before = [text for kind, text in before if text and (kind != "optional" or text in after)]
    if after in (before, [text for text in before if text not in optional]):
        return
    for number in range(max(len(before), len(after))):
        one = before[number] if number < len(before) else ""
        two = after[number] if number < len(after) else ""
        if one != two:
            yield f"text {number + 1}: {apart(one, two)}"


def apart(one, two):
    """Where two texts begin to differ."""
    at = next((at for at, (a, b) in enumerate(zip(one, two)) if a != b), min(len(one), len(two)))
    return f"…{one[max(0, at - 12) : at + 40]!r}, now …{two[max(0, at - 12) : at + 40]!r}"


def stored_differences(stored, found):
    """Of what Outlook stores: each text that is stored is there, and none that is not."""
    after = [text for text in (mailread.letters(kind, text) for kind, text in found) if text]
    known = [mailread.letters(kind.removeprefix("derived "), text) for kind, text in stored]
    for (kind, _), text in zip(stored, known):
        if text and not kind.startswith("derived ") and not any(text in other for other in after):
            closest = max(after, default="", key=lambda other: len(set(other) & set(text)))
            yield f"{kind} is missing: {apart(text, closest)}"
    for text in after:
        if text not in known and not any(known_text and known_text in text for known_text in known):
            yield f"a text that nobody stored: {text[:60]!r}"


def file_differences(wanted, found, tally):
    """Each attachment in its order: the same file, or a notice. Counts them, and says what is neither."""
    if len(wanted) != len(found):
        yield f"files: {[name for name, *_ in wanted]}, now {[name for name, *_ in found]}"
        return
    for (name, kind, body), (new_name, new_kind, new_body) in zip(wanted, found):
        if is_notice(new_body):
            tally["notices"].append(name or kind)
            continue
        tally["rebuilt"] += 1
        stem = mailread.safe_stem(name)
        if stem and not solid(new_name).startswith(stem):
            yield f"file {name!r} is now called {new_name!r}"
        problem = body is not None and mailread.content_difference(kind, body, new_kind, new_body)
        if problem:
            yield f"file {name!r}: {problem}"


def is_notice(body):
    return NOTICE.encode() in body[:100]


# ---- One case ----------------------------------------------------------------------------------------------------


def examine(case):
    """Fills in what is to be said about one file."""
    given = pathlib.Path(case["input"]).read_bytes()
    made = pathlib.Path(case["output"]).read_bytes()
    rules, tally = collections.Counter(), {"notices": [], "rebuilt": 0}
    found, parsers = [], {"python": mailread.by_python, "mailparse": mailread.by_mailparse}
    before = mailread.originals(case["format"], case["input"], given)
    for reader, mail in before.items():
        mail = expected(mail, case, rules if not found else collections.Counter())
        for parser, read in parsers.items():
            own = {"notices": [], "rebuilt": 0}
            after = read(made)
            if case["format"] == "tnef":
                # Each program has an order of its own.
                after.files.sort(key=lambda file: (mailread.safe_stem(file[0]), file[0]))
                mail.files.sort(key=lambda file: (mailread.safe_stem(file[0]), file[0]))
            lines = [*differences(mail, after, case["format"] == "eml"), *file_differences(mail.files, after.files, own)]
            found += [f"{reader} → {parser}: {line}" for line in lines]
            case.setdefault("alike", {})[parser] = case.get("alike", {}).get(parser, True) and not lines
            tally = own if not tally["rebuilt"] and not tally["notices"] else tally
    case.update(found=found, rules=rules, notices=tally["notices"], rebuilt=tally["rebuilt"], readers=list(before))
    return case


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs")
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    cases = [json.loads(line) for line in pathlib.Path(arguments.pairs).read_text().splitlines()]
    out = pathlib.Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    groups = collections.defaultdict(list)
    for case in cases:
        groups[case["format"]].append(examine(case) if case["output"] else case)
    lines = [
        "| format | files | delivered | alike to Python's email | alike to mailparse | attachments rebuilt | notices | documented changes |",
        "|---|---|---|---|---|---|---|---|",
    ]
    differs = False
    for kind, group in groups.items():
        here = [case for case in group if case["output"]]
        alike = [sum(case["alike"][parser] for case in here) for parser in ("python", "mailparse")]
        differs |= len(here) < 0.98 * len(group) or min(alike, default=0) < 0.98 * len(group)
        rules = sum((case["rules"] for case in here), collections.Counter())
        lines.append(
            f"| {kind} | {len(group)} | {len(here)} | {alike[0]} | {alike[1]} | {sum(case['rebuilt'] for case in here)} "
            f"| {sum(len(case['notices']) for case in here)} | {', '.join(f'{name} {count}' for name, count in sorted(rules.items())) or '–'} |"
        )
    for case in cases:
        name = pathlib.Path(case["input"]).name
        found = case.get("found", ["not delivered"])
        lines += [f"- {case['format']}/{name}: {line[:400]}" for line in found[:6]]
        lines += [f"- {case['format']}/{name}: and {len(found) - 6} more"] if len(found) > 6 else []
    reasons = collections.defaultdict(list)
    for case in cases:
        for notice in case.get("notices", []):
            reasons[pathlib.Path(case["input"]).name].append(notice)
    lines += ["", "Notices:", *(f"- {name}: {', '.join(notices)}" for name, notices in sorted(reasons.items()))]
    text = "\n".join(lines) + "\n"
    (out / "mails.md").write_text(text)
    print(text)
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())

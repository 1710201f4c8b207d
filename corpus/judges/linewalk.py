"""What in a calendar or a card acts or fetches, and what in a style sheet: by lines, and by tinycss2."""

import re

import htmlwalk

LINK = re.compile(r"(https?|mailto|tel|ftp):", re.I)
PERSON = re.compile(r"mailto:", re.I)


def lines(data):
    text = re.sub(rb"\r?\n[ \t]", b"", data).decode("utf-8", "replace")
    for line in re.split(r"\r?\n", text):
        match = re.match(r"(?:[\w-]+\.)?([\w-]+)((?:;[^\":;]*(?:\"[^\"]*\")?[^\":;]*)*):(.*)", line)
        if match:
            yield match.group(1).upper(), match.group(2), match.group(3)


def alarms(data):
    found = set()
    alarm = None
    for name, parameters, value in lines(data):
        upper = parameters.upper()
        if name == "BEGIN" and value.upper() == "VALARM":
            alarm = []
        elif name == "ACTION" and value.strip().upper() != "DISPLAY":
            found.add("line:alarm")
        if name in ("ATTACH", "IMAGE", "STRUCTURED-DATA", "CONFERENCE", "TZURL", "AGENT", "KEY") or name.startswith(("X-ALT", "X-APPLE", "X-MS-OLK", "X-HTML")):
            found.add("line:" + name.lower())
        if name == "URL" and not LINK.match(value.strip()):
            found.add("line:url")
        if name in ("ORGANIZER", "ATTENDEE") and not PERSON.match(value.strip()):
            found.add("line:person")
        if name in ("PHOTO", "LOGO", "SOUND") and ("URI" in upper and not value.startswith("data:")):
            found.add("line:fetch")
        if any(word in upper for word in ("ALTREP", ";DIR=", "SENT-BY")):
            found.add("line:parameter")
        if name == "RRULE":
            count = re.search(r"COUNT=(\d+)", value.upper())
            if re.search(r"FREQ=(SECONDLY|MINUTELY)", value.upper()) or count and int(count.group(1)) > 100_000:
                found.add("line:recurrence")
    return found


def style_alarms(data):
    return htmlwalk.sheet(data.decode("utf-8", "replace"))

"""The raw structure of a ZIP file: every record read by hand, every difference an alarm.

`alarms(data)` names what a well-behaved writer would not leave in a file. Nothing is unpacked but by
`members(data)`, which inflates what the central directory lists and what local headers alone show.
"""

import re
import struct
import unicodedata
import zlib

END = b"PK\x05\x06"
CENTRAL = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"
INFLATE_LIMIT = 64 << 20

DEVICE = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?$", re.I)
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u115f\U000e0000-\U000e007f]")
RUBBISH = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git/|\.svn/|~\$)", re.I)


class Entry:
    def __init__(self):
        self.name = ""
        self.local_name = None
        self.body = None


def name_of(raw, flags):
    if flags & 0x800:
        return raw.decode("utf-8", "replace")
    for encoding in ("utf-8", "cp932", "cp437"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            pass
    return raw.decode("latin-1")


def walk(data):
    """(entries, alarms)"""
    found = set()
    entries = []
    ends = [at.start() for at in re.finditer(re.escape(END), data)]
    if not ends:
        return [], {"zip:no-end-record"}
    end = ends[-1]
    for at in reversed(ends):
        if len(data) >= at + 22 and at + 22 + struct.unpack_from("<H", data, at + 20)[0] == len(data):
            end = at
            break
    if len(data) < end + 22:
        return [], found | {"zip:no-end-record"}
    disk, start_disk, here, total, size, offset, comment = struct.unpack_from("<HHHHIIH", data, end + 4)
    if comment:
        found.add("zip:comment")
    if end + 22 + comment != len(data):
        found.add("zip:appended")
    if disk or start_disk or here != total:
        found.add("zip:disks")
    if offset == 0xFFFFFFFF or total == 0xFFFF or b"PK\x06\x06" in data[max(0, end - 200) : end]:
        found.add("zip:zip64")
    at = offset if offset + size == end else end - size
    if at != offset:
        found.add("zip:offset-adjusted")
        offset_shift = at - offset
    else:
        offset_shift = 0
    ranges = []
    while 0 <= at < end and data[at : at + 4] == CENTRAL and at + 46 <= len(data):
        made, _need, flags, method, _time, date, crc, packed, plain, nlen, xlen, clen, _d, _i, external, where = (
            struct.unpack_from("<HHHHHHIIIHHHHHII", data, at + 4)
        )
        entry = Entry()
        raw = data[at + 46 : at + 46 + nlen]
        entry.name = name_of(raw, flags)
        entry.raw, entry.flags, entry.method, entry.crc, entry.packed, entry.plain = raw, flags, method, crc, packed, plain
        entry.external, entry.made, entry.date = external, made, date
        if xlen:
            found.add("zip:extra")
        if clen:
            found.add("zip:member-comment")
        if flags & 1 or flags & 0x2000:
            found.add("zip:encrypted")
        if flags & 8:
            found.add("zip:descriptor")
        if method not in (0, 8):
            found.add(f"zip:method-{method}")
        if external >> 16 and (external >> 28) == 0xA:
            found.add("zip:symlink")
        if any(byte > 127 for byte in raw) and not flags & 0x800:
            found.add("zip:name-without-utf8-flag")
        where += offset_shift
        if data[where : where + 4] != LOCAL or where + 30 > len(data):
            found.add("zip:no-local-header")
        else:
            fields = struct.unpack_from("<HHHHHIIIHH", data, where + 4)
            local_name = data[where + 30 : where + 30 + fields[8]]
            entry.local_name = local_name
            body = where + 30 + fields[8] + fields[9]
            same = (fields[1] & ~8, fields[2]) == (flags & ~8, method) and local_name == raw
            if not fields[1] & 8:
                same = same and fields[5:8] == (crc, packed, plain)
            if not same:
                found.add("zip:local-central-mismatch")
            if fields[9]:
                found.add("zip:extra")
            entry.body = data[body : body + packed]
            tail = body + packed
            if flags & 8:
                tail += 16 if data[tail : tail + 4] == b"PK\x07\x08" else 12
            ranges.append((where, tail))
            entry.where = (where, tail)
        entries.append(entry)
        at += 46 + nlen + xlen + clen
    if at != end and "zip:zip64" not in found:
        found.add("zip:directory-gap")
    if len(entries) != total:
        found.add("zip:count")
    # A stored archive inside has an end record of its own; one that lies in no member is a second end.
    if any(other != end and not any(low <= other < high for low, high in ranges) for other in ends):
        found.add("zip:many-end-records")
    covered = 0
    for low, high in sorted(ranges):
        if low > covered:
            found.add("zip:prepended" if covered == 0 else "zip:gap")
        if low < covered:
            found.add("zip:overlap")
        covered = max(covered, high)
    if ranges and covered < (end - size):
        found.add("zip:gap")
    names = [entry.name for entry in entries]
    if len(set(names)) != len(names):
        found.add("zip:duplicate-name")
    folded = [unicodedata.normalize("NFKC", name).casefold() for name in names]
    if len(set(folded)) != len(set(names)):
        found.add("zip:case-collision")
    for entry in entries:
        found |= name_alarms(entry)
    return entries, found


def name_alarms(entry):
    found = set()
    name = entry.name
    parts = re.split(r"[/\\]", name.rstrip("/"))
    if ".." in parts:
        found.add("zip:name-traversal")
    if name.startswith(("/", "\\")):
        found.add("zip:name-absolute")
    if re.match(r"^[A-Za-z]:", name):
        found.add("zip:name-drive")
    elif ":" in name:
        found.add("zip:name-stream")
    if "\\" in name:
        found.add("zip:name-backslash")
    if "." in parts or "" in parts[:-1]:
        found.add("zip:name-not-canonical")
    if any(DEVICE.match(part) for part in parts):
        found.add("zip:name-device")
    if any(part != part.rstrip(". ") for part in parts if part not in (".", "..")):
        found.add("zip:name-trailing")
    if HIDDEN.search(name):
        found.add("zip:name-hidden-characters")
    if RUBBISH.search(name):
        found.add("zip:os-metadata")
    if len(name) > 240 or any(len(part.encode()) > 200 for part in parts):
        found.add("zip:name-long")
    if name.endswith("/") and entry.plain:
        found.add("zip:directory-with-data")
    day, month = entry.date & 31, entry.date >> 5 & 15
    if not (1 <= day <= 31 and 1 <= month <= 12):
        found.add("zip:date")
    return found


def inflate(body, method):
    if method == 0:
        return body
    if method != 8 or body is None:
        return b""
    decoder = zlib.decompressobj(-15)
    try:
        return decoder.decompress(body, INFLATE_LIMIT)
    except zlib.error:
        return b""


def members(data):
    """(name, content) of every member, and of local headers that the directory does not list."""
    entries, _ = walk(data)
    seen = set()
    listed = []
    for entry in entries:
        if entry.body is not None:
            seen.add(entry.body[:64])
            listed.append(entry.where)
            yield entry.name, inflate(entry.body, entry.method)
    for at in re.finditer(re.escape(LOCAL), data):
        where = at.start()
        # What lies inside a listed member is that member's; it is walked as a file of its own.
        if where + 30 > len(data) or any(low <= where < high for low, high in listed):
            continue
        _n, flags, method, _t, _d, _c, packed, _p, nlen, xlen = struct.unpack_from("<HHHHHIIIHH", data, where + 4)
        body = data[where + 30 + nlen + xlen :]
        body = body[:packed] if packed else body
        if body[:64] not in seen and method in (0, 8):
            seen.add(body[:64])
            name = data[where + 30 : where + 30 + nlen].decode("utf-8", "replace")
            yield name, inflate(body, method)


def alarms(data):
    return walk(data)[1]

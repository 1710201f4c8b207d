"""What a metafile holds beside its drawing: one alarm for each kind of record that is no drawing.

Reads the records by their own lengths, [MS-EMF] and [MS-WMF], without any code of the engine.
"""

import gzip
import struct
import zlib

PLACEABLE = b"\xd7\xcd\xc6\x9a"
# Colour spaces and profiles; OpenGL, escapes, pixel formats.
PROFILES = {98: "mode", 99: "colour-space", 100: "colour-space", 101: "colour-space", 111: "palette", 112: "profile", 113: "profile", 121: "profile", 122: "colour-space"}
DRIVER = {102: "opengl", 103: "opengl", 104: "pixel-format", 105: "draw-escape", 106: "ext-escape", 107: "start-doc", 109: "fonts", 110: "named-escape", 119: "fonts"}
LARGEST = 122
# Where the four fields of a bitmap stand in a record, in bytes from its start.
BITMAPS = {76: [84], 77: [84], 78: [84, 112], 79: [96, 124], 80: [48], 81: [48], 93: [16], 94: [16], 95: [12], 114: [84], 116: [84]}
POINTS = {2: 8, 3: 8, 4: 8, 5: 8, 6: 8, 85: 4, 86: 4, 87: 4, 88: 4, 89: 4}


def is_metafile(data):
    return data[:4] == PLACEABLE or data[:4] in (b"\x01\0\x09\0", b"\x02\0\x09\0") or data[40:44] == b" EMF"


def alarms(data, name=""):
    found = set()
    if data[:2] == b"\x1f\x8b":
        found.add("meta:compressed")
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return found
    if data[40:44] == b" EMF":
        return found | enhanced(data)
    return found | plain(data)


def enhanced(data):
    found, at, count, depth = set(), 0, 0, 0
    header = struct.unpack_from("<10i4s3I2H3I", data.ljust(88, b"\0"), 0)
    if max(abs(side) for side in header[6:10]) > 10_000_000:
        found.add("meta:frame")
    if header[16]:
        found.add("meta:description")
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or at + size > len(data):
            return found | {"meta:size"}
        record = data[at : at + size]
        count += 1
        at += size
        if kind == 14:
            break
        found |= enhanced_record(kind, record)
        depth += kind == 33
        if depth > 10_000:
            found.add("meta:saves")
    if at < len(data):
        found.add("meta:trailing")
    if header[12] != len(data) or header[13] != count:
        found.add("meta:claims")
    return found


def enhanced_record(kind, record):
    size = len(record)
    if kind == 70:
        group = record[12:16]
        return {"meta:comment:" + (group.decode("ascii") if group in (b"EMF+", b"GDIC") else "private")}
    if kind in PROFILES:
        return set() if kind == 98 and record[8:12] == b"\1\0\0\0" else {"meta:profile:" + PROFILES[kind]}
    if kind in DRIVER or kind > LARGEST or kind == 0:
        return {"meta:driver:" + DRIVER.get(kind, "unknown")}
    found = set()
    if kind in POINTS and size != 28 + POINTS[kind] * struct.unpack_from("<I", record.ljust(28, b"\0"), 24)[0]:
        found.add("meta:counts")
    end = 0
    for place in BITMAPS.get(kind, ()):
        fields = struct.unpack_from("<4I", record.ljust(place + 16, b"\0"), place)
        for start, length in (fields[:2], fields[2:]):
            if start + length > size:
                found.add("meta:bitmap")
            end = max(end, start + length)
    if kind in BITMAPS and kind != 95 and end and size - end > 3:
        found.add("meta:slack")
    return found


def plain(data):
    found = set()
    at = 22 if data[:4] == PLACEABLE else 0
    if at:
        words = struct.unpack_from("<11H", data, 0)
        total = 0
        for word in words:
            total ^= word
        if total:
            found.add("meta:claims")
    at += 18
    depth = 0
    while at + 6 <= len(data):
        size, kind = struct.unpack_from("<IH", data, at)
        if size < 3 or at + 2 * size > len(data):
            return found | {"meta:size"}
        record = data[at : at + 2 * size]
        at += 2 * size
        if kind == 0:
            break
        depth += kind == 0x1E
        if depth > 10_000:
            found.add("meta:saves")
        if kind == 0x626:
            found.add(f"meta:escape:{struct.unpack_from('<H', record.ljust(8, bytes(1)), 6)[0]:#x}")
        start = {0x940: 22, 0xB41: 26, 0xD33: 24, 0xF43: 28, 0x142: 10}.get(kind)
        if start and len(record) >= start + 40:
            head, width, height, _, bits, compression = struct.unpack_from("<IiiHHI", record, start)
            if compression == 0 and start + head + (width * bits + 31) // 32 * 4 * abs(height) > len(record) + 3:
                found.add("meta:bitmap")
    if at < len(data):
        found.add("meta:trailing")
    return found

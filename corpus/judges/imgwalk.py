"""What a picture file holds beside its picture: one alarm for each chunk, segment or record of that kind."""

import io
import struct

PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"gAMA", b"cHRM", b"iCCP", b"acTL", b"fcTL", b"fdAT", b"sBIT"}
WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
TIFF_METADATA = {270, 271, 272, 285, 305, 306, 315, 316, 700, 33432, 33723, 34377, 34665, 34853, 37724, 40091, 40092, 40093, 40094, 40095}


def alarms(data):
    return structure(data) | pixels(data)


def pixels(data):
    """What the picture shows otherwise than it seems: asked of Pillow."""
    from PIL import Image

    found = set()
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > 4 << 20:
            return found
        if picture.getexif().get(0x0112, 1) != 1:
            found.add("img:orientation")
        picture.load()
        if getattr(picture, "n_frames", 1) > 1:
            found.add("img:frames")
        gamma = picture.info.get("gamma")
        if gamma is not None and abs(gamma - 1 / 2.2) > 0.01:
            found.add("img:gamma")
        if picture.mode == "P" and data[:4] == b"\x89PNG":
            used = set(picture.tobytes())
            palette = picture.getpalette() or []
            if any(palette[3 * index + part] for index in range(len(palette) // 3) if index not in used for part in range(3)):
                found.add("img:hidden-colour")
        if "A" in picture.getbands() or "transparency" in picture.info:
            raw = picture.convert("RGBA").tobytes()
            if any(raw[at : at + 3] != b"\0\0\0" for at in range(0, len(raw), 4) if raw[at + 3] == 0) and data[:4] in (b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*"):
                found.add("img:hidden-colour")
    except Exception:  # damaged on purpose: the structure was read by hand
        if data[:4] == b"RIFF":
            found.add("img:webp:undecodable")
    return found


def structure(data):
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return png(data)
    if data[:2] == b"\xff\xd8":
        return jpeg(data)
    if data[:4] in (b"GIF8",):
        return gif(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return webp(data)
    if data[:4] in (b"II*\0", b"MM\0*"):
        return tiff(data)
    if data[:2] == b"BM":
        return {"img:trailing"} if len(data) > struct.unpack_from("<I", data, 2)[0] else set()
    return set()


def png(data):
    found, at = set(), 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind not in PNG:
            found.add("img:png:" + kind.decode("latin-1"))
        at += 12 + length
        if kind == b"IEND":
            break
    if at < len(data):
        found.add("img:trailing")
    return found


def jpeg(data):
    found, at = set(), 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            found.add("img:jpeg:junk")
            break
        marker = data[at + 1]
        if marker == 0xD9:
            at += 2
            break
        if marker == 0xFF:
            at += 1
            continue
        if at + 4 > len(data):
            break
        length = struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xE0 and data[at + 4 : at + 9] == b"JFXX\0":
            found.add("img:jpeg:thumbnail")
        if marker == 0xFE:
            found.add("img:jpeg:comment")
        if 0xE1 <= marker <= 0xEF and not (marker == 0xEE and data[at + 4 : at + 9] == b"Adobe") and not (marker == 0xE2 and data[at + 4 : at + 15] == b"ICC_PROFILE"):
            found.add(f"img:jpeg:app{marker - 0xE0}")
        at += 2 + length
        if marker == 0xDA:
            while at + 1 < len(data) and not (data[at] == 0xFF and data[at + 1] not in (0, *range(0xD0, 0xD8))):
                at += 1
    if at < len(data):
        found.add("img:trailing")
    return found


def gif(data):
    found = set()
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            at += 1
            break
        if kind == 0x21 and at + 2 < len(data):
            label = data[at + 1]
            if label in (0xFE, 0x01):
                found.add("img:gif:comment" if label == 0xFE else "img:gif:text")
            if label == 0xFF and data[at + 3 : at + 14] not in (b"NETSCAPE2.0", b"ANIMEXTS1.0"):
                found.add("img:gif:application")
            at += 2
        elif kind == 0x2C and at + 9 < len(data):
            flags = data[at + 9]
            at += 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
        else:
            found.add("img:gif:junk")
            break
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    if at < len(data):
        found.add("img:trailing")
    return found


def webp(data):
    found, at = set(), 12
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    while at + 8 <= min(end, len(data)):
        kind, length = struct.unpack_from("<4sI", data, at)
        if kind not in WEBP:
            found.add("img:webp:" + kind.decode("latin-1").strip())
        at += 8 + length + (length & 1)
    if end + (end & 1) < len(data):
        found.add("img:trailing")
    return found


def tiff(data):
    found = set()
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack_from(order + "I", data, 4)[0]
    seen = set()
    while at and at not in seen and at + 2 <= len(data):
        seen.add(at)
        count = struct.unpack_from(order + "H", data, at)[0]
        for index in range(count):
            entry = at + 2 + 12 * index
            if entry + 12 > len(data):
                return found | {"img:tiff:damaged"}
            tag = struct.unpack_from(order + "H", data, entry)[0]
            if tag in TIFF_METADATA or tag >= 32768 and tag not in (33421, 34675):
                found.add(f"img:tiff:{tag}")
        if at + 6 + 12 * count > len(data):
            break
        at = struct.unpack_from(order + "I", data, at + 2 + 12 * count)[0]
    return found

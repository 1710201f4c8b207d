"""Looks for markers in everything a file holds, however deep and however written.

Inflates ZIP members, compound-file streams, compressed VBA, PDF streams, gzip and zlib data, base64 runs, and looks
for the marker as UTF-8, UTF-16 in both orders, hex, base64 at each alignment, and behind character references.
"""

import base64
import binascii
import gzip
import html
import io
import re
import zlib

import olefile

import zipwalk

DEPTH = 24
TOTAL = 1 << 30


def forms(marker):
    """Every byte string under which `marker` may stand."""
    plain = marker.encode()
    found = {plain, marker.encode("utf-16-le"), marker.encode("utf-16-be")}
    # Character maps of PDF write hexadecimal digits of UTF-16.
    for shape in (plain, marker.encode("utf-16-be")):
        found |= {shape.hex().encode(), shape.hex().upper().encode()}
    for shift in range(3):
        # The first and last characters depend on their neighbours; what is between does not.
        text = base64.b64encode(b"\0" * shift + plain)
        start = (0, 2, 3)[shift]
        end = len(text) - (4 if (len(plain) + shift) % 3 else 0)
        found.add(text[start:end])
    return found


def parts(data, name="", depth=0, budget=None):
    """(path, bytes) of the file and everything inside it."""
    budget = budget if budget is not None else [TOTAL]
    budget[0] -= len(data)
    if budget[0] < 0 or depth > DEPTH:
        return
    yield name, data
    inner = []
    if b"PK\x03\x04" in data or b"PK\x05\x06" in data:
        inner += list(zipwalk.members(data)) if depth < 12 else []
    at = data.find(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    if at == 0:
        inner += compound(data)
    if data[:2] == b"\x1f\x8b":
        try:
            inner.append(("gzip", gzip.GzipFile(fileobj=io.BytesIO(data)).read(64 << 20)))
        except (OSError, EOFError, zlib.error):
            pass
    if data[:1024].find(b"%PDF") >= 0:
        inner += pdf(data)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        inner += png(data)
    if data.lstrip()[:1] in (b"<", b"\xff", b"\xfe") or b"<?xml" in data[:200]:
        inner += text(data)
    for inner_name, body in inner:
        yield from parts(body, f"{name} > {inner_name}", depth + 1, budget)


def compound(data):
    found = []
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            for path in ole.listdir():
                body = ole.openstream(path).read()
                found.append(("/".join(path), body))
                found += vba("/".join(path), body)
            if ole.exists("EncryptionInfo"):
                found += decrypted(data)
    except Exception:  # a damaged container is searched as bytes
        pass
    return found


def vba(name, body):
    from oletools.olevba import decompress_stream

    found = []
    for at in re.finditer(b"\x01.[\xb0-\xbf]", body, re.S):
        try:
            found.append((f"{name}@{at.start()}", bytes(decompress_stream(bytearray(body[at.start() :])))))
        except Exception:  # not a compressed container
            pass
        if len(found) > 8:
            break
    return found


def decrypted(data):
    import msoffcrypto

    for password in ("VelvetSweatshop", "/01Hannes Ruescher/01", "infected"):
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(data))
            file.load_key(password=password)
            plain = io.BytesIO()
            file.decrypt(plain)
            return [(f"decrypted with {password}", plain.getvalue())]
        except Exception:  # another password
            continue
    return []


def pdf(data):
    import pikepdf

    found = []
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            for item in document.objects:
                if isinstance(item, pikepdf.Stream):
                    try:
                        found.append((f"object {item.objgen[0]}", item.read_bytes()))
                    except pikepdf.PdfError:
                        found.append((f"object {item.objgen[0]}", item.read_raw_bytes()))
                # Strings as they read, whatever their form in the file.
                found.append((f"strings of {item.objgen[0]}", strings(item)))
    except Exception:  # a damaged PDF is searched as bytes
        pass
    for at in re.finditer(rb"stream\r?\n", data):
        decoder = zlib.decompressobj()
        try:
            found.append((f"stream@{at.end()}", decoder.decompress(data[at.end() :], 16 << 20)))
        except zlib.error:
            pass
    return found


def strings(item):
    import pikepdf

    out, queue, seen = [], [item], 0
    while queue and seen < 100_000:
        seen += 1
        value = queue.pop()
        if isinstance(value, pikepdf.String):
            out.append(bytes(value))
            out.append(str(value).encode("utf-8", "replace"))
        elif isinstance(value, pikepdf.Name):
            out.append(str(value).encode("utf-8", "replace"))
        elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            for key, inner in value.items():
                out.append(key.encode())
                if not getattr(inner, "is_indirect", False):
                    queue.append(inner)
        elif isinstance(value, pikepdf.Array):
            queue += [inner for inner in value if not getattr(inner, "is_indirect", False)]
    return b"\n".join(out)


def png(data):
    found = []
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            for start in range(min(len(body), 120)):
                try:
                    found.append((kind.decode(), zlib.decompressobj().decompress(body[start:], 1 << 20)))
                except zlib.error:
                    pass
        at += 12 + length
    return found


def text(data):
    found = []
    try:
        if data[:2] == b"\xff\xfe":
            plain = data.decode("utf-16-le", "replace")
        elif data[:2] == b"\xfe\xff":
            plain = data.decode("utf-16-be", "replace")
        else:
            plain = data.decode("utf-8", "replace")
        if "&#" in plain:
            found.append(("unescaped", html.unescape(plain).encode()))
        for run in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", plain)[:200]:
            try:
                found.append(("base64", base64.b64decode(run + "=" * (-len(run) % 4), validate=True)))
            except (binascii.Error, ValueError):
                pass
    except RecursionError:
        pass
    return found


def find(data, markers):
    """Where each marker stands: {marker: [path, …]}."""
    wanted = {marker: forms(marker) for marker in markers}
    places = {marker: [] for marker in markers}
    for path, body in parts(data):
        for marker, shapes in wanted.items():
            if any(shape in body for shape in shapes):
                places[marker].append(path)
        # Names of parts are content, too.
        for marker in markers:
            if marker in path and path not in places[marker]:
                places[marker].append(path)
    return places


def text_of(data):
    """All character data of the XML parts of a package, joined: for markers that runs divide."""
    joined = []
    for name, body in zipwalk.members(data):
        if body.lstrip()[:1] == b"<":
            joined.append(html.unescape(re.sub(rb"<[^>]*>", b"", body).decode("utf-8", "replace")))
    return "\n".join(joined)

"""Mails as several programs read them, in one shape: Python's email package, mailparse, extract_msg, tnef, tnefparse."""

import base64
import dataclasses
import datetime
import email
import email.header
import email.policy
import email.utils
import io
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unicodedata

import fast_mail_parser
import html5lib
from PIL import Image
from striprtf import striprtf

HEADERS = ["from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references"]
PEOPLE = {"from", "to", "cc", "reply-to"}
IDS = {"message-id", "in-reply-to", "references"}
HTML = "{http://www.w3.org/1999/xhtml}"


@dataclasses.dataclass
class Mail:
    """What a program shows of a mail, mails inside it included, in the order of the file."""

    headers: list = dataclasses.field(default_factory=list)  # of each mail: (name, decoded value)
    texts: list = dataclasses.field(default_factory=list)  # (media type, text)
    files: list = dataclasses.field(default_factory=list)  # (name, media type, bytes)


# ---- Characters --------------------------------------------------------------------------------------------------


def jis(data):
    """ISO-2022-JP as mail programs in Japan read it: with the rows of NEC and IBM, JIS X 0212 and half-width katakana."""
    modes = {b"\x1b(B": "ascii", b"\x1b(J": "ascii", b"\x1b(I": "kana", b"\x1b$@": "double", b"\x1b$B": "double", b"\x1b$(D": "extra"}
    out, at, mode = [], 0, "ascii"
    while at < len(data):
        escape = next((mark for mark in (data[at : at + 4], data[at : at + 3]) if mark in modes), None)
        if escape:
            mode, at = modes[escape], at + len(escape)
        elif mode in ("double", "extra") and data[at] > 0x20 and at + 1 < len(data):
            out.append(row_and_cell(mode, data[at], data[at + 1]))
            at += 2
        elif mode == "kana" and 0x21 <= data[at] <= 0x5F:
            out.append(chr(0xFF40 + data[at]))
            at += 1
        else:
            out.append(data[at : at + 1].decode("cp932" if data[at] > 0x7F else "ascii", "replace"))
            mode = "ascii" if data[at] in b"\r\n" else mode
            at += 1
    return "".join(out)


def row_and_cell(mode, row, cell):
    if mode == "extra":
        pair, codec = bytes([0x8F, row | 0x80, cell | 0x80]), "euc_jp"
    else:
        lead = ((row + 1) >> 1) + (0x70 if row < 0x5F else 0xB0)
        trail = cell + (0x1F if cell < 0x60 else 0x20) if row & 1 else cell + 0x7E
        pair, codec = bytes([lead & 0xFF, trail & 0xFF]), "cp932"
    try:
        return pair.decode(codec)
    except UnicodeDecodeError:
        # A picture letter of a telephone company: one character that no table has.
        return "\ufffd"


def known(label):
    try:
        "".encode(label)
        return bool(label)
    except (LookupError, UnicodeError):
        return False


def characters(data, label):
    """Text by its label; where the bytes contradict it, by what they are valid in."""
    label = (label or "").strip("\"' ").lower()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if re.search(rb"\x1b(\$[@B]|\$\(D|\([BJI])", data):
        return jis(data)
    if label in ("utf-7", "unicode-1-1-utf-7"):
        return data.decode("utf-7", "replace")
    if re.fullmatch(r"shift[_-]?jis|sjis|x-sjis|ms_kanji|windows-31j|cp932|ms932", label):
        label = "cp932"
    if label in ("iso-8859-1", "latin1", "latin-1"):
        label = "cp1252"
    for codec in ([label] if label != "us-ascii" and known(label) else []) + ["utf-8", "cp932", "euc_jp"]:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # Four bytes that only Python's table has.
        if not re.search("[\uf8f0-\uf8f3]", text):
            return text
    return data.decode(label if known(label) and label != "us-ascii" else "cp1252", "replace")


def solid(text):
    """Text without white space, which HTML and flowed text move about, and without what cannot be seen."""
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]", "", text)
    return "".join(unicodedata.normalize("NFC", text).split())


def words(raw):
    """A header value with its encoded words decoded, wherever they stand; a character cut in two is put together."""
    raw = re.sub(r"\r?\n(?=[ \t])", "", raw)
    try:
        pieces = email.header.decode_header(raw)
    except Exception:  # an encoded word that is not one
        pieces = [(raw, None)]
    joined = []
    for piece, label in pieces:
        if isinstance(piece, str):
            piece, label = piece.encode("utf-8", "surrogateescape"), None
        if joined and label and joined[-1][1] == label:
            joined[-1] = (joined[-1][0] + piece, label)
        else:
            joined.append((piece, label))
    return "".join(characters(piece, label) for piece, label in joined)


# ---- What a header says ------------------------------------------------------------------------------------------


def people(values):
    """Addresses in their order, and the names around them."""
    text = " ".join(values)
    addresses = [address.lower() for address in re.findall(r"[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+", text)]
    addresses = [address.strip("'") for address in addresses]
    names = re.sub(r"[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+", "", text)
    return addresses, "".join(sorted(solid(re.sub(r"[\"'<>(),;:\\]", "", names))))


def moment(value):
    """A date with its zone; nothing where it is none."""
    value = re.sub(r"\([^()]*\)", " ", value)
    try:
        found = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None
    return found.isoformat() if found.year >= 1900 else None


def instant(value):
    """The second of a moment, whatever its zone."""
    found = datetime.datetime.fromisoformat(value)
    return int((found if found.tzinfo else found.replace(tzinfo=datetime.timezone.utc)).timestamp())


def safe_stem(name):
    """The front of a file's name as any file system takes it."""
    name = re.split(r"[/\\]", name)[-1]
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return solid(re.sub(r"[<>:\"|?*]", "_", stem)).strip(".")[:30]


# ---- What is shown -----------------------------------------------------------------------------------------------


def shown(kind, text):
    return solid(page_text(text)) if kind in ("text/html", "application/xhtml+xml") else solid(text)


def letters(kind, text):
    """The letters and digits alone, for texts that two programs made out of a third form."""
    return "".join(character for character in shown(kind, text) if character.isalnum())


def page_text(text):
    """The text that a page shows, alternative texts of pictures among it."""
    pending, out = [html5lib.parse(text, namespaceHTMLElements=True)], []
    while pending:
        node = pending.pop()
        if isinstance(node, str):
            out.append(node)
            continue
        if node.tail:
            pending.append(node.tail)
        if not isinstance(node.tag, str):
            continue
        name = node.tag.removeprefix(HTML)
        if name in ("head", "script", "style", "template", "noscript", "svg", "title"):
            continue
        if name in ("img", "input") and node.get("type", "") != "hidden":
            out.append(node.get("alt") or node.get("value") or "")
        for child in reversed(node):
            pending.append(child)
        if node.text:
            pending.append(node.text)
    return " ".join(out)


def content_difference(kind, before, new_kind, after):
    """What is lost of a file, or nothing. A document is compared by `fidelity.py` and here by its type alone."""
    if before == after or not before.strip():
        return None
    if new_kind.startswith("image/") and new_kind != "image/svg+xml":
        return picture_difference(before, after)
    if new_kind == "text/html":
        same = shown("text/html", characters(before, None)) == shown("text/html", characters(after, None))
        return None if same else "other text"
    if new_kind.startswith("text/") and new_kind not in ("text/calendar", "text/vcard", "text/css"):
        return None if solid(characters(before, None)) == solid(characters(after, None).replace("'=", "=")) else "other text"
    return None if before[:4] == after[:4] else f"began with {before[:4]!r}, now {after[:4]!r}"


def picture_difference(before, after):
    try:
        with Image.open(io.BytesIO(before)) as one:
            size, frames = one.size, getattr(one, "n_frames", 1)
    except Exception:  # nobody could see it
        return None
    with Image.open(io.BytesIO(after)) as two:
        two.load()
        if sorted(two.size) != sorted(size) or getattr(two, "n_frames", 1) != frames:
            return f"{size}, {frames} frames, now {two.size}, {getattr(two, 'n_frames', 1)}"
    return None


# ---- Mails -------------------------------------------------------------------------------------------------------


def mails_of(data):
    """The mails of a mailbox; of a mail itself, without a postmark."""
    if data[:5] != b"From ":
        return [data]
    starts = [found.start() for found in re.finditer(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\n]*\n(?=[A-Za-z-]+:)", data)]
    pieces = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)])]
    return [piece.split(b"\n", 1)[1] for piece in pieces]


def by_python(data):
    mail = Mail()
    for one in mails_of(data):
        python_part(email.message_from_bytes(one, policy=email.policy.compat32), mail, True)
    return mail


def python_part(part, mail, is_mail):
    if is_mail:
        values = [(name.lower(), str(value)) for name, value in part.raw_items() if name.lower() in HEADERS]
        mail.headers.append([(name, words(value)) for name, value in values])
    kind = part.get_content_type()
    if part.is_multipart():
        if kind.startswith("multipart/"):
            for inner in part.get_payload():
                python_part(inner, mail, False)
        elif kind == "message/rfc822":
            for inner in part.get_payload():
                # What has no header that mails have is a text, and is written as one.
                if any(name.lower() in HEADERS for name in inner.keys()):
                    python_part(inner, mail, True)
                else:
                    body = inner.as_bytes().lstrip(b"\r\n")
                    is_packed = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
                    mail.files.append(("", "text/plain", base64.b64decode(body) if is_packed else body))
        else:
            mail.texts.append((kind, "\n".join(inner.as_string() for inner in part.get_payload())))
        return
    body = quietly(lambda: part.get_payload(decode=True)) or b""
    name = quietly(part.get_filename)
    if isinstance(name, str):
        name = words(name)
    leaf(mail, kind.split(" ")[0], quietly(part.get_content_disposition), name, body, quietly(part.get_content_charset))


def quietly(call):
    try:
        return call()
    except Exception:  # a header that the package cannot read is as good as none
        return None


def leaf(mail, kind, disposition, name, body, label):
    """A part that is no multipart: a text that is shown, a file, or a mail under the name of a file."""
    is_text = kind.startswith("text/") and disposition != "attachment" and not name
    if kind == "text/calendar" or kind in ("message/partial", "message/external-body"):
        mail.files.append((name or "", kind, body))
    elif is_text or kind.startswith("message/"):
        mail.texts.append((kind, characters(body, label)))
    else:
        mail.files.append((name or "", kind, body))


def by_mailparse(data):
    mail = Mail()
    for one in mails_of(data):
        pending = [(fast_mail_parser.parse_email_tree(one), True)]
        while pending:
            part, is_mail = pending.pop()
            if is_mail:
                values = [(name.lower(), value) for name, values in part.headers.items() for value in values]
                mail.headers.append([(name, words(value)) for name, value in values if name in HEADERS])
            if part.content_type.startswith("multipart/") or part.is_message:
                pending.extend((child, part.is_message) for child in reversed(part.children))
                continue
            declared = re.search(r"charset\s*=\s*\"?([^\";\s]+)", part.headers.get("Content-Type", [""])[0], re.I)
            leaf(mail, part.content_type, part.disposition, part.filename, part.content or b"", declared and declared.group(1))
    return mail


# ---- What Outlook stores -----------------------------------------------------------------------------------------


def originals(kind, path, data):
    """The original, by each program that reads it."""
    if kind == "msg":
        return {"extract_msg": by_extract_msg(path)}
    if kind == "tnef":
        return {name: mail for name, mail in (("tnef", by_tnef(data)), ("tnefparse", by_tnefparse(data))) if mail}
    return {"python": by_python(data)}


def by_extract_msg(path):
    import extract_msg

    mail = Mail()
    with extract_msg.openMsg(str(path), delayAttachments=False, errorBehavior=extract_msg.enums.ErrorBehavior.SUPPRESS_ALL) as message:
        outlook_message(message, mail)
    return mail


def outlook_message(message, mail):
    names = {"from": "sender", "to": "to", "cc": "cc", "subject": "subject", "message-id": "messageId", "in-reply-to": "inReplyTo"}
    fields = {name: quietly(lambda attribute=attribute: getattr(message, attribute)) for name, attribute in names.items()}
    for number, kind in ((1, "to"), (2, "cc")):
        # The table of recipients stands over the headers of the way.
        listed = [
            f'"{person.name}" <{person.email}>' if "@" in (person.email or "") else f'"{person.name}"'
            for person in message.recipients if person.type == number
        ]
        fields[kind] = "; ".join(listed) or fields[kind]
    date = quietly(lambda: email.utils.parsedate_to_datetime(message.header["Date"])) or quietly(lambda: message.date)
    if isinstance(date, datetime.datetime):
        fields["date"] = email.utils.format_datetime(date)
    mail.headers.append([(name, str(value)) for name, value in fields.items() if value])
    plain, page = quietly(lambda: message.body), quietly(lambda: message.htmlBody)
    if message.exists("__substg1.0_1013001E"):
        # It makes a page of its own out of the plain text there.
        page = message.getStream("__substg1.0_1013001E")
    if plain:
        mail.texts.append(("text/plain" if is_stored(message, "1000") else "derived text/plain", plain))
    if page:
        label = quietly(lambda: f"cp{message.props['3FDE0003'].value}")
        mail.texts.append(("text/html" if is_stored(message, "1013") else "derived text/html", characters(page, None if utf_8(page) else label)))
    for attachment in message.attachments:
        if hasattr(attachment.data, "attachments"):
            outlook_message(attachment.data, mail)
        else:
            mail.files.append((attachment.longFilename or attachment.shortFilename or "", "", attachment.data or b""))


def utf_8(data):
    return quietly(lambda: data.decode("utf-8")) is not None


def is_stored(message, tag):
    return any(message.exists(f"__substg1.0_{tag}{kind}") for kind in ("001F", "001E", "0102"))


# What the program `tnef` calls the text of the mail.
TNEF_TEXTS = {"message.txt": "text/plain", "message.html": "text/html", "message.rtf": "derived text/plain"}


def readable(name, data):
    if name.endswith(".rtf"):
        return striprtf.rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")
    return characters(data, None)


def tnef_files(data):
    mail = by_tnef(data)
    return mail.files if mail else [("winmail.dat", "application/ms-tnef", data)]


def by_tnef(data):
    """By the program `tnef`; nothing where it is not there, or finds a fault it cannot get over."""
    mail = Mail()
    if shutil.which("tnef") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        command = ["tnef", "--save-body", "--unix-paths", "-C", folder]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        if done.returncode != 0:
            return None
        for path in sorted(pathlib.Path(folder).iterdir()):
            if path.name in TNEF_TEXTS:
                mail.texts.append((TNEF_TEXTS[path.name], readable(path.name, path.read_bytes())))
            else:
                mail.files.append((path.name, "", path.read_bytes()))
    return mail


def by_tnefparse(data):
    import tnefparse

    # It runs without end on some streams.
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    signal.alarm(10)
    try:
        read = tnefparse.TNEF(data)
    except Exception:  # a stream that it cannot read
        return None
    finally:
        signal.alarm(0)
    mail = Mail()
    mail.files = [(attachment.long_filename() or attachment.name, "", bytes(attachment.data)) for attachment in read.attachments]
    for kind, body in (("text/plain", read.body), ("text/html", read.htmlbody)):
        if body:
            mail.texts.append((kind, body if isinstance(body, str) else characters(body, None)))
    if read.rtfbody:
        rich = read.rtfbody if isinstance(read.rtfbody, bytes) else read.rtfbody.encode("latin-1", "replace")
        mail.texts.append(("derived text/plain", readable("message.rtf", rich)))
    return mail

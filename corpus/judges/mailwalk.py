"""What a mail holds that acts, leads readers apart, or should not have come along: by Python's email package, and by
a walk through the lines of its own."""

import email
import email.policy
import re

HEADERS = {
    "from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references", "mime-version",
    "content-type", "content-transfer-encoding", "content-disposition", "content-id", "content-description",
}
ONCE = HEADERS - {"content-description"}
BAD_TYPES = {
    "text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext", "message/partial", "message/external-body",
    "application/ms-tnef", "application/vnd.ms-tnef", "application/pkcs7-mime", "application/x-pkcs7-mime",
    "application/pkcs7-signature", "application/pgp-signature", "application/pgp-encrypted", "application/pgp-keys",
}
# Fields of reports about other mails (RFC 3464, 8098, 5965): they stand in blocks of their own and are no headers.
REPORT_FIELDS = {
    "original-envelope-id", "reporting-mta", "dsn-gateway", "received-from-mta", "arrival-date", "original-recipient",
    "final-recipient", "action", "status", "remote-mta", "diagnostic-code", "last-attempt-date", "final-log-id",
    "will-retry-until", "reporting-ua", "mdn-gateway", "original-message-id", "disposition", "error", "failure", "warning",
}
REPORTS = {"message/delivery-status", "message/disposition-notification"}
# What a program shows by itself where HTML text names it.
SHOWN = re.compile(r"image/(png|jpeg|gif|bmp|tiff|webp|vnd\.microsoft\.icon)$")
DANGEROUS = re.compile(r"\.(exe|lnk|url|one|js|vbs|scr|bat|cmd|hta|rar|iso|docm)$", re.I)
PROPERTIES = re.compile(r"^(ATTACH|X-ALT-DESC|PHOTO|LOGO|SOUND|AGENT|KEY|IMAGE|CONFERENCE|STRUCTURED-DATA)[;:]", re.M | re.I)


def is_mail(data, name=""):
    return name.lower().endswith(".eml") or bool(re.match(rb"(From|To|Subject|Received|Return-Path):", data))


def lines(data):
    found = set()
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        found.add("mail:line-end")
    if any(byte > 126 for byte in data):
        found.add("mail:8bit")
    if b"\0" in data:
        found.add("mail:nul")
    rows = data.split(b"\r\n")
    if any(len(row) > 998 for row in rows):
        found.add("mail:long-line")
    if any(row.startswith(b".") for row in rows):
        found.add("mail:dot")
    if re.search(rb"^begin [0-7]{3,4} |^=ybegin ", data, re.M):
        found.add("mail:inline-file")
    if b"-----BEGIN PGP " in data:
        found.add("mail:pgp-armour")
    return found


def raw_headers(data):
    """Names of the first header block as it stands, folded lines left out."""
    block = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    return [line.split(b":")[0].decode("latin-1") for line in re.split(rb"\r?\n", block) if line and line[:1] not in b" \t"]


def alarms(data, inner=None, depth=0):
    found = lines(data)
    if depth > 12:
        return found | {"mail:deep"}
    if data[:5] == b"From ":
        found.add("mail:mbox")
        data = data.split(b"\n", 1)[-1]
    for name in raw_headers(data):
        if not re.fullmatch(r"[A-Za-z0-9-]+", name):
            found.add("mail:header-name")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = list(message.walk())
    except RecursionError:
        return found | {"mail:deep"}
    reports = {id(part) for report in parts if report.get_content_type() in REPORTS for part in report.walk() if part is not report}
    for part in parts:
        if id(part) in reports:
            found |= {f"mail:report-field:{name.lower()}" for name in part.keys() if name.lower() not in REPORT_FIELDS}
        else:
            found |= part_alarms(part, part is message, inner, depth)
    return found | named_parts(parts)


def named_parts(parts):
    """Parts by the names that HTML text has for them: each is one picture, and some text shows it."""
    found = set()
    texts = b"".join(
        safely(lambda _, part=part: part.get_payload(decode=True), None, b"") or b""
        for part in parts if part.get_content_type() == "text/html" and not part.is_multipart()
    )
    ids = [(str(part["Content-ID"]).strip(" <>"), part.get_content_type()) for part in parts if part["Content-ID"]]
    for name, kind in ids:
        if not SHOWN.match(kind):
            found.add("mail:cid-no-picture")
        if f"cid:{name}".encode() not in texts.replace(b"&amp;", b"&").replace(b"%40", b"@"):
            found.add("mail:cid-nobody-shows")
    if len(dict(ids)) < len(ids):
        found.add("mail:cid-twice")
    return found


def transfer(part):
    """A transfer encoding in which two programs read different bytes."""
    encoding = str(part.get("Content-Transfer-Encoding", "7bit")).strip().lower()
    body = safely(lambda _: part.get_payload(), None, "")
    if not isinstance(body, str):
        return False
    if encoding == "quoted-printable":
        return bool(re.search(r"=(?![0-9A-F]{2}|\r?\n|$)", body))
    if encoding == "base64":
        return bool(re.search(r"[^A-Za-z0-9+/=\r\n]|=[^=\r\n]", body)) or any(len(row) > 76 for row in body.splitlines())
    return encoding not in ("7bit", "8bit", "binary")


def part_alarms(part, is_root, inner, depth):
    found = set()
    names = [name.lower() for name in part.keys()]
    for name in names:
        if name not in HEADERS:
            found.add(f"mail:header:{name}")
    for name in set(names) & ONCE:
        if names.count(name) > 1:
            found.add(f"mail:twice:{name}")
    if part.defects:
        found.add("mail:defect")
    kind = part.get_content_type()
    if kind in BAD_TYPES:
        found.add(f"mail:type:{kind}")
    content_type = str(part.get("Content-Type", ""))
    if len(re.findall(r"boundary", content_type, re.I)) > 1 or re.search(r"boundary\*|boundary=\"\"", content_type, re.I):
        found.add("mail:boundary")
    if kind.startswith("multipart/") and not part.get_boundary():
        found.add("mail:boundary")
    if (part.preamble or "").strip() or (part.epilogue or "").strip():
        found.add("mail:preamble")
    for value in part.values():
        decoded = "".join(
            piece.decode(charset or "ascii", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in safely(email.header.decode_header, str(value), [])
        )
        if re.search("[\r\n]", re.sub(r"\r?\n(?=[ \t])", "", decoded)):
            found.add("mail:injection")
        if re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", decoded.replace("\r\n", "")):
            found.add("mail:header-control")
    disposition = str(part.get("Content-Disposition", ""))
    name = safely(lambda _: part.get_filename(), None, "") or ""
    if DANGEROUS.search(name) or re.search(r"filename\*\d", disposition) or "/" in name or "\u202e" in name:
        found.add("mail:file-name")
    if part.is_multipart():
        return found
    if transfer(part):
        found.add("mail:transfer")
    body = safely(lambda _: part.get_payload(decode=True), None, b"") or b""
    if kind.startswith("text/") or kind == "message/delivery-status":
        charset = (part.get_content_charset() or "us-ascii").lower()
        if charset not in ("utf-8", "us-ascii") and not part.get_filename():
            found.add("mail:charset")
        text = body.decode(charset if charset != "utf-7" else "utf-8", "replace") if known(charset) else body.decode("utf-8", "replace")
        if re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\U000e0000-\U000e007f]", text):
            found.add("mail:control")
        found |= {f"mail:{alarm}" for alarm in lines(body) & {"mail:inline-file", "mail:pgp-armour"}}
    if kind in ("text/calendar", "text/vcard") and (PROPERTIES.search(body.decode("utf-8", "replace")) or b"ACTION:PROC" in body):
        found.add("mail:calendar")
    if body[:2] == b"MZ":
        found.add("mail:program")
    if inner is not None and body:
        found |= inner(body, "body.html" if kind == "text/html" else name)
    return found


def known(charset):
    try:
        "".encode(charset)
        return True
    except (LookupError, UnicodeError):
        return False


def safely(function, argument, otherwise):
    try:
        return function(argument)
    except Exception:  # a value that the library cannot read is judged by its other alarms
        return otherwise


def members(data):
    """(name, decoded bytes) of every leaf, and the decoded headers."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for number, part in enumerate(message.walk()):
            for value in part.values():
                pieces = safely(email.header.decode_header, str(value), [])
                yield f"header of {number}", b" ".join(p if isinstance(p, bytes) else p.encode("utf-8", "replace") for p, _ in pieces)
            if not part.is_multipart():
                body = safely(lambda _: part.get_payload(decode=True), None, b"") or b""
                yield f"part {number}", body
    except RecursionError:
        return

"""What a plain text or a table of values holds that acts: on a terminal, in a spreadsheet, behind the reader's back."""

import csv
import io
import re

csv.field_size_limit(1 << 30)
FORMULA = re.compile(r"^[\s\ufeff]*[=+\-@\t\r|%＝＋－＠]")
NUMBER = re.compile(r"^[\s\ufeff]*[+-]?[\d.,()\s/:%-]+([eE][+-]?\d+)?\s*$")


def decoded(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), True
    for encoding in ("utf-8-sig", "cp932", "euc-jp", "iso2022_jp"):
        try:
            return data.decode(encoding), True
        except UnicodeDecodeError:
            pass
    return data.decode("utf-8", "replace"), False


def alarms(data, is_table):
    found = set()
    text, valid = decoded(data)
    if not valid or b"\xc0\xaf" in data:
        found.add("txt:encoding")
    # ISO-2022-JP shifts by escapes of its own.
    if re.search(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?![$(][@BJI])", text):
        found.add("txt:control")
    if re.search("[\U000e0000-\U000e007f]", text):
        found.add("txt:tag")
    if is_table:
        if text.lstrip("\ufeff").startswith("ID"):
            found.add("csv:sylk")
        for delimiter in ",;\t":
            try:
                for row in csv.reader(io.StringIO(text), delimiter=delimiter):
                    if any(FORMULA.match(cell) and not NUMBER.match(cell) for cell in row):
                        found.add("csv:formula")
            except csv.Error:
                found.add("csv:broken")
    return found

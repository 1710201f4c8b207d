"""What a PDF holds that may act or carry something: asked of qpdf, which shares nothing with the engine."""

import json
import pathlib
import re
import subprocess
import tempfile

KEYS = set(
    """/JavaScript /JS /AA /OpenAction /EmbeddedFiles /EmbeddedFile /AF /XFA /RichMedia /RichMediaContent /3DD /3DA /Movie /Sound /Rendition /Launch
    /SubmitForm /ImportData /GoToR /GoToE /Thread /URLS /PieceInfo /Metadata /WebCapture /SpiderInfo /Collection /Perms /DSS /Alternates /OPI /Ref
    /PS /NeedAppearances /Legal /Threads""".split()
) - {"/Thread", "/Threads"}
ACTIONS = {"/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Sound", "/Movie", "/Rendition", "/GoTo3DView", "/RichMediaExecute", "/SetOCGState", "/Trans", "/Hide", "/ResetForm"}


def alarms(data):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        answer = subprocess.run(["qpdf", "--json", "--warning-exit-0", file.name], capture_output=True, timeout=120, check=False)
    found = set()
    if data[:5] != b"%PDF-":
        found.add("pdf:prepended")
    tail = data.rstrip(b"\r\n")
    if not tail.endswith(b"%%EOF"):
        found.add("pdf:appended")
    if data.count(b"%%EOF") > 1:
        found.add("pdf:revisions")
    try:
        document = json.loads(answer.stdout)
    except json.JSONDecodeError:
        return found | {"pdf:unreadable"}
    if document.get("encrypt", {}).get("encrypted"):
        found.add("pdf:encrypted")
    queue = [document.get("qpdf", document.get("objects"))]
    while queue:
        value = queue.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in KEYS:
                    found.add(f"pdf:{key[1:]}")
                if key == "/S" and inner in ACTIONS:
                    found.add(f"pdf:action:{inner[1:]}")
                if key == "/URI" and isinstance(inner, str) and not re.match(r"^(u:)?(https?:|mailto:)", inner, re.I):
                    found.add("pdf:uri-scheme")
                if key in ("/F", "/UF", "/FS") and isinstance(inner, str) and inner.startswith(("u:", "b:")):
                    found.add("pdf:file")
                queue.append(inner)
        elif isinstance(value, list):
            queue += value
    return found


def main(path):
    return alarms(pathlib.Path(path).read_bytes())

"""What a PDF holds that may act, fetch, hide or carry something.

Asked of qpdf (`pdf:…`, every object and every decoded stream) and of MuPDF (`mupdf:…`, every name); neither shares
anything with the engine, nor with the other. What is asked of the bytes themselves is read by hand.
"""

import base64
import io
import json
import pathlib
import re
import struct
import subprocess
import tempfile
import zlib

import imgwalk
from PIL import Image

# Keys that nothing written may have, wherever they stand, but where the document gives names.
KEYS = set(
    """AA AF AIPrivateData Alternates AlternatePresentations AuthCode BG BG2 ByteRange CIP4_Root CO CuePoints Collection DPM DPartRoot DSS
    DestOutputProfileRef DocChecksum Dur EF EmbeddedFiles Extends FDecodeParms FFilter FixedPrint Folders GPTS HT HTO HTP IDS JBIG2Globals JS
    JavaScript LGIDict LastModified Legal Linearized MCAF Measure Movie Navigator NeedAppearances NeedsRendering OPI OnInstantiate PA PMD PS
    Perms PieceInfo PresSteps Prev1 PronunciationLexicon PtData RC RF RH RV Renditions Requirements Resources3D RichMediaContent
    RichMediaSettings SV SigFlags Sound SpiderInfo Subtype2 Templates Thumb Trans UCR UCR2 URLS URLs Unheard VP XFA XFAResources 3DD 3DV 3DA
    EncryptedPayload AIMetaData""".split()
)
# Of these, what MuPDF is asked for: names that mean nothing else anywhere.
TELLING = KEYS - {"CO", "DS", "PA", "PS", "RC", "RV", "Sound", "Movie", "Trans", "HT", "SV", "BG", "EF", "AF", "AA", "JS", "VP"} | {
    "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "GoToDp", "GoTo3DView", "SetOCGState", "RichMediaExecute", "Filespec", "EmbeddedFile", "RichMedia", "FileAttachment",
}
# Keys under which the document names what it likes.
MAPS = set("Font XObject ColorSpace ExtGState Pattern Shading Properties CharProcs RoleMap ClassMap RoleMapNS Colorants".split())
ANNOTATIONS = set(
    "Link Text FreeText Highlight Underline Squiggly StrikeOut Line Square Circle Polygon PolyLine Ink Stamp Caret Popup Widget Watermark".split()
)
ACTIONS = {"GoTo", "URI"}
FILTERS = {"FlateDecode", "DCTDecode"}
TRAILER = {"Root", "Size", "ID", "Info", "W", "Type", "Filter", "Length", "Index", "DecodeParms"}
TABLES = set("OS/2 cmap cvt  fpgm glyf head hhea hmtx loca maxp post prep vhea vmtx CFF  VORG GSUB".split()) | {"cvt ", "CFF "}
PROFILE = set("A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad gamt lumi tech view meas cicp D2B0 B2D0".split())
OPERATORS = set(
    """q Q h S s f F f* B B* b b* n W W* BT ET T* EMC w J j M i Tc Tw Tz TL Tr Ts G g m l Td TD d0 RG rg v y re K k cm c Tm d1 d ri gs CS cs sh
    Do MP BMC Tf Tj ' " TJ SC sc SCN scn DP BDC BI ID EI INLINE_IMAGE""".split()
)
CALCULATOR = set(
    """abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate and bitshift eq false ge gt le lt ne not or
    true xor if ifelse copy dup exch index pop roll { }""".split()
)
SECONDS = 40


def alarms(data):
    found = of_bytes(data)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        found |= of_objects(file.name, data)
        found |= of_names(file.name)
    return found


def run(*words):
    try:
        return subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None


def of_bytes(data):
    """The layout: what stands before, between and behind the objects."""
    found = set()
    if data[:5] != b"%PDF-":
        found.add("pdf:prepended")
    if not re.match(rb"%PDF-[12]\.\d[\r\n]", data):
        found.add("pdf:header")
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        found.add("pdf:appended")
    if data.count(b"%%EOF") > 1 or data.count(b"startxref") > 1:
        found.add("pdf:revisions")
    if re.search(rb"MIME-Version|editdata\.mso|ActiveMime", data):
        found.add("pdf:mime")
    outside = re.sub(rb"stream\r?\n.*?endstream", b"endstream", data, flags=re.S)
    if re.search(rb"(?m)^[^(\r\n]*%(?!PDF-[12]\.\d\s|%?EOF|\xe2\xe3\xcf\xd3)", outside):
        found.add("pdf:comment")
    if re.search(rb"endstream(?!\s*endobj)", outside):
        found.add("pdf:endstream")
    numbers = re.findall(rb"(?m)^(\d+) \d+ obj\b", outside)
    if len(numbers) != len(set(numbers)):
        found.add("pdf:object-twice")
    if re.search(rb"/Linearized\b", data):
        found.add("pdf:Linearized")
    if re.search(rb"/Extends\b", data):
        found.add("pdf:Extends")
    if re.search(rb"/[^\s/()<>\[\]{}%]*#(3\d|[46][1-9a-fA-F]|[57][0-9aA])", outside):
        found.add("pdf:name-escaped")
    if re.search(rb"\([^)]*\\[0-7]{3}", outside) or re.search(rb"\([^)]*\\\r?\n", outside):
        found.add("pdf:string-escaped")
    return found


def of_names(path):
    answer = run("mutool", "show", path, "grep")
    if answer is None:
        return {"mupdf:time"}
    text = re.sub(rb"\((?:\\.|[^\\()])*\)", b"()", answer.stdout)
    names = {name.decode("latin-1") for name in re.findall(rb"/([^\s/()<>\[\]{}%]+)", text)}
    return {f"mupdf:{name}" for name in names & TELLING}


class Walk:
    """Every dictionary of a document, with what is known of its place."""

    def __init__(self, objects):
        self.objects = objects
        self.found = set()
        self.reached = set()

    def resolve(self, value):
        for _ in range(32):
            if not (isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value)):
                return value
            self.reached.add(value)
            entry = self.objects.get("obj:" + value, {})
            value = entry["stream"]["dict"] if "stream" in entry else entry.get("value")
        return None

    def from_(self, value):
        queue = [(value, "", None)]
        seen = set()
        while queue:
            value, key, parent = queue.pop()
            if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
                place = (value, key in MAPS)
                if place in seen:
                    continue
                seen.add(place)
                self.reached.add(value)
                entry = self.objects.get("obj:" + value, {})
                if "stream" in entry:
                    self.stream(entry["stream"], key, parent)
                    queue.append((entry["stream"]["dict"], key, "stream"))
                else:
                    queue.append((entry.get("value"), key, parent))
            elif isinstance(value, dict):
                if key not in MAPS and not (key == "N" and parent == "AP"):
                    self.dictionary(value, key, parent)
                for name, inner in value.items():
                    queue.append((inner, "" if key in MAPS else name[1:], key))
            elif isinstance(value, list):
                queue += [(inner, key + "[]" if key in MAPS else key, parent) for inner in value]
            elif isinstance(value, str):
                self.string(value, key)

    def string(self, value, key):
        if key == "URI" and value[:2] in ("u:", "b:"):
            text = value[2:]
            if not re.match(r"(https?|mailto):[^\s\\]*$", text) or re.match(r"https?://[^/]*@", text):
                self.found.add("pdf:uri-scheme")
        if key in ("F", "UF", "DOS", "Mac", "Unix", "FS") and value[:2] in ("u:", "b:"):
            self.found.add("pdf:file")
        if value[:2] == "u:" and "\x1b" in value:
            self.found.add("pdf:language-escape")

    def dictionary(self, value, key, parent):
        names = {name[1:] for name in value}
        kind = value.get("/Type")
        subtype = value.get("/Subtype")
        element = kind == "/StructElem" or parent == "StructTreeRoot"
        for name in names & KEYS:
            self.found.add(f"pdf:{name}")
        if kind == "/Filespec" or "EF" in names:
            self.found.add("pdf:filespec")
        if kind in ("/EmbeddedFile", "/SlideShow", "/NavNode", "/MediaClip", "/Rendition", "/Sig", "/DocTimeStamp", "/DPart", "/PtData"):
            self.found.add("pdf:type:" + kind[1:])
        if key in ("A", "OpenAction", "PA", "Next", "AA", "JavaScript") or kind == "/Action" or (parent in ("AA",)):
            action = value.get("/S")
            if isinstance(action, str) and not element and key != "AA" and not ("/Type" in value and kind not in ("/Action",)) and "/O" not in value:
                if action[1:] not in ACTIONS:
                    self.found.add("pdf:action:" + action[1:])
                if "Next" in names:
                    self.found.add("pdf:Next")
        if key == "OpenAction":
            self.found.add("pdf:OpenAction")
        if key == "Names" and names & {"Dests", "EmbeddedFiles", "JavaScript", "Renditions", "Templates", "Pages", "IDS", "URLS", "AP", "AlternatePresentations", "Unheard", "XFAResources"}:
            for name in names - {"Dests"}:
                self.found.add(f"pdf:names:{name}")
        if "Rect" in names and isinstance(subtype, str) and key != "Trans":
            if subtype[1:] not in ANNOTATIONS:
                self.found.add("pdf:annotation:" + subtype[1:])
            if names & {"RC", "DS", "RV"}:
                self.found.add("pdf:rich")
            if isinstance(value.get("/F"), int) and value["/F"] & 256:
                self.found.add("pdf:toggle")
        if key == "AP" and names - {"N"}:
            self.found.add("pdf:rollover")
        if key == "MK" and names & {"RC", "AC", "RI", "IX", "I"}:
            self.found.add("pdf:rollover")
        if key == "URI" and "Base" in names:
            self.found.add("pdf:base")
        if key == "ViewerPreferences" and names - {"Direction", "DisplayDocTitle", "PrintPageRange", "Duplex"}:
            self.found.add("pdf:viewer")
        if value.get("/PageMode") not in (None, "/UseNone", "/UseOutlines", "/UseThumbs", "/UseOC"):
            self.found.add("pdf:mode")
        if isinstance(value.get("/AS"), list):
            self.found.add("pdf:layer-trigger")
        for name in ("/TR", "/TR2"):
            if name in value and value[name] not in ("/Identity", "/Default") and kind in ("/ExtGState", None) and key != "SMask":
                self.found.add("pdf:transfer")
        if kind == "/OutputIntent" and "DestOutputProfileRef" in names:
            self.found.add("pdf:DestOutputProfileRef")
        if kind == "/Namespace" and "Schema" in names:
            self.found.add("pdf:Schema")
        if kind == "/Thread" and "I" in names:
            self.found.add("pdf:info")
        if value.get("/FT") == "/Sig":
            self.found.add("pdf:signature")
        if parent == "Widget" and "Lock" in names:
            self.found.add("pdf:signature")
        if key == "FontMatrix" or any(not isinstance(number, (int, float)) for number in value.get("/FontMatrix", []) if isinstance(value.get("/FontMatrix"), list)):
            self.found.add("pdf:matrix")
        if kind == "/Pages" and isinstance(value.get("/Count"), int) and "Parent" not in names:
            self.count = value["/Count"]
        if element and any(isinstance(one, dict) and one.get("/O") == "/UserProperties" and "/P" in one for one in value.get("/A", []) if isinstance(value.get("/A"), list)):
            self.found.add("pdf:user-properties")

    def stream(self, stream, key, parent):
        entries = stream["dict"]
        data = base64.b64decode(stream.get("data", ""))
        if "/F" in entries or "/FFilter" in entries:
            self.found.add("pdf:external-stream")
        if entries.get("/Subtype") == "/PS" or entries.get("/Subtype2") == "/PS":
            self.found.add("pdf:postscript")
        if "/Ref" in entries:
            self.found.add("pdf:Ref")
        if key == "Metadata" or entries.get("/Type") == "/Metadata":
            self.metadata(data)
        if key == "DestOutputProfile" or data[36:40] == b"acsp":
            self.profile(data)
        if key.startswith("FontFile"):
            self.font(data)
        if parent == "CharProcs":
            self.found |= of_operators(data)
        if entries.get("/FunctionType") == 4:
            text = re.sub(rb"%[^\r\n]*", b" ( ", data).decode("latin-1")
            words = re.findall(r"[{}]|[^\s{}]+", text)
            if any(word not in CALCULATOR and not re.fullmatch(r"[-+]?\d*\.?\d*", word) for word in words):
                self.found.add("pdf:calculator")
        if key in ("ToUnicode", "Encoding", "UseCMap"):
            if re.search(rb"%|\brun\b", data):
                self.found.add("pdf:cmap")
            if isinstance(entries.get("/UseCMap"), str) and re.fullmatch(r"\d+ \d+ R", entries["/UseCMap"]):
                self.found.add("pdf:cmap")
        if b"\x6a\x50\x20\x20\x0d\x0a\x87\x0a" in data:
            self.found.add("pdf:jp2")

    def metadata(self, data):
        text = data.decode("utf-8", "replace")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            self.found.add("pdf:xmp:doctype")
        if re.search(r"pdfaid:|pdfuaid:|pdfxid:|pdfe:", text):
            self.found.add("pdf:claim")
        for prefix, name in re.findall(r"[<\s]([A-Za-z0-9_]+):([A-Za-z0-9_]+)[\s=/>]", text):
            if (prefix, name) not in {("x", "xmpmeta"), ("rdf", "RDF"), ("rdf", "Description"), ("rdf", "about"), ("rdf", "Alt"), ("rdf", "Bag"), ("rdf", "li"), ("dc", "title"), ("dc", "language"), ("xml", "lang")} and prefix != "xmlns":
                self.found.add("pdf:xmp")
        if "<x:xmpmeta" not in text:
            self.found.add("pdf:xmp")
        if re.search(r" {64}", text):
            self.found.add("pdf:xmp")

    def profile(self, data):
        count = int.from_bytes(data[128:132], "big")
        for index in range(min(count, 100)):
            tag = data[132 + 12 * index : 136 + 12 * index].decode("latin-1")
            if tag not in PROFILE:
                self.found.add("pdf:profile:" + tag)

    def font(self, data):
        if data[:4] in (b"\0\1\0\0", b"true", b"OTTO"):
            for index in range(int.from_bytes(data[4:6], "big")):
                tag = data[12 + 16 * index : 16 + 16 * index].decode("latin-1")
                if tag not in TABLES:
                    self.found.add("pdf:font:" + tag)
                if tag in ("fpgm", "prep"):
                    self.found.add("pdf:font:program")
        elif data[:2] in (b"%!", b"\x80\x01"):
            head = data.split(b"eexec")[0]
            if b"/FontInfo" in head or b"Notice" in head or re.search(rb"FontMatrix\s*\[[^\]]*\(", head):
                self.found.add("pdf:font:type1")
        elif data[:1] == b"\x01":
            count = int.from_bytes(data[4:6], "big")
            if b"CDR" in data[: 64 + 32 * count]:
                self.found.add("pdf:font:name")
        else:
            self.found.add("pdf:font:unknown")


def of_objects(path, data):
    answer = run("qpdf", "--json=2", "--decode-level=all", "--json-stream-data=inline", "--warning-exit-0", path)
    if answer is None:
        return {"pdf:time"}
    try:
        # Names are bytes; qpdf writes them as they are, and not all are UTF-8.
        document = json.loads(answer.stdout.decode("utf-8", "surrogateescape"))
    except json.JSONDecodeError:
        return {"pdf:unreadable"}
    warnings = answer.stderr.decode("utf-8", "replace")
    objects = document["qpdf"][1]
    trailer = objects.get("trailer", {}).get("value", {})
    walk = Walk(objects)
    walk.count = None
    walk.from_(trailer)
    found = walk.found
    if document.get("encrypt", {}).get("encrypted"):
        found.add("pdf:encrypted")
    for key in trailer:
        if key[1:] not in TRAILER:
            found.add("pdf:trailer:" + key[1:])
    info = walk.resolve(trailer.get("/Info")) or {}
    for key in info if isinstance(info, dict) else ():
        if key != "/Title":
            found.add("pdf:info")
    # What no way leads to; the file's own streams of objects and places are not part of the document.
    for name, entry in objects.items():
        entries = entry.get("stream", {}).get("dict", {}) if "stream" in entry else entry.get("value")
        own = isinstance(entries, dict) and entries.get("/Type") in ("/ObjStm", "/XRef")
        if name.startswith("obj:") and name[4:] not in walk.reached and not own:
            found.add("pdf:orphan")
            if isinstance(entries, dict):
                walk.dictionary(entries, "", None)
    if walk.count is not None and walk.count != len(document["pages"]):
        found.add("pdf:count")
    if "duplicated key" in warnings:
        found.add("pdf:key-twice")
    if re.search(r"WARNING(?!.*duplicated key)", warnings):
        found.add("pdf:warning")
    return found | of_content(data)


def of_content(data):
    """Content streams, filters and pictures as they stand in the file: by pikepdf."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return of_streams(document)
    except Exception:  # what it cannot read it raises in many ways
        return {"pdf:unreadable-streams"}


def of_streams(document):
    import pikepdf

    found = set()
    painted = []
    for item in document.objects:
        if not isinstance(item, pikepdf.Stream):
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.Page and "/Contents" in item:
                contents = item["/Contents"]
                if isinstance(contents, pikepdf.Array) and len(contents) > 1:
                    found.add("pdf:contents-parts")
                painted.append((item, None))
            continue
        names = item.get("/Filter", [])
        names = [names] if isinstance(names, pikepdf.Name) else list(names)
        for name in names:
            is_fax = name == pikepdf.Name.CCITTFaxDecode and len(names) == 1
            if str(name)[1:] not in FILTERS and not (is_fax and is_plain_fax(item)):
                found.add("pdf:filter:" + str(name)[1:])
        if len(names) > 1:
            found.add("pdf:filter-chain")
        if names == [pikepdf.Name.DCTDecode]:
            found |= {"pdf:" + alarm for alarm in imgwalk.jpeg(item.read_raw_bytes())}
        if item.get("/Subtype") == pikepdf.Name.Form or item.get("/PatternType") == 1:
            painted.append((item, item))
    for item, stream in painted:
        try:
            body = stream.read_bytes() if stream is not None else joined(item["/Contents"])
        except pikepdf.PdfError:
            continue
        found |= of_operators(body)
    return found


def is_plain_fax(item):
    """A fax of group 4 as large as the picture, which libtiff packs to the very same bytes: nothing stands in it or
    behind it that the picture does not need."""
    width, height = int(item.get("/Width", 0)), int(item.get("/Height", 0))
    said = {str(key): value for key, value in (item.get("/DecodeParms") or {}).items()}
    said.pop("/BlackIs1", None)
    if said != {"/K": -1, "/Columns": width, "/Rows": height} or not 0 < width * height < 1 << 28:
        return False
    packed = item.read_raw_bytes()
    tags = [(256, width), (257, height), (258, 1), (259, 4), (262, 1), (273, 8), (277, 1), (278, height), (279, len(packed))]
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    head = struct.pack("<2sHI", b"II", 42, 8 + len(packed))
    again = io.BytesIO()
    try:
        with Image.open(io.BytesIO(head + packed + directory + bytes(4))) as picture:
            picture.save(again, "TIFF", compression="group4", tiffinfo={278: height})
        with Image.open(again) as picture:
            [start], [length] = picture.tag_v2[273], picture.tag_v2[279]
    except (OSError, ValueError, SyntaxError):
        return False
    return again.getvalue()[start : start + length] == packed


def joined(contents):
    import pikepdf

    parts = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    return b"\n".join(part.read_bytes() for part in parts)


TOKEN = re.compile(rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|%[^\r\n]*|/[^\s/()<>\[\]{}%]*|[\[\]]|[^\s/()<>\[\]%]+", re.S)


def of_operators(body):
    """Operators nobody defined, comments, states that are not closed."""
    found, depth, at = set(), 0, 0
    if len(body) > 4 << 20:
        return {"pdf:content-size"}
    dictionaries, payload = 0, False
    while match := TOKEN.search(body, at):
        token, at = match.group(), match.end()
        if token[:1] == b"%":
            found.add("pdf:content-comment")
        elif token == b"<<":
            dictionaries += 1
        elif token == b">>":
            dictionaries -= 1
        elif token[:1] == b"/":
            if dictionaries > 0 and token == b"/Payload":
                payload = True
            if token.startswith(b"/CDRKILL"):
                found.add("pdf:content-name")
        elif token == b"ID":
            end = re.compile(rb"\sEI(?=\s|$)").search(body, at)
            if end is None:
                found.add("pdf:inline-end")
                break
            if re.search(rb"\sEI\s.*\sEI(\s|$)", body[at:], re.S) and b"BI" not in body[end.end() :]:
                found.add("pdf:inline-end")
            at, data = end.end(), body[at + 1 : end.start()]
            if re.search(rb"/Fl\b|/FlateDecode", body[max(0, match.start() - 200) : match.start()]):
                inflater = zlib.decompressobj()
                try:
                    inflater.decompress(data, 64 << 20)
                except zlib.error:
                    pass
                if inflater.unused_data.strip():
                    found.add("pdf:inline-trailing")
        elif re.fullmatch(rb"[-+]?(\d+\.?\d*|\.\d+)|\[|\]|<[0-9A-Fa-f\s]*>|true|false|null", token) or token[:1] in b"(<":
            pass
        else:
            word = token.decode("latin-1")
            if word not in OPERATORS:
                found.add("pdf:operator")
            depth += (word == "q") - (word == "Q")
            if word == "BI":
                head = body[at : at + 200].split(b"ID")[0]
                if re.search(rb"/JPX|/JBIG2|/CCF|/CCITT", head):
                    found.add("pdf:inline-filter")
    if payload:
        found.add("pdf:payload")
    if depth:
        found.add("pdf:unbalanced")
    return found


def main(path):
    return alarms(pathlib.Path(path).read_bytes())

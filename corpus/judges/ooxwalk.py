"""What an Office package holds that may act, reach out or tell: one alarm for each.

Reads with lxml and an own relationship walk. Alarms are words such as `rel-external:attachedTemplate`,
`element:oleObj`, `field:DDEAUTO`, `formula:WEBSERVICE`, `attribute:fmlaMacro`, `type:vbaProject`.
"""

import posixpath
import re
import unicodedata
from urllib.parse import unquote

from lxml import etree

import zipwalk

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

KNOWN_NAMESPACES = re.compile(
    r"^(http://schemas\.openxmlformats\.org/|http://schemas\.microsoft\.com/|http://purl\.oclc\.org/ooxml/|http://purl\.org/dc/"
    r"|http://www\.w3\.org/|urn:schemas-microsoft-com:(vml|office:))"
)

FORBIDDEN_RELATIONSHIPS = set(
    """vbaProject wordVbaData vbaProjectSignature vbaProjectSignatureAgile vbaProjectSignatureV3 control activeXControl
    activeXControlBinary oleObject e1Object e2Object aFChunk subDocument attachedTemplate frame mailMergeSource
    mailMergeHeaderSource recipientData transform keyMapCustomizations attachedToolbars xlMacrosheet xlIntlMacrosheet
    dialogsheet externalLink externalLinkPath xlPathMissing xlStartup xlAlternateStartup xlLibrary externalLinkLongPath
    connections queryTable powerPivotData xmlMaps rdRichValueWebImage Python Survey revisionHeaders revisionLog usernames
    customProperty volatileDependencies video audio media slideUpdateInfo slideUpdateUrl htmlPubSaveAs tags customXml
    customXmlProps extensibility userCustomization webextension webextensiontaskpanes model3d legacyDocTextInfo
    legacyDiagramText stylesWithEffects customData customDataProps wsSortMap thumbnail custom-properties origin signature
    certificate classificationlabels printerSettings documenttasks""".split()
)

FORBIDDEN_TYPES = re.compile(
    r"macro|vba|activeX|oleObject|webextension|dialogsheet|externalLink|queryTable|connections|printerSettings|customProperty|"
    r"volatileDependencies|keyMapCustom|attachedToolbars|digital-signature|postscript|x-eps|model/|video/|audio/|python|"
    r"model\+data|revisionHeaders|revisionLog|userNames|slideUpdateInfo|presentationml\.tags|legacyDoc|legacyDiagram|stylesWithEffects|"
    r"custom-properties|classificationlabels|msdownload|rtf|octet-stream|customXmlProperties",
    re.I,
)

KNOWN_TYPES = re.compile(r"^(application/vnd\.(openxmlformats|ms-)[\w.+-]*|application/(xml|inkml\+xml)|image/[\w.+-]+)$", re.I)

FORBIDDEN_ELEMENTS = set(
    """attachedTemplate linkStyles styleLockTheme autoFormatOverride altChunk subDoc mailMerge saveThroughXslt
    useXSLTWhenSaving docVars entryMacro exitMacro dataBinding webExtensionLinked webExtensionCreated frameset updateFields fldData
    activeWritingStyle rsids OLEObject ocx oleObj oleObjects oleObject hlinkHover hlinkMouseOver picAttrSrcUrl
    attrSrcUrl imgUrl oembed oembedShared scriptLink webVideoPr model3d webextensionref smartTag smartTagType schemaLibrary attachedSchema
    ddeLink oleLink alternateUrls dataConsolidate webPublishItems webPublishing webPublishObjects absPath fileRecoveryPr fileSharing
    customPr imageFormula msForm survey externalCodeService sldSyncPr htmlPubPr webPr custDataLst modifyVerifier sndAc snd stSnd
    signatureline signatureLine videoFile audioFile quickTimeFile wavAudioFile audioCd FmlaMacro FmlaPict script annotationXML
    DataMashup customUI customXsn xsnLocation wordDocument presenceInfo contentPart""".split()
)

# Elements that are forbidden in one vocabulary alone.
FORBIDDEN_QUALIFIED = {
    ("wordprocessingml", "control"),
    ("presentationml", "control"),
    ("presentationml", "controls"),
    ("spreadsheetml", "control"),
    ("spreadsheetml", "controls"),
    ("presentationml", "cmd"),
    ("spreadsheetml/2010/11", "dataModel"),
    ("powerpoint/2010/main", "media"),
    ("metadata/core-properties", "lastModifiedBy"),
    ("metadata/core-properties", "keywords"),
    ("dc/elements", "creator"),
    ("extended-properties", "HyperlinkBase"),
    ("extended-properties", "HLinks"),
    ("extended-properties", "Template"),
    ("extended-properties", "Company"),
    ("extended-properties", "Manager"),
    ("extendedProperties", "HyperlinkBase"),
    ("extendedProperties", "Company"),
}

FORBIDDEN_ATTRIBUTES = set(
    """fmlaMacro autoLoad sigprovurl sigProvUrl algIdExtSource cryptProviderTypeExtSource dirty invalidUrl saveExternalLinkValues
    refreshAllConnections fullCalcOnLoad forceFullCalc refreshOnLoad connectionId securityDescriptor xlm vbProcedure userId providerId
    oleUpdate updateAutomatic althref embeddedHtml onLoad onAction MustUnderstand codeName rsidR rsidRDefault rsidRPr rsidP rsidTr rsidSect
    rsidDel""".split()
)

FIELDS = set(
    """PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE TITLE SUBJECT AUTHOR FILENAME STYLEREF TOC TC TOA TA
    INDEX XE SEQ LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT REF PAGEREF NOTEREF EQ SYMBOL ADVANCE FORMTEXT FORMCHECKBOX FORMDROPDOWN CITATION
    BIBLIOGRAPHY HYPERLINK = KEYWORDS COMMENTS LASTSAVEDBY DOCPROPERTY EDITTIME FILESIZE NUMWORDS NUMCHARS INFO TEMPLATE USERNAME USERINITIALS
    USERADDRESS REVNUM QUOTE IF FTNREF BARCODE DISPLAYBARCODE SHAPE""".split()
) - set("QUOTE IF BARCODE SHAPE TEMPLATE INFO".split())

FUNCTIONS = re.compile(
    r"^(WEBSERVICE|FILTERXML|IMAGE|STOCKHISTORY|TRANSLATE|DETECTLANGUAGE|COPILOT|CUBE\w*|SQL\.REQUEST|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|"
    r"EVALUATE|GET\.\w+|FILES|FOPEN|ALERT|PY|DDE|DDEAUTO|ACTIVE\.CELL|RUN|HALT|FORMULA|SEND\.KEYS)$"
)
SAFE_URL = re.compile(r"^(https?:|mailto:|#)", re.I)
BAD_URL = re.compile(
    r"^(file:|\\\\|//|javascript:|vbscript:|data:(?!image/)|mhtml:|ms-[\w-]+:|search(-ms)?:|smb:|shell:|about:|blob:|jar:|view-source:|onenote:|"
    r"msteams:|skype:|tel:|zoommtg:|vscode:|steam:)",
    re.I,
)
ACTIONS = {"hlinksldjump", "hlinkshowjump", "noaction", "customshow"}


def local(tag):
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def space(tag):
    return tag[1:].split("}", 1)[0] if isinstance(tag, str) and tag.startswith("{") else ""


def parse(body):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    return etree.fromstring(body, parser)


def source_of(name):
    """The part whose relationships `name` holds."""
    folder, file = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


def alarms(data):
    found = {alarm for alarm in zipwalk.alarms(data)}
    parts = {}
    for name, body in zipwalk.members(data):
        parts.setdefault(name, body)
    if "[Content_Types].xml" not in parts:
        return found | {"opc:no-content-types"}
    folded = [name.lower() for name in parts]
    if len(set(folded)) != len(folded):
        found.add("opc:case-collision")
    trees = {}
    for name, body in parts.items():
        found |= part_alarms(name, body)
        if name.endswith((".xml", ".rels", ".vml")) or body.lstrip()[:1] == b"<" or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                trees[name] = parse(body)
            except (etree.XMLSyntaxError, ValueError):
                found.add("xml:unparsable")
    found |= type_alarms(parts, trees.get("[Content_Types].xml"))
    reached, more = relationship_alarms(parts, trees)
    found |= more
    for name in parts:
        if name != "[Content_Types].xml" and not name.endswith(".rels") and name not in reached and not name.endswith("/"):
            found.add("opc:orphan-part")
    for name, tree in trees.items():
        if not name.endswith(".rels") and name != "[Content_Types].xml":
            found |= xml_alarms(name, tree)
            found |= field_alarms(tree)
            found |= formula_alarms(tree)
        found |= node_alarms(name, tree, parts[name])
    return found


def part_alarms(name, body):
    found = set()
    if re.search(r"%|//|\\|/\./|\.\./|\[trash\]|\.piece$|\.$", name):
        found.add("opc:odd-name")
    if not re.search(r"\.(xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|odttf|fntdata|xlsx|docx|pptx|webp|ico)$", name, re.I) and not name.endswith("/"):
        found.add(f"opc:odd-extension:{name.rsplit('.', 1)[-1][:12]}")
    for magic, word in (
        (b"\xd0\xcf\x11\xe0", "compound"),
        (b"MZ", "program"),
        (b"%!PS", "postscript"),
        (b"{\\rtf", "rtf"),
        (b"glTF", "model"),
        (b"RIFF", "riff"),
    ):
        if body.startswith(magic) and not (magic == b"RIFF" and body[8:12] == b"WEBP"):
            found.add(f"content:{word}")
    return found


def type_alarms(parts, tree):
    found = set()
    if tree is None:
        return {"opc:no-content-types"}
    defaults, overrides = {}, {}
    for element in tree:
        kind = element.get("ContentType", "")
        if FORBIDDEN_TYPES.search(kind) and "sheetMetadata" not in kind:
            found.add(f"type:{kind}")
        if not KNOWN_TYPES.match(kind):
            found.add(f"type-unknown:{kind[:60]}")
        table, key = (defaults, element.get("Extension", "")) if local(element.tag) == "Default" else (overrides, element.get("PartName", ""))
        if key.lower() in table:
            found.add("opc:duplicate-type")
        table[key.lower()] = kind
    for name in parts:
        if name == "[Content_Types].xml" or name.endswith("/"):
            continue
        extension = name.rsplit(".", 1)[-1].lower()
        if "/" + name.lower() not in overrides and extension not in defaults:
            found.add("opc:undeclared-part")
    return found


def relationship_alarms(parts, trees):
    found = set()
    reached = set()
    by_lower = {name.lower(): name for name in parts}
    queue, seen = ["_rels/.rels"], set()
    graph = {}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        source = source_of(name)
        if source and source not in parts:
            found.add("opc:relationships-of-nothing")
        ids, outside = set(), set()
        targets = []
        for element in tree.iter(f"{{{RELATIONSHIPS}}}Relationship"):
            kind = element.get("Type", "")
            word = kind.rstrip("/").rsplit("/", 1)[-1]
            target = element.get("Target", "")
            if element.get("Id") in ids:
                found.add("rel:duplicate-id")
            ids.add(element.get("Id"))
            if word in FORBIDDEN_RELATIONSHIPS:
                found.add(f"rel:{word}")
            if not KNOWN_NAMESPACES.match(kind):
                found.add("rel:unknown-type")
            if element.get("TargetMode", "Internal").strip().lower() == "external":
                if word != "hyperlink":
                    found.add(f"rel-external:{word}")
                elif not SAFE_URL.match(target):
                    found.add("rel-scheme:" + (re.match(r"[\w+.-]*", target.lower()).group(0) or "none"))
                if re.match(r"https?://[^/]*@", target):
                    found.add("rel-userinfo")
                if not target.isascii():
                    found.add("rel-not-ascii")
                outside.add(element.get("Id"))
                continue
            if re.match(r"^[a-z][\w+.-]*:|^//|\\", target, re.I):
                found.add("rel-external-without-mode")
                continue
            if re.search(r"%2e|%2f|\.\.[\\]", target, re.I):
                found.add("rel:traversal")
            path = unquote(target.split("#")[0])
            resolved = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), path)).lstrip("/")
            depth = 0
            for step in (posixpath.dirname(source).split("/") if not path.startswith("/") and posixpath.dirname(source) else []) + path.strip("/").split("/"):
                depth += -1 if step == ".." else 1
                if depth < 0:
                    found.add("rel:traversal")
            raw = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target.split("#")[0])).lstrip("/")
            actual = by_lower.get(resolved.lower()) or by_lower.get(raw.lower())
            if actual is None:
                if target not in ("", "#") and not target.startswith("#") and target != "NULL":
                    found.add("rel:dangling")
            else:
                targets.append(actual)
                if actual == source:
                    found.add("rel:cycle")
        graph[name] = targets
        unresolved(parts, trees, source, ids, outside, found)
    while queue:
        name = queue.pop()
        if name in seen or name not in graph:
            continue
        seen.add(name)
        for target in graph[name]:
            if target not in reached:
                reached.add(target)
                folder, file = posixpath.split(target)
                queue.append(posixpath.join(folder, "_rels", file + ".rels"))
    return reached, found


def unresolved(parts, trees, source, ids, outside, found):
    tree = trees.get(source)
    if tree is None:
        return
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for key, value in element.attrib.items():
            if space(key).endswith("officeDocument/2006/relationships") or space(key).endswith("officeDocument/relationships"):
                if value and value not in ids:
                    found.add("rel:id-unresolved")
                # A picture is fetched from wherever its relationship leads, whatever that one calls itself.
                if value in outside and (local(key) == "embed" or local(element.tag) == "imagedata"):
                    found.add("attribute:r:link")


def node_alarms(name, tree, body):
    found = set()
    document = tree.getroottree()
    if document.docinfo.doctype:
        found.add("xml:doctype")
    declared = re.match(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([\w-]+)", body)
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared.group(1).lower() != b"utf-8"):
        found.add("xml:encoding")
    for node in tree.iter(etree.PI, etree.Comment):
        found.add("xml:pi" if node.tag is etree.PI else "xml:comment")
    before = tree.getprevious()
    while before is not None:
        found.add("xml:pi" if before.tag is etree.PI else "xml:comment")
        before = before.getprevious()
    return found


def xml_alarms(name, tree):
    found = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        word, vocabulary = local(element.tag), space(element.tag)
        if vocabulary and not KNOWN_NAMESPACES.match(vocabulary):
            found.add(f"namespace:{vocabulary[:60]}")
        if word in FORBIDDEN_ELEMENTS:
            found.add(f"element:{word}")
        for part, forbidden in FORBIDDEN_QUALIFIED:
            if word == forbidden and part in vocabulary and (word not in ("creator", "lastModifiedBy", "keywords") or (element.text or "").strip()):
                found.add(f"element:{word}")
        if word == "ext" and element.get("uri", "").startswith("{00000000-"):
            found.add("ext:unknown")
        if word == "definedName":
            folded = unicodedata.normalize("NFKC", element.get("name", "")).casefold()
            if re.match(r"^(_xlnm\.)?auto_(open|close|activate|deactivate)", folded):
                found.add("name:auto")
            for key in ("xlm", "function", "vbProcedure"):
                if element.get(key):
                    found.add(f"attribute:{key}")
        for key, value in element.attrib.items():
            found |= attribute_alarms(word, key, value)
    return found


def attribute_alarms(element, key, value):
    found = set()
    word = local(key)
    if space(key) and not KNOWN_NAMESPACES.match(space(key)) and space(key) != "http://www.w3.org/XML/1998/namespace":
        found.add(f"namespace:{space(key)[:60]}")
    if word in FORBIDDEN_ATTRIBUTES and value not in ("", "0", "false") and not (word == "codeName" and "CDRKILL" not in value):
        found.add(f"attribute:{word}")
    if word == "macro" and value and value != "":
        found.add("attribute:macro")
    if word == "updateLinks" and value != "never":
        found.add("attribute:updateLinks")
    if word == "link" and "relationships" in space(key):
        found.add("attribute:r:link")
    if word == "href" and "relationships" in space(key):
        found.add("attribute:r:href")
    if word == "Type" and element == "OLEObject" and value == "Link":
        found.add("attribute:ole-link")
    flat = re.sub(r"[\x00-\x20]", "", value)
    if BAD_URL.match(flat) and word not in ("sqref", "val", "descr", "title", "name"):
        found.add(f"url:{word}")
    if word == "location" and re.search(r"\\\\|://|\[.*\]", value):
        found.add("url:location")
    if word == "style" and re.search(r"behavior|expression|url\s*\(", value, re.I):
        found.add("style:url")
    if flat.lower().startswith("ppaction://"):
        verb = re.split(r"[?/]", flat[len("ppaction://") :], maxsplit=1)[0].lower()
        if verb not in ACTIONS:
            found.add(f"action:{verb}")
    if word == "graphicData" or (element == "graphicData" and word == "uri"):
        if value.endswith(("presentationml/2006/ole", "presentationml/ole")) or "webextension" in value or "model3d" in value:
            found.add("graphic:" + value.rsplit("/", 1)[-1])
    return found


def field_type(instruction):
    words = instruction.replace("\u201c", '"').strip().lstrip('"').split()
    return words[0].upper().strip('"') if words else ""


def check_field(instruction, found):
    kind = field_type(instruction)
    if not kind:
        return
    if kind.startswith("="):
        return
    if kind not in FIELDS:
        found.add(f"field:{kind[:24]}")
    if "DDE" in re.sub(r'[\s"]', "", instruction).upper()[:12]:
        found.add("field:DDE")
    if kind == "HYPERLINK":
        match = re.search(r'HYPERLINK\s+(?:\\[nht]\s+)*"?([^"\\][^"\s]*)', instruction, re.I)
        if match and not SAFE_URL.match(match.group(1)):
            found.add("field:HYPERLINK-" + match.group(1).split(":")[0][:12])


def field_alarms(tree):
    # Two readings: whatever is called a field anywhere, and what Word takes for one.
    return field_reading(tree.iter(), lambda name: True) | field_reading(as_word_reads(tree), is_word)


def is_word(name):
    return space(name).endswith(("/wordprocessingml/2006/main", "/wordprocessingml/main"))


def as_word_reads(tree):
    """Elements in document order, without those Word passes over and without what stands in properties and ruby."""
    stack = [tree if hasattr(tree, "tag") else tree.getroot()]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or not KNOWN_NAMESPACES.match(space(element.tag)):
            continue
        if is_word(element.tag) and local(element.tag) in ("rPr", "pPr", "ruby"):
            continue
        yield element
        stack.extend(reversed(element))


def field_reading(elements, counts):
    found = set()
    stack = []
    loose = ""
    for element in elements:
        word = local(element.tag) if isinstance(element.tag, str) and counts(element.tag) else ""
        if word == "fldSimple":
            for key, value in element.attrib.items():
                if local(key) == "instr" and counts(key):
                    check_field(value, found)
        elif word == "fldChar":
            kinds = (value for key, value in element.attrib.items() if local(key) == "fldCharType" and counts(key))
            kind = next(kinds, "")
            if kind == "begin":
                stack.append("")
            elif kind == "end" and stack:
                check_field(stack.pop(), found)
            elif kind == "separate" and stack:
                check_field(stack[-1], found)
                stack[-1] = ""
        elif word in ("instrText", "delInstrText"):
            if stack:
                stack[-1] += element.text or ""
            else:
                loose += element.text or ""
    for rest in [*stack, loose]:
        check_field(rest, found)
    return found


def formula_alarms(tree):
    found = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        word = local(element.tag)
        texts = []
        if word in ("f", "formula", "formula1", "formula2", "definedName", "oldFormula", "calculatedColumnFormula", "totalsRowFormula"):
            texts.append(element.text or "")
        texts += [value for key, value in element.attrib.items() if local(key) in ("textlink", "formula", "fmlaLink", "fmlaRange")]
        if word == "cfvo":
            texts += [value for key, value in element.attrib.items() if local(key) == "val"]
        for text in texts:
            found |= formula(text)
    return found


def formula(text):
    found = set()
    # What stands in string literals is text; sheet names in apostrophes are not.
    bare = re.sub(r'"(?:[^"]|"")*"', '""', text)
    outside = re.sub(r"'(?:[^']|'')*'", "''", bare)
    for name in re.findall(r"([A-Za-z_][\w.]*)\s*\(", outside):
        plain = re.sub(r"^(_xlfn\.|_xlws\.|_xludf\.)+", "", name, flags=re.I).upper()
        if FUNCTIONS.match(plain):
            found.add(f"formula:{plain}")
        if name.lower().startswith("_xll."):
            found.add("formula:_xll")
    for argument in re.findall(r'HYPERLINK\(\s*("(?:[^"]|"")*")?\s*([,)&]?)', text, re.I):
        literal, after = argument
        if not literal or after == "&" or not re.match(r'^"(https?:|mailto:|#)', literal, re.I):
            found.add("formula:HYPERLINK")
    if re.search(r"\w\|", outside) or re.search(r"\|'", bare):
        found.add("formula:dde")
    for quoted in re.findall(r"'((?:[^']|'')*)'", bare):
        if "://" in quoted or quoted.startswith("\\\\"):
            found.add("formula:remote")
    # An address may be put together of pieces.
    if re.search(r"INDIRECT\s*\(", outside, re.I) and "://" in "".join(re.findall(r'"((?:[^"]|"")*)"', text)):
        found.add("formula:remote")
    # Number 0 is the workbook itself.
    if re.search(r"(?<![\w\]\).'])\[(?!0\])\d+\]", bare) or re.search(r"'\[(?!0\])\d+\]", bare):
        found.add("formula:external")
    depth = deepest = 0
    for character in outside:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    if deepest > 64:
        found.add("formula:deep")
    return found

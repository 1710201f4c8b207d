"""What in a page acts, fetches, or is read differently by another parser: by html5lib, lxml and tinycss2.

Everything is asked of the parsed tree, and once more of that tree written out and parsed again.
"""

import re
import urllib.parse

import html5lib
import lxml.html
import tinycss2

HTML = "{http://www.w3.org/1999/xhtml}"
ELEMENTS = set(
    "html head body title style meta a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup data"
    " dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map mark menu nav nobr"
    " ol p pre q rb rp rt rtc ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
LINKS = {"http", "https", "mailto", "tel", "ftp"}
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$")
FETCHING = set("src srcset imagesrcset background poster lowsrc dynsrc data code archive codebase classid profile manifest longdesc usemap icon attributionsrc ping".split())
SHADOW = set("shadowrootmode popover popovertarget command commandfor is contenteditable autofocus slot".split())
OVERLAY = {"position", "opacity", "z-index", "top", "left", "right", "bottom", "inset", "transform", "pointer-events"}
CODE = {"behavior", "-moz-binding", "filter", "-ms-filter"}


def alarms(data):
    found = set()
    if b"\x1b" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found.add("html:charset")
    tree = html5lib.parse(data, namespaceHTMLElements=True)
    found |= walk(tree)
    written = html5lib.serialize(tree, omit_optional_tags=False, quote_attr_values="always", alphabetical_attributes=False)
    again = html5lib.parse(written, namespaceHTMLElements=True)
    found |= walk(again)
    if shape(again) != shape(tree):
        found.add("html:mutation")
    found |= by_lxml(data)
    return found


def shape(tree):
    """Names and text in the order of the document; white space at the ends of the body is not counted."""
    out = []
    for event, node in events(tree):
        out.append((event, node.tag if isinstance(node.tag, str) else "comment"))
        text = node.text if event == "start" else node.tail
        if text and text.strip():
            out.append(text.strip())
    return out


def events(tree):
    stack = [(tree, iter(tree))]
    yield "start", tree
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            yield "end", node
            stack.pop()
        else:
            yield "start", child
            stack.append((child, iter(child)))


def walk(tree):
    found = set()
    for node in tree.iter():
        if not isinstance(node.tag, str):
            found.add("html:comment")
            if "[if" in (node.text or "").lower():
                found.add("html:conditional")
            continue
        if not node.tag.startswith(HTML):
            found.add("html:foreign")
            continue
        name = node.tag[len(HTML) :]
        if name not in ELEMENTS:
            found.add("html:element-" + name)
        if name == "meta" and node.attrib != {"charset": "utf-8"}:
            found.add("html:meta")
        for key, value in node.attrib.items():
            found |= attribute(name, key if isinstance(key, str) else str(key), value)
        if name == "style":
            found |= sheet(node.text or "")
    return found


def attribute(element, name, value):
    found = set()
    name = name.lower()
    if name.startswith("on"):
        found.add("html:event")
    if name in SHADOW:
        found.add("html:shadow")
    if name.startswith("data-") or name.startswith("item"):
        found.add("html:data-attribute")
    if ":" in name or "}" in name:
        found.add("html:prefixed-attribute")
    if name in ("id", "name") and element != "meta" and not value.startswith("user-content-"):
        found.add("html:id")
    if name == "style":
        found |= declarations(tinycss2.parse_declaration_list(value))
    if name == "href":
        scheme = urllib.parse.urlsplit(re.sub(r"[\t\n\r]", "", value).strip()).scheme.lower() if value.strip() else ""
        if not value.startswith("#") and scheme not in LINKS:
            found.add("html:link")
    if name in ("action", "formaction"):
        found.add("html:action")
    if name in FETCHING and not (PICTURE.match(value) or value.startswith("cid:") or name == "usemap" and value.startswith("#")):
        found.add("html:fetch")
    return found


def sheet(text):
    found = set()
    queue = [tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)]
    while queue:
        for rule in queue.pop():
            if rule.type == "at-rule":
                if rule.lower_at_keyword not in ("media", "page"):
                    found.add("css:at-rule")
                elif rule.lower_at_keyword == "media" and rule.content:
                    queue.append(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
                elif rule.content:
                    found |= declarations(tinycss2.parse_declaration_list(rule.content))
            elif rule.type == "qualified-rule":
                found |= declarations(tinycss2.parse_declaration_list(rule.content))
            else:
                found.add("css:broken")
    return found


def declarations(items):
    found = set()
    for item in items:
        if item.type != "declaration":
            continue
        if item.lower_name in OVERLAY:
            found.add("css:overlay")
        if item.lower_name in CODE:
            found.add("css:code")
        queue = [item.value]
        while queue:
            for token in queue.pop():
                if token.type == "url":
                    if not (PICTURE.match(token.value) or token.value.startswith("cid:")):
                        found.add("css:fetch")
                elif token.type == "function":
                    if token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element", "paint"):
                        texts = [part.value for part in token.arguments if part.type == "string"]
                        if not texts or not all(PICTURE.match(text) or text.startswith("cid:") for text in texts):
                            found.add("css:fetch")
                    if token.lower_name == "expression":
                        found.add("css:code")
                    queue.append(token.arguments)
                elif hasattr(token, "content"):
                    queue.append(token.content)
    return found


def by_lxml(data):
    """A second parser with other habits."""
    found = set()
    try:
        tree = lxml.html.document_fromstring(data)
    except (lxml.etree.ParserError, ValueError):
        return found
    for node in tree.iter():
        if not isinstance(node.tag, str):
            found.add("html:comment")
        elif node.tag.lower() in ("script", "iframe", "object", "embed", "applet", "base", "link", "svg", "math", "template", "form", "input", "button"):
            found.add("html:element-" + node.tag.lower())
        elif any(key.lower().startswith("on") for key in node.attrib):
            found.add("html:event")
    return found

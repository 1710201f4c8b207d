"""What in a drawing acts or fetches: by lxml and tinycss2, prefixes resolved."""

import gzip
import re

import tinycss2
from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
ELEMENTS = set(
    "a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap"
    " feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight"
    " feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask path pattern polygon polyline radialGradient rect"
    " stop style svg switch symbol text textPath title tspan use".split()
)
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$")
LINK = re.compile(r"(https?://|mailto:|tel:|ftp://|#)")


def alarms(data):
    found = set()
    if data[:2] == b"\x1f\x8b":
        found.add("svg:compressed")
        data = gzip.decompress(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        found.add("svg:doctype")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return found | {"svg:unparsable"}
    for node in root.itersiblings(preceding=True):
        found.add("svg:comment" if isinstance(node, etree._Comment) else "svg:pi")
    for node in root.iter():
        if not isinstance(node.tag, str):
            found.add("svg:comment" if isinstance(node, etree._Comment) else "svg:pi")
            continue
        name = etree.QName(node)
        if name.namespace != SVG or name.localname not in ELEMENTS:
            found.add("svg:element-" + name.localname)
        for key, value in node.attrib.items():
            found |= attribute(name.localname, etree.QName(key), value)
        if name.localname == "style":
            found |= sheet("".join(node.itertext()))
    return found


def attribute(element, name, value):
    found = set()
    local = name.localname
    if local.lower().startswith("on"):
        found.add("svg:event")
    if name.namespace not in (None, XLINK, XML) or local.startswith("data-"):
        found.add("svg:editor")
    if name.namespace == XML and local == "base":
        found.add("svg:fetch")
    if local == "href":
        clean = re.sub(r"[\x00-\x20]", "", value)
        if element == "a":
            if not LINK.match(clean):
                found.add("svg:link")
        elif clean.startswith("data:"):
            if not PICTURE.match(clean):
                found.add("svg:data")
        elif not clean.startswith("#"):
            found.add("svg:fetch")
    elif local == "style":
        found |= declarations(tinycss2.parse_declaration_list(value))
    elif "(" in value:
        found |= values(tinycss2.parse_component_value_list(value))
    return found


def sheet(text):
    found = set()
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            if rule.lower_at_keyword not in ("media", "page"):
                found.add("svg:at-rule")
        elif rule.type == "qualified-rule":
            found |= declarations(tinycss2.parse_declaration_list(rule.content))
    return found


def declarations(items):
    found = set()
    for item in items:
        if item.type == "declaration":
            if item.lower_name in ("behavior", "-moz-binding", "src"):
                found.add("svg:code")
            found |= values(item.value)
    return found


def values(tokens):
    found = set()
    queue = [tokens]
    while queue:
        for token in queue.pop():
            if token.type == "url" and not token.value.startswith("#"):
                found.add("svg:fetch")
            elif token.type == "function":
                if token.lower_name == "url" and not any(part.type == "string" and part.value.startswith("#") for part in token.arguments):
                    found.add("svg:fetch")
                queue.append(token.arguments)
            elif hasattr(token, "content"):
                queue.append(token.content)
    return found

//! The elements and attributes that may be written (SVG 1.1 and 2, without what acts).

/// An element that may be written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
}

/// What stands in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Elements.
    Elements,
    /// Elements and text.
    Text,
    /// Text alone: a title.
    Words,
    /// A style sheet.
    Style,
}

const fn element(name: &'static str, holds: Holds) -> Element {
    Element { name, holds }
}

/// Sorted by name.
static ELEMENTS: &[Element] = &[
    element("a", Holds::Text),
    element("circle", Holds::Elements),
    element("clipPath", Holds::Elements),
    element("defs", Holds::Elements),
    element("desc", Holds::Words),
    element("ellipse", Holds::Elements),
    element("feBlend", Holds::Elements),
    element("feColorMatrix", Holds::Elements),
    element("feComponentTransfer", Holds::Elements),
    element("feComposite", Holds::Elements),
    element("feConvolveMatrix", Holds::Elements),
    element("feDiffuseLighting", Holds::Elements),
    element("feDisplacementMap", Holds::Elements),
    element("feDistantLight", Holds::Elements),
    element("feDropShadow", Holds::Elements),
    element("feFlood", Holds::Elements),
    element("feFuncA", Holds::Elements),
    element("feFuncB", Holds::Elements),
    element("feFuncG", Holds::Elements),
    element("feFuncR", Holds::Elements),
    element("feGaussianBlur", Holds::Elements),
    element("feImage", Holds::Elements),
    element("feMerge", Holds::Elements),
    element("feMergeNode", Holds::Elements),
    element("feMorphology", Holds::Elements),
    element("feOffset", Holds::Elements),
    element("fePointLight", Holds::Elements),
    element("feSpecularLighting", Holds::Elements),
    element("feSpotLight", Holds::Elements),
    element("feTile", Holds::Elements),
    element("feTurbulence", Holds::Elements),
    element("filter", Holds::Elements),
    element("g", Holds::Elements),
    element("image", Holds::Elements),
    element("line", Holds::Elements),
    element("linearGradient", Holds::Elements),
    element("marker", Holds::Elements),
    element("mask", Holds::Elements),
    element("path", Holds::Elements),
    element("pattern", Holds::Elements),
    element("polygon", Holds::Elements),
    element("polyline", Holds::Elements),
    element("radialGradient", Holds::Elements),
    element("rect", Holds::Elements),
    element("stop", Holds::Elements),
    element("style", Holds::Style),
    element("svg", Holds::Elements),
    element("switch", Holds::Elements),
    element("symbol", Holds::Elements),
    element("text", Holds::Text),
    element("textPath", Holds::Text),
    element("title", Holds::Words),
    element("tspan", Holds::Text),
    element("use", Holds::Elements),
];

/// The element `name`, if it may be written.
pub(super) fn by_name(name: &[u8]) -> Option<&'static Element> {
    let index = ELEMENTS.binary_search_by(|element| element.name.as_bytes().cmp(name)).ok()?;
    ELEMENTS.get(index)
}

/// What the value of an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Numbers with their units, or one word.
    Numbers,
    /// The commands of a path.
    Path,
    /// The functions of a transformation.
    Transform,
    /// Words of ASCII letters and digits.
    Words,
    /// Any text.
    Text,
    /// The name of this element.
    Id,
    /// Declarations of style.
    Style,
    /// A property of style that stands as an attribute.
    Property,
    /// An address, by what the element does with it.
    Address,
}

/// Sorted by name. Properties of style are not here: they are known to who reads style.
const ATTRIBUTES: &[(&str, Value)] = &[
    ("amplitude", Value::Numbers),
    ("aria-hidden", Value::Words),
    ("aria-label", Value::Text),
    ("aria-labelledby", Value::Text),
    ("azimuth", Value::Numbers),
    ("baseFrequency", Value::Numbers),
    ("baseProfile", Value::Words),
    ("bias", Value::Numbers),
    ("class", Value::Text),
    ("clipPathUnits", Value::Words),
    ("cx", Value::Numbers),
    ("cy", Value::Numbers),
    ("d", Value::Path),
    ("diffuseConstant", Value::Numbers),
    ("divisor", Value::Numbers),
    ("dx", Value::Numbers),
    ("dy", Value::Numbers),
    ("edgeMode", Value::Words),
    ("elevation", Value::Numbers),
    ("exponent", Value::Numbers),
    ("filterUnits", Value::Words),
    ("fr", Value::Numbers),
    ("fx", Value::Numbers),
    ("fy", Value::Numbers),
    ("gradientTransform", Value::Transform),
    ("gradientUnits", Value::Words),
    ("height", Value::Numbers),
    ("href", Value::Address),
    ("id", Value::Id),
    ("in", Value::Words),
    ("in2", Value::Words),
    ("intercept", Value::Numbers),
    ("k", Value::Numbers),
    ("k1", Value::Numbers),
    ("k2", Value::Numbers),
    ("k3", Value::Numbers),
    ("k4", Value::Numbers),
    ("kernelMatrix", Value::Numbers),
    ("kernelUnitLength", Value::Numbers),
    ("lang", Value::Words),
    ("lengthAdjust", Value::Words),
    ("limitingConeAngle", Value::Numbers),
    ("markerHeight", Value::Numbers),
    ("markerUnits", Value::Words),
    ("markerWidth", Value::Numbers),
    ("maskContentUnits", Value::Words),
    ("maskUnits", Value::Words),
    ("method", Value::Words),
    ("mode", Value::Words),
    ("numOctaves", Value::Numbers),
    ("offset", Value::Numbers),
    ("operator", Value::Words),
    ("order", Value::Numbers),
    ("orient", Value::Numbers),
    ("pathLength", Value::Numbers),
    ("patternContentUnits", Value::Words),
    ("patternTransform", Value::Transform),
    ("patternUnits", Value::Words),
    ("points", Value::Numbers),
    ("pointsAtX", Value::Numbers),
    ("pointsAtY", Value::Numbers),
    ("pointsAtZ", Value::Numbers),
    ("preserveAlpha", Value::Words),
    ("preserveAspectRatio", Value::Words),
    ("primitiveUnits", Value::Words),
    ("r", Value::Numbers),
    ("radius", Value::Numbers),
    ("refX", Value::Numbers),
    ("refY", Value::Numbers),
    ("requiredFeatures", Value::Text),
    ("result", Value::Words),
    ("role", Value::Words),
    ("rotate", Value::Numbers),
    ("rx", Value::Numbers),
    ("ry", Value::Numbers),
    ("scale", Value::Numbers),
    ("seed", Value::Numbers),
    ("side", Value::Words),
    ("slope", Value::Numbers),
    ("spacing", Value::Words),
    ("specularConstant", Value::Numbers),
    ("specularExponent", Value::Numbers),
    ("spreadMethod", Value::Words),
    ("startOffset", Value::Numbers),
    ("stdDeviation", Value::Numbers),
    ("stitchTiles", Value::Words),
    ("style", Value::Style),
    ("surfaceScale", Value::Numbers),
    ("systemLanguage", Value::Text),
    ("tableValues", Value::Numbers),
    ("targetX", Value::Numbers),
    ("targetY", Value::Numbers),
    ("textLength", Value::Numbers),
    ("transform", Value::Transform),
    ("type", Value::Words),
    ("values", Value::Numbers),
    ("version", Value::Words),
    ("viewBox", Value::Numbers),
    ("width", Value::Numbers),
    ("x", Value::Numbers),
    ("x1", Value::Numbers),
    ("x2", Value::Numbers),
    ("xChannelSelector", Value::Words),
    ("y", Value::Numbers),
    ("y1", Value::Numbers),
    ("y2", Value::Numbers),
    ("yChannelSelector", Value::Words),
    ("z", Value::Numbers),
    ("zoomAndPan", Value::Words),
];

/// Properties of style that stand as attributes (SVG 1.1, appendix N.2). Sorted.
const PROPERTIES: &[&str] = &[
    "alignment-baseline",
    "baseline-shift",
    "clip-path",
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "color-rendering",
    "direction",
    "display",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "flood-color",
    "flood-opacity",
    "font",
    "font-family",
    "font-size",
    "font-size-adjust",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "glyph-orientation-horizontal",
    "glyph-orientation-vertical",
    "image-rendering",
    "isolation",
    "letter-spacing",
    "lighting-color",
    "line-height",
    "marker",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "mask-type",
    "mix-blend-mode",
    "opacity",
    "overflow",
    "paint-order",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "text-orientation",
    "text-rendering",
    "transform-origin",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "white-space",
    "word-spacing",
    "writing-mode",
];

/// The attribute `name`, under its own name, and what its value is.
pub(super) fn attribute(name: &[u8]) -> Option<(&'static str, Value)> {
    let listed = ATTRIBUTES.binary_search_by(|(known, _)| known.as_bytes().cmp(name));
    if let Ok(index) = listed {
        return ATTRIBUTES.get(index).copied();
    }
    let index = PROPERTIES.binary_search_by(|known| known.as_bytes().cmp(name)).ok()?;
    PROPERTIES.get(index).map(|name| (*name, Value::Property))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(ELEMENTS.is_sorted_by_key(|element| element.name));
        assert!(ATTRIBUTES.is_sorted_by_key(|(name, _)| *name));
        assert!(PROPERTIES.is_sorted());
    }
}

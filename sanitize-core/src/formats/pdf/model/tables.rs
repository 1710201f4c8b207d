// Written by `cargo xtask allow-lists-pdf` from the Arlington model and its overlay. Not edited by hand.

#![allow(dead_code, reason = "a generated table")]

use super::allow::{Allowed, Key, Rule, Shape, Type, TypeId, kind};

pub(crate) const ANNOT_CARET: TypeId = TypeId(0);
pub(crate) const ANNOT_CIRCLE: TypeId = TypeId(1);
pub(crate) const ANNOT_FREE_TEXT: TypeId = TypeId(2);
pub(crate) const ANNOT_HIGHLIGHT: TypeId = TypeId(3);
pub(crate) const ANNOT_INK: TypeId = TypeId(4);
pub(crate) const ANNOT_LINE: TypeId = TypeId(5);
pub(crate) const ANNOT_LINK: TypeId = TypeId(6);
pub(crate) const ANNOT_POLY_LINE: TypeId = TypeId(7);
pub(crate) const ANNOT_POLYGON: TypeId = TypeId(8);
pub(crate) const ANNOT_POPUP: TypeId = TypeId(9);
pub(crate) const ANNOT_SQUARE: TypeId = TypeId(10);
pub(crate) const ANNOT_SQUIGGLY: TypeId = TypeId(11);
pub(crate) const ANNOT_STAMP: TypeId = TypeId(12);
pub(crate) const ANNOT_STRIKE_OUT: TypeId = TypeId(13);
pub(crate) const ANNOT_TEXT: TypeId = TypeId(14);
pub(crate) const ANNOT_UNDERLINE: TypeId = TypeId(15);
pub(crate) const ANNOT_WATERMARK: TypeId = TypeId(16);
pub(crate) const ANNOT_WIDGET: TypeId = TypeId(17);
pub(crate) const APPEARANCE: TypeId = TypeId(18);
pub(crate) const APPEARANCE_CHARACTERISTICS: TypeId = TypeId(19);
pub(crate) const APPEARANCE_SUB_DICT: TypeId = TypeId(20);
pub(crate) const ARRAY_OF4_FUNCTIONS: TypeId = TypeId(21);
pub(crate) const ARRAY_OF_ANNOTS: TypeId = TypeId(22);
pub(crate) const ARRAY_OF_ARRAYS_INK_LIST: TypeId = TypeId(23);
pub(crate) const ARRAY_OF_ARRAYS_PATHS: TypeId = TypeId(24);
pub(crate) const ARRAY_OF_ARRAYS_RBGROUPS: TypeId = TypeId(25);
pub(crate) const ARRAY_OF_ATTRIBUTE_OBJECTS: TypeId = TypeId(26);
pub(crate) const ARRAY_OF_ATTRIBUTE_REVISIONS: TypeId = TypeId(27);
pub(crate) const ARRAY_OF_BEADS: TypeId = TypeId(28);
pub(crate) const ARRAY_OF_BLEND_MODES: TypeId = TypeId(29);
pub(crate) const ARRAY_OF_CIDGLYPH_METRICS_W: TypeId = TypeId(30);
pub(crate) const ARRAY_OF_CIDGLYPH_METRICS_W2: TypeId = TypeId(31);
pub(crate) const ARRAY_OF_CLASS_NAMES_REVISIONS: TypeId = TypeId(32);
pub(crate) const ARRAY_OF_DASH_PATTERNS: TypeId = TypeId(33);
pub(crate) const ARRAY_OF_DESCENDANT_FONTS: TypeId = TypeId(34);
pub(crate) const ARRAY_OF_DIFFERENCES: TypeId = TypeId(35);
pub(crate) const ARRAY_OF_FIELD_CHOICE_OPT: TypeId = TypeId(36);
pub(crate) const ARRAY_OF_FIELDS: TypeId = TypeId(37);
pub(crate) const ARRAY_OF_FONT_AND_SIZE: TypeId = TypeId(38);
pub(crate) const ARRAY_OF_FUNCTIONS: TypeId = TypeId(39);
pub(crate) const ARRAY_OF_GSPDASH_PATTERNS: TypeId = TypeId(40);
pub(crate) const ARRAY_OF_INTEGERS_GENERAL: TypeId = TypeId(41);
pub(crate) const ARRAY_OF_INTEGERS_GREATER_THAN_ZERO: TypeId = TypeId(42);
pub(crate) const ARRAY_OF_NAMES_FOR_PROC_SET: TypeId = TypeId(43);
pub(crate) const ARRAY_OF_NAMES_GENERAL: TypeId = TypeId(44);
pub(crate) const ARRAY_OF_NAMESPACE: TypeId = TypeId(45);
pub(crate) const ARRAY_OF_NON_NEGATIVE_INTEGERS_GENERAL: TypeId = TypeId(46);
pub(crate) const ARRAY_OF_NUMBERS_GENERAL: TypeId = TypeId(47);
pub(crate) const ARRAY_OF_OCCONFIG: TypeId = TypeId(48);
pub(crate) const ARRAY_OF_OCG: TypeId = TypeId(49);
pub(crate) const ARRAY_OF_OCGINDIRECT: TypeId = TypeId(50);
pub(crate) const ARRAY_OF_OPT_CONTENT_GROUPS: TypeId = TypeId(51);
pub(crate) const ARRAY_OF_OPT_CONTENT_ORDER_ELEMENTS: TypeId = TypeId(52);
pub(crate) const ARRAY_OF_OPT_CONTENT_ORDERS: TypeId = TypeId(53);
pub(crate) const ARRAY_OF_OUTPUT_INTENTS: TypeId = TypeId(54);
pub(crate) const ARRAY_OF_PATHS: TypeId = TypeId(55);
pub(crate) const ARRAY_OF_QUAD_POINTS: TypeId = TypeId(56);
pub(crate) const ARRAY_OF_STRINGS_BYTE: TypeId = TypeId(57);
pub(crate) const ARRAY_OF_STRINGS_TEXT: TypeId = TypeId(58);
pub(crate) const ARRAY_OF_STRUCT_ELEM: TypeId = TypeId(59);
pub(crate) const ARRAY_OF_STRUCT_ELEM_KIDS: TypeId = TypeId(60);
pub(crate) const ARRAY_OF_STRUCT_ELEM_PARENT_TREE: TypeId = TypeId(61);
pub(crate) const ARRAY_OF_THREADS: TypeId = TypeId(62);
pub(crate) const ARRAY_OF_2_BOOLEANS: TypeId = TypeId(63);
pub(crate) const ARRAY_OF_2_DASH_NUMBERS: TypeId = TypeId(64);
pub(crate) const ARRAY_OF_2_LINE_ENDINGS_NAMES: TypeId = TypeId(65);
pub(crate) const ARRAY_OF_2_NUMBERS: TypeId = TypeId(66);
pub(crate) const ARRAY_OF_2_STRINGS_TEXT: TypeId = TypeId(67);
pub(crate) const ARRAY_OF_3_RGBNUMBERS: TypeId = TypeId(68);
pub(crate) const ARRAY_OF_3OR4_CALLOUT_LINE_NUMBERS: TypeId = TypeId(69);
pub(crate) const ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS: TypeId = TypeId(70);
pub(crate) const ARRAY_OF_4_BORDER_COLOR_ARRAYS: TypeId = TypeId(71);
pub(crate) const ARRAY_OF_4_BORDER_STYLE_NAMES: TypeId = TypeId(72);
pub(crate) const ARRAY_OF_4_BORDER_THICKNESS_NUMBERS: TypeId = TypeId(73);
pub(crate) const ARRAY_OF_4_INTEGERS: TypeId = TypeId(74);
pub(crate) const ARRAY_OF_4_NUMBERS: TypeId = TypeId(75);
pub(crate) const ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION: TypeId = TypeId(76);
pub(crate) const ARRAY_OF_6_NUMBERS: TypeId = TypeId(77);
pub(crate) const ARRAY_OF_9_NUMBERS: TypeId = TypeId(78);
pub(crate) const ARRAY_OF_ROLE_MAP_NS: TypeId = TypeId(79);
pub(crate) const BEAD: TypeId = TypeId(80);
pub(crate) const BEAD_FIRST: TypeId = TypeId(81);
pub(crate) const BLACKPOINT_ARRAY: TypeId = TypeId(82);
pub(crate) const BORDER_EFFECT: TypeId = TypeId(83);
pub(crate) const BORDER_STYLE: TypeId = TypeId(84);
pub(crate) const BOX_COLOR_INFO: TypeId = TypeId(85);
pub(crate) const BOX_STYLE: TypeId = TypeId(86);
pub(crate) const CIDFONT_DESCRIPTOR_METRICS: TypeId = TypeId(87);
pub(crate) const CIDSYSTEM_INFO: TypeId = TypeId(88);
pub(crate) const CMAP_STREAM: TypeId = TypeId(89);
pub(crate) const CAL_GRAY_COLOR_SPACE: TypeId = TypeId(90);
pub(crate) const CAL_GRAY_DICT: TypeId = TypeId(91);
pub(crate) const CAL_RGBCOLOR_SPACE: TypeId = TypeId(92);
pub(crate) const CAL_RGBDICT: TypeId = TypeId(93);
pub(crate) const CATALOG: TypeId = TypeId(94);
pub(crate) const CHAR_PROC_MAP: TypeId = TypeId(95);
pub(crate) const CLASS_MAP: TypeId = TypeId(96);
pub(crate) const COLOR_SPACE_MAP: TypeId = TypeId(97);
pub(crate) const COLORANTS_DICT: TypeId = TypeId(98);
pub(crate) const DEST0_ARRAY: TypeId = TypeId(99);
pub(crate) const DEST0_STRUCT_ARRAY: TypeId = TypeId(100);
pub(crate) const DEST1_ARRAY: TypeId = TypeId(101);
pub(crate) const DEST1_STRUCT_ARRAY: TypeId = TypeId(102);
pub(crate) const DEST4_ARRAY: TypeId = TypeId(103);
pub(crate) const DEST4_STRUCT_ARRAY: TypeId = TypeId(104);
pub(crate) const DEST_XYZARRAY: TypeId = TypeId(105);
pub(crate) const DEST_XYZSTRUCT_ARRAY: TypeId = TypeId(106);
pub(crate) const DEVICE_CMYKCOLOR_SPACE: TypeId = TypeId(107);
pub(crate) const DEVICE_GRAY_COLOR_SPACE: TypeId = TypeId(108);
pub(crate) const DEVICE_NCOLOR_SPACE: TypeId = TypeId(109);
pub(crate) const DEVICE_NDICT: TypeId = TypeId(110);
pub(crate) const DEVICE_NPROCESS: TypeId = TypeId(111);
pub(crate) const DEVICE_RGBCOLOR_SPACE: TypeId = TypeId(112);
pub(crate) const DICTIONARY_OF_DICTIONARIES: TypeId = TypeId(113);
pub(crate) const ENCODING: TypeId = TypeId(114);
pub(crate) const FDDICT: TypeId = TypeId(115);
pub(crate) const FIELD: TypeId = TypeId(116);
pub(crate) const FIELD_BTN_CHECKBOX: TypeId = TypeId(117);
pub(crate) const FIELD_BTN_PUSH: TypeId = TypeId(118);
pub(crate) const FIELD_BTN_RADIO: TypeId = TypeId(119);
pub(crate) const FIELD_CHOICE: TypeId = TypeId(120);
pub(crate) const FIELD_GROUP: TypeId = TypeId(121);
pub(crate) const FIELD_TX: TypeId = TypeId(122);
pub(crate) const FONT_CIDTYPE0: TypeId = TypeId(123);
pub(crate) const FONT_CIDTYPE2: TypeId = TypeId(124);
pub(crate) const FONT_DESCRIPTOR_CIDTYPE0: TypeId = TypeId(125);
pub(crate) const FONT_DESCRIPTOR_CIDTYPE2: TypeId = TypeId(126);
pub(crate) const FONT_DESCRIPTOR_TRUE_TYPE: TypeId = TypeId(127);
pub(crate) const FONT_DESCRIPTOR_TYPE1: TypeId = TypeId(128);
pub(crate) const FONT_DESCRIPTOR_TYPE3: TypeId = TypeId(129);
pub(crate) const FONT_FILE: TypeId = TypeId(130);
pub(crate) const FONT_FILE2: TypeId = TypeId(131);
pub(crate) const FONT_FILE3_CIDTYPE0: TypeId = TypeId(132);
pub(crate) const FONT_FILE3_OPEN_TYPE: TypeId = TypeId(133);
pub(crate) const FONT_FILE3_TYPE1: TypeId = TypeId(134);
pub(crate) const FONT_FILE_TYPE1: TypeId = TypeId(135);
pub(crate) const FONT_MAP: TypeId = TypeId(136);
pub(crate) const FONT_MULTIPLE_MASTER: TypeId = TypeId(137);
pub(crate) const FONT_TRUE_TYPE: TypeId = TypeId(138);
pub(crate) const FONT_TYPE0: TypeId = TypeId(139);
pub(crate) const FONT_TYPE1: TypeId = TypeId(140);
pub(crate) const FONT_TYPE3: TypeId = TypeId(141);
pub(crate) const FUNCTION_TYPE0: TypeId = TypeId(142);
pub(crate) const FUNCTION_TYPE2: TypeId = TypeId(143);
pub(crate) const FUNCTION_TYPE3: TypeId = TypeId(144);
pub(crate) const FUNCTION_TYPE4: TypeId = TypeId(145);
pub(crate) const GAMMA_ARRAY: TypeId = TypeId(146);
pub(crate) const GRAPHICS_STATE_PARAMETER: TypeId = TypeId(147);
pub(crate) const GRAPHICS_STATE_PARAMETER_MAP: TypeId = TypeId(148);
pub(crate) const GROUP_ATTRIBUTES: TypeId = TypeId(149);
pub(crate) const ICCBASED_COLOR_SPACE: TypeId = TypeId(150);
pub(crate) const ICCPROFILE_STREAM: TypeId = TypeId(151);
pub(crate) const ICON_FIT: TypeId = TypeId(152);
pub(crate) const INDEXED_COLOR_SPACE: TypeId = TypeId(153);
pub(crate) const INTERACTIVE_FORM: TypeId = TypeId(154);
pub(crate) const LAB_COLOR_SPACE: TypeId = TypeId(155);
pub(crate) const LAB_DICT: TypeId = TypeId(156);
pub(crate) const LAB_RANGE_ARRAY: TypeId = TypeId(157);
pub(crate) const MARK_INFO: TypeId = TypeId(158);
pub(crate) const MARKED_CONTENT_REFERENCE: TypeId = TypeId(159);
pub(crate) const NAMESPACE: TypeId = TypeId(160);
pub(crate) const OBJECT_REFERENCE: TypeId = TypeId(161);
pub(crate) const OPT_CONTENT_CONFIG: TypeId = TypeId(162);
pub(crate) const OPT_CONTENT_EXPORT: TypeId = TypeId(163);
pub(crate) const OPT_CONTENT_GROUP: TypeId = TypeId(164);
pub(crate) const OPT_CONTENT_LANGUAGE: TypeId = TypeId(165);
pub(crate) const OPT_CONTENT_MEMBERSHIP: TypeId = TypeId(166);
pub(crate) const OPT_CONTENT_PAGE_ELEMENT: TypeId = TypeId(167);
pub(crate) const OPT_CONTENT_PRINT: TypeId = TypeId(168);
pub(crate) const OPT_CONTENT_PROPERTIES: TypeId = TypeId(169);
pub(crate) const OPT_CONTENT_USAGE: TypeId = TypeId(170);
pub(crate) const OPT_CONTENT_VIEW: TypeId = TypeId(171);
pub(crate) const OPT_CONTENT_ZOOM: TypeId = TypeId(172);
pub(crate) const OUTLINE: TypeId = TypeId(173);
pub(crate) const OUTLINE_ITEM: TypeId = TypeId(174);
pub(crate) const OUTPUT_INTENTS: TypeId = TypeId(175);
pub(crate) const PAGE_LABEL: TypeId = TypeId(176);
pub(crate) const PAGE_OBJECT: TypeId = TypeId(177);
pub(crate) const PATTERN_COLOR_SPACE: TypeId = TypeId(178);
pub(crate) const PATTERN_MAP: TypeId = TypeId(179);
pub(crate) const PATTERN_TYPE1: TypeId = TypeId(180);
pub(crate) const PATTERN_TYPE2: TypeId = TypeId(181);
pub(crate) const RESOURCE: TypeId = TypeId(182);
pub(crate) const ROLE_MAP: TypeId = TypeId(183);
pub(crate) const ROLE_MAP_NS: TypeId = TypeId(184);
pub(crate) const SEPARATION_COLOR_SPACE: TypeId = TypeId(185);
pub(crate) const SHADING_MAP: TypeId = TypeId(186);
pub(crate) const SHADING_TYPE1: TypeId = TypeId(187);
pub(crate) const SHADING_TYPE2: TypeId = TypeId(188);
pub(crate) const SHADING_TYPE3: TypeId = TypeId(189);
pub(crate) const SHADING_TYPE4: TypeId = TypeId(190);
pub(crate) const SHADING_TYPE5: TypeId = TypeId(191);
pub(crate) const SHADING_TYPE6: TypeId = TypeId(192);
pub(crate) const SHADING_TYPE7: TypeId = TypeId(193);
pub(crate) const SOFT_MASK_ALPHA: TypeId = TypeId(194);
pub(crate) const SOFT_MASK_LUMINOSITY: TypeId = TypeId(195);
pub(crate) const STRUCT_ELEM: TypeId = TypeId(196);
pub(crate) const STRUCT_TREE_ROOT: TypeId = TypeId(197);
pub(crate) const STRUCTURE_ATTRIBUTES_DICT: TypeId = TypeId(198);
pub(crate) const STYLE_DICT: TypeId = TypeId(199);
pub(crate) const THREAD: TypeId = TypeId(200);
pub(crate) const TO_UNICODE_CMAP_STREAM: TypeId = TypeId(201);
pub(crate) const VIEWER_PREFERENCES: TypeId = TypeId(202);
pub(crate) const VISIBILITY_EXPRESSION_ARRAY: TypeId = TypeId(203);
pub(crate) const WHITEPOINT_ARRAY: TypeId = TypeId(204);
pub(crate) const WIDGET: TypeId = TypeId(205);
pub(crate) const XOBJECT_FORM_TYPE1: TypeId = TypeId(206);
pub(crate) const XOBJECT_IMAGE: TypeId = TypeId(207);
pub(crate) const XOBJECT_IMAGE_MASK: TypeId = TypeId(208);
pub(crate) const XOBJECT_IMAGE_SOFT_MASK: TypeId = TypeId(209);
pub(crate) const XOBJECT_MAP: TypeId = TypeId(210);

pub(crate) static TYPES: &[Type] = &[
    Type {
        name: "AnnotCaret",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Caret"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RD",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Sy",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["P", "None"],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotCircle",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Circle"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_EFFECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "RD",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotFreeText",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FreeText"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "DA",
                rule: Rule::Hook(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key { key: "DS", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key {
                key: "CL",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_3OR4_CALLOUT_LINE_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FreeText", "FreeTextCallout", "FreeTextTypeWriter"],
                    required: false,
                }),
            },
            Key {
                key: "BE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_EFFECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "RD",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "LE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Square",
                        "Circle",
                        "Diamond",
                        "OpenArrow",
                        "ClosedArrow",
                        "None",
                        "Butt",
                        "ROpenArrow",
                        "RClosedArrow",
                        "Slash",
                    ],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotHighlight",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Highlight"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "QuadPoints",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_QUAD_POINTS],
                    values: &[],
                    required: true,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotInk",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &["Ink"], required: true }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "InkList",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_ARRAYS_INK_LIST],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Path",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_ARRAYS_PATHS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotLine",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Line"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "L",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "LE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_LINE_ENDINGS_NAMES],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "LL",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "LLE",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Cap",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["LineArrow", "LineDimension"],
                    required: false,
                }),
            },
            Key {
                key: "LLO",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CP",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Inline", "Top"],
                    required: false,
                }),
            },
            Key { key: "Measure", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key {
                key: "CO",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotLink",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Link"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "A",
                rule: Rule::Hook(Allowed { kinds: kind::DICT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Dest",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME | kind::STRING,
                    links: &[
                        DEST_XYZARRAY,
                        DEST_XYZSTRUCT_ARRAY,
                        DEST0_ARRAY,
                        DEST0_STRUCT_ARRAY,
                        DEST1_ARRAY,
                        DEST1_STRUCT_ARRAY,
                        DEST4_ARRAY,
                        DEST4_STRUCT_ARRAY,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "H",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["N", "I", "O", "P"],
                    required: false,
                }),
            },
            Key { key: "PA", rule: Rule::Drop("pdf.trigger-link-pa") },
            Key {
                key: "QuadPoints",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_QUAD_POINTS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Path",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_ARRAYS_PATHS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "AnnotPolyLine",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["PolyLine"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "Vertices",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "LE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_LINE_ENDINGS_NAMES],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_EFFECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["PolygonCloud", "PolyLineDimension", "PolygonDimension"],
                    required: false,
                }),
            },
            Key { key: "Measure", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key {
                key: "Path",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_ARRAYS_PATHS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotPolygon",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Polygon"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "Vertices",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "LE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_LINE_ENDINGS_NAMES],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_EFFECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["PolygonCloud", "PolyLineDimension", "PolygonDimension"],
                    required: false,
                }),
            },
            Key { key: "Measure", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key {
                key: "Path",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_ARRAYS_PATHS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotPopup",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Popup"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Open",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "AnnotSquare",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Square"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_EFFECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "RD",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotSquiggly",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Squiggly"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "QuadPoints",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_QUAD_POINTS],
                    values: &[],
                    required: true,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotStamp",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Stamp"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["StampSnapshot", "StampImage", "Stamp"],
                    required: false,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotStrikeOut",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["StrikeOut"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "QuadPoints",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_QUAD_POINTS],
                    values: &[],
                    required: true,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotText",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Text"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Open",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Comment", "Key", "Note", "Help", "NewParagraph", "Paragraph", "Insert"],
                    required: false,
                }),
            },
            Key {
                key: "State",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StateModel",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotUnderline",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Underline"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Popup",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ANNOT_POPUP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "CreationDate", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "IRT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        ANNOT_TEXT,
                        ANNOT_LINK,
                        ANNOT_FREE_TEXT,
                        ANNOT_LINE,
                        ANNOT_SQUARE,
                        ANNOT_CIRCLE,
                        ANNOT_POLYGON,
                        ANNOT_HIGHLIGHT,
                        ANNOT_UNDERLINE,
                        ANNOT_SQUIGGLY,
                        ANNOT_STRIKE_OUT,
                        ANNOT_CARET,
                        ANNOT_STAMP,
                        ANNOT_INK,
                        ANNOT_POPUP,
                        ANNOT_WIDGET,
                        ANNOT_WATERMARK,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Subj",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "Group"],
                    required: false,
                }),
            },
            Key {
                key: "IT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "QuadPoints",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_QUAD_POINTS],
                    values: &[],
                    required: true,
                }),
            },
            Key { key: "ExData", rule: Rule::Drop("pdf.threed-oninstantiate") },
        ],
    },
    Type {
        name: "AnnotWatermark",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Watermark"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "FixedPrint", rule: Rule::Drop("pdf.annotation-flags-print-only") },
        ],
    },
    Type {
        name: "AnnotWidget",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Widget"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "H",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["N", "I", "O", "P", "T"],
                    required: false,
                }),
            },
            Key {
                key: "MK",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "A",
                rule: Rule::Hook(Allowed { kinds: kind::DICT, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-annotation-aa") },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "PMD", rule: Rule::Drop("pdf.acroform-fields") },
        ],
    },
    Type {
        name: "Appearance",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "N",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[APPEARANCE_SUB_DICT, XOBJECT_FORM_TYPE1],
                    values: &[],
                    required: true,
                }),
            },
            Key { key: "R", rule: Rule::Drop("pdf.appearance-rollover-states") },
            Key { key: "D", rule: Rule::Drop("pdf.appearance-rollover-states") },
        ],
    },
    Type {
        name: "AppearanceCharacteristics",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "R",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BG",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "RC", rule: Rule::Drop("pdf.appearance-rollover-states") },
            Key { key: "AC", rule: Rule::Drop("pdf.appearance-rollover-states") },
            Key { key: "I", rule: Rule::Drop("pdf.appearance-rollover-states") },
            Key { key: "RI", rule: Rule::Drop("pdf.appearance-rollover-states") },
            Key { key: "IX", rule: Rule::Drop("pdf.appearance-rollover-states") },
            Key {
                key: "IF",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ICON_FIT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TP",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2", "3", "4", "5", "6"],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "AppearanceSubDict",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::STREAM,
                links: &[XOBJECT_FORM_TYPE1],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOf4Functions",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOfAnnots",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[
                    ANNOT_TEXT,
                    ANNOT_LINK,
                    ANNOT_FREE_TEXT,
                    ANNOT_LINE,
                    ANNOT_SQUARE,
                    ANNOT_CIRCLE,
                    ANNOT_POLYGON,
                    ANNOT_POLY_LINE,
                    ANNOT_HIGHLIGHT,
                    ANNOT_UNDERLINE,
                    ANNOT_SQUIGGLY,
                    ANNOT_STRIKE_OUT,
                    ANNOT_CARET,
                    ANNOT_STAMP,
                    ANNOT_INK,
                    ANNOT_POPUP,
                    ANNOT_WIDGET,
                    ANNOT_WATERMARK,
                ],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfArraysInkList",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY,
                links: &[ARRAY_OF_NUMBERS_GENERAL],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfArraysPaths",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_PATHS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "*",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_PATHS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOfArraysRBGroups",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY,
                links: &[ARRAY_OF_OPT_CONTENT_GROUPS],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfAttributeObjects",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[STRUCTURE_ATTRIBUTES_DICT],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfAttributeRevisions",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0*",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[STRUCTURE_ATTRIBUTES_DICT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1*",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ArrayOfBeads",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[BEAD_FIRST, BEAD],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfBlendModes",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &[
                    "Compatible",
                    "Normal",
                    "Multiply",
                    "Screen",
                    "Difference",
                    "Darken",
                    "Lighten",
                    "ColorDodge",
                    "ColorBurn",
                    "Exclusion",
                    "HardLight",
                    "Overlay",
                    "SoftLight",
                    "Luminosity",
                    "Hue",
                    "Saturation",
                    "Color",
                ],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfCIDGlyphMetricsW",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY | kind::INT | kind::NUMBER,
                links: &[ARRAY_OF_NUMBERS_GENERAL],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfCIDGlyphMetricsW2",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY | kind::INT | kind::NUMBER,
                links: &[ARRAY_OF_NUMBERS_GENERAL],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfClassNamesRevisions",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0*",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1*",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ArrayOfDashPatterns",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfDescendantFonts",
        shape: Shape::Array,
        keys: &[Key {
            key: "0",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[FONT_CIDTYPE0, FONT_CIDTYPE2],
                values: &[],
                required: true,
            }),
        }],
    },
    Type {
        name: "ArrayOfDifferences",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::INT | kind::NAME,
                links: &[],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfFieldChoiceOpt",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY | kind::STRING,
                links: &[ARRAY_OF_2_STRINGS_TEXT],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfFields",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[
                    FIELD_TX,
                    FIELD_BTN_PUSH,
                    FIELD_BTN_CHECKBOX,
                    FIELD_BTN_RADIO,
                    FIELD_CHOICE,
                    FIELD,
                    ANNOT_WIDGET,
                ],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfFontAndSize",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FONT_TYPE1,
                        FONT_TRUE_TYPE,
                        FONT_MULTIPLE_MASTER,
                        FONT_TYPE3,
                        FONT_TYPE0,
                        FONT_CIDTYPE0,
                        FONT_CIDTYPE2,
                    ],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOfFunctions",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT | kind::STREAM,
                links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfGSPDashPatterns",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_DASH_PATTERNS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOfIntegersGeneral",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfIntegersGreaterThanZero",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfNamesForProcSet",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &["PDF", "Text", "ImageB", "ImageC", "ImageI"],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfNamesGeneral",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfNamespace",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[NAMESPACE],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfNonNegativeIntegersGeneral",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfNumbersGeneral",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfOCConfig",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[OPT_CONTENT_CONFIG],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfOCG",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT | kind::NULL,
                links: &[OPT_CONTENT_GROUP],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfOCGindirect",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT | kind::NULL,
                links: &[OPT_CONTENT_GROUP],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfOptContentGroups",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[OPT_CONTENT_GROUP],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfOptContentOrderElements",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY | kind::DICT,
                links: &[ARRAY_OF_OPT_CONTENT_ORDERS, OPT_CONTENT_GROUP],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfOptContentOrders",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STRING,
                    links: &[OPT_CONTENT_GROUP],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "*",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOfOutputIntents",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[OUTPUT_INTENTS],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfPaths",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "5",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ArrayOfQuadPoints",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "4*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "5*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "6*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "7*",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOfStringsByte",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfStringsText",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOfStructElem",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[STRUCT_ELEM],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfStructElemKids",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT | kind::INT,
                links: &[STRUCT_ELEM, MARKED_CONTENT_REFERENCE, OBJECT_REFERENCE],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfStructElemParentTree",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT | kind::NULL,
                links: &[STRUCT_ELEM],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ArrayOfThreads",
        shape: Shape::Array,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::DICT, links: &[THREAD], values: &[], required: false }),
        }],
    },
    Type {
        name: "ArrayOf_2Booleans",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_2DashNumbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_2LineEndingsNames",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Square",
                        "Circle",
                        "Diamond",
                        "OpenArrow",
                        "ClosedArrow",
                        "None",
                        "Butt",
                        "ROpenArrow",
                        "RClosedArrow",
                        "Slash",
                    ],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Square",
                        "Circle",
                        "Diamond",
                        "OpenArrow",
                        "ClosedArrow",
                        "None",
                        "Butt",
                        "ROpenArrow",
                        "RClosedArrow",
                        "Slash",
                    ],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOf_2Numbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_2StringsText",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_3RGBNumbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_3or4CalloutLineNumbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "5",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ArrayOf_4AnnotBorderCharacteristics",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_DASH_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOf_4BorderColorArrays",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NULL,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NULL,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NULL,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NULL,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOf_4BorderStyleNames",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME | kind::NULL,
                    links: &[],
                    values: &[
                        "None", "Hidden", "Dotted", "Dashed", "Solid", "Double", "Groove", "Ridge", "Inset",
                        "Outset",
                    ],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME | kind::NULL,
                    links: &[],
                    values: &[
                        "None", "Hidden", "Dotted", "Dashed", "Solid", "Double", "Groove", "Ridge", "Inset",
                        "Outset",
                    ],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME | kind::NULL,
                    links: &[],
                    values: &[
                        "None", "Hidden", "Dotted", "Dashed", "Solid", "Double", "Groove", "Ridge", "Inset",
                        "Outset",
                    ],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME | kind::NULL,
                    links: &[],
                    values: &[
                        "None", "Hidden", "Dotted", "Dashed", "Solid", "Double", "Groove", "Ridge", "Inset",
                        "Outset",
                    ],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOf_4BorderThicknessNumbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "ArrayOf_4Integers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_4Numbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_4NumbersColorAnnotation",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ArrayOf_6Numbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "5",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_9Numbers",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "5",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "6",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "7",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "8",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "ArrayOf_RoleMapNS",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[NAMESPACE],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "Bead",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Bead"],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[THREAD],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "N",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BEAD_FIRST, BEAD],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "V",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BEAD_FIRST, BEAD],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "P",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "R",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "BeadFirst",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Bead"],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[THREAD],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "N",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BEAD_FIRST, BEAD],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "V",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BEAD_FIRST, BEAD],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "P",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "R",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "BlackpointArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "BorderEffect",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "I",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "BorderStyle",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Border"],
                    required: false,
                }),
            },
            Key {
                key: "W",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "D",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_DASH_PATTERNS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "BoxColorInfo",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "CropBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BOX_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BleedBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BOX_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TrimBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BOX_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ArtBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BOX_STYLE],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "BoxStyle",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "W",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "D",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_DASH_PATTERNS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "CIDFontDescriptorMetrics",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FontDescriptor"],
                    required: true,
                }),
            },
            Key {
                key: "FontName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Flags",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontBBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ItalicAngle",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Ascent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Descent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Leading",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CapHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "XHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StemV",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "StemH",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AvgWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MaxWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MissingWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CharSet",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "CIDSystemInfo",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Registry",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Ordering",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Supplement",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "CMapStream",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["CMap"],
                    required: true,
                }),
            },
            Key {
                key: "CMapName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "CIDSystemInfo",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[CIDSYSTEM_INFO],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "WMode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "0"],
                    required: false,
                }),
            },
            Key { key: "UseCMap", rule: Rule::Drop("pdf.fonts-type3-and-cmaps") },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "CalGrayColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["CalGray"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[CAL_GRAY_DICT],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "CalGrayDict",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "WhitePoint",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[WHITEPOINT_ARRAY],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BlackPoint",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[BLACKPOINT_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Gamma",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "CalRGBColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["CalRGB"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[CAL_RGBDICT],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "CalRGBDict",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "WhitePoint",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[WHITEPOINT_ARRAY],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BlackPoint",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[BLACKPOINT_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Gamma",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[GAMMA_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Matrix",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_9_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "Catalog",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Catalog"],
                    required: true,
                }),
            },
            Key { key: "Version", rule: Rule::Writer },
            Key { key: "Extensions", rule: Rule::Drop("pdf.requirements-handlers") },
            Key { key: "Pages", rule: Rule::Writer },
            Key {
                key: "PageLabels",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NUMBER_TREE,
                    links: &[PAGE_LABEL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Names",
                rule: Rule::Hook(Allowed { kinds: kind::DICT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Dests",
                rule: Rule::Hook(Allowed { kinds: kind::DICT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ViewerPreferences",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[VIEWER_PREFERENCES],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "PageLayout",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "SinglePage",
                        "OneColumn",
                        "TwoColumnLeft",
                        "TwoColumnRight",
                        "TwoPageLeft",
                        "TwoPageRight",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "PageMode",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["UseNone", "UseOutlines", "UseThumbs", "FullScreen", "UseOC", "UseAttachments"],
                    required: false,
                }),
            },
            Key {
                key: "Outlines",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Threads",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_THREADS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "OpenAction",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::DICT,
                    links: &[DEST_XYZARRAY, DEST0_ARRAY, DEST1_ARRAY, DEST4_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-catalog-aa") },
            Key { key: "URI", rule: Rule::Drop("pdf.action-uri") },
            Key {
                key: "AcroForm",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[INTERACTIVE_FORM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Metadata",
                rule: Rule::Hook(Allowed { kinds: kind::STREAM, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StructTreeRoot",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[STRUCT_TREE_ROOT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "MarkInfo",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[MARK_INFO],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Hook(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "SpiderInfo", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "OutputIntents",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OUTPUT_INTENTS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "PieceInfo", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "OCProperties",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_PROPERTIES],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Perms", rule: Rule::Drop("pdf.signatures") },
            Key { key: "Legal", rule: Rule::Drop("pdf.signatures") },
            Key { key: "Requirements", rule: Rule::Drop("pdf.requirements-handlers") },
            Key { key: "Collection", rule: Rule::Drop("pdf.collection-portfolio") },
            Key { key: "NeedsRendering", rule: Rule::Drop("pdf.xfa") },
            Key { key: "DSS", rule: Rule::Drop("pdf.signatures") },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key { key: "DPartRoot", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "CharProcMap",
        shape: Shape::Dict,
        keys: &[Key { key: "*", rule: Rule::Drop("pdf.pieceinfo-and-private-data") }],
    },
    Type {
        name: "ClassMap",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY | kind::DICT,
                links: &[ARRAY_OF_ATTRIBUTE_OBJECTS, STRUCTURE_ATTRIBUTES_DICT],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ColorSpaceMap",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "DefaultRGB",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[CAL_RGBCOLOR_SPACE, ICCBASED_COLOR_SPACE, DEVICE_NCOLOR_SPACE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DefaultCMYK",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ICCBASED_COLOR_SPACE, DEVICE_NCOLOR_SPACE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DefaultGray",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[
                        CAL_GRAY_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "*",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                        PATTERN_COLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray", "Pattern"],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "ColorantsDict",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY,
                links: &[SEPARATION_COLOR_SPACE],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "Dest0Array",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NUMBER,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Fit", "FitB"],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "Dest0StructArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME | kind::STRING,
                    links: &[STRUCT_ELEM],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Fit", "FitB"],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "Dest1Array",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NUMBER,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FitH", "FitV", "FitBH", "FitBV"],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "Dest1StructArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME | kind::STRING,
                    links: &[STRUCT_ELEM],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FitH", "FitV", "FitBH", "FitBV"],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "Dest4Array",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NUMBER,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FitR"],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "5",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "Dest4StructArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME | kind::STRING,
                    links: &[STRUCT_ELEM],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FitR"],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "5",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "DestXYZArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NUMBER,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["XYZ"],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "DestXYZStructArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME | kind::STRING,
                    links: &[STRUCT_ELEM],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["XYZ"],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NULL | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "DeviceCMYKColorSpace",
        shape: Shape::Array,
        keys: &[Key {
            key: "0",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &["DeviceCMYK"],
                required: true,
            }),
        }],
    },
    Type {
        name: "DeviceGrayColorSpace",
        shape: Shape::Array,
        keys: &[Key {
            key: "0",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &["DeviceGray"],
                required: true,
            }),
        }],
    },
    Type {
        name: "DeviceNColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["DeviceN"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NAMES_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "4",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[DEVICE_NDICT],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "DeviceNDict",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["DeviceN", "NChannel"],
                    required: false,
                }),
            },
            Key {
                key: "Colorants",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[COLORANTS_DICT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Process",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[DEVICE_NPROCESS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "MixingHints", rule: Rule::Drop("pdf.halftone-transfer-functions") },
        ],
    },
    Type {
        name: "DeviceNProcess",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Components",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NAMES_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "DeviceRGBColorSpace",
        shape: Shape::Array,
        keys: &[Key {
            key: "0",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &["DeviceRGB"],
                required: true,
            }),
        }],
    },
    Type {
        name: "DictionaryOfDictionaries",
        shape: Shape::Dict,
        keys: &[Key { key: "*", rule: Rule::Drop("pdf.pieceinfo-and-private-data") }],
    },
    Type {
        name: "Encoding",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Encoding"],
                    required: false,
                }),
            },
            Key {
                key: "BaseEncoding",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Differences",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_DIFFERENCES],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FDDict",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[CIDFONT_DESCRIPTOR_METRICS],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "Field",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-catalog-aa") },
        ],
    },
    Type {
        name: "FieldBtnCheckbox",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "FT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Btn"],
                    required: true,
                }),
            },
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-catalog-aa") },
            Key {
                key: "DA",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key {
                key: "DS",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RV",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Opt",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "V",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "DV",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "FieldBtnPush",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "FT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Btn"],
                    required: true,
                }),
            },
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-catalog-aa") },
            Key {
                key: "DA",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key {
                key: "DS",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RV",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "V",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "DV",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "FieldBtnRadio",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "FT",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Btn"],
                    required: true,
                }),
            },
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-catalog-aa") },
            Key {
                key: "DA",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key {
                key: "DS",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RV",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Opt",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "V",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "DV",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "FieldChoice",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "FT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &["Ch"], required: true }),
            },
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "V",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::STRING,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DV",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::STRING,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-catalog-aa") },
            Key {
                key: "DA",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key {
                key: "DS",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RV",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Opt",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELD_CHOICE_OPT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TI",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "I",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NON_NEGATIVE_INTEGERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FieldGroup",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Parent",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-field-aa") },
            Key {
                key: "FT",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Tx", "Btn", "Btn", "Btn", "Ch"],
                    required: true,
                }),
            },
            Key {
                key: "V",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME | kind::STREAM | kind::STRING,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DV",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME | kind::STREAM | kind::STRING,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DA",
                rule: Rule::Hook(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2", "0", "1", "2", "0", "1", "2", "0", "1", "2", "0", "1", "2"],
                    required: false,
                }),
            },
            Key { key: "DS", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "RV", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key {
                key: "MaxLen",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Opt",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_STRINGS_TEXT, ARRAY_OF_FIELD_CHOICE_OPT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TI",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "I",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NON_NEGATIVE_INTEGERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FieldTx",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "FT",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &["Tx"], required: true }),
            },
            Key {
                key: "Parent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "V",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "DV",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-catalog-aa") },
            Key {
                key: "DA",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key {
                key: "DS",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RV",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MaxLen",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "FontCIDType0",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Font"],
                    required: true,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["CIDFontType0"],
                    required: true,
                }),
            },
            Key {
                key: "BaseFont",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "CIDSystemInfo",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[CIDSYSTEM_INFO],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "FontDescriptor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FONT_DESCRIPTOR_CIDTYPE0],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "DW",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "W",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_CIDGLYPH_METRICS_W],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DW2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "W2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_CIDGLYPH_METRICS_W2],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "CIDToGIDMap",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Identity"],
                    required: false,
                }),
            },
            Key {
                key: "ToUnicode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[TO_UNICODE_CMAP_STREAM],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontCIDType2",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Font"],
                    required: true,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["CIDFontType2"],
                    required: true,
                }),
            },
            Key {
                key: "BaseFont",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "CIDSystemInfo",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[CIDSYSTEM_INFO],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "FontDescriptor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FONT_DESCRIPTOR_CIDTYPE2],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "DW",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "W",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_CIDGLYPH_METRICS_W],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DW2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "W2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_CIDGLYPH_METRICS_W2],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "CIDToGIDMap",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME | kind::STREAM,
                    links: &[],
                    values: &["Identity"],
                    required: false,
                }),
            },
            Key {
                key: "ToUnicode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[TO_UNICODE_CMAP_STREAM],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontDescriptorCIDType0",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FontDescriptor"],
                    required: true,
                }),
            },
            Key {
                key: "FontName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontFamily",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontStretch",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontWeight",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Flags",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontBBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ItalicAngle",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Ascent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Descent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Leading",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CapHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "XHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StemV",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "StemH",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AvgWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MaxWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MissingWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontFile",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontFile3",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE3_CIDTYPE0, FONT_FILE3_OPEN_TYPE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Style",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[STYLE_DICT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FD",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FDDICT],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "CIDSet", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "FontDescriptorCIDType2",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FontDescriptor"],
                    required: true,
                }),
            },
            Key {
                key: "FontName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontFamily",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontStretch",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontWeight",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Flags",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontBBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ItalicAngle",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Ascent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Descent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Leading",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CapHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "XHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StemV",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "StemH",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AvgWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MaxWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MissingWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontFile",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontFile2",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE2],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Style",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[STYLE_DICT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FD",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FDDICT],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "CIDSet", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "FontFile3",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE3_OPEN_TYPE],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontDescriptorTrueType",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FontDescriptor"],
                    required: true,
                }),
            },
            Key {
                key: "FontName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontFamily",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontStretch",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontWeight",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Flags",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontBBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ItalicAngle",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Ascent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Descent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Leading",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CapHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "XHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StemV",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "StemH",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AvgWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MaxWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MissingWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontFile",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE_TYPE1],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontFile2",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE2],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontFile3",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE3_OPEN_TYPE],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontDescriptorType1",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FontDescriptor"],
                    required: true,
                }),
            },
            Key {
                key: "FontName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontFamily",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontStretch",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontWeight",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Flags",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontBBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ItalicAngle",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Ascent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Descent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Leading",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CapHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "XHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StemV",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "StemH",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AvgWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MaxWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MissingWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontFile",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE_TYPE1],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontFile3",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[FONT_FILE3_TYPE1, FONT_FILE3_OPEN_TYPE],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "CharSet", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "FontDescriptorType3",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["FontDescriptor"],
                    required: true,
                }),
            },
            Key {
                key: "FontName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontFamily",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontStretch",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontWeight",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Flags",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FontBBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ItalicAngle",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Ascent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Descent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Leading",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CapHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "XHeight",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StemV",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StemH",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AvgWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MaxWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "MissingWidth",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "FontFile",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Length1",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length3",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Type1C", "CIDFontType0C", "OpenType"],
                    required: false,
                }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
        ],
    },
    Type {
        name: "FontFile2",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Length1",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length3",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
        ],
    },
    Type {
        name: "FontFile3CIDType0",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Length1",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length3",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["CIDFontType0C"],
                    required: true,
                }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
        ],
    },
    Type {
        name: "FontFile3OpenType",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Length1",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length3",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["OpenType"],
                    required: true,
                }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
        ],
    },
    Type {
        name: "FontFile3Type1",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Length1",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Length3",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Type1C"],
                    required: true,
                }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
        ],
    },
    Type {
        name: "FontFileType1",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Length1",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Length2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Length3",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Type1C"],
                    required: false,
                }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
        ],
    },
    Type {
        name: "FontMap",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[
                    FONT_TYPE1,
                    FONT_TRUE_TYPE,
                    FONT_MULTIPLE_MASTER,
                    FONT_TYPE3,
                    FONT_TYPE0,
                    FONT_CIDTYPE0,
                    FONT_CIDTYPE2,
                ],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "FontMultipleMaster",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Font"],
                    required: true,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["MMType1"],
                    required: true,
                }),
            },
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BaseFont",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FirstChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "LastChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Widths",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontDescriptor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FONT_DESCRIPTOR_TYPE1],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Encoding",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME,
                    links: &[ENCODING],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ToUnicode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[TO_UNICODE_CMAP_STREAM],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontTrueType",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Font"],
                    required: true,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["TrueType"],
                    required: true,
                }),
            },
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BaseFont",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FirstChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "LastChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Widths",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontDescriptor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FONT_DESCRIPTOR_TRUE_TYPE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Encoding",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME,
                    links: &[ENCODING],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ToUnicode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[TO_UNICODE_CMAP_STREAM],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontType0",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Font"],
                    required: true,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Type0"],
                    required: true,
                }),
            },
            Key {
                key: "BaseFont",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Encoding",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME | kind::STREAM,
                    links: &[CMAP_STREAM],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "DescendantFonts",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_DESCENDANT_FONTS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ToUnicode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[TO_UNICODE_CMAP_STREAM],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontType1",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Font"],
                    required: true,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Type1"],
                    required: true,
                }),
            },
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BaseFont",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "FirstChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "LastChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Widths",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FontDescriptor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FONT_DESCRIPTOR_TYPE1],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Encoding",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME,
                    links: &[ENCODING],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ToUnicode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[TO_UNICODE_CMAP_STREAM],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FontType3",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Font"],
                    required: true,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Type3"],
                    required: true,
                }),
            },
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "FontBBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "FontMatrix",
                rule: Rule::Allow(Allowed { kinds: kind::MATRIX, links: &[], values: &[], required: true }),
            },
            Key {
                key: "CharProcs",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[CHAR_PROC_MAP],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Encoding",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ENCODING],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "FirstChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "LastChar",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Widths",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "FontDescriptor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FONT_DESCRIPTOR_TYPE3],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Resources",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[RESOURCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ToUnicode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[TO_UNICODE_CMAP_STREAM],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "FunctionType0",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "FunctionType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["0"], required: true }),
            },
            Key {
                key: "Domain",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Range",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Size",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_INTEGERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerSample",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16", "24", "32"],
                    required: true,
                }),
            },
            Key {
                key: "Order",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "3"],
                    required: false,
                }),
            },
            Key {
                key: "Encode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Decode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "FunctionType2",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "FunctionType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["2"], required: true }),
            },
            Key {
                key: "Domain",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Range",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "N",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "FunctionType3",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "FunctionType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["3"], required: true }),
            },
            Key {
                key: "Domain",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Range",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Functions",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FUNCTIONS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Bounds",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Encode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "FunctionType4",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "FunctionType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["4"], required: true }),
            },
            Key {
                key: "Domain",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Range",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: true,
                }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "GammaArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "GraphicsStateParameter",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["ExtGState"],
                    required: false,
                }),
            },
            Key {
                key: "LW",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "LC",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "LJ",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ML",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "D",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_GSPDASH_PATTERNS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "RI",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OP",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "op",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OPM",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Font",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FONT_AND_SIZE],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "BG", rule: Rule::Drop("pdf.halftone-transfer-functions") },
            Key { key: "BG2", rule: Rule::Drop("pdf.halftone-transfer-functions") },
            Key { key: "UCR", rule: Rule::Drop("pdf.halftone-transfer-functions") },
            Key { key: "UCR2", rule: Rule::Drop("pdf.halftone-transfer-functions") },
            Key {
                key: "TR",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::NAME | kind::STREAM,
                    links: &[
                        ARRAY_OF4_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TR2",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::NAME | kind::STREAM,
                    links: &[
                        ARRAY_OF4_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "HT", rule: Rule::Drop("pdf.halftone-transfer-functions") },
            Key {
                key: "FL",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "SM",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "SA",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[ARRAY_OF_BLEND_MODES],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "SMask",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME,
                    links: &[SOFT_MASK_ALPHA, SOFT_MASK_LUMINOSITY],
                    values: &["None"],
                    required: false,
                }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AIS",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TK",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "UseBlackPtComp",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["OFF", "ON", "Default"],
                    required: false,
                }),
            },
            Key { key: "HTO", rule: Rule::Drop("pdf.halftone-transfer-functions") },
            Key { key: "HTP", rule: Rule::Drop("pdf.halftone-transfer-functions") },
            Key { key: "AAPL:AA", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "AAPL:ST", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "GraphicsStateParameterMap",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT,
                links: &[GRAPHICS_STATE_PARAMETER],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "GroupAttributes",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Group"],
                    required: false,
                }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "CS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: false,
                }),
            },
            Key {
                key: "I",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "K",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ICCBasedColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["ICCBased"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[ICCPROFILE_STREAM],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "ICCProfileStream",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "N",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "3", "4"],
                    required: true,
                }),
            },
            Key {
                key: "Alternate",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        LAB_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                    ],
                    values: &["DeviceGray", "DeviceRGB", "DeviceCMYK"],
                    required: false,
                }),
            },
            Key {
                key: "Range",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "IconFit",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "SW",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["A", "B", "S", "N"],
                    required: false,
                }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "A",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "FB",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "IndexedColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Indexed"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM | kind::STRING,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "InteractiveForm",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Fields",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "NeedAppearances",
                rule: Rule::Hook(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "SigFlags", rule: Rule::Drop("pdf.signatures") },
            Key { key: "CO", rule: Rule::Drop("pdf.trigger-field-aa") },
            Key {
                key: "DR",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[RESOURCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DA",
                rule: Rule::Hook(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key { key: "XFA", rule: Rule::Drop("pdf.xfa") },
        ],
    },
    Type {
        name: "LabColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Lab"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[LAB_DICT],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "LabDict",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "WhitePoint",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[WHITEPOINT_ARRAY],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BlackPoint",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[BLACKPOINT_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Range",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[LAB_RANGE_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "LabRangeArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "MarkInfo",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Marked",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "UserProperties",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Suspects",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "MarkedContentReference",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["MCR"],
                    required: true,
                }),
            },
            Key {
                key: "Pg",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Stm",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[XOBJECT_FORM_TYPE1],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "StmOwn", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "MCID",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "Namespace",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Namespace"],
                    required: false,
                }),
            },
            Key {
                key: "NS",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key { key: "Schema", rule: Rule::Drop("pdf.structure-namespace-schema") },
            Key {
                key: "RoleMapNS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ROLE_MAP_NS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "ObjectReference",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["OBJR"],
                    required: true,
                }),
            },
            Key {
                key: "Pg",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Obj",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[XOBJECT_FORM_TYPE1, XOBJECT_IMAGE],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "OptContentConfig",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "Creator", rule: Rule::Drop("pdf.optional-content-layers") },
            Key {
                key: "BaseState",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["ON", "OFF", "Unchanged"],
                    required: false,
                }),
            },
            Key {
                key: "ON",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OPT_CONTENT_GROUPS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "OFF",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OPT_CONTENT_GROUPS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Intent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[ARRAY_OF_NAMES_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AS", rule: Rule::Drop("pdf.optional-content-layers") },
            Key {
                key: "Order",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OPT_CONTENT_ORDER_ELEMENTS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ListMode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["AllPages", "VisiblePages"],
                    required: false,
                }),
            },
            Key {
                key: "RBGroups",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_ARRAYS_RBGROUPS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Locked",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OPT_CONTENT_GROUPS],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "OptContentExport",
        shape: Shape::Dict,
        keys: &[Key {
            key: "ExportState",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &["ON", "OFF"],
                required: true,
            }),
        }],
    },
    Type {
        name: "OptContentGroup",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["OCG"],
                    required: true,
                }),
            },
            Key {
                key: "Name",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Intent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[ARRAY_OF_NAMES_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Usage",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_USAGE],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "GTS_Metadata", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "OptContentLanguage",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Preferred",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["ON", "OFF"],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "OptContentMembership",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["OCMD"],
                    required: true,
                }),
            },
            Key {
                key: "OCGs",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::NULL,
                    links: &[ARRAY_OF_OCG, OPT_CONTENT_GROUP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "P",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["AllOn", "AnyOn", "AnyOff", "AllOff"],
                    required: false,
                }),
            },
            Key {
                key: "VE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[VISIBILITY_EXPRESSION_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "OptContentPageElement",
        shape: Shape::Dict,
        keys: &[Key {
            key: "Subtype",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &["HF", "FG", "BG", "L"],
                required: false,
            }),
        }],
    },
    Type {
        name: "OptContentPrint",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "PrintState",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["ON", "OFF"],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "OptContentProperties",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "OCGs",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OCGINDIRECT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "D",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_CONFIG],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Configs",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OCCONFIG],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "OptContentUsage",
        shape: Shape::Dict,
        keys: &[
            Key { key: "CreatorInfo", rule: Rule::Drop("pdf.optional-content-layers") },
            Key {
                key: "Language",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_LANGUAGE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Export",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_EXPORT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Zoom",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_ZOOM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Print",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_PRINT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "View",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_VIEW],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "User", rule: Rule::Drop("pdf.optional-content-layers") },
            Key {
                key: "PageElement",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_PAGE_ELEMENT],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "OptContentView",
        shape: Shape::Dict,
        keys: &[Key {
            key: "ViewState",
            rule: Rule::Allow(Allowed {
                kinds: kind::NAME,
                links: &[],
                values: &["ON", "OFF"],
                required: false,
            }),
        }],
    },
    Type {
        name: "OptContentZoom",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "min",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "max",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "Outline",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Outlines"],
                    required: false,
                }),
            },
            Key {
                key: "First",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE_ITEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Last",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE_ITEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Count",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "OutlineItem",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Title",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Parent",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE_ITEM, OUTLINE],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Prev",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE_ITEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Next",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE_ITEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "First",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE_ITEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Last",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[OUTLINE_ITEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Count",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Dest",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME | kind::STRING,
                    links: &[DEST_XYZARRAY, DEST0_ARRAY, DEST1_ARRAY, DEST4_ARRAY],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "A",
                rule: Rule::Hook(Allowed { kinds: kind::DICT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "SE",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[STRUCT_ELEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "OutputIntents",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["OutputIntent"],
                    required: false,
                }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "OutputCondition",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OutputConditionIdentifier",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "RegistryName",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Info",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "DestOutputProfile",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[ICCPROFILE_STREAM],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "DestOutputProfileRef", rule: Rule::Drop("pdf.outputintent-profile-url") },
            Key { key: "MixingHints", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "SpectralData", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "PageLabel",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["PageLabel"],
                    required: false,
                }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "St",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "PageObject",
        shape: Shape::Dict,
        keys: &[
            Key { key: "Type", rule: Rule::Writer },
            Key { key: "Parent", rule: Rule::Writer },
            Key { key: "LastModified", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "Resources",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[RESOURCE],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "MediaBox",
                rule: Rule::Hook(Allowed { kinds: kind::RECTANGLE, links: &[], values: &[], required: true }),
            },
            Key {
                key: "CropBox",
                rule: Rule::Hook(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BleedBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TrimBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ArtBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BoxColorInfo",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BOX_COLOR_INFO],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Contents", rule: Rule::Writer },
            Key {
                key: "Rotate",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Group",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[GROUP_ATTRIBUTES],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Thumb", rule: Rule::Drop("pdf.thumbnails") },
            Key {
                key: "B",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_BEADS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Dur", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "Trans", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key {
                key: "Annots",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_ANNOTS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-page-aa") },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
            Key { key: "PieceInfo", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "StructParents",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "ID", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "PZ", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "SeparationInfo", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "Tabs",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["R", "C", "S", "A", "W", "A", "W"],
                    required: false,
                }),
            },
            Key { key: "TemplateInstantiated", rule: Rule::Drop("pdf.names-other-trees") },
            Key { key: "PresSteps", rule: Rule::Drop("pdf.trigger-navnode") },
            Key {
                key: "UserUnit",
                rule: Rule::Hook(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key { key: "VP", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "OutputIntents",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_OUTPUT_INTENTS],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "DPart", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "Hid", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "PatternColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Pattern"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "PatternMap",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT | kind::STREAM,
                links: &[PATTERN_TYPE2, PATTERN_TYPE1],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "PatternType1",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Pattern"],
                    required: false,
                }),
            },
            Key {
                key: "PatternType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["1"], required: true }),
            },
            Key {
                key: "PaintType",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2"],
                    required: true,
                }),
            },
            Key {
                key: "TilingType",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "3"],
                    required: true,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "XStep",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "YStep",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Resources",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[RESOURCE],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Matrix",
                rule: Rule::Allow(Allowed { kinds: kind::MATRIX, links: &[], values: &[], required: false }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "XUID", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "PatternType2",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Pattern"],
                    required: false,
                }),
            },
            Key {
                key: "PatternType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["2"], required: true }),
            },
            Key {
                key: "Shading",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[
                        SHADING_TYPE1,
                        SHADING_TYPE2,
                        SHADING_TYPE3,
                        SHADING_TYPE4,
                        SHADING_TYPE5,
                        SHADING_TYPE6,
                        SHADING_TYPE7,
                    ],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Matrix",
                rule: Rule::Allow(Allowed { kinds: kind::MATRIX, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ExtGState",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[GRAPHICS_STATE_PARAMETER],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "Resource",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "ExtGState",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[GRAPHICS_STATE_PARAMETER_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[COLOR_SPACE_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Pattern",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[PATTERN_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Shading",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[SHADING_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "XObject",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[XOBJECT_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Font",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[FONT_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ProcSet",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NAMES_FOR_PROC_SET],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Properties",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[DICTIONARY_OF_DICTIONARIES],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Encoding",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ENCODING],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "RoleMap",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "RoleMapNS",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::ARRAY | kind::NAME,
                links: &[ARRAY_OF_ROLE_MAP_NS],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "SeparationColorSpace",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Separation"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "3",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &[],
                    required: true,
                }),
            },
        ],
    },
    Type {
        name: "ShadingMap",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::DICT | kind::STREAM,
                links: &[
                    SHADING_TYPE1,
                    SHADING_TYPE2,
                    SHADING_TYPE3,
                    SHADING_TYPE4,
                    SHADING_TYPE5,
                    SHADING_TYPE6,
                    SHADING_TYPE7,
                ],
                values: &[],
                required: false,
            }),
        }],
    },
    Type {
        name: "ShadingType1",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Domain",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Matrix",
                rule: Rule::Allow(Allowed { kinds: kind::MATRIX, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Function",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::STREAM,
                    links: &[
                        ARRAY_OF_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ShadingType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["1"], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Background",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AntiAlias",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ShadingType2",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Coords",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Domain",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Function",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::STREAM,
                    links: &[
                        ARRAY_OF_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Extend",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_BOOLEANS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ShadingType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["2"], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Background",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AntiAlias",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ShadingType3",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Coords",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_6_NUMBERS],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Domain",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Function",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::STREAM,
                    links: &[
                        ARRAY_OF_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Extend",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_2_BOOLEANS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ShadingType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["3"], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Background",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AntiAlias",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "ShadingType4",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "BitsPerCoordinate",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16", "24", "32"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerComponent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerFlag",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["2", "4", "8"],
                    required: true,
                }),
            },
            Key {
                key: "Decode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Function",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::STREAM,
                    links: &[
                        ARRAY_OF_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ShadingType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["4"], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Background",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AntiAlias",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "ShadingType5",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "BitsPerCoordinate",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16", "24", "32"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerComponent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16"],
                    required: true,
                }),
            },
            Key {
                key: "VerticesPerRow",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Decode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Function",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::STREAM,
                    links: &[
                        ARRAY_OF_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ShadingType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["5"], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Background",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AntiAlias",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "ShadingType6",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "BitsPerCoordinate",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16", "24", "32"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerComponent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerFlag",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Decode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Function",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::STREAM,
                    links: &[
                        ARRAY_OF_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ShadingType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["6"], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Background",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AntiAlias",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "ShadingType7",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "BitsPerCoordinate",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16", "24", "32"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerComponent",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "12", "16"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerFlag",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Decode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Function",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::STREAM,
                    links: &[
                        ARRAY_OF_FUNCTIONS,
                        FUNCTION_TYPE2,
                        FUNCTION_TYPE3,
                        FUNCTION_TYPE0,
                        FUNCTION_TYPE4,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ShadingType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["7"], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "Background",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AntiAlias",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "SoftMaskAlpha",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Mask"],
                    required: false,
                }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "G",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[XOBJECT_FORM_TYPE1],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TR",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &["Identity"],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "SoftMaskLuminosity",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Mask"],
                    required: false,
                }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "G",
                rule: Rule::Allow(Allowed {
                    kinds: kind::STREAM,
                    links: &[XOBJECT_FORM_TYPE1],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "BC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TR",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT | kind::NAME | kind::STREAM,
                    links: &[FUNCTION_TYPE2, FUNCTION_TYPE3, FUNCTION_TYPE0, FUNCTION_TYPE4],
                    values: &["Identity"],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "StructElem",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["StructElem"],
                    required: false,
                }),
            },
            Key {
                key: "S",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[STRUCT_ELEM, STRUCT_TREE_ROOT],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "ID",
                rule: Rule::Hook(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ref",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_STRUCT_ELEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Pg",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "K",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::DICT | kind::INT,
                    links: &[
                        ARRAY_OF_STRUCT_ELEM_KIDS,
                        STRUCT_ELEM,
                        MARKED_CONTENT_REFERENCE,
                        OBJECT_REFERENCE,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "A",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT,
                    links: &[ARRAY_OF_ATTRIBUTE_REVISIONS, STRUCTURE_ATTRIBUTES_DICT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[ARRAY_OF_CLASS_NAMES_REVISIONS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "R",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Alt",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "E",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ActualText",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "NS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[NAMESPACE],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "PhoneticAlphabet", rule: Rule::Drop("pdf.structure-namespace-schema") },
            Key { key: "Phoneme", rule: Rule::Drop("pdf.structure-namespace-schema") },
        ],
    },
    Type {
        name: "StructTreeRoot",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["StructTreeRoot"],
                    required: true,
                }),
            },
            Key {
                key: "K",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::DICT,
                    links: &[ARRAY_OF_STRUCT_ELEM, STRUCT_ELEM],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "IDTree",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME_TREE,
                    links: &[STRUCT_ELEM, MARKED_CONTENT_REFERENCE, OBJECT_REFERENCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ParentTree",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NUMBER_TREE,
                    links: &[
                        ARRAY_OF_STRUCT_ELEM_PARENT_TREE,
                        STRUCT_ELEM,
                        MARKED_CONTENT_REFERENCE,
                        OBJECT_REFERENCE,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "ParentTreeNextKey", rule: Rule::Writer },
            Key {
                key: "RoleMap",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[ROLE_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ClassMap",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[CLASS_MAP],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Namespaces",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NAMESPACE],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "PronunciationLexicon", rule: Rule::Drop("pdf.structure-namespace-schema") },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
        ],
    },
    Type {
        name: "StructureAttributesDict",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "O",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: true }),
            },
            Key {
                key: "NS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[NAMESPACE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Placement",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "WritingMode",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BackgroundColor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BorderColor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_BORDER_COLOR_ARRAYS, ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BorderStyle",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[ARRAY_OF_4_BORDER_STYLE_NAMES],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BorderThickness",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NUMBER,
                    links: &[ARRAY_OF_4_BORDER_THICKNESS_NUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Padding",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NUMBER,
                    links: &[ARRAY_OF_4_INTEGERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Color",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "SpaceBefore",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "SpaceAfter",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StartIndent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "EndIndent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TextIndent",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TextAlign",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Width",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Height",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BlockAlign",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "InlineAlign",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TBorderStyle",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[ARRAY_OF_4_BORDER_STYLE_NAMES],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TPadding",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::INT,
                    links: &[ARRAY_OF_4_INTEGERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "BaselineShift",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "LineHeight",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME | kind::NUMBER,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TextPosition",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TextDecorationColor",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_3_RGBNUMBERS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TextDecorationThickness",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TextDecorationType",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RubyAlign",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RubyPosition",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "GlyphOrientationVertical",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT | kind::NAME,
                    links: &[],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ColumnCount",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ColumnGap",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NUMBER,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ColumnWidths",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::NUMBER,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "ListNumbering",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ContinuedList",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ContinuedFrom",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Role",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Checked",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "checked",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Desc",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "RowSpan",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ColSpan",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Headers",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_STRINGS_BYTE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Scope",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Summary",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Short",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "P", rule: Rule::Drop("pdf.structure-namespace-schema") },
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::STRING,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NoteType",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
        ],
    },
    Type {
        name: "StyleDict",
        shape: Shape::Dict,
        keys: &[Key {
            key: "Panose",
            rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
        }],
    },
    Type {
        name: "Thread",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Thread"],
                    required: false,
                }),
            },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BEAD_FIRST],
                    values: &[],
                    required: true,
                }),
            },
            Key { key: "I", rule: Rule::Drop("pdf.info-dictionary") },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
        ],
    },
    Type {
        name: "ToUnicodeCMapStream",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["CMap"],
                    required: false,
                }),
            },
            Key {
                key: "CMapName",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CIDSystemInfo",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[CIDSYSTEM_INFO],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "WMode",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "0"],
                    required: false,
                }),
            },
            Key { key: "UseCMap", rule: Rule::Drop("pdf.fonts-type3-and-cmaps") },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "ViewerPreferences",
        shape: Shape::Dict,
        keys: &[
            Key { key: "HideToolbar", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "HideMenubar", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "HideWindowUI", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "FitWindow", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "CenterWindow", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key {
                key: "DisplayDocTitle",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "NonFullScreenPageMode", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key {
                key: "Direction",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["L2R", "R2L"],
                    required: false,
                }),
            },
            Key { key: "ViewArea", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "ViewClip", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "PrintArea", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "PrintClip", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "PrintScaling", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key {
                key: "Duplex",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Simplex", "DuplexFlipShortEdge", "DuplexFlipLongEdge"],
                    required: false,
                }),
            },
            Key { key: "PickTrayByPDFSize", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key {
                key: "PrintPageRange",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_INTEGERS_GREATER_THAN_ZERO],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "NumCopies", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
            Key { key: "Enforce", rule: Rule::Drop("pdf.viewer-preferences-and-pagemode") },
        ],
    },
    Type {
        name: "VisibilityExpressionArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["And", "Not", "Or"],
                    required: true,
                }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT,
                    links: &[VISIBILITY_EXPRESSION_ARRAY, OPT_CONTENT_GROUP],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "*",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY | kind::DICT,
                    links: &[VISIBILITY_EXPRESSION_ARRAY, OPT_CONTENT_GROUP],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "WhitepointArray",
        shape: Shape::Array,
        keys: &[
            Key {
                key: "0",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "1",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
            Key {
                key: "2",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: true }),
            },
        ],
    },
    Type {
        name: "Widget",
        shape: Shape::Dict,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Annot"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Widget"],
                    required: true,
                }),
            },
            Key {
                key: "Rect",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Contents",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "P",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[PAGE_OBJECT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "NM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key { key: "M", rule: Rule::Drop("pdf.info-dictionary") },
            Key {
                key: "F",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "AP",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "AS",
                rule: Rule::Hook(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Border",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_ANNOT_BORDER_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "C",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_4_NUMBERS_COLOR_ANNOTATION],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key {
                key: "ca",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "CA",
                rule: Rule::Allow(Allowed { kinds: kind::NUMBER, links: &[], values: &[], required: false }),
            },
            Key {
                key: "BM",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &[
                        "Compatible",
                        "Normal",
                        "Multiply",
                        "Screen",
                        "Difference",
                        "Darken",
                        "Lighten",
                        "ColorDodge",
                        "ColorBurn",
                        "Exclusion",
                        "HardLight",
                        "Overlay",
                        "SoftLight",
                        "Luminosity",
                        "Hue",
                        "Saturation",
                        "Color",
                    ],
                    required: false,
                }),
            },
            Key {
                key: "Lang",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "H",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["N", "I", "O", "P", "T"],
                    required: false,
                }),
            },
            Key {
                key: "MK",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[APPEARANCE_CHARACTERISTICS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "A",
                rule: Rule::Hook(Allowed { kinds: kind::DICT, links: &[], values: &[], required: false }),
            },
            Key { key: "AA", rule: Rule::Drop("pdf.trigger-annotation-aa") },
            Key {
                key: "BS",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[BORDER_STYLE],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Parent",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[
                        FIELD_TX,
                        FIELD_BTN_PUSH,
                        FIELD_BTN_CHECKBOX,
                        FIELD_BTN_RADIO,
                        FIELD_CHOICE,
                        FIELD,
                    ],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Kids",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_FIELDS],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "T",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TU",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "TM",
                rule: Rule::Allow(Allowed { kinds: kind::STRING, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Ff",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "PMD", rule: Rule::Drop("pdf.acroform-fields") },
            Key {
                key: "FT",
                rule: Rule::Hook(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Tx", "Btn", "Btn", "Btn", "Ch"],
                    required: true,
                }),
            },
            Key {
                key: "V",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME | kind::STREAM | kind::STRING,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DV",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME | kind::STREAM | kind::STRING,
                    links: &[ARRAY_OF_STRINGS_TEXT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "DA",
                rule: Rule::Hook(Allowed { kinds: kind::STRING, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Q",
                rule: Rule::Allow(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2", "0", "1", "2", "0", "1", "2", "0", "1", "2", "0", "1", "2"],
                    required: false,
                }),
            },
            Key { key: "DS", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key { key: "RV", rule: Rule::Drop("pdf.annotation-rich-content") },
            Key {
                key: "MaxLen",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Opt",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_STRINGS_TEXT, ARRAY_OF_FIELD_CHOICE_OPT],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "TI",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "I",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NON_NEGATIVE_INTEGERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
        ],
    },
    Type {
        name: "XObjectFormType1",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["XObject"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Form"],
                    required: true,
                }),
            },
            Key {
                key: "FormType",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &["1"], required: false }),
            },
            Key {
                key: "BBox",
                rule: Rule::Allow(Allowed {
                    kinds: kind::RECTANGLE,
                    links: &[],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Matrix",
                rule: Rule::Allow(Allowed { kinds: kind::MATRIX, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Resources",
                rule: Rule::Hook(Allowed {
                    kinds: kind::DICT,
                    links: &[RESOURCE],
                    values: &[],
                    required: true,
                }),
            },
            Key {
                key: "Group",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[GROUP_ATTRIBUTES],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Ref", rule: Rule::Drop("pdf.reference-xobject") },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
            Key { key: "PieceInfo", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "LastModified", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key {
                key: "StructParents",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "OPI", rule: Rule::Drop("pdf.opi") },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Name", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key { key: "Measure", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key { key: "PtData", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "XUID", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "GTS_XID", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "GTS_Scope", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "GTS_Env", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "GTS_Encapsulated", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "XObjectImage",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["XObject"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Image"],
                    required: true,
                }),
            },
            Key {
                key: "Width",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Height",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[
                        DEVICE_GRAY_COLOR_SPACE,
                        DEVICE_RGBCOLOR_SPACE,
                        DEVICE_CMYKCOLOR_SPACE,
                        CAL_GRAY_COLOR_SPACE,
                        CAL_RGBCOLOR_SPACE,
                        LAB_COLOR_SPACE,
                        ICCBASED_COLOR_SPACE,
                        INDEXED_COLOR_SPACE,
                        SEPARATION_COLOR_SPACE,
                        DEVICE_NCOLOR_SPACE,
                        PATTERN_COLOR_SPACE,
                    ],
                    values: &["DeviceCMYK", "DeviceRGB", "DeviceGray"],
                    required: false,
                }),
            },
            Key {
                key: "BitsPerComponent",
                rule: Rule::Hook(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "16"],
                    required: false,
                }),
            },
            Key {
                key: "Intent",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ImageMask",
                rule: Rule::Hook(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Mask",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::STREAM,
                    links: &[ARRAY_OF_INTEGERS_GENERAL, XOBJECT_IMAGE_MASK],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Decode",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Interpolate",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "Alternates", rule: Rule::Drop("pdf.alternate-images") },
            Key {
                key: "SMask",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[XOBJECT_IMAGE_SOFT_MASK],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "SMaskInData",
                rule: Rule::Hook(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["0", "1", "2"],
                    required: false,
                }),
            },
            Key { key: "Name", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "ID", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "OPI", rule: Rule::Drop("pdf.opi") },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key { key: "Measure", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key { key: "PtData", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "GTS_XID", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "GTS_Scope", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "GTS_Env", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "GTS_Encapsulated", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
        ],
    },
    Type {
        name: "XObjectImageMask",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["XObject"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Image"],
                    required: true,
                }),
            },
            Key {
                key: "Width",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Height",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "BitsPerComponent",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &["1"], required: false }),
            },
            Key {
                key: "Intent",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ImageMask",
                rule: Rule::Hook(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Decode",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Interpolate",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "Alternates", rule: Rule::Drop("pdf.alternate-images") },
            Key {
                key: "SMask",
                rule: Rule::Hook(Allowed {
                    kinds: kind::STREAM,
                    links: &[XOBJECT_IMAGE_SOFT_MASK],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "SMaskInData",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "Name", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "StructParent",
                rule: Rule::Allow(Allowed { kinds: kind::INT, links: &[], values: &[], required: false }),
            },
            Key { key: "ID", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key { key: "OPI", rule: Rule::Drop("pdf.opi") },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
            Key {
                key: "OC",
                rule: Rule::Allow(Allowed {
                    kinds: kind::DICT,
                    links: &[OPT_CONTENT_GROUP, OPT_CONTENT_MEMBERSHIP],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
            Key { key: "Measure", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key { key: "PtData", rule: Rule::Drop("pdf.interactive-3d-measure-geo") },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
        ],
    },
    Type {
        name: "XObjectImageSoftMask",
        shape: Shape::Stream,
        keys: &[
            Key {
                key: "Type",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["XObject"],
                    required: false,
                }),
            },
            Key {
                key: "Subtype",
                rule: Rule::Allow(Allowed {
                    kinds: kind::NAME,
                    links: &[],
                    values: &["Image"],
                    required: true,
                }),
            },
            Key {
                key: "Width",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "Height",
                rule: Rule::Hook(Allowed { kinds: kind::INT, links: &[], values: &[], required: true }),
            },
            Key {
                key: "ColorSpace",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY | kind::NAME,
                    links: &[DEVICE_GRAY_COLOR_SPACE],
                    values: &["DeviceGray"],
                    required: true,
                }),
            },
            Key {
                key: "BitsPerComponent",
                rule: Rule::Hook(Allowed {
                    kinds: kind::INT,
                    links: &[],
                    values: &["1", "2", "4", "8", "16"],
                    required: false,
                }),
            },
            Key {
                key: "Intent",
                rule: Rule::Allow(Allowed { kinds: kind::NAME, links: &[], values: &[], required: false }),
            },
            Key {
                key: "ImageMask",
                rule: Rule::Hook(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key { key: "Name", rule: Rule::Drop("pdf.pieceinfo-and-private-data") },
            Key {
                key: "Decode",
                rule: Rule::Hook(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key {
                key: "Interpolate",
                rule: Rule::Allow(Allowed { kinds: kind::BOOL, links: &[], values: &[], required: false }),
            },
            Key {
                key: "Matte",
                rule: Rule::Allow(Allowed {
                    kinds: kind::ARRAY,
                    links: &[ARRAY_OF_NUMBERS_GENERAL],
                    values: &[],
                    required: false,
                }),
            },
            Key { key: "Metadata", rule: Rule::Drop("pdf.metadata-xmp") },
            Key { key: "Length", rule: Rule::Writer },
            Key { key: "Filter", rule: Rule::Writer },
            Key { key: "DecodeParms", rule: Rule::Writer },
            Key { key: "F", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FFilter", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "FDecodeParms", rule: Rule::Drop("pdf.external-stream-f") },
            Key { key: "DL", rule: Rule::Writer },
            Key { key: "AF", rule: Rule::Drop("pdf.associated-files") },
        ],
    },
    Type {
        name: "XObjectMap",
        shape: Shape::Dict,
        keys: &[Key {
            key: "*",
            rule: Rule::Allow(Allowed {
                kinds: kind::STREAM,
                links: &[XOBJECT_FORM_TYPE1, XOBJECT_IMAGE],
                values: &[],
                required: false,
            }),
        }],
    },
];

//! The operators of content streams (ISO 32000-2, table A.1), found by a table: a page has thousands of them.

use super::Category;

/// What an operator does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    CloseFillStroke,
    FillStroke,
    CloseFillStrokeEvenOdd,
    FillStrokeEvenOdd,
    BeginMarkedList,
    BeginMarked,
    BeginText,
    Curve,
    Concatenate,
    StrokeSpace,
    FillSpace,
    Dash,
    GlyphWidth,
    GlyphBox,
    Paint,
    MarkedPointList,
    EndMarked,
    EndText,
    Fill,
    FillEvenOdd,
    StrokeGray,
    FillGray,
    GraphicsState,
    ClosePath,
    Flatness,
    Join,
    Cap,
    StrokeCmyk,
    FillCmyk,
    Line,
    Move,
    MiterLimit,
    MarkedPoint,
    EndPath,
    Save,
    Restore,
    Rectangle,
    StrokeRgb,
    FillRgb,
    Intent,
    CloseStroke,
    Stroke,
    StrokeColor,
    FillColor,
    Shade,
    NextLine,
    CharacterSpace,
    MoveText,
    MoveTextLeading,
    Font,
    Show,
    ShowSpaced,
    Leading,
    TextMatrix,
    RenderingMode,
    Rise,
    WordSpace,
    Scale,
    CurveFromHere,
    LineWidth,
    Clip,
    CurveToEnd,
    ShowOnNextLine,
    ShowOnNextLineSpaced,
}

/// What an operator opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    None,
    Save,
    Restore,
    Mark,
    EndMark,
    Text,
    EndText,
}

/// What is known of an operator.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) operator: Operator,
    /// How it is spelled.
    pub(super) letters: &'static [u8],
    /// The operands, one letter each: `n`umber, `N`ame, `S`tring, `A`rray of text, `D`ash array,
    /// `P`roperties (a name or dictionary); `*` any numbers; `+` any numbers and a pattern name.
    pub(super) signature: &'static [u8],
    /// The same as kinds of four bits each, in one of two ways; [`NEVER`] where their number is not fixed.
    pub(super) kinds: [u64; 2],
    /// The resources it names.
    pub(super) category: Option<Category>,
    pub(super) effect: Effect,
    spelling: u32,
}

// The kinds of operands, four bits for each.
pub(super) const NUMBER: u64 = 1;
pub(super) const NAME: u64 = 2;
pub(super) const STRING: u64 = 3;
pub(super) const TEXTS: u64 = 4;
pub(super) const NUMBERS: u64 = 5;
pub(super) const DICT: u64 = 6;
/// No operands are of these kinds.
const NEVER: u64 = u64::MAX;

impl Row {
    /// The operator that is spelled so.
    #[inline]
    pub(crate) fn of(letters: &[u8]) -> Option<&'static Self> {
        Self::spelled(spelling(letters))
    }

    /// The operator whose letters make this number.
    #[inline]
    pub(super) fn spelled(spelling: u32) -> Option<&'static Self> {
        let row = ROWS.get(usize::from(*SLOTS.get(slot(spelling))?))?;
        (row.spelling == spelling).then_some(row)
    }

    #[expect(clippy::indexing_slicing, reason = "made while the engine is compiled")]
    const fn new(letters: &'static [u8], signature: &'static [u8], operator: Operator) -> Self {
        let mut kinds = [0; 2];
        let mut index = 0;
        while index < signature.len() {
            let [one, other] = match signature[index] {
                b'n' => [NUMBER; 2],
                b'N' => [NAME; 2],
                b'S' => [STRING; 2],
                b'A' => [TEXTS, NUMBERS],
                b'D' => [NUMBERS; 2],
                b'P' => [DICT, NAME],
                _ => [NEVER; 2],
            };
            kinds = [kinds[0] << 4 | one, kinds[1] << 4 | other];
            index += 1;
        }
        let (category, effect, spelling) = (None, Effect::None, spelling(letters));
        Self { operator, letters, signature, kinds, category, effect, spelling }
    }

    const fn naming(mut self, category: Category) -> Self {
        self.category = Some(category);
        self
    }

    const fn with(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }
}

/// The letters as one number; zero for more of them than any operator has.
#[inline]
const fn spelling(letters: &[u8]) -> u32 {
    match letters {
        [one] => *one as u32,
        [one, two] => (*one as u32) << 8 | *two as u32,
        [one, two, three] => (*one as u32) << 16 | (*two as u32) << 8 | *three as u32,
        _ => 0,
    }
}

/// Where an operator stands in [`SLOTS`]: by a factor that gives each a slot of its own.
#[inline]
const fn slot(spelling: u32) -> usize {
    (spelling.wrapping_mul(0x48e7_4e97) >> 24) as usize
}

/// The place in [`ROWS`] of each operator, by its slot.
#[expect(clippy::indexing_slicing, reason = "made while the engine is compiled")]
static SLOTS: [u8; 256] = {
    let mut slots = [u8::MAX; 256];
    let mut index = 0;
    while index < ROWS.len() {
        let slot = slot(ROWS[index].spelling);
        assert!(slots[slot] == u8::MAX, "two operators in one slot");
        slots[slot] = index as u8;
        index += 1;
    }
    slots
};

static ROWS: [Row; 68] = [
    Row::new(b"b", b"", Operator::CloseFillStroke),
    Row::new(b"B", b"", Operator::FillStroke),
    Row::new(b"b*", b"", Operator::CloseFillStrokeEvenOdd),
    Row::new(b"B*", b"", Operator::FillStrokeEvenOdd),
    Row::new(b"BDC", b"NP", Operator::BeginMarkedList).naming(Category::Properties).with(Effect::Mark),
    Row::new(b"BMC", b"N", Operator::BeginMarked).with(Effect::Mark),
    Row::new(b"BT", b"", Operator::BeginText).with(Effect::Text),
    Row::new(b"c", b"nnnnnn", Operator::Curve),
    Row::new(b"cm", b"nnnnnn", Operator::Concatenate),
    Row::new(b"CS", b"N", Operator::StrokeSpace).naming(Category::ColorSpace),
    Row::new(b"cs", b"N", Operator::FillSpace).naming(Category::ColorSpace),
    Row::new(b"d", b"Dn", Operator::Dash),
    Row::new(b"d0", b"nn", Operator::GlyphWidth),
    Row::new(b"d1", b"nnnnnn", Operator::GlyphBox),
    Row::new(b"Do", b"N", Operator::Paint).naming(Category::XObject),
    Row::new(b"DP", b"NP", Operator::MarkedPointList).naming(Category::Properties),
    Row::new(b"EMC", b"", Operator::EndMarked).with(Effect::EndMark),
    Row::new(b"ET", b"", Operator::EndText).with(Effect::EndText),
    Row::new(b"f", b"", Operator::Fill),
    Row::new(b"F", b"", Operator::Fill),
    Row::new(b"f*", b"", Operator::FillEvenOdd),
    Row::new(b"G", b"n", Operator::StrokeGray),
    Row::new(b"g", b"n", Operator::FillGray),
    Row::new(b"gs", b"N", Operator::GraphicsState).naming(Category::ExtGState),
    Row::new(b"h", b"", Operator::ClosePath),
    Row::new(b"i", b"n", Operator::Flatness),
    Row::new(b"j", b"n", Operator::Join),
    Row::new(b"J", b"n", Operator::Cap),
    Row::new(b"K", b"nnnn", Operator::StrokeCmyk),
    Row::new(b"k", b"nnnn", Operator::FillCmyk),
    Row::new(b"l", b"nn", Operator::Line),
    Row::new(b"m", b"nn", Operator::Move),
    Row::new(b"M", b"n", Operator::MiterLimit),
    Row::new(b"MP", b"N", Operator::MarkedPoint),
    Row::new(b"n", b"", Operator::EndPath),
    Row::new(b"q", b"", Operator::Save).with(Effect::Save),
    Row::new(b"Q", b"", Operator::Restore).with(Effect::Restore),
    Row::new(b"re", b"nnnn", Operator::Rectangle),
    Row::new(b"RG", b"nnn", Operator::StrokeRgb),
    Row::new(b"rg", b"nnn", Operator::FillRgb),
    Row::new(b"ri", b"N", Operator::Intent),
    Row::new(b"s", b"", Operator::CloseStroke),
    Row::new(b"S", b"", Operator::Stroke),
    Row::new(b"SC", b"*", Operator::StrokeColor),
    Row::new(b"sc", b"*", Operator::FillColor),
    Row::new(b"SCN", b"+", Operator::StrokeColor).naming(Category::Pattern),
    Row::new(b"scn", b"+", Operator::FillColor).naming(Category::Pattern),
    Row::new(b"sh", b"N", Operator::Shade).naming(Category::Shading),
    Row::new(b"T*", b"", Operator::NextLine),
    Row::new(b"Tc", b"n", Operator::CharacterSpace),
    Row::new(b"Td", b"nn", Operator::MoveText),
    Row::new(b"TD", b"nn", Operator::MoveTextLeading),
    Row::new(b"Tf", b"Nn", Operator::Font).naming(Category::Font),
    Row::new(b"Tj", b"S", Operator::Show),
    Row::new(b"TJ", b"A", Operator::ShowSpaced),
    Row::new(b"TL", b"n", Operator::Leading),
    Row::new(b"Tm", b"nnnnnn", Operator::TextMatrix),
    Row::new(b"Tr", b"n", Operator::RenderingMode),
    Row::new(b"Ts", b"n", Operator::Rise),
    Row::new(b"Tw", b"n", Operator::WordSpace),
    Row::new(b"Tz", b"n", Operator::Scale),
    Row::new(b"v", b"nnnn", Operator::CurveFromHere),
    Row::new(b"w", b"n", Operator::LineWidth),
    Row::new(b"W", b"", Operator::Clip),
    Row::new(b"W*", b"", Operator::Clip),
    Row::new(b"y", b"nnnn", Operator::CurveToEnd),
    Row::new(b"'", b"S", Operator::ShowOnNextLine),
    Row::new(b"\"", b"nnS", Operator::ShowOnNextLineSpaced),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_found_by_its_letters_and_nothing_else_is() {
        for row in &ROWS {
            assert_eq!(Row::of(row.letters).map(|found| found.letters), Some(row.letters));
        }
        let pairs = (0x0100..=u16::MAX).map(u16::to_be_bytes);
        let found = pairs.filter(|letters| Row::of(letters).is_some()).count();
        assert_eq!(found, ROWS.iter().filter(|row| row.letters.len() == 2).count());
        for none in [&b""[..], b"BX", b"EX", b"evil", b"qq", b"BI", b"true"] {
            assert!(Row::of(none).is_none(), "{none:?}");
        }
    }
}

//! Cells that begin like a formula and are none.

/// True when `rest`, what follows a sign up to the end of the cell, makes it a number, an amount, a date, a
/// time, a telephone number or a dash: no letter but an exponent's and a unit's, no second operator but dashes,
/// so that no function, name or cell can be meant. Apostrophes are those that Swiss amounts have, and those put
/// before what only another delimiter makes a formula.
pub(super) fn is_plain(rest: &str) -> bool {
    let rest = rest.trim_end();
    let mut characters = rest.chars().peekable();
    let mut digits = false;
    let mut before = ' ';
    while let Some(character) = characters.next() {
        match character {
            '0'..='9' | '０'..='９' => digits = true,
            '円' | '元' | '千' | '万' | '億' | '℃' if is_counted(before) => (),
            ' ' | '.' | ',' | '-' | '/' | ':' | '(' | ')' | '%' | '\'' | '\u{a0}' | '\u{3000}' => (),
            '¥' | '￥' | '$' | '€' | '£' | '．' | '，' | '－' | '／' | '：' | '（' | '）' | '％' | '−'
            | '‐' | '―' | 'ー' => (),
            'E' | 'e' if digits => {
                characters.next_if(|sign| matches!(sign, '+' | '-'));
                return characters.len_hint() > 0 && characters.all(|digit| digit.is_ascii_digit());
            }
            _ => return false,
        }
        before = character;
    }
    true
}

/// True for what a unit may stand behind, so that the two are one word and the unit is no name of its own.
fn is_counted(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９' | '千' | '万' | '億')
}

trait LenHint {
    fn len_hint(&mut self) -> usize;
}

impl<I: Iterator<Item = char>> LenHint for std::iter::Peekable<I> {
    /// 1 when something is left.
    fn len_hint(&mut self) -> usize {
        usize::from(self.peek().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_dates_and_telephone_numbers_are_plain() {
        for plain in [
            "5",
            "1,234.50",
            "81-3-1234-5678",
            "81 (0)3 1234",
            "¥1,000",
            "",
            "-",
            "1.5E+10",
            "1'234.50",
            "５００",
            "10%",
            "1,000円",
            "3万5千円",
            "-3℃",
        ] {
            assert!(is_plain(plain), "{plain}");
        }
        for formula in [
            "1+1",
            "A1",
            "1*2",
            "SUM(1)",
            "2+cmd|' /C calc'!A0",
            "1E",
            "E5",
            "1&2",
            "なし",
            "1^2",
            "1=1",
            "1;2",
            "1-円",
            "円",
            "1円A1",
            "1億(1)+1",
        ] {
            assert!(!is_plain(formula), "{formula}");
        }
    }
}

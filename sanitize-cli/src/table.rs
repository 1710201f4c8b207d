//! Tables for a terminal: columns aligned by the width characters have there, Japanese ones twice that of Latin.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Which side of a column is straight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// A table being filled.
#[derive(Debug)]
pub struct Table<const N: usize> {
    sides: [Side; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// An empty table under `titles`.
    pub fn new(columns: [(&str, Side); N]) -> Self {
        Self { sides: columns.map(|(_, side)| side), rows: vec![columns.map(|(title, _)| title.to_owned())] }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    /// The table as text, a rule below the titles.
    pub fn to_text(&self) -> String {
        let widths: Vec<usize> =
            (0..N).map(|column| self.rows.iter().map(|row| row[column].width()).max().unwrap_or(0)).collect();
        let mut text = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let padding = " ".repeat(widths[column] - cell.width());
                let gap = if column == 0 { "" } else { "  " };
                let _infallible = match self.sides[column] {
                    Side::Left => write!(line, "{gap}{cell}{padding}"),
                    Side::Right => write!(line, "{gap}{padding}{cell}"),
                };
            }
            text.push_str(line.trim_end());
            text.push('\n');
            if number == 0 {
                let rule = widths.iter().sum::<usize>() + 2 * (N - 1);
                text.push_str(&"─".repeat(rule));
                text.push('\n');
            }
        }
        text
    }
}

/// `text` in at most `width` columns, its middle left out where it is wider: the end of a name tells its type.
pub fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let head = within(text.chars(), room - room / 2);
    let tail: Vec<char> = within(text.chars().rev(), room / 2).chars().rev().collect();
    format!("{head}…{}", tail.into_iter().collect::<String>())
}

fn within(characters: impl Iterator<Item = char>, width: usize) -> String {
    let mut used = 0;
    let fits = |character: &char| {
        used += character.width().unwrap_or(0);
        used <= width
    };
    characters.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_takes_two_columns() {
        let mut table = Table::new([("名前", Side::Left), ("大きさ", Side::Right)]);
        table.row(["計画.docx".to_owned(), "1".to_owned()]);
        table.row(["ab".to_owned(), "200".to_owned()]);
        assert_eq!(
            table.to_text(),
            "名前       大きさ\n─────────────────\n計画.docx       1\nab            200\n"
        );
    }

    #[test]
    fn a_long_name_keeps_its_ends() {
        assert_eq!(fit("令和八年度予算要求書.docx", 15), "令和八…書.docx");
        assert!(fit("令和八年度予算要求書.docx", 15).width() <= 15);
        assert_eq!(fit("short", 15), "short");
    }
}

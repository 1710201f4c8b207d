//! What the text of a mail gives as a password.
//!
//! In Japan an encrypted archive is mailed with its password in the same mail or the next one. What is found here
//! is tried and never written anywhere.

use crate::{
    budget::Budget,
    error::Error,
    toolkits::{
        charset::label,
        mime::{transfer, tree},
    },
};

/// Passwords that are tried: each one costs an encrypted document a tenth of a second.
const MOST: usize = 12;
/// Lines behind one that speaks of a password, in which it may stand alone.
const LINES: usize = 3;
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=64;

/// Words by which people announce a password.
const WORDS: [&str; 9] =
    ["password", "passwd", "passcode", "pass", "pw", "パスワード", "ﾊﾟｽﾜｰﾄﾞ", "解凍キー", "暗号キー"];

/// What the texts of a whole mail give, for those who keep it for the next one. Attachments are not looked into.
pub(in crate::formats::eml) fn of_mail(mail: &[u8], budget: &Budget) -> Result<Vec<Vec<u8>>, Error> {
    let tree = tree::parse(mail, budget)?;
    let mut found: Vec<Vec<u8>> = Vec::new();
    for entity in tree.entities.iter().filter(|entity| !entity.is_multipart && entity.disposition.is_none()) {
        let value = entity.content_type.value.as_str();
        if !matches!(value, "text/plain" | "text/html") {
            continue;
        }
        let decoded = transfer::decode(entity.encoding, tree.body(entity), budget)?;
        let text = label::decode(&decoded.bytes, entity.content_type.get("charset")).text;
        let of_part = match value {
            "text/html" => candidates(&super::body::text_of_html(&text)),
            _ => candidates(&text),
        };
        for candidate in of_part {
            if found.len() < MOST && !found.contains(&candidate) {
                found.push(candidate);
            }
        }
    }
    Ok(found)
}

/// Candidates in the order they stand in the text, each once.
pub(super) fn candidates(text: &str) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut add = |candidate: &str| {
        let candidate = candidate.as_bytes().to_vec();
        if LENGTHS.contains(&candidate.len()) && found.len() < MOST && !found.contains(&candidate) {
            found.push(candidate);
        }
    };
    // How many lines more one may stand alone.
    let mut open = 0_usize;
    for line in text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let lower = line.to_ascii_lowercase();
        let said = WORDS.iter().filter_map(|word| lower.rfind(word).map(|at| at + word.len())).max();
        match said.and_then(|end| line.get(end..)) {
            Some(behind) => {
                open = LINES;
                let mut tokens = tokens(behind);
                if let Some(first) = tokens.next() {
                    add(first);
                }
            }
            None if open > 0 => {
                open -= 1;
                let mut tokens = tokens(line);
                if let (Some(only), None) = (tokens.next(), tokens.next()) {
                    add(only);
                }
            }
            None => (),
        }
    }
    found
}

/// Runs of printable ASCII, without the marks that people put around a password.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let is_around = |character: char| {
        matches!(character, ':' | '=' | '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | '-')
    };
    text.split(|character: char| !character.is_ascii_graphic())
        .map(move |token| {
            let start = token.trim_start_matches(is_around);
            if start.len() < token.len() {
                start.trim_end_matches(['"', '\'', '>', ')', ']', ','])
            } else {
                start
            }
        })
        .filter(|token| LENGTHS.contains(&token.len()))
        .filter(|token| {
            !matches!(token.to_ascii_lowercase().as_str(), "zip" | "file" | "is" | "the" | "for" | "below")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        candidates(text).into_iter().map(|candidate| String::from_utf8(candidate).unwrap()).collect()
    }

    #[test]
    fn passwords_of_everyday_mails_are_found() {
        for (text, password) in [
            ("添付ファイルのパスワード：aB3$xy_9\r\n", "aB3$xy_9"),
            ("解凍パスワードは「Kaigi2024!」です。", "Kaigi2024!"),
            ("パスワードは以下の通りです。\r\n\r\nq9Zt4Lw2\r\n\r\nよろしく", "q9Zt4Lw2"),
            ("PW: 12345678", "12345678"),
            ("Password = hunter2-hunter", "hunter2-hunter"),
            ("the password is: correct-horse", "correct-horse"),
        ] {
            assert!(found(text).contains(&password.to_owned()), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn a_mail_without_the_word_gives_none_and_a_long_one_few() {
        assert_eq!(found("議事録を送ります。abcdef12\r\n"), Vec::<String>::new());
        let many: String = (0..1000).map(|index| format!("password: secret{index}\r\n")).collect();
        assert_eq!(found(&many).len(), MOST);
    }
}

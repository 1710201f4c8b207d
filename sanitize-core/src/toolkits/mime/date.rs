//! `Date:` RFC 5322, 3.3 with the obsolete forms of 4.3, and no calendar beyond what they need.

/// A moment as a mail gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateTime {
    year: u32,
    /// From 1.
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    /// Minutes east of Greenwich; nothing where the sender's zone is not known (`-0000`).
    zone: Option<i32>,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const ZONES: [(&str, i32); 12] = [
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("JST", 540),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
];

impl DateTime {
    /// The moment in a header value, without its comments, which may stand anywhere.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = without_comments(text);
        let mut words = text.split([' ', '\t', ',']).filter(|word| !word.is_empty()).peekable();
        words.next_if(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
        let (day, month, year) = match words.peek()?.matches('-').count() {
            // `2-Nov-2000`, as some gateways write it.
            2 => {
                let mut parts = words.next()?.split('-');
                (parts.next()?, parts.next()?, parts.next()?)
            }
            _ => (words.next()?, words.next()?, words.next()?),
        };
        let month_name = month.get(..3)?;
        let month = MONTHS.iter().position(|known| known.eq_ignore_ascii_case(month_name))? as u32 + 1;
        let year = match (year.len(), number(year)?) {
            (2, year @ 0..=49) => year + 2000,
            (2 | 3, year) => year + 1900,
            (4, year) => year,
            _ => return None,
        };
        let mut clock = words.next()?.split([':', '.']);
        let (hour, minute) = (number(clock.next()?)?, number(clock.next()?)?);
        let second = clock.next().map_or(Some(0), number)?;
        let zone = words.next().and_then(zone);
        let moment = Self { year, month, day: number(day)?, hour, minute, second, zone };
        moment.is_real().then_some(moment)
    }

    /// A moment by its parts; nothing where it does not exist.
    pub(crate) fn utc(seconds_since_1970: i64) -> Option<Self> {
        let days = seconds_since_1970.div_euclid(86_400);
        let time = u32::try_from(seconds_since_1970.rem_euclid(86_400)).ok()?;
        // Civil from days, after Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = u32::try_from(of_year - (153 * shifted_month + 2) / 5 + 1).ok()?;
        let month =
            u32::try_from(if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }).ok()?;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let year = u32::try_from(year).ok()?;
        let moment = Self {
            year,
            month,
            day,
            hour: time / 3_600,
            minute: time / 60 % 60,
            second: time % 60,
            zone: Some(0),
        };
        moment.is_real().then_some(moment)
    }

    fn is_real(&self) -> bool {
        let is_leap =
            self.year.is_multiple_of(4) && !self.year.is_multiple_of(100) || self.year.is_multiple_of(400);
        let days = match self.month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (1900..=9999).contains(&self.year)
            && (1..=days).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second <= 60
    }

    /// Days since a Sunday, by Sakamoto's method.
    fn weekday(&self) -> &'static str {
        const OFFSETS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = if self.month < 3 { self.year - 1 } else { self.year };
        let offset = OFFSETS.get(self.month as usize - 1).copied().unwrap_or(0);
        let day = (year + year / 4 - year / 100 + year / 400 + offset + self.day) % 7;
        WEEKDAYS.get(day as usize).copied().unwrap_or("Sun")
    }
}

/// As RFC 5322, 3.3 has it.
impl std::fmt::Display for DateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let month = MONTHS.get(self.month as usize - 1).copied().unwrap_or("Jan");
        let Self { year, day, hour, minute, second, .. } = self;
        write!(f, "{}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} ", self.weekday())?;
        match self.zone {
            None => f.write_str("-0000"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}{:02}", zone.abs() / 60, zone.abs() % 60)
            }
        }
    }
}

/// RFC 5322, 3.2.2: what stands in brackets, which nest. One that is never closed goes to the end.
fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut is_outside = |character: char| match character {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            let inside = depth > 0;
            depth = depth.saturating_sub(1);
            !inside
        }
        _ => depth == 0,
    };
    text.chars().filter(|character| is_outside(*character)).collect()
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A zone; nothing for `-0000` and for names nobody knows, which RFC 5322, 4.3 says to take for it.
fn zone(text: &str) -> Option<i32> {
    let named = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, minutes)| *minutes);
    if named.is_some() || text == "-0000" {
        return named;
    }
    let (sign, digits) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let value = i32::try_from(number(digits)?).ok()?;
    (digits.len() == 4 && value / 100 <= 14 && value % 100 < 60)
        .then_some(sign * (value / 100 * 60 + value % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_ages_are_written_alike() {
        for (given, written) in [
            ("Wed, 17 Mar 2010 17:28:16 +0900 (JST)", "Wed, 17 Mar 2010 17:28:16 +0900"),
            ("17 Mar 10 17:28 JST", "Wed, 17 Mar 2010 17:28:00 +0900"),
            ("Mon,  1 Jan 1996 00:00:00 EST", "Mon, 01 Jan 1996 00:00:00 -0500"),
            ("1 Jan 1996 00:00:00 -0000", "Mon, 01 Jan 1996 00:00:00 -0000"),
            ("Thu, 29 Feb 2024 23:59:60 GMT", "Thu, 29 Feb 2024 23:59:60 +0000"),
            ("Wed, 20 Sep 1995 00:19:00 (EDT) -0400", "Wed, 20 Sep 1995 00:19:00 -0400"),
            ("(a (b) c) 1 Jan 1996 00:00:00 (d", "Mon, 01 Jan 1996 00:00:00 -0000"),
        ] {
            assert_eq!(DateTime::parse(given).unwrap().to_string(), written, "{given}");
            assert_eq!(DateTime::parse(written).unwrap().to_string(), written);
        }
        assert_eq!(DateTime::utc(1_268_814_496).unwrap().to_string(), "Wed, 17 Mar 2010 08:28:16 +0000");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "31 Feb 2020 00:00:00 +0000",
            "1 Jan 2020 25:00 +0000",
            "1 J 2020 1:00",
            "32 Jan 2020 00:00",
        ] {
            assert_eq!(DateTime::parse(text), None, "{text}");
        }
    }
}

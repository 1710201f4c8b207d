//! The components, properties and parameters that may be written.

/// What the value of a property is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text, escaped as both formats escape it.
    Text,
    /// Words, numbers, times, and what separates them.
    Plain,
    /// How often something is repeated.
    Rule,
    /// An address of a person: `mailto:`.
    Person,
    /// The address of a page.
    Link,
    /// A picture in the card.
    Picture,
    /// How a Japanese telephone says a name: text, in spite of its name.
    Reading,
}

/// Components, each with those it may stand in. The outermost has none.
const COMPONENTS: &[(&str, &[&str])] = &[
    ("DAYLIGHT", &["VTIMEZONE"]),
    ("STANDARD", &["VTIMEZONE"]),
    ("VALARM", &["VEVENT", "VTODO"]),
    ("VEVENT", &["VCALENDAR"]),
    ("VFREEBUSY", &["VCALENDAR"]),
    ("VJOURNAL", &["VCALENDAR"]),
    ("VTIMEZONE", &["VCALENDAR"]),
    ("VTODO", &["VCALENDAR"]),
];

/// The component `name`, if it may stand in `parent`.
pub(super) fn component(name: &str, parent: Option<&str>) -> Option<&'static str> {
    match parent {
        None => ["VCALENDAR", "VCARD"].into_iter().find(|known| *known == name),
        Some(parent) => {
            let found =
                COMPONENTS.iter().find(|(known, parents)| *known == name && parents.contains(&parent));
            found.map(|(known, _)| *known)
        }
    }
}

/// Properties of calendars. Sorted.
const CALENDAR: &[(&str, Value)] = &[
    ("ACTION", Value::Plain),
    ("ATTENDEE", Value::Person),
    ("CALSCALE", Value::Plain),
    ("CATEGORIES", Value::Text),
    ("CLASS", Value::Plain),
    ("COLOR", Value::Plain),
    ("COMMENT", Value::Text),
    ("COMPLETED", Value::Plain),
    ("CONTACT", Value::Text),
    ("CREATED", Value::Plain),
    ("DESCRIPTION", Value::Text),
    ("DTEND", Value::Plain),
    ("DTSTAMP", Value::Plain),
    ("DTSTART", Value::Plain),
    ("DUE", Value::Plain),
    ("DURATION", Value::Plain),
    ("EXDATE", Value::Plain),
    ("EXRULE", Value::Rule),
    ("FREEBUSY", Value::Plain),
    ("GEO", Value::Plain),
    ("LAST-MODIFIED", Value::Plain),
    ("LOCATION", Value::Text),
    ("METHOD", Value::Plain),
    ("NAME", Value::Text),
    ("ORGANIZER", Value::Person),
    ("PERCENT-COMPLETE", Value::Plain),
    ("PRIORITY", Value::Plain),
    ("PRODID", Value::Text),
    ("RDATE", Value::Plain),
    ("RECURRENCE-ID", Value::Plain),
    ("RELATED-TO", Value::Text),
    ("REPEAT", Value::Plain),
    ("RESOURCES", Value::Text),
    ("RRULE", Value::Rule),
    ("SEQUENCE", Value::Plain),
    ("STATUS", Value::Plain),
    ("SUMMARY", Value::Text),
    ("TRANSP", Value::Plain),
    ("TRIGGER", Value::Plain),
    ("TZID", Value::Text),
    ("TZNAME", Value::Text),
    ("TZOFFSETFROM", Value::Plain),
    ("TZOFFSETTO", Value::Plain),
    ("UID", Value::Text),
    ("URL", Value::Link),
    ("VERSION", Value::Plain),
    ("X-WR-CALDESC", Value::Text),
    ("X-WR-CALNAME", Value::Text),
    ("X-WR-TIMEZONE", Value::Text),
];

/// Properties of cards. Sorted.
const CARD: &[(&str, Value)] = &[
    ("ADR", Value::Text),
    ("ANNIVERSARY", Value::Plain),
    ("BDAY", Value::Plain),
    ("CATEGORIES", Value::Text),
    ("EMAIL", Value::Text),
    ("FN", Value::Text),
    ("GENDER", Value::Text),
    ("GEO", Value::Text),
    ("KIND", Value::Plain),
    ("LABEL", Value::Text),
    ("LANG", Value::Plain),
    ("LOGO", Value::Picture),
    ("N", Value::Text),
    ("NICKNAME", Value::Text),
    ("NOTE", Value::Text),
    ("ORG", Value::Text),
    ("PHOTO", Value::Picture),
    ("REV", Value::Plain),
    ("ROLE", Value::Text),
    ("SORT-STRING", Value::Text),
    ("SOUND", Value::Reading),
    ("TEL", Value::Text),
    ("TITLE", Value::Text),
    ("TZ", Value::Text),
    ("UID", Value::Text),
    ("URL", Value::Link),
    ("VERSION", Value::Plain),
    ("X-PHONETIC-FIRST-NAME", Value::Text),
    ("X-PHONETIC-LAST-NAME", Value::Text),
    ("X-PHONETIC-MIDDLE-NAME", Value::Text),
    ("X-PHONETIC-ORG", Value::Text),
];

/// The property `name` of a calendar or card, under its own name, and what its value is.
pub(super) fn property(root: &str, name: &str) -> Option<(&'static str, Value)> {
    let list = if root == "VCARD" { CARD } else { CALENDAR };
    let index = list.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    list.get(index).copied()
}

/// Parameters that say how a value is to be read, or who a person is. None of them holds an address.
const PARAMETERS: &[&str] = &[
    "CN", "CUTYPE", "FBTYPE", "LANGUAGE", "PARTSTAT", "PREF", "RANGE", "RELATED", "RELTYPE", "ROLE", "RSVP",
    "SORT-AS", "TYPE", "TZID", "VALUE",
];

/// The parameter `name`, under its own name.
pub(super) fn parameter(name: &str) -> Option<&'static str> {
    PARAMETERS.iter().copied().find(|known| *known == name)
}

/// Kinds of values that are neither addresses nor bytes.
pub(super) fn is_value_type(kind: &str) -> bool {
    ["DATE", "DATE-TIME", "DATE-AND-OR-TIME", "DURATION", "PERIOD", "TEXT", "TIME", "UTC-OFFSET"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(CALENDAR.is_sorted_by_key(|(name, _)| *name));
        assert!(CARD.is_sorted_by_key(|(name, _)| *name));
    }
}

//! What may be written: lines whose names and parameters stand in these tables.

/// A calendar or contacts.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) lines: Vec<Line>,
}

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Of [`COMPONENTS`] behind `BEGIN` and `END`, else of a table of properties.
    pub(super) name: &'static str,
    pub(super) parameters: Vec<(&'static str, String)>,
    pub(super) value: String,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text for people.
    Text,
    /// Dates, numbers, offsets, words of the RFC.
    Plain,
    /// When something repeats.
    Rule,
    /// An address of the web.
    Link,
    /// An address of mail.
    Mail,
}

use Value::{Link, Mail, Plain, Rule, Text};

/// Components that are kept.
pub(super) const COMPONENTS: [&str; 10] = [
    "VCALENDAR",
    "VEVENT",
    "VTODO",
    "VJOURNAL",
    "VFREEBUSY",
    "VTIMEZONE",
    "STANDARD",
    "DAYLIGHT",
    "VALARM",
    "VCARD",
];

/// Properties of calendars.
pub(super) const CALENDAR: [(&str, Value); 48] = [
    ("ACTION", Plain),
    ("ATTENDEE", Mail),
    ("CALSCALE", Plain),
    ("CATEGORIES", Text),
    ("CLASS", Plain),
    ("COMMENT", Text),
    ("COMPLETED", Plain),
    ("CONTACT", Text),
    ("CREATED", Plain),
    ("DESCRIPTION", Text),
    ("DTEND", Plain),
    ("DTSTAMP", Plain),
    ("DTSTART", Plain),
    ("DUE", Plain),
    ("DURATION", Plain),
    ("EXDATE", Plain),
    ("EXRULE", Rule),
    ("FREEBUSY", Plain),
    ("GEO", Plain),
    ("LAST-MODIFIED", Plain),
    ("LOCATION", Text),
    ("METHOD", Plain),
    ("NAME", Text),
    ("ORGANIZER", Mail),
    ("PERCENT-COMPLETE", Plain),
    ("PRIORITY", Plain),
    ("PRODID", Text),
    ("RDATE", Plain),
    ("RECURRENCE-ID", Plain),
    ("REPEAT", Plain),
    ("REQUEST-STATUS", Text),
    ("RESOURCES", Text),
    ("RRULE", Rule),
    ("SEQUENCE", Plain),
    ("STATUS", Plain),
    ("SUMMARY", Text),
    ("TRANSP", Plain),
    ("TRIGGER", Plain),
    ("TZID", Text),
    ("TZNAME", Text),
    ("TZOFFSETFROM", Plain),
    ("TZOFFSETTO", Plain),
    ("UID", Text),
    ("URL", Link),
    ("VERSION", Plain),
    ("X-WR-CALDESC", Text),
    ("X-WR-CALNAME", Text),
    ("X-WR-TIMEZONE", Text),
];

/// Properties of contacts.
pub(super) const CONTACT: [(&str, Value); 30] = [
    ("ADR", Text),
    ("ANNIVERSARY", Plain),
    ("BDAY", Plain),
    ("CATEGORIES", Text),
    ("CLASS", Plain),
    ("EMAIL", Text),
    ("FN", Text),
    ("GENDER", Text),
    ("GEO", Plain),
    ("KIND", Plain),
    ("LABEL", Text),
    ("LANG", Plain),
    ("MAILER", Text),
    ("N", Text),
    ("NAME", Text),
    ("NICKNAME", Text),
    ("NOTE", Text),
    ("ORG", Text),
    ("PRODID", Text),
    ("REV", Plain),
    ("ROLE", Text),
    ("SORT-STRING", Text),
    ("TEL", Text),
    ("TITLE", Text),
    ("TZ", Text),
    ("UID", Text),
    ("URL", Link),
    ("VERSION", Plain),
    ("X-PHONETIC-FIRST-NAME", Text),
    ("X-PHONETIC-LAST-NAME", Text),
];

/// Parameters that say how a value is meant; those that name addresses or encodings are not among them.
pub(super) const PARAMETERS: [&str; 18] = [
    "ALTID",
    "CN",
    "CUTYPE",
    "FBTYPE",
    "LANGUAGE",
    "PARTSTAT",
    "PREF",
    "RANGE",
    "RELATED",
    "RELTYPE",
    "ROLE",
    "RSVP",
    "SORT-AS",
    "TYPE",
    "TZID",
    "VALUE",
    "X-PHONETIC",
    "X-SERVICE",
];

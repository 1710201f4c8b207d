/// A date and time as ZIP keeps them: local time, two-second steps, 1980 to 2107.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DosTime {
    date: u16,
    time: u16,
}

impl DosTime {
    /// 1980-01-01 00:00:00, which stands where no time is kept.
    pub(crate) const EPOCH: Self = Self { date: 1 << 5 | 1, time: 0 };

    /// The two fields as they stand in a header, sane or not.
    pub(crate) fn from_fields(date: u16, time: u16) -> Self {
        Self { date, time }
    }

    /// The date field.
    pub(crate) fn date(self) -> u16 {
        self.date
    }

    /// The time field.
    pub(crate) fn time(self) -> u16 {
        self.time
    }

    /// True when every part is in its range and the day is one its month has.
    pub(crate) fn is_valid(self) -> bool {
        let year = 1980 + (self.date >> 9);
        let month = self.date >> 5 & 15;
        let day = self.date & 31;
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        let (hour, minute, second) = (self.time >> 11, self.time >> 5 & 63, (self.time & 31) * 2);
        (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60
    }

    /// The same time where it is one, else [`DosTime::EPOCH`].
    pub(crate) fn clamped(self) -> Self {
        if self.is_valid() { self } else { Self::EPOCH }
    }
}

//! Where every object stands: a list sorted by number, small and quick to search.

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Free,
    /// In the file, at this offset.
    File(usize),
    /// In this object stream, at this index.
    Stream(u32, u32),
}

/// Objects by number. Their places in the list stand for them where a list runs beside it.
#[derive(Debug, Default)]
pub(crate) struct Places(Vec<(u32, Where)>);

impl Places {
    /// Of the entries with one number the first counts; also says how many of the others stand elsewhere.
    pub(crate) fn first_of_each(mut entries: Vec<(u32, Where)>) -> (Self, u64) {
        // The sort is stable, and quick where the list is sorted already.
        entries.sort_by_key(|(number, _)| *number);
        let mut shadowed = 0;
        entries.dedup_by(|later, first| {
            let same = later.0 == first.0;
            shadowed += u64::from(same && later.1 != first.1 && later.1 != Where::Free);
            same
        });
        entries.shrink_to_fit();
        (Self(entries), shadowed)
    }

    /// Of the entries with one number the last counts; also says whether there were others.
    pub(crate) fn last_of_each(mut entries: Vec<(u32, Where)>) -> (Self, bool) {
        entries.reverse();
        let count = entries.len();
        let (places, _) = Self::first_of_each(entries);
        let others = places.0.len() < count;
        (places, others)
    }

    /// Adds entries, of which the last with a number counts, for numbers that do not stand in the file itself.
    pub(crate) fn add(&mut self, entries: Vec<(u32, Where)>) {
        let (newer, _) = Self::last_of_each(entries);
        let newer =
            newer.0.into_iter().filter(|(number, _)| !matches!(self.get(*number), Some(Where::File(_))));
        let both: Vec<(u32, Where)> = newer.chain(self.0.iter().copied()).collect();
        *self = Self::first_of_each(both).0;
    }

    /// The place in the list of the object with this number.
    pub(crate) fn index(&self, number: u32) -> Option<usize> {
        // In most files the list has no gaps.
        let first = self.0.first()?.0;
        let guess = usize::try_from(number.checked_sub(first)?).ok()?;
        match self.0.get(guess) {
            Some((found, _)) if *found == number => Some(guess),
            _ => self.0.binary_search_by_key(&number, |(number, _)| *number).ok(),
        }
    }

    pub(crate) fn get(&self, number: u32) -> Option<Where> {
        self.0.get(self.index(number)?).map(|(_, place)| *place)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Where)> {
        self.0.iter().copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_entry_of_a_number_counts_and_what_it_replaced_is_counted() {
        let file = Where::File;
        let entries = vec![(3, file(30)), (1, file(10)), (3, file(31)), (1, file(10)), (9, Where::Free)];
        let (places, shadowed) = Places::first_of_each(entries);
        assert_eq!((places.get(3), places.get(1), places.get(2)), (Some(file(30)), Some(file(10)), None));
        assert_eq!(
            (places.get(9), places.index(9), places.len(), shadowed),
            (Some(Where::Free), Some(2), 3, 1)
        );
    }

    #[test]
    fn members_of_object_streams_do_not_replace_objects_of_the_file() {
        let (mut places, others) = Places::last_of_each(vec![(1, Where::File(5)), (1, Where::File(6))]);
        places.add(vec![(1, Where::Stream(7, 0)), (2, Where::Stream(7, 1)), (2, Where::Stream(8, 0))]);
        assert!(others);
        assert_eq!((places.get(1), places.get(2)), (Some(Where::File(6)), Some(Where::Stream(8, 0))));
    }
}

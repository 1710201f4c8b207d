//! The purse of one run: everything is paid for here before it is used.
//!
//! One budget serves the file that was given and every document nested in it, from any number of threads.
//! The first limit that trips stays tripped, so that no later step can go on with what is left.

use std::{
    cmp::Reverse,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering},
        mpsc,
    },
    time::Instant,
};

use rayon::prelude::*;

use crate::{
    error::Error,
    limits::{Limits, Resource},
};

/// A flag with which another thread ends a run early.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag that is not set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends every run that was given this flag, at its next check.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once [`Cancel::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The threads that make items ahead of the one that needs them.
#[derive(Clone, Copy)]
pub struct Helpers<'p, 'e>(Option<&'p rayon::Scope<'e>>);

/// Items of which something is made: by whoever asks for it, or by threads that have begun.
pub enum Making<I, O> {
    /// They wait for whoever asks.
    Waiting(Vec<I>),
    /// They come from other threads.
    Coming(mpsc::Receiver<Vec<O>>),
}

impl<'e> Helpers<'_, 'e> {
    /// True where there are threads besides this one.
    pub fn are_there(self) -> bool {
        self.0.is_some()
    }

    /// Has `make` begun with `items`, where there are threads to do it, each with a tool of its own.
    pub fn begin<I, O, T>(
        self,
        items: Vec<I>,
        make: impl Fn(&mut T, I) -> O + Send + Sync + 'e,
    ) -> Making<I, O>
    where
        I: Send + 'e,
        O: Send + 'e,
        T: Default + Send,
    {
        let Some(scope) = self.0 else { return Making::Waiting(items) };
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move |_| {
            // Who does not listen any more has met an error.
            let _ = sender.send(items.into_par_iter().map_init(T::default, make).collect());
        });
        Making::Coming(receiver)
    }
}

impl<I, O> Making<I, O> {
    /// What was made of the items, in their order; an error where a thread was lost.
    pub fn end(self, make: impl FnMut(I) -> O) -> Result<Vec<O>, Error> {
        match self {
            Self::Waiting(items) => Ok(items.into_iter().map(make).collect()),
            Self::Coming(receiver) => receiver.recv().map_err(|_| Error::Internal("a thread was lost")),
        }
    }
}

/// What `make` gives of each of `items`, in their order, on the threads of `pool`. They take the heaviest first, and
/// then whatever is next, so that none is still at a large one when all else is done.
pub(crate) fn on_all<T: Sync, R: Send>(
    pool: &rayon::ThreadPool,
    items: &[T],
    weight: impl Fn(&T) -> u64,
    make: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<(usize, &T)> = items.iter().enumerate().collect();
    order.sort_by_key(|(_, item)| Reverse(weight(item)));
    let one = |(index, item)| (index, make(item));
    let mut made: Vec<(usize, R)> = pool.install(|| order.into_iter().par_bridge().map(one).collect());
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, answer)| answer).collect()
}

/// What one run has used, and may still use.
#[derive(Debug)]
pub struct Budget {
    limits: Limits,
    input_bytes: u64,
    expanded: AtomicU64,
    members: AtomicU64,
    objects: AtomicU64,
    deadline: Option<Instant>,
    cancel: Cancel,
    tripped: AtomicU8,
    /// Threads the run may use beside its own.
    pool: Option<Arc<rayon::ThreadPool>>,
    /// Large buffers that nobody needs any more, for the next who does: memory that is new is slow.
    spare: Mutex<Vec<Vec<u8>>>,
    /// The same for lists of numbers.
    spare_words: Mutex<Vec<Vec<u32>>>,
    #[cfg(test)]
    fuse: fuse::Fuse,
}

/// Buffers of this size and above are kept for the next who needs one.
const WORTH_KEEPING: usize = 64 << 10;

/// Buffers up to this size get a little more room than was asked for.
const LARGEST_WITH_MORE: usize = 256 << 20;

/// How many are kept: what one part of a package needs at a time.
const KEPT: usize = 3;

/// Figures of a finished run, for the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Used {
    /// Bytes that decoders put out.
    pub expanded_bytes: u64,
    /// Archive members and package parts.
    pub members: u64,
    /// Elements, objects, records and operators.
    pub objects: u64,
}

/// The order in which tripped resources are encoded in [`Budget::tripped`].
const RESOURCES: [Resource; 13] = [
    Resource::InputBytes,
    Resource::ExpandedBytes,
    Resource::ExpansionRatio,
    Resource::BufferBytes,
    Resource::Depth,
    Resource::Members,
    Resource::TreeDepth,
    Resource::Attributes,
    Resource::Objects,
    Resource::Pixels,
    Resource::Frames,
    Resource::Time,
    Resource::Cancelled,
];

impl Budget {
    /// A full purse for an input of `input_bytes`.
    pub fn new(limits: &Limits, input_bytes: u64, cancel: Cancel) -> Self {
        Self {
            limits: limits.clone(),
            input_bytes,
            expanded: AtomicU64::new(0),
            members: AtomicU64::new(0),
            objects: AtomicU64::new(0),
            deadline: limits.timeout().and_then(|timeout| Instant::now().checked_add(timeout)),
            cancel,
            tripped: AtomicU8::new(0),
            pool: None,
            spare: Mutex::default(),
            spare_words: Mutex::default(),
            #[cfg(test)]
            fuse: fuse::Fuse::default(),
        }
    }

    /// The budget with these threads.
    pub(crate) fn on(mut self, pool: Option<&Arc<rayon::ThreadPool>>) -> Self {
        self.pool = pool.cloned();
        self
    }

    /// Calls `check` with each of `items`, on all threads of the run where this is not one of its parts already; the
    /// first error in the order of the items is the one returned. `weight` says about how long one takes.
    pub fn each<T: Sync>(
        &self,
        items: &[T],
        weight: impl Fn(&T) -> u64,
        check: impl Fn(&T) -> Result<(), Error> + Sync,
    ) -> Result<(), Error> {
        self.of_each(items, weight, check).map(|_: Vec<()>| ())
    }

    /// What `make` gives of every item, in their order, on all threads of the run; the first error where there is one.
    /// `weight` says how long an item takes beside the others.
    pub fn of_each<T: Sync, R: Send>(
        &self,
        items: &[T],
        weight: impl Fn(&T) -> u64,
        make: impl Fn(&T) -> Result<R, Error> + Sync,
    ) -> Result<Vec<R>, Error> {
        match self.free_pool().filter(|_| items.len() > 1) {
            Some(pool) => on_all(pool, items, weight, make).into_iter().collect(),
            None => items.iter().map(make).collect(),
        }
    }

    /// How many threads the run may use at once: one where this is one of its parts already.
    pub fn threads(&self) -> usize {
        self.free_pool().map_or(1, |pool| pool.current_num_threads())
    }

    /// The threads of the run, unless this is one of them: a thread of the pool that waited for others would take
    /// their work onto its own stack.
    fn free_pool(&self) -> Option<&rayon::ThreadPool> {
        self.pool.as_deref().filter(|pool| pool.current_thread_index().is_none())
    }

    /// Does `work`, for which the threads of the run make items ahead of it.
    pub fn ahead<'e, R>(&'e self, work: impl FnOnce(Helpers<'_, 'e>) -> R) -> R {
        match self.free_pool() {
            Some(pool) => pool.in_place_scope(|scope| work(Helpers(Some(scope)))),
            None => work(Helpers(None)),
        }
    }

    /// The budget with the fuse that the test at work has set.
    #[cfg(test)]
    pub(crate) fn fused(mut self) -> Self {
        self.fuse = fuse::set_here();
        self
    }

    /// The limits this run was given.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Pays for `count` bytes that a decoder is about to put out.
    pub fn expand(&self, count: u64) -> Result<(), Error> {
        self.check()?;
        let total = self.expanded.fetch_add(count, Ordering::Relaxed).saturating_add(count);
        if total <= self.most_expanded() {
            return Ok(());
        }
        let is_absolute = total > self.limits.expanded_bytes;
        Err(self.trip(if is_absolute { Resource::ExpandedBytes } else { Resource::ExpansionRatio }))
    }

    /// Pays for what a buffer grew by, from `before` bytes to `after`. No buffer may be larger than its limit.
    pub fn expand_buffer(&self, before: usize, after: usize) -> Result<(), Error> {
        let most = self.limits.buffer_bytes;
        self.expand((after as u64).min(most).saturating_sub(before as u64))?;
        if after as u64 > most { Err(self.trip(Resource::BufferBytes)) } else { Ok(()) }
    }

    /// Pays for `count` archive members or package parts.
    pub fn members(&self, count: u64) -> Result<(), Error> {
        self.charge(&self.members, count, self.limits.members, Resource::Members)
    }

    /// Pays for `count` elements, objects, records or operators. Also looks at the clock, so that a loop
    /// over the input which charges objects ends in time.
    pub fn objects(&self, count: u64) -> Result<(), Error> {
        self.charge(&self.objects, count, self.limits.objects, Resource::Objects)
    }

    /// An empty buffer with room for `len` bytes, paid for as expansion.
    pub fn buffer(&self, len: u64) -> Result<Vec<u8>, Error> {
        self.expand(len)?;
        self.reserve(len)
    }

    /// An empty buffer with room for `len` bytes that were already paid for, or are output.
    pub fn reserve(&self, len: u64) -> Result<Vec<u8>, Error> {
        self.room(len, self.limits.buffer_bytes, Resource::BufferBytes)
    }

    /// An empty buffer with room for `len` bytes of an output file. Its parts were paid for one by one and none
    /// is over the limit of a buffer; all together may be as much as an input or an expansion.
    pub fn output(&self, len: u64) -> Result<Vec<u8>, Error> {
        if len <= self.limits.buffer_bytes {
            return self.reserve(len);
        }
        self.room(len, self.limits.expanded_bytes.max(self.limits.input_bytes), Resource::ExpandedBytes)
    }

    /// Room for `more` bytes in a buffer that becomes an output.
    pub fn grow(&self, buffer: &mut Vec<u8>, more: u64) -> Result<(), Error> {
        #[cfg(test)]
        if self.fuse.blows_at_reservation() {
            return Err(self.trip(Resource::BufferBytes));
        }
        let limit = self.limits.buffer_bytes.max(self.limits.expanded_bytes).max(self.limits.input_bytes);
        if (buffer.len() as u64).saturating_add(more) > limit {
            return Err(self.trip(Resource::ExpandedBytes));
        }
        let more = usize::try_from(more).map_err(|_| self.trip(Resource::BufferBytes))?;
        buffer.try_reserve(more).map_err(|_| self.trip(Resource::BufferBytes))
    }

    /// An empty buffer with room for `len` bytes, where that is no more than `limit`.
    fn room(&self, len: u64, limit: u64, resource: Resource) -> Result<Vec<u8>, Error> {
        #[cfg(test)]
        if self.fuse.blows_at_reservation() {
            return Err(self.trip(Resource::BufferBytes));
        }
        if len > limit {
            return Err(self.trip(resource));
        }
        let len = usize::try_from(len).map_err(|_| self.trip(Resource::BufferBytes))?;
        let mut room = len;
        if len >= WORTH_KEEPING {
            if let Some(spare) = self.take_spare(len) {
                return Ok(spare);
            }
            if len <= LARGEST_WITH_MORE {
                // Parts of a document are about as large as each other: a little more room serves the next.
                room = len.saturating_add(len / 8);
            }
        }
        let mut buffer = Vec::new();
        buffer.try_reserve_exact(room).map_err(|_| self.trip(Resource::BufferBytes))?;
        Ok(buffer)
    }

    /// Takes a buffer back that [`Budget::reserve`] gave.
    pub fn give_back(&self, mut buffer: Vec<u8>) {
        if buffer.capacity() < WORTH_KEEPING {
            return;
        }
        buffer.clear();
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < KEPT {
            spare.push(buffer);
        }
    }

    /// An empty list with room for about `len` numbers: the room that lists had before it, where there were any.
    pub(crate) fn words(&self, len: usize) -> Vec<u32> {
        if len < WORTH_KEEPING / 4 {
            return Vec::with_capacity(len);
        }
        let spare = self.spare_words.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| Vec::with_capacity(len))
    }

    /// Takes a list back that [`Budget::words`] gave.
    pub(crate) fn give_back_words(&self, mut words: Vec<u32>) {
        if words.capacity() < WORTH_KEEPING / 4 {
            return;
        }
        words.clear();
        let mut spare = self.spare_words.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < KEPT {
            spare.push(words);
        }
    }

    /// A spare buffer with room for `len` bytes: the last that was given back, which most likely was written to, so
    /// that its memory is there. Where none has, one is freed, so that what is kept does not stand beside what is
    /// needed.
    fn take_spare(&self, len: usize) -> Option<Vec<u8>> {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        match spare.iter().rposition(|buffer| buffer.capacity() >= len) {
            Some(index) => Some(spare.remove(index)),
            None => {
                spare.pop();
                None
            }
        }
    }

    /// Pays for a picture of `width` × `height` pixels of `bits` bits each; returns their number.
    pub fn pixels(&self, width: u32, height: u32, bits: u32) -> Result<u64, Error> {
        self.check()?;
        let pixels = self.limits.picture(width.into(), height.into(), bits);
        pixels.ok_or_else(|| self.trip(Resource::Pixels))
    }

    /// Checks a depth of elements, groups, dictionaries or the like inside one document.
    pub fn tree_depth(&self, depth: u32) -> Result<(), Error> {
        if depth > self.limits.xml_depth { Err(self.trip(Resource::TreeDepth)) } else { Ok(()) }
    }

    /// Fails when the run is over: a limit tripped before, the time is up, or the caller cancelled.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(resource) = self.tripped() {
            return Err(Error::Limit(resource));
        }
        if self.cancel.is_cancelled() {
            return Err(self.trip(Resource::Cancelled));
        }
        #[cfg(test)]
        if self.fuse.blows_at_check() {
            return Err(self.trip(Resource::Time));
        }
        match self.deadline {
            Some(deadline) if Instant::now() >= deadline => Err(self.trip(Resource::Time)),
            _ => Ok(()),
        }
    }

    /// Marks `resource` as used up and returns the error that says so. The first mark stays.
    pub fn trip(&self, resource: Resource) -> Error {
        let code = RESOURCES.iter().position(|known| *known == resource).map_or(0, |index| index as u8 + 1);
        match self.tripped.compare_exchange(0, code, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => Error::Limit(resource),
            Err(_) => Error::Limit(self.tripped().unwrap_or(resource)),
        }
    }

    /// The limit that ended the run, if one did.
    pub fn tripped(&self) -> Option<Resource> {
        let code = usize::from(self.tripped.load(Ordering::Relaxed));
        RESOURCES.get(code.checked_sub(1)?).copied()
    }

    /// The largest expansion at which no limit trips.
    fn most_expanded(&self) -> u64 {
        let Limits { expanded_bytes, expansion_ratio, expansion_ratio_from, .. } = self.limits;
        let by_ratio = self.input_bytes.saturating_add(1).saturating_mul(expansion_ratio.max(1)) - 1;
        expanded_bytes.min(by_ratio.max(expansion_ratio_from))
    }

    /// What the run has used so far.
    pub fn used(&self) -> Used {
        Used {
            // How far over a limit it was that tripped depends on the size of the buffers at hand.
            expanded_bytes: self.expanded.load(Ordering::Relaxed).min(self.most_expanded()),
            members: self.members.load(Ordering::Relaxed),
            objects: self.objects.load(Ordering::Relaxed),
        }
    }

    fn charge(&self, counter: &AtomicU64, count: u64, limit: u64, resource: Resource) -> Result<(), Error> {
        self.check()?;
        let total = counter.fetch_add(count, Ordering::Relaxed).saturating_add(count);
        if total > limit { Err(self.trip(resource)) } else { Ok(()) }
    }
}

/// Ends a run at a check, or at a reservation of memory, that a test chooses.
#[cfg(test)]
pub(crate) mod fuse {
    use std::{
        cell::RefCell,
        sync::{
            Arc,
            atomic::{AtomicU64, Ordering},
        },
    };

    /// What is left until it blows; shared by the budget and the test that set it.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct Fuse(Option<Arc<[AtomicU64; 2]>>);

    thread_local! {
        static SET: RefCell<Fuse> = RefCell::default();
    }

    impl Fuse {
        /// Runs `work` with a fuse that blows at check `check` or reservation `reservation`, counted from one;
        /// returns how many of each there were.
        pub(crate) fn during(check: u64, reservation: u64, work: impl FnOnce()) -> [u64; 2] {
            let counters = Arc::new([AtomicU64::new(check), AtomicU64::new(reservation)]);
            SET.set(Self(Some(Arc::clone(&counters))));
            work();
            SET.take();
            let [checks, reservations] = &*counters;
            [check - checks.load(Ordering::Relaxed), reservation - reservations.load(Ordering::Relaxed)]
        }

        pub(super) fn blows_at_check(&self) -> bool {
            self.0.as_ref().is_some_and(|counters| spent(&counters[0]))
        }

        pub(super) fn blows_at_reservation(&self) -> bool {
            self.0.as_ref().is_some_and(|counters| spent(&counters[1]))
        }
    }

    fn spent(counter: &AtomicU64) -> bool {
        let left = counter.load(Ordering::Relaxed).saturating_sub(1);
        counter.store(left, Ordering::Relaxed);
        left == 0
    }

    pub(super) fn set_here() -> Fuse {
        SET.with_borrow(Clone::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(limits: Limits) -> Budget {
        Budget::new(&limits, 1_000, Cancel::new())
    }

    #[test]
    fn the_first_limit_that_trips_stays() {
        let budget = budget(Limits { members: 1, ..Limits::default() });
        assert_eq!(budget.members(2), Err(Error::Limit(Resource::Members)));
        assert_eq!(budget.expand(1), Err(Error::Limit(Resource::Members)));
        assert_eq!(budget.trip(Resource::Time), Error::Limit(Resource::Members));
    }

    #[test]
    fn the_ratio_counts_only_past_its_floor() {
        let budget = budget(Limits { expansion_ratio_from: 500_000, ..Limits::default() });
        budget.expand(400_000).unwrap();
        assert_eq!(budget.expand(200_000), Err(Error::Limit(Resource::ExpansionRatio)));
        assert_eq!(
            budget.used().expanded_bytes,
            500_000,
            "how far over the limit it was is nobody's concern"
        );
    }

    #[test]
    fn pixels_of_a_bit_count_as_an_eighth() {
        let of = |width, height, bits| budget(Limits::default()).pixels(width, height, bits);
        assert_eq!(of(u32::MAX, u32::MAX, 1), Err(Error::Limit(Resource::Pixels)));
        assert_eq!(of(10_001, 10_000, 8), Err(Error::Limit(Resource::Pixels)));
        assert_eq!(of(10_001, 10_000, 24), Err(Error::Limit(Resource::Pixels)));
        assert_eq!(of(10_000, 10_000, 24), Ok(100_000_000));
        assert_eq!(of(80_000, 10_000, 1), Ok(800_000_000));
        assert_eq!(of(80_001, 10_001, 1), Err(Error::Limit(Resource::Pixels)));
    }

    #[test]
    fn a_cancelled_run_ends_at_its_next_check() {
        let cancel = Cancel::new();
        let budget = Budget::new(&Limits::default(), 0, cancel.clone());
        budget.check().unwrap();
        cancel.cancel();
        assert_eq!(budget.objects(1), Err(Error::Limit(Resource::Cancelled)));
    }

    #[test]
    fn the_first_error_in_order_is_returned_whatever_the_threads() {
        let pool = Arc::new(rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap());
        let items: Vec<u32> = (0..1_000).collect();
        let seen = AtomicU64::new(0);
        let check = |item: &u32| {
            seen.fetch_add(1, Ordering::Relaxed);
            if item % 300 == 299 {
                Err(Error::Internal(if *item == 299 { "first" } else { "later" }))
            } else {
                Ok(())
            }
        };
        for pool in [None, Some(&pool)] {
            let budget = budget(Limits::default()).on(pool);
            assert_eq!(budget.each(&items, |item| (*item).into(), check), Err(Error::Internal("first")));
            // Inside a part nothing waits for other threads.
            let inside = || budget.each(&items, |item| (*item).into(), check);
            assert_eq!(pool.map_or_else(inside, |pool| pool.install(inside)), Err(Error::Internal("first")));
        }
        seen.store(0, Ordering::Relaxed);
        budget(Limits::default()).on(Some(&pool)).each(&items, |_| 1, |_| check(&0)).unwrap();
        assert_eq!(seen.into_inner(), 1_000);
    }
}

//! Work on many items at a time, answers in their order.

use std::{
    collections::BTreeMap,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// How far workers may run ahead of the oldest item that is not done. Bounds the answers that wait, and
/// with them memory and open files.
const AHEAD: usize = 256;

/// The engine recurses from document to nested document; that needs more than a thread's usual stack.
const STACK: usize = 16 << 20;

/// Calls `work` on every item, on `workers` threads, and `done` on every answer in the order of the items.
/// An item whose work panicked gives `None`.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(&T, Option<R>),
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let finished = Mutex::new(0_usize);
    let moved = Condvar::new();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let mut spawned = Ok(());
        for index in 0..workers.max(1) {
            let sender = sender.clone();
            let (next, finished, moved, work) = (&next, &finished, &moved, &work);
            let worker = move || loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(index) else { return };
                let guard = finished.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = moved.wait_while(guard, |finished| index >= *finished + AHEAD);
                drop(waited);
                let answer = catch_unwind(AssertUnwindSafe(|| work(item))).ok();
                if sender.send((index, answer)).is_err() {
                    return;
                }
            };
            let builder = thread::Builder::new().name(format!("file-{index}")).stack_size(STACK);
            if let Err(error) = builder.spawn_scoped(scope, worker) {
                // One thread is enough to go on with.
                spawned = if index == 0 { Err(error) } else { Ok(()) };
                break;
            }
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut expected = 0;
        for (index, answer) in receiver {
            waiting.insert(index, answer);
            while let Some(answer) = waiting.remove(&expected) {
                if let Some(item) = items.get(expected) {
                    done(item, answer);
                }
                expected += 1;
            }
            *finished.lock().unwrap_or_else(PoisonError::into_inner) = expected;
            moved.notify_all();
        }
        spawned
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn answers_come_in_order_even_when_the_first_is_slow() {
        let items: Vec<usize> = (0..1_000).collect();
        let mut seen = Vec::new();
        let work = |item: &usize| {
            if *item == 0 {
                thread::sleep(Duration::from_millis(50));
            }
            item * 2
        };
        in_order(&items, 4, work, |item, answer| seen.push((*item, answer))).unwrap();
        assert!(seen.iter().enumerate().all(|(index, seen)| *seen == (index, Some(index * 2))));
        assert_eq!(seen.len(), 1_000);
    }

    #[test]
    fn work_that_panics_does_not_stop_the_rest() {
        let mut seen = Vec::new();
        let work = |item: &u32| if *item == 1 { panic!("on purpose") } else { *item };
        in_order(&[0, 1, 2], 2, work, |_, answer| seen.push(answer)).unwrap();
        assert_eq!(seen, [Some(0), None, Some(2)]);
    }
}

//! Room on the stack. A caller's thread may have as little as musl or a host's pool gives it; documents are
//! nested in each other, each on its parent's stack.

/// What must be free on the calling thread for the work to be done there. The deepest nesting the limits allow
/// takes less, as `tests/stack.rs` shows; the eight MiB that most systems give a thread are more.
const NEEDED: usize = 4 << 20;

/// What is set up where less is free.
const SEGMENT: usize = 16 << 20;

/// Runs `work` where it has room.
pub fn with_room<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(NEEDED, SEGMENT, work)
}

//! The bytes of many streams in few buffers. A buffer is let go when all that stands in it was written, while what
//! is written grows: streams on their own would leave holes that nobody else fits into.

use crate::toolkits::codec::flate;

/// How large a buffer is at first, and at most.
const SMALLEST: usize = 64 << 10;
const LARGEST: usize = 4 << 20;

/// Where a stream stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    buffer: usize,
    start: usize,
    len: usize,
}

/// Streams, kept until they are written.
#[derive(Debug, Default)]
pub(super) struct Store {
    buffers: Vec<Buffer>,
    /// The buffer that is being filled.
    open: Option<usize>,
    bytes: usize,
}

#[derive(Debug)]
struct Buffer {
    bytes: Vec<u8>,
    /// How many streams stand in it that were not let go.
    streams: usize,
}

impl Store {
    pub(super) fn keep(&mut self, bytes: Vec<u8>) -> Place {
        let len = bytes.len();
        self.bytes += len;
        if len >= SMALLEST {
            self.buffers.push(Buffer { bytes, streams: 1 });
            return Place { buffer: self.buffers.len() - 1, start: 0, len };
        }
        let room = |buffer: &Buffer| buffer.bytes.capacity() - buffer.bytes.len() >= len;
        let open = match self.open.filter(|open| self.buffers.get(*open).is_some_and(room)) {
            Some(open) => open,
            None => {
                let capacity = self.bytes.clamp(SMALLEST, LARGEST);
                self.buffers.push(Buffer { bytes: Vec::with_capacity(capacity), streams: 0 });
                self.buffers.len() - 1
            }
        };
        self.open = Some(open);
        let Some(buffer) = self.buffers.get_mut(open) else {
            return Place { buffer: open, start: 0, len: 0 };
        };
        let start = buffer.bytes.len();
        buffer.bytes.extend_from_slice(&bytes);
        buffer.streams += 1;
        flate::give_back(bytes);
        Place { buffer: open, start, len }
    }

    pub(super) fn bytes(&self, place: Place) -> &[u8] {
        let buffer = self.buffers.get(place.buffer);
        buffer.and_then(|buffer| buffer.bytes.get(place.start..place.start + place.len)).unwrap_or_default()
    }

    /// Lets go of a stream that was written.
    pub(super) fn let_go(&mut self, place: Place) {
        if let Some(buffer) = self.buffers.get_mut(place.buffer) {
            buffer.streams = buffer.streams.saturating_sub(1);
            if buffer.streams == 0 {
                buffer.bytes = Vec::new();
            }
        }
    }

    /// How many bytes were kept.
    pub(super) fn len(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_let_go_buffer_by_buffer() {
        let mut store = Store::default();
        let streams: Vec<Vec<u8>> =
            (0..200_u8).map(|index| vec![index; 1000 + 400 * usize::from(index)]).collect();
        let places: Vec<Place> = streams.iter().map(|stream| store.keep(stream.clone())).collect();
        assert_eq!(store.len(), streams.iter().map(Vec::len).sum::<usize>());
        for (stream, place) in streams.iter().zip(&places) {
            assert_eq!(store.bytes(*place), stream.as_slice());
        }
        for (index, place) in places.iter().enumerate() {
            store.let_go(*place);
            let held: usize = store.buffers.iter().map(|buffer| buffer.bytes.len()).sum();
            let rest: usize = streams.iter().skip(index + 1).map(Vec::len).sum();
            assert!(held <= rest + LARGEST);
        }
        assert!(store.buffers.iter().all(|buffer| buffer.bytes.capacity() == 0));
    }
}

//! Prefixes and what they stand for, by scope (Namespaces in XML 1.0).

/// The bindings in force, innermost last. `T` is what a namespace means to whoever reads.
#[derive(Debug)]
pub(crate) struct Namespaces<'a, T> {
    bindings: Vec<Binding<'a, T>>,
    /// One number per state of the bindings: equal numbers mean equal bindings.
    epochs: Vec<(usize, u32)>,
    issued: u32,
}

#[derive(Debug)]
struct Binding<'a, T> {
    prefix: &'a [u8],
    meaning: T,
    depth: usize,
}

impl<'a, T: Copy> Namespaces<'a, T> {
    pub(crate) fn new() -> Self {
        Self { bindings: Vec::new(), epochs: Vec::new(), issued: 0 }
    }

    /// Binds `prefix` (empty for the default namespace) in the element at `depth`.
    pub(crate) fn bind(&mut self, prefix: &'a [u8], meaning: T, depth: usize) {
        self.bindings.push(Binding { prefix, meaning, depth });
        if self.epochs.last().is_none_or(|(at, _)| *at != depth) {
            self.issued = self.issued.wrapping_add(1);
            self.epochs.push((depth, self.issued));
        }
    }

    /// Forgets the bindings of elements at `depth` and below it.
    pub(crate) fn leave(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth) {
            self.bindings.pop();
        }
        while self.epochs.last().is_some_and(|(at, _)| *at >= depth) {
            self.epochs.pop();
        }
    }

    /// What `prefix` means here.
    pub(crate) fn resolve(&self, prefix: &[u8]) -> Option<T> {
        self.bindings.iter().rev().find(|binding| binding.prefix == prefix).map(|binding| binding.meaning)
    }

    /// A number that is the same only while the bindings are the same.
    pub(crate) fn epoch(&self) -> u32 {
        self.epochs.last().map_or(0, |(_, epoch)| *epoch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inner_binding_hides_the_outer_one_until_its_element_ends() {
        let mut namespaces = Namespaces::new();
        namespaces.bind(b"w", 1, 1);
        let outer = namespaces.epoch();
        namespaces.bind(b"w", 2, 3);
        assert_eq!(namespaces.resolve(b"w"), Some(2));
        assert_ne!(namespaces.epoch(), outer);
        namespaces.leave(3);
        assert_eq!((namespaces.resolve(b"w"), namespaces.epoch()), (Some(1), outer));
        assert_eq!(namespaces.resolve(b"x"), None);
    }
}

//! Codes in which none begins another (Huffman 1952): how long each is to be.

/// Lengths of an optimal prefix code for symbols that come about so often, given in rising order; 0 for the only one.
///
/// Two queues: the leaves, and the inner nodes, which come into being in rising order.
pub(crate) fn lengths(counts: impl Iterator<Item = u64>) -> Vec<u32> {
    let leaves: Vec<u64> = counts.collect();
    let count = leaves.len();
    // Parents of all nodes: first the leaves, then the inner nodes in the order they were made.
    let mut parents = vec![0_usize; count * 2];
    let mut inner: Vec<u64> = Vec::with_capacity(count);
    let (mut leaf, mut node) = (0, 0);
    while (count - leaf) + (inner.len() - node) > 1 {
        let mut sum = 0_u64;
        let parent = count + inner.len();
        for _ in 0..2 {
            let from_leaf = match (leaves.get(leaf), inner.get(node)) {
                (Some(a), Some(b)) => a <= b,
                (leaf, _) => leaf.is_some(),
            };
            let child = if from_leaf {
                sum += leaves.get(leaf).copied().unwrap_or(0);
                leaf += 1;
                leaf - 1
            } else {
                sum += inner.get(node).copied().unwrap_or(0);
                node += 1;
                count + node - 1
            };
            if let Some(slot) = parents.get_mut(child) {
                *slot = parent;
            }
        }
        inner.push(sum);
    }
    // Depths from the root, which is the last inner node, downwards.
    let total = count + inner.len();
    let mut depths = vec![0_u32; total];
    for index in (0..total.saturating_sub(1)).rev() {
        let parent = parents.get(index).and_then(|parent| depths.get(*parent)).copied().unwrap_or(0);
        if let Some(depth) = depths.get_mut(index) {
            *depth = parent + 1;
        }
    }
    depths.truncate(count);
    depths
}

/// Shortens codes to `longest` bits, given how many there are of each length (ITU T.81, Figure K.3): two of the longest
/// move up together, one as the brother of a code higher in the tree.
pub(crate) fn shorten(of_length: &mut [u32; 64], longest: usize) {
    let add = |of_length: &mut [u32; 64], length: usize, change: i32| {
        if let Some(count) = of_length.get_mut(length) {
            *count = count.saturating_add_signed(change);
        }
    };
    for length in (longest + 1..64).rev() {
        while of_length.get(length).is_some_and(|count| *count > 0) {
            let brother = of_length.iter().take(length - 1).rposition(|count| *count > 0).unwrap_or(0);
            add(of_length, length, -2);
            add(of_length, length - 1, 1);
            add(of_length, brother, -1);
            add(of_length, brother + 1, 2);
        }
    }
}

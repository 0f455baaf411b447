import AkinVectors

/// The binary tree of hierarchical softmax: frequent words near the root (Huffman 1952; Morin and Bengio 2005; Mikolov
/// et al. 2013).
struct HuffmanCoding {
    /// The inner nodes on the way from the root to each word; there is one inner node fewer than there are words.
    private(set) var paths = RowLists()
    /// For each entry of `paths`, 1 where the way goes on to the left child, the rarer one, and 0 where it goes to the
    /// right.
    private(set) var labels: [Float] = []

    /// - Parameter counts: falling, positive.
    init(counts: [Int]) {
        let leaves = counts.count
        guard leaves > 1 else {
            // A single word is always certain, so its path is empty.
            for _ in counts { paths.append([]) }
            return
        }
        // Leaves from the rarest on and inner nodes in the order in which they were made both rise, so the two smallest
        // are at the fronts.
        var weights = counts + Array(repeating: 0, count: leaves - 1)
        var parent = [Int](repeating: 0, count: 2 * leaves - 1)
        var isRight = [Bool](repeating: false, count: 2 * leaves - 1)
        var (leaf, inner) = (leaves - 1, leaves)
        for made in leaves..<2 * leaves - 1 {
            for side in [false, true] {
                let child: Int
                if leaf >= 0, inner >= made || weights[leaf] <= weights[inner] {
                    child = leaf
                    leaf -= 1
                } else {
                    child = inner
                    inner += 1
                }
                weights[made] += weights[child]
                (parent[child], isRight[child]) = (made, side)
            }
        }
        let root = 2 * leaves - 2
        for word in 0..<leaves {
            var (node, path, turns) = (word, [Int32](), [Float]())
            while node != root {
                path.append(Int32(parent[node] - leaves))
                turns.append(isRight[node] ? 0 : 1)
                node = parent[node]
            }
            paths.append(path.reversed())
            labels.append(contentsOf: turns.reversed())
        }
    }
}

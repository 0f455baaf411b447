/// The links of a graph as pointers, copied into hot loops without reference counting.
///
/// ```
/// base        (nodes, 2M)     level 0, one row a node
/// upperStarts (nodes)         where a node's rows begin in `upper`
/// upper       (Σ levels, M)   a node of level L has L rows: level 1 first
/// ```
/// A row lists node numbers from its start; `none` fills the rest.
struct GraphLinks {
    /// Marks an unused slot.
    static let none = UInt32.max
    /// No node stands higher; with M = 2, the smallest allowed, one node in 2^24 would.
    static let highestLevel = 24
    /// Node numbers stay below this: candidates keep a mark in the top bit.
    static let maximumNodes = 1 << 31

    let connectivity: Int
    let levels: UnsafePointer<UInt8>
    let base: UnsafePointer<UInt32>
    let upperStarts: UnsafePointer<UInt32>
    let upper: UnsafePointer<UInt32>

    /// Slots in a node's list on a level.
    @inline(__always)
    func capacity(level: Int) -> Int { level == 0 ? 2 &* connectivity : connectivity }

    /// A node's list on a level the node has.
    @inline(__always)
    func list(of node: UInt32, level: Int) -> UnsafePointer<UInt32> {
        level == 0
            ? base + Int(node) &* 2 &* connectivity
            : upper + (Int(upperStarts[Int(node)]) &+ level &- 1) &* connectivity
    }

    /// Links in a node's list on a level.
    func degree(of node: UInt32, level: Int) -> Int {
        let list = list(of: node, level: level)
        var count = 0
        while count < capacity(level: level), list[count] != Self.none { count += 1 }
        return count
    }
}

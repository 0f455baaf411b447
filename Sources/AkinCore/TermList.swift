/// The terms of a text in their order, each a run of bytes, in one row so that a loop over many texts allocates nothing.
package struct TermList: Sendable, Hashable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    package init() {}

    package var count: Int { ends.count }

    /// The bytes of a term.
    package subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    package mutating func append(_ term: some Sequence<UInt8>) {
        bytes.append(contentsOf: term)
        ends.append(bytes.count)
    }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}

/// Short lists of row numbers, one list after another in one array: what each word of a vocabulary is made of, or its
/// path in a tree.
package struct RowLists: Sendable {
    /// List i is rows[starts[i] ..< starts[i + 1]].
    package private(set) var starts: [Int] = [0]
    package private(set) var rows: [Int32] = []

    package init() {}

    package var count: Int { starts.count - 1 }

    package mutating func append(_ list: some Collection<Int32>) {
        rows.append(contentsOf: list)
        starts.append(rows.count)
    }

    package subscript(index: Int) -> ArraySlice<Int32> { rows[starts[index]..<starts[index + 1]] }

    /// The length of the longest list.
    package var longest: Int { zip(starts, starts.dropFirst()).map { $1 - $0 }.max() ?? 0 }
}

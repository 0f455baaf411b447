extension Array where Element: Comparable {
    /// The place of the largest element, of equals the first; 0 for none.
    package var indexOfLargest: Int { indices.reduce(0) { self[$1] > self[$0] ? $1 : $0 } }
}

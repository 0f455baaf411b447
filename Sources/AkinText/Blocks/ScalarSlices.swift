extension String {
    /// The part between two places that are counted in Unicode scalars; what lies beyond the text is left out.
    package func slice(scalars range: Range<Int>) -> Substring {
        let range = range.clamped(to: 0..<unicodeScalars.count)
        let start = unicodeScalars.index(startIndex, offsetBy: range.lowerBound)
        return self[start..<unicodeScalars.index(start, offsetBy: range.count)]
    }
}

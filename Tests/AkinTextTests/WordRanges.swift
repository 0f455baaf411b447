/// One token for each run of anything but spaces and line breaks.
func wordRanges(in text: String) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var begin: Int?
    for (index, scalar) in (Array(text.unicodeScalars) + [" "]).enumerated() {
        if scalar.properties.isWhitespace {
            if let start = begin { ranges.append(start..<index) }
            begin = nil
        } else {
            begin = begin ?? index
        }
    }
    return ranges
}

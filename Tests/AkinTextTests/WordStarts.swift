import AkinCore

/// One token for each run of anything but spaces and line breaks.
func wordStarts(in text: String) -> TokenStarts {
    var starts = TokenStarts()
    var isInWord = false
    for (index, scalar) in text.unicodeScalars.enumerated() {
        if !scalar.properties.isWhitespace, !isInWord { starts.append(index) }
        isInWord = !scalar.properties.isWhitespace
    }
    return starts
}

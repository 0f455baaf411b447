/// Full stops that do not end a sentence: abbreviations, initials, list numbers, German ordinals. English and German.
enum Abbreviations {
    /// Words whose full stop never ends a sentence; all lower case, without the last full stop.
    private static let alwaysAbbreviated: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "mt", "rev", "hon", "gen", "col", "capt", "lt", "sgt", "gov", "sen",
        "rep", "pres", "messrs",
        "vs", "cf", "e.g", "i.e", "eg", "ie", "viz", "approx", "resp", "fig", "figs", "eq", "eqs", "sec", "ch", "vol",
        "vols", "pp",
        "ed", "eds",
        "al", "dept", "est", "ave", "blvd", "jan", "feb", "apr", "aug", "sept", "oct", "nov", "dec",
        "hr", "hrn", "fr", "frl", "dipl", "ing", "nr", "abs", "abb", "tab", "kap", "bd", "bzw", "ca", "vgl", "evtl",
        "ggf", "inkl",
        "exkl", "zzgl",
        "sog", "geb", "gest", "allg", "bes", "ev", "kath", "str", "tel", "mio", "mrd", "max", "min", "d.h", "z.b",
        "u.a", "o.ä",
        "i.d.r", "s.o", "s.u",
    ]

    /// Words whose full stop belongs to them when a digit follows.
    private static let beforeNumber: Set<String> = ["no", "nos", "p", "art", "par", "op", "s"]

    /// Words that begin sentences so often that they decide after an initial or an acronym such as `U.S.`
    private static let openers: Set<String> = [
        "the", "a", "an", "he", "she", "it", "we", "they", "you", "this", "that", "these", "those", "there", "in", "on",
        "at", "but",
        "and", "however",
        "if", "when", "how", "what", "why", "who", "where", "his", "her", "its", "our", "their", "as", "for", "after",
        "i",
        "der", "die", "das", "ein", "eine", "er", "sie", "es", "wir", "ich", "und", "aber", "doch", "wenn", "als", "im",
        "dies",
        "diese", "dieser",
    ]

    private static let germanMonths: Set<String> = [
        "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
        "november", "dezember",
    ]

    /// Words that stand before an ordinal number in German.
    private static let beforeOrdinal: Set<String> = [
        "der", "die", "das", "dem", "den", "des", "am", "vom", "zum", "zur", "beim", "im", "ab", "bis", "seit", "jeder",
        "jedes",
        "jeden", "und",
    ]

    /// Whether the full stop at `stop` belongs to the word before it rather than to the sentence.
    ///
    /// `next` is the first scalar of the following word. Reads no more than a few dozen scalars on either side.
    static func holdsFullStop(_ scalars: ScalarText, at stop: Int, lineStart: Int, next: Int) -> Bool {
        let begin = wordStart(scalars, before: stop)
        guard begin < stop else { return false }
        if scalars[begin..<stop].allSatisfy(\.isDigit) {
            return holdsOrdinalStop(scalars, number: begin..<stop, lineStart: lineStart, next: next)
        }
        let word = lowerCased(scalars[begin..<stop])
        if alwaysAbbreviated.contains(word) { return true }
        if beforeNumber.contains(word), scalars[next].isDigit { return true }

        let isSingleLetter = scalars[stop - 1].isLetter && (stop - 1 == begin || scalars[stop - 2] == ".")
        guard isSingleLetter else { return false }
        if word == "i" { return false }
        if word == "b", begin >= 2, lowerCased(scalars[wordStart(scalars, before: begin - 1)..<begin - 1]) == "z." {
            return true
        }
        return !openers.contains(lowerCased(scalars[next..<wordEnd(scalars, from: next)]))
    }

    /// `3. Oktober`, `der 2. Weltkrieg`, and the number of a list item at the beginning of a line.
    private static func holdsOrdinalStop(_ scalars: ScalarText, number: Range<Int>, lineStart: Int, next: Int)
        -> Bool
    {
        guard number.count <= 3 else { return false }
        if scalars[min(lineStart, number.lowerBound)..<number.lowerBound].prefix(16).allSatisfy(\.isWhiteSpaceOrBreak),
            number.lowerBound - lineStart < 16
        {
            return true
        }
        guard number.count <= 2 else { return false }
        if germanMonths.contains(lowerCased(scalars[next..<wordEnd(scalars, from: next)])) { return true }
        guard number.lowerBound > 1, scalars[number.lowerBound - 1].isWhiteSpaceOrBreak else { return false }
        let before = number.lowerBound - 1
        return beforeOrdinal.contains(lowerCased(scalars[wordStart(scalars, before: before)..<before]))
    }

    /// Where the run of letters, digits and inner full stops that ends at `end` begins; at most 24 scalars back.
    private static func wordStart(_ scalars: ScalarText, before end: Int) -> Int {
        var begin = end
        while begin > 0, begin > end - 24,
            scalars[begin - 1].isLetter || scalars[begin - 1].isDigit || scalars[begin - 1] == "."
        {
            begin -= 1
        }
        return begin
    }

    private static func wordEnd(_ scalars: ScalarText, from begin: Int) -> Int {
        var end = begin
        while end < scalars.count, end < begin + 24, scalars[end].isLetter { end += 1 }
        return end
    }

    private static func lowerCased(_ scalars: Slice<ScalarText>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view).lowercased()
    }
}

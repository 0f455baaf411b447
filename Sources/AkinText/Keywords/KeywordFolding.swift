/// Text without the differences of spelling that keyword search ignores.
///
/// Composed and decomposed letters become one form, and what SQLite's `unicode61` would cut words at, or keep as
/// different, is removed: soft hyphens, joiners and other invisible characters, accents (й, ї, ў, ѓ and ќ are letters
/// of their own), points of Hebrew and Arabic, ligatures. Vowel signs of other scripts get stand-ins, which it takes
/// for letters.
struct KeywordFolding: Sendable {
    static let shared = KeywordFolding()

    private enum Treatment: UInt8 {
        /// As it is.
        case keep
        /// Left out.
        case drop
        /// One of U+0300…U+036F: left out, or joined with a Cyrillic letter.
        case accent
        /// Part of a Hangul syllable.
        case jamo
        /// Replaced by what `KeywordFolds` has for it.
        case replace
        /// A mark within words of its script.
        case standIn
    }

    /// Of the scalars below U+3100.
    private let treatments: [Treatment]
    private let replacements: [Unicode.Scalar: ArraySlice<Unicode.Scalar>]

    private init() {
        var replacements: [Unicode.Scalar: ArraySlice<Unicode.Scalar>] = [:]
        for entry in KeywordFolds.entries.unicodeScalars.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            guard let first = entry.first else { continue }
            replacements[first] = Array(entry)[1...]
        }
        self.replacements = replacements
        treatments = (0..<0x3100).map { value in
            guard value >= 0xAD, let scalar = Unicode.Scalar(UInt32(value)) else { return .keep }
            if replacements[scalar] != nil { return .replace }
            return switch scalar.value {
            case 0x0300...0x036F: .accent
            case 0x1100...0x11FF: .jamo
            // Titlo, the points of Hebrew, Arabic and Syriac, extended accents, marks around symbols.
            case 0x0483...0x0489, 0x0591...0x05BD, 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7, 0x0711,
                0x0730...0x074A:
                .drop
            case 0x08D3...0x08E1, 0x08E3...0x08FF, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20F0: .drop
            case 0x3000...: .keep
            default: Self.treatment(ofMark: scalar)
            }
        }
    }

    private static func treatment(ofMark scalar: Unicode.Scalar) -> Treatment {
        switch scalar.properties.generalCategory {
        case .format: .drop
        case .nonspacingMark, .spacingMark:
            scalar.properties.isVariationSelector ? .drop : scalar.isSpacelessMark ? .keep : .standIn
        default: .keep
        }
    }

    private func treatment(of scalar: Unicode.Scalar) -> Treatment {
        switch scalar.value {
        case ..<0xAD: .keep
        case ..<0x3100: treatments[Int(scalar.value)]
        case 0x3100...0xA63F, 0xAC00...0xD7A3: .keep
        case 0xFE20...0xFE2F, 0xFEFF: .drop
        default: replacements[scalar] != nil ? .replace : Self.treatment(ofMark: scalar)
        }
    }

    /// Whether folding may change a text with the scalar.
    func changes(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0xAD && treatment(of: scalar) != .keep }

    /// - Complexity: O(n).
    func folded(_ text: String) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { append(scalar, treatment(of: scalar), to: &result) }
        return result
    }

    private func append(_ scalar: Unicode.Scalar, _ treatment: Treatment, to result: inout [Unicode.Scalar]) {
        switch treatment {
        case .keep: result.append(scalar)
        case .drop: break
        case .accent:
            if let last = result.last, let letter = Self.cyrillicLetter(last, accent: scalar) {
                result[result.count - 1] = letter
            }
        case .jamo:
            if let last = result.last, let syllable = Self.syllable(last, scalar) {
                result[result.count - 1] = syllable
            } else {
                result.append(scalar)
            }
        case .replace:
            for part in replacements[scalar] ?? [] {
                let treatment = self.treatment(of: part)
                append(part, treatment == .replace ? .keep : treatment, to: &result)
            }
        case .standIn:
            // Plane 15 is private use, of category Co.
            result.append(scalar.value < 0x1_0000 ? Unicode.Scalar(scalar.value + 0xF_0000) ?? scalar : scalar)
        }
    }

    private static func cyrillicLetter(_ base: Unicode.Scalar, accent: Unicode.Scalar) -> Unicode.Scalar? {
        switch (base, accent.value) {
        case ("и", 0x306): "й"
        case ("И", 0x306): "Й"
        case ("у", 0x306): "ў"
        case ("У", 0x306): "Ў"
        case ("і", 0x308): "ї"
        case ("І", 0x308): "Ї"
        case ("г", 0x301): "ѓ"
        case ("Г", 0x301): "Ѓ"
        case ("к", 0x301): "ќ"
        case ("К", 0x301): "Ќ"
        default: nil
        }
    }

    /// The syllable of two parts (The Unicode Standard, section 3.12).
    private static func syllable(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        switch (first.value, second.value) {
        case (0x1100...0x1112, 0x1161...0x1175):
            Unicode.Scalar(0xAC00 + ((first.value - 0x1100) * 21 + second.value - 0x1161) * 28)
        case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (first.value - 0xAC00).isMultiple(of: 28):
            Unicode.Scalar(first.value + second.value - 0x11A7)
        default: nil
        }
    }
}

extension Unicode.Scalar {
    /// A syllable of Korean, whose words end in particles that are written without a space.
    var isHangulSyllable: Bool { value >= 0xAC00 && value <= 0xD7A3 }
}

import Foundation

/// Lines as a PDF holds them, from left to right and in the shapes that are drawn, made to texts as they are written:
/// Hebrew and Arabic from right to left, letters in place of their shapes and ligatures.
enum VisualOrder {
    static func text(ofLine line: String) -> String {
        // Most lines have neither.
        guard line.unicodeScalars.contains(where: { $0.value >= 0x590 }) else { return line }
        return withoutShapes(line.unicodeScalars.contains(where: isRightToLeft) ? reordered(line) : line)
    }

    /// Whether a scalar is of a script that is written from right to left.
    static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8FF: !(0x660...0x669).contains(scalar.value) && !(0x6F0...0x6F9).contains(scalar.value)
        case 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    private enum Direction { case right, left, digit, neutral }

    private static func direction(_ character: Character) -> Direction {
        if character.unicodeScalars.contains(where: isRightToLeft) { return .left }
        if character.isNumber { return .digit }
        return character.isLetter ? .right : .neutral
    }

    private static func reordered(_ line: String) -> String {
        let characters = Array(line)
        let directions = characters.map(direction)
        let left = directions.count { $0 == .left }
        if left > directions.count(where: { $0 == .right }) { return String(reversed(characters[...])) }
        // Words of such a script within a line of another.
        var result: [Character] = []
        var place = 0
        while place < characters.count {
            guard directions[place] == .left else {
                result.append(characters[place])
                place += 1
                continue
            }
            var end = place + 1
            for next in place..<characters.count {
                if directions[next] == .left { end = next + 1 }
                if directions[next] == .right { break }
            }
            result += reversed(characters[place..<end])
            place = end
        }
        return String(result)
    }

    /// Characters in the other order, but for numbers and words that are written from left to right.
    private static func reversed(_ characters: ArraySlice<Character>) -> [Character] {
        var result: [Character] = []
        var place = characters.endIndex
        while place > characters.startIndex {
            let last = characters[place - 1]
            let kind = direction(last)
            guard kind == .right || kind == .digit else {
                result.append(mirrored[last] ?? last)
                place -= 1
                continue
            }
            var start = place - 1
            var next = start
            while next > characters.startIndex, direction(characters[next - 1]) != .left {
                next -= 1
                let kind = direction(characters[next])
                if kind == .right || kind == .digit {
                    start = next
                } else if !characters[next..<place].contains(where: { direction($0) == .right }),
                    !".,:/".contains(characters[next])
                {
                    // Two numbers come one after the other from right to left.
                    guard next > characters.startIndex, hasWord(characters[..<next]) else { break }
                }
            }
            result += characters[start..<place]
            place = start
        }
        return result
    }

    /// Whether the last letters before a place are of a word that is written from left to right.
    private static func hasWord(_ characters: ArraySlice<Character>) -> Bool {
        characters.last { direction($0) != .neutral && direction($0) != .digit }.map { direction($0) == .right }
            ?? false
    }

    private static let mirrored: [Character: Character] = [
        "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«",
    ]

    /// Ligatures (U+FB00 to U+FB06) and the shapes of Arabic and Hebrew letters as the letters that they show.
    private static func withoutShapes(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isShape) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isShape(scalar) {
                result += String(scalar).precomposedStringWithCompatibilityMapping
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isShape(_ scalar: Unicode.Scalar) -> Bool {
        (0xFB00...0xFDFF).contains(scalar.value) || (0xFE70...0xFEFC).contains(scalar.value)
    }
}

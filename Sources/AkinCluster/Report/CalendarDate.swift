/// Dates of the Gregorian calendar as ISO 8601 writes them: `yyyy`, `yyyy-mm` or `yyyy-mm-dd`.
package enum CalendarDate {
    /// The date at the beginning of a text, as precise as it is written; nil when there is none.
    ///
    /// A day that its month does not have is no date.
    package static func beginning(_ text: String) -> String? {
        let characters = Array(text.utf8.prefix(10))
        func number(_ range: Range<Int>) -> Int? {
            guard characters.count >= range.upperBound, characters[range].allSatisfy(isDigit) else { return nil }
            return characters[range].reduce(0) { $0 * 10 + Int($1) - 48 }
        }
        guard let year = number(0..<4), (1000...2999).contains(year) else { return nil }
        let shown = String(decoding: characters.prefix(4), as: UTF8.self)
        guard characters.count > 4 else { return shown }
        guard characters[4] == UInt8(ascii: "-") else { return isDigit(characters[4]) ? nil : shown }
        guard let month = number(5..<7) else { return shown }
        guard (1...12).contains(month) else { return nil }
        guard characters.count == 10, characters[7] == UInt8(ascii: "-"), let day = number(8..<10) else {
            return String(decoding: characters.prefix(7), as: UTF8.self)
        }
        return (1...days(ofMonth: month, year: year)).contains(day) ? String(decoding: characters, as: UTF8.self) : nil
    }

    package static func days(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

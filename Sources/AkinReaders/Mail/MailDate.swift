/// The date of a mail (RFC 5322), such as `Tue, 5 Mar 2024 09:30:00 +0100 (CET)`.
enum MailDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// The date as ISO 8601 has it, with the sender's offset from UTC; nil where it is none.
    static func iso8601(_ text: String) -> String? {
        let words = text.split { $0 == " " || $0 == "," }
        guard let month = words.firstIndex(where: { months.contains($0.prefix(3).lowercased()) }), month > 0,
            month + 2 < words.count, let number = months.firstIndex(of: words[month].prefix(3).lowercased()),
            let day = Int(words[month - 1]), (1...31).contains(day), var year = Int(words[month + 1])
        else { return nil }
        // Two digits are of the last century, from 50 on.
        if year < 50 { year += 2000 } else if year < 1000 { year += 1900 }
        let clock = words[month + 2].split(separator: ":").map { Int($0) ?? -1 }
        guard (1000...9999).contains(year), clock.count >= 2, (0...23).contains(clock[0]), (0...59).contains(clock[1])
        else { return nil }
        let second = clock.count > 2 && (0...60).contains(clock[2]) ? clock[2] : 0
        let zone = month + 3 < words.count ? offset(words[month + 3]) : "Z"
        return "\(year)-\(two(number + 1))-\(two(day))T\(two(clock[0])):\(two(clock[1])):\(two(second))\(zone)"
    }

    private static func offset(_ zone: Substring) -> String {
        guard let sign = zone.first, sign == "+" || sign == "-", zone.count == 5,
            zone.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
        else { return "Z" }
        return zone.dropFirst() == "0000" ? "Z" : "\(zone.prefix(3)):\(zone.suffix(2))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

import AkinCore

extension [String: JSONValue] {
    /// The first of the names that a record has a value under: as written first, then in any case.
    package func key(named names: [String]) -> String? {
        for name in names {
            if let value = self[name], value != .null { return name }
        }
        let byLowerCase = [String: String](keys.map { ($0.lowercased(), $0) }, uniquingKeysWith: { Swift.min($0, $1) })
        for name in names {
            if let key = byLowerCase[name], self[key] != .null { return key }
        }
        return nil
    }

    /// The names of a record's fields, for a message: sorted, and not too many of them.
    package var listOfNames: String {
        let sorted = keys.sorted()
        guard !sorted.isEmpty else { return "no fields" }
        let shown = sorted.prefix(12).map { $0.count > 40 ? "\($0.prefix(40))…" : $0 }.joined(separator: ", ")
        return sorted.count > 12 ? "\(shown) and \(sorted.count - 12) more" : shown
    }
}

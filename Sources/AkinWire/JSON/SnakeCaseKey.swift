/// A JSON key in snake case, made of a Swift property's name: `clusterRuns` becomes `cluster_runs`, `repeatedIDs`
/// becomes `repeated_ids`. The unit at a name's end is abbreviated: `elapsedMilliseconds` becomes `elapsed_ms`.
///
/// `JSONEncoder.KeyEncodingStrategy.convertToSnakeCase` splits an acronym's plural (`repeated_i_ds`).
struct SnakeCaseKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ key: any CodingKey) {
        intValue = key.intValue
        stringValue = key.intValue == nil ? SnakeCaseKey.converted(key.stringValue) : key.stringValue
    }

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }

    /// A word begins at each capital letter that does not follow another one.
    private static func converted(_ name: String) -> String {
        var result = ""
        var followsCapital = true
        for character in name {
            if character.isUppercase && !followsCapital { result.append("_") }
            followsCapital = character.isUppercase
            result += character.lowercased()
        }
        let unit = "_milliseconds"
        return result.hasSuffix(unit) ? result.dropLast(unit.count) + "_ms" : result
    }
}

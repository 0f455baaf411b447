import ArgumentParser

/// Finds the command that was meant by a mistyped one.
enum CommandSuggestion {
    /// The message for arguments whose first word, options aside, names no command: the word, and the command nearest
    /// to it, if one is near.
    ///
    /// - Parameter arguments: without the program's name.
    static func advice(for arguments: [String], root: any ParsableCommand.Type = AkinCommand.self) -> String? {
        var command = root
        var path = ["akin"]
        for argument in arguments where !argument.hasPrefix("-") {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty else { return nil }
            if let next = subcommands.first(where: { $0._commandName == argument }) {
                command = next
                path.append(argument)
                continue
            }
            let word = String(DisplayText.oneLine(argument))
            let unknown = "'\(word)' is no command of \(path.joined(separator: " "))."
            let names = subcommands.map { $0._commandName }
            guard let near = nearest(to: argument.lowercased(), in: names) else { return unknown }
            return "\(unknown) Did you mean '\((path + [near]).joined(separator: " "))'?"
        }
        return nil
    }

    /// The name that takes the fewest changes, where those are few for its length.
    static func nearest(to word: String, in names: [String]) -> String? {
        let distances = names.map { (name: $0, changes: changes(from: Array(word.utf8), to: Array($0.utf8))) }
        guard let best = distances.min(by: { $0.changes < $1.changes }) else { return nil }
        return best.changes <= max(1, best.name.utf8.count / 3) ? best.name : nil
    }

    /// How many letters have to be inserted, deleted, replaced or exchanged with their neighbour (restricted
    /// Damerau–Levenshtein distance).
    private static func changes(from word: [UInt8], to name: [UInt8]) -> Int {
        // rows[i][j]: the distance between the first i bytes of the word and the first j of the name.
        var rows = [Array(0...name.count)]
        for i in 1..<(word.count + 1) {
            var row = [i]
            for j in 1..<(name.count + 1) {
                let isSame = word[i - 1] == name[j - 1]
                var least = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, word[i - 1] == name[j - 2], word[i - 2] == name[j - 1] {
                    least = min(least, rows[i - 2][j - 2] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[word.count][name.count]
    }
}

/// Files that say nothing of their character set, and were taken for one by their bytes.
public struct GuessedFiles: Hashable, Sendable, Codable {
    /// The set's name in the Encoding Standard, such as `windows-1252`.
    public let characterSet: String
    public internal(set) var count: Int
    /// The first three paths.
    public internal(set) var examples: [String]
}

extension [GuessedFiles] {
    /// Counts a file.
    package mutating func add(_ path: String, characterSet: String) {
        let place = firstIndex { $0.characterSet == characterSet } ?? count
        if place == count { append(GuessedFiles(characterSet: characterSet, count: 0, examples: [])) }
        self[place].count += 1
        if self[place].examples.count < 3 { self[place].examples.append(path) }
    }

    /// Such as `12 files read as windows-1252, 1 as Big5 (a guess)`; nil where there is nothing to say.
    package var sentence: String? {
        let sorted = sorted { ($1.count, $0.characterSet) < ($0.count, $1.characterSet) }
        guard let first = sorted.first else { return nil }
        let others = sorted.dropFirst().map { ", \($0.count) as \($0.characterSet)" }.joined()
        return "\(first.count) \(first.count == 1 ? "file" : "files") read as \(first.characterSet)\(others) (a guess)"
    }
}

import Foundation

/// The file with the patterns that a person has for all Git repositories.
package enum GitExcludesFile {
    /// A configuration of more bytes is none that a person writes.
    private static let mostBytes = 1 << 20

    /// The path that `core.excludesFile` names in a person's own configuration, else Git's default; nil where there is
    /// no home folder. Configurations that others include are not read.
    package static func path(_ environment: [String: String]) -> String? {
        let home = environment["HOME"].flatMap { $0.isAbsolutePath ? $0 : nil }
        let folder =
            environment["XDG_CONFIG_HOME"].flatMap { $0.isAbsolutePath ? $0 : nil } ?? home.map { $0 + "/.config" }
        var named: String?
        // The file in the home folder counts before the other.
        for file in [folder.map { $0 + "/git/config" }, home.map { $0 + "/.gitconfig" }].compactMap({ $0 }) {
            if let value = excludesFile(ofConfiguration: file) { named = value }
        }
        guard let named else { return folder.map { $0 + "/git/ignore" } }
        if named.hasPrefix("~/") { return home.map { $0 + named.dropFirst() } }
        return named.isAbsolutePath ? named : nil
    }

    private static func excludesFile(ofConfiguration path: String) -> String? {
        guard let bytes = try? RegularFile.contents(of: path, limit: mostBytes) else { return nil }
        var isCore = false
        var found: String?
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("[") {
                isCore = line.lowercased().hasPrefix("[core]")
            } else if isCore, let equals = line.firstIndex(of: "="),
                line[..<equals].trimmingCharacters(in: .whitespaces).lowercased() == "excludesfile"
            {
                found = value(line[line.index(after: equals)...])
            }
        }
        return found
    }

    /// A value without its quotes and the comment behind it.
    private static func value(_ text: Substring) -> String {
        var value = ""
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, character == "#" || character == ";" {
                break
            } else {
                value.append(character)
            }
        }
        return value.trimmingCharacters(in: .whitespaces)
    }
}

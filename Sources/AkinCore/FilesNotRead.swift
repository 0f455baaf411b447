/// Files of one kind that were found in folders and not read, all for the same reason.
public struct FilesNotRead: Hashable, Sendable, Codable {
    /// Why a file was not read. The raw value is what people and JSON are given.
    public enum Reason: String, Sendable, CaseIterable, Codable {
        /// Nothing is known that reads files whose names end so.
        case unknownKind = "unknown kind"
        /// It holds bytes that no text holds.
        case notText = "not text"
        /// It holds no text.
        case empty
        /// A file of records none of which has a text.
        case noTexts = "no texts"
        /// A JSON file with a fault of syntax before any text: settings in a dialect of JSON more often than not.
        case broken = "broken JSON"
        /// A symbolic link to a file that is read anyway.
        case linkedTwice = "link to a file read"
        /// A symbolic link to a folder, or to a file outside the folder that is read.
        case linkElsewhere = "link elsewhere"
        /// A symbolic link to nothing that can be reached.
        case deadLink = "link to nothing"
        /// A named pipe, a socket or a device.
        case notAFile = "pipe or device"
        /// An ignore file leaves it out.
        case ignored
        /// Its name begins with a dot.
        case hidden
        /// A program generated it.
        case generated
        /// The patterns or types that were asked for leave it out.
        case notSelected = "not selected"

        /// The place among reasons of which there are as many.
        fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        /// Whether somebody wanted it left out; else it is a file that Akin does not read.
        package var isWanted: Bool {
            switch self {
            case .ignored, .hidden, .generated, .notSelected: true
            case .unknownKind, .notText, .empty, .noTexts, .broken, .linkedTwice, .linkElsewhere, .deadLink, .notAFile:
                false
            }
        }
    }

    /// The end of their names with its full stop, such as `.png`; `no extension`; `folder`, which counts as one whatever
    /// it holds; `other` for ends that are rare or long.
    public let kind: String
    public let reason: Reason
    public internal(set) var count: Int
    /// The first three paths.
    public internal(set) var examples: [String]
}

/// Counts files that are not read.
package struct NotReadTally: Hashable, Sendable {
    package static let folder = "folder"
    private static let mostKinds = 1000
    private static let longestKind = 12

    private struct Key: Hashable {
        let kind: String
        let reason: FilesNotRead.Reason
    }

    private var counts: [Key: FilesNotRead] = [:]

    package init() {}

    /// - Parameter kind: nil to go by the path's name.
    package mutating func add(_ path: String, _ reason: FilesNotRead.Reason, kind: String? = nil) {
        var key = Key(kind: kind ?? Self.kind(ofName: path.lastPathPart ?? ""), reason: reason)
        if counts.count >= Self.mostKinds, counts[key] == nil { key = Key(kind: "other", reason: reason) }
        counts[key, default: FilesNotRead(kind: key.kind, reason: reason, count: 0, examples: [])].add(path)
    }

    package mutating func add(_ other: NotReadTally) {
        for (key, files) in other.counts {
            counts[key, default: FilesNotRead(kind: key.kind, reason: key.reason, count: 0, examples: [])].add(files)
        }
    }

    private static func kind(ofName name: String) -> String {
        guard let end = name.nameExtension?.lowercased(), !end.isEmpty else { return "no extension" }
        let isPlain =
            end.utf8.count <= longestKind && !end.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
        return isPlain ? "." + end : "other"
    }

    /// The most frequent first.
    package var sorted: [FilesNotRead] {
        counts.values.sorted {
            ($1.count, $0.reason.rank, $0.kind) < ($0.count, $1.reason.rank, $1.kind)
        }
    }
}

extension FilesNotRead {
    fileprivate mutating func add(_ path: String) {
        count += 1
        if examples.count < 3 { examples.append(path) }
    }

    fileprivate mutating func add(_ other: FilesNotRead) {
        count += other.count
        examples += other.examples.prefix(3 - examples.count)
    }
}

extension [FilesNotRead] {
    /// Kinds of files, and reasons, that are named one by one.
    private static var mostNamed: Int { 6 }

    /// Such as `29 not read: 12 .png, 9 .zip, 5 empty, 3 not text; 240 ignored`; nil where there is nothing to say.
    package var sentence: String? {
        var counts: [(name: String, count: Int)] = []
        for group in self where !group.reason.isWanted {
            let name = group.reason == .unknownKind ? group.kind : group.reason.rawValue
            if let place = counts.firstIndex(where: { $0.name == name }) {
                counts[place].count += group.count
            } else {
                counts.append((name, group.count))
            }
        }
        let sorted = counts.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
        counts = sorted.map(\.element)
        var named = counts.prefix(Self.mostNamed).map { count in
            let isPlural = count.count > 1 && count.name.hasPrefix("link ")
            return "\(count.count) \(isPlural ? "links" + count.name.dropFirst("link".count) : count.name)"
        }
        let others = counts.dropFirst(Self.mostNamed).reduce(0) { $0 + $1.count }
        if others > 0 { named.append("\(others) of other kinds") }
        let total = counts.reduce(0) { $0 + $1.count }

        let wanted = FilesNotRead.Reason.allCases.filter(\.isWanted).compactMap { reason -> String? in
            let groups = filter { $0.reason == reason }
            let folders = groups.reduce(0) { $0 + ($1.kind == NotReadTally.folder ? $1.count : 0) }
            let files = groups.reduce(0) { $0 + $1.count } - folders
            let parts = [
                folders == 0 && files > 0 ? "\(files)" : nil,
                folders > 0 && files > 0 ? "\(files) \(files == 1 ? "file" : "files")" : nil,
                folders > 0 ? "\(folders) \(folders == 1 ? "folder" : "folders")" : nil,
            ].compactMap { $0 }
            return parts.isEmpty ? nil : parts.joined(separator: " and ") + " \(reason.rawValue)"
        }
        let parts = [
            named.isEmpty ? nil : "\(total) not read: \(named.joined(separator: ", "))",
            wanted.isEmpty ? nil : wanted.joined(separator: ", "),
        ]
        return total + wanted.count == 0 ? nil : parts.compactMap { $0 }.joined(separator: "; ")
    }
}

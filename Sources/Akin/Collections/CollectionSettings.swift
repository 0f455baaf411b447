import AkinCore
import Crypto
import Foundation

/// How files are read, as far as a collection remembers it; nil where nothing was said.
struct ReadingSettings: Codable, Hashable, Sendable {
    var format: TextFormat?
    var idField: String?
    var textField: String?
    var titleField: String?
    var metadataFields: [String]?
    /// Which files of folders are read.
    var selection: SelectionSettings?

    init() {}

    init(_ options: IndexingOptions) {
        format = options.format
        idField = options.idField
        textField = options.textField
        titleField = options.titleField
        metadataFields = options.metadataFields
        let selection = SelectionSettings(options.selection)
        self.selection = selection == SelectionSettings() ? nil : selection
    }

    var isEmpty: Bool { self == ReadingSettings() }

    /// These settings, and the others where these say nothing.
    func over(_ other: ReadingSettings) -> ReadingSettings {
        var merged = self
        merged.format = format ?? other.format
        merged.idField = idField ?? other.idField
        merged.textField = textField ?? other.textField
        merged.titleField = titleField ?? other.titleField
        merged.metadataFields = metadataFields ?? other.metadataFields
        merged.selection = selection ?? other.selection
        return merged
    }

    /// Options with these settings.
    func applied(to options: IndexingOptions) -> IndexingOptions {
        var options = options
        options.format = format
        options.idField = idField
        options.textField = textField
        options.titleField = titleField
        options.metadataFields = metadataFields
        options.selection = (selection ?? SelectionSettings()).applied(to: options.selection)
        return options
    }

    /// Tells settings from others, in a few characters; empty where nothing was said.
    var mark: String {
        get throws {
            // Which other files are read says nothing of how one is.
            var own = self
            own.selection = nil
            guard !own.isEmpty else { return "" }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return SHA256.hash(data: try encoder.encode(own)).prefix(4).hexadecimal
        }
    }
}

/// What a collection follows, and how that is read.
struct CollectionSettings: Codable, Equatable, Sendable {
    /// A file or folder below the root, with what lies below it.
    struct Followed: Codable, Equatable, Sendable {
        /// Below the root; empty for the root itself.
        var path: String
        var reading: ReadingSettings
    }

    private(set) var followed: [Followed] = []

    init() {}

    init(json: String, of name: String) throws {
        do {
            self = try JSONDecoder().decode(CollectionSettings.self, from: Data(json.utf8))
        } catch {
            throw AkinError(
                .incompatible, "The settings of collection \(name) cannot be read; a newer Akin may have written them.",
                cause: error)
        }
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// Whether everything below the root is followed.
    var followsRoot: Bool { follows("") }

    /// Whether a path below the root is followed, alone or with a folder it is in.
    func follows(_ path: String) -> Bool { followed.contains { path.isPath(atOrBelow: $0.path) } }

    /// Whether a path is followed by itself.
    func names(_ path: String) -> Bool { followed.contains { $0.path.utf8.elementsEqual(path.utf8) } }

    /// What is said for a path: what is said for itself counts before what is said for the folders it is in.
    func reading(of path: String) -> ReadingSettings {
        followed.filter { path.isPath(atOrBelow: $0.path) }
            .sorted { $0.path.utf8.count > $1.path.utf8.count }
            .reduce(ReadingSettings()) { $0.over($1.reading) }
    }

    /// The innermost followed path that a path is at or below.
    func innermost(above path: String) -> String? {
        followed.map(\.path).filter { path.isPath(atOrBelow: $0) }.max { $0.utf8.count < $1.utf8.count }
    }

    mutating func follow(_ path: String, _ reading: ReadingSettings) {
        if let place = followed.firstIndex(where: { $0.path.utf8.elementsEqual(path.utf8) }) {
            followed[place].reading = reading.over(followed[place].reading)
        } else {
            followed.append(Followed(path: path, reading: reading))
            followed.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        }
    }

    mutating func unfollow(_ path: String) { followed.removeAll { $0.path.utf8.elementsEqual(path.utf8) } }
}

package import Foundation

/// A folder that a store follows.
package struct StoredCollection: Hashable, Sendable {
    /// The store's number for it, never reused; 0 before it is stored.
    package var id: Int64
    /// Unique in the store; what the ids of its files' documents begin with.
    package var name: String
    /// The real path of the folder.
    package var root: String
    /// The path of the folder from the one that holds the store, empty for that itself; nil where it is not below it.
    package var relativeRoot: String?
    /// A JSON object.
    package var settings: String
    /// Seconds since 1970.
    package var created: Int64

    package init(
        id: Int64 = 0, name: String, root: String, relativeRoot: String?, settings: String,
        created: Int64 = Int64(Date().timeIntervalSince1970)
    ) {
        (self.id, self.name, self.root, self.relativeRoot) = (id, name, root, relativeRoot)
        (self.settings, self.created) = (settings, created)
    }
}

/// A file of a collection as it was when it was last read.
package struct CollectionFile: Hashable, Sendable {
    /// Below the collection's root.
    package var path: String
    package var size: Int
    /// Nanoseconds since 1970.
    package var modified: Int64
    /// SHA-256 of its bytes.
    package var hash: Data?
    /// What read and cut it: versions and settings.
    package var reader: String
    /// How many records a file of records holds; nil for a file that is one text.
    package var records: Int?

    package init(path: String, size: Int, modified: Int64, hash: Data?, reader: String, records: Int?) {
        (self.path, self.size, self.modified) = (path, size, modified)
        (self.hash, self.reader, self.records) = (hash, reader, records)
    }
}

/// A collection's file, to be stored.
package struct NewCollectionFile: Hashable, Sendable {
    package var collection: Int64
    package var file: CollectionFile

    package init(collection: Int64, file: CollectionFile) { (self.collection, self.file) = (collection, file) }
}

/// The sources below a folder, as a range of texts in the order of their bytes.
struct SourceRange {
    let lower: String
    let upper: String

    init(below folder: String) {
        let folder = folder == "/" ? "" : folder
        // 0 is the character after /.
        (lower, upper) = (folder + "/", folder + "0")
    }

    /// SQL that holds for sources in a range given by two arguments.
    static func sql(_ column: String = "source", first: Int = 1) -> String {
        "\(column) >= ?\(first) AND \(column) < ?\(first + 1)"
    }
}

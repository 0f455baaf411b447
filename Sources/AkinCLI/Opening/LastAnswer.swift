import Akin
import AkinCore
import Foundation

/// The results of the last answer, kept for `akin open`: one file a user and database, in the cache folder.
///
/// What it holds comes from a database, which others may have written. It is read as data, with limits, and nothing in
/// it is run.
struct LastAnswer {
    struct Hit: Codable {
        var id: String
        var source: String
        var place: PassagePlace?
    }

    private struct Content: Codable {
        var database: String
        var hits: [Hit]
    }

    /// Hits that are kept, and the bytes of a file that is read.
    private static let (mostHits, mostBytes) = (1000, 4 << 20)
    private static let mostFiles = 50

    let hits: [Hit]

    /// Keeps the results of an answer in place of the last one's. Where the cache cannot be written the answer is no
    /// worse for it, so nothing is reported.
    static func keep(_ results: [SearchResult], ofDatabaseAt path: String) {
        let database = RealPath.ofEntry(path) ?? path
        let hits = results.prefix(mostHits).map { Hit(id: $0.id, source: $0.source, place: $0.match.place) }
        guard let data = try? JSONEncoder().encode(Content(database: database, hits: hits)), data.count <= mostBytes,
            (try? FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])) != nil
        else { return }
        // Renamed over the old one, so that no link or other file in its place is written to.
        let file = file(ofDatabase: database)
        let new = file + ".\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.removeItem(atPath: new)
        guard let descriptor = try? RegularFile.openForWriting(new, creating: 0o600) else { return }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: data)
            guard unsafe rename(new, file) == 0 else { throw CocoaError(.fileWriteUnknown) }
            dropOldest()
        } catch {
            try? FileManager.default.removeItem(atPath: new)
        }
    }

    /// Databases come and go; answers of the fifty that were asked last are kept.
    private static func dropOldest() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard names.count > mostFiles else { return }
        let files = names.compactMap { name in
            FileStatus(of: "\(folder)/\(name)", followingLinks: false).map { (name: name, modified: $0.modified) }
        }
        for file in files.sorted(by: { $0.modified > $1.modified }).dropFirst(mostFiles) {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(file.name)")
        }
    }

    /// - Throws: `AkinError(.notFound)` where nothing has been asked of the database yet.
    init(ofDatabaseAt path: String) throws {
        let database = RealPath.ofEntry(path) ?? path
        guard let content = Self.content(ofDatabase: database) else {
            throw AkinError(
                .notFound, "There is no answer of \(path) to open a result of; ask akin search something first.")
        }
        hits = content.hits
    }

    private static func content(ofDatabase database: String) -> Content? {
        guard let descriptor = try? RegularFile.openForReading(file(ofDatabase: database), followingLinks: false)
        else { return nil }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard FileStatus(ofDescriptor: descriptor)?.owner == geteuid(),
            let data = try? handle.read(upToCount: mostBytes + 1), data.count <= mostBytes,
            let content = try? JSONDecoder().decode(Content.self, from: data), content.database == database
        else { return nil }
        return content
    }

    private static var folder: String { ModelLibrary.cacheFolder + "/answers" }

    private static func file(ofDatabase database: String) -> String {
        // FNV-1a. Two databases with one hash only take each other's place.
        let hash = database.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return folder + "/" + String(hash, radix: 16) + ".json"
    }

    /// - Parameter number: from 1, as `akin search` prints it.
    func citation(_ number: Int) throws -> (citation: Citation, id: String) {
        guard (1...max(1, hits.count)).contains(number), !hits.isEmpty else {
            throw AkinError(
                .notFound, "The last answer has \(Figures.count(hits.count, "result")), and no number \(number).")
        }
        let hit = hits[number - 1]
        return (Citation(id: hit.id, source: hit.source, place: hit.place), hit.id)
    }
}

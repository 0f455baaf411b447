import AkinCore
import AkinStore
import AkinText
import Foundation

/// A temporary store of some documents without their titles, so that these can be asked for.
///
/// In the store itself a title finds its own document at once, for its words and its vector hold the title. What an
/// adapter does to such questions says nothing of others.
struct TitleTrial {
    let database: Database
    let space: VectorSpace
    let judgements: Judgements
    private let folder: URL

    /// Documents that are asked for, evenly spread.
    private static let documents = 500
    /// Unicode scalars of each document that are encoded.
    private static let scalars = 2_000

    /// Makes the store in the system's temporary folder.
    ///
    /// - Complexity: the encoder's pass over at most a million characters.
    init(of original: Database, _ originalSpace: VectorSpace, progress: ProgressHandler?) async throws {
        let rows = try original.store.read { try Self.titledDocuments($0) }
        guard !rows.isEmpty else {
            throw AkinError(
                .notFound,
                "No document of \(original.path) has both a title and a text, so there is nothing to learn from; give questions with judged documents, or clicks."
            )
        }
        folder = FileManager.default.temporaryDirectory.appending(path: "akin-adapt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            let encoder = try original.encoder(of: originalSpace)
            database = try Database.openNow(
                at: folder.appending(path: "titles.db").path, mode: .create, configuration: original.configuration)
            let made = try database.store.write { writer in
                let id = try writer.createSpace(for: encoder, status: .active)
                try writer.setSetting(Database.activeSpaceKey, String(id))
                return try writer.space(id: id)
            }
            guard let made else { throw AkinError.impossible("A space that was just made is missing") }
            space = made
            database.encoders.remember(encoder, space: made.id)
            var queries: [(id: String, text: String)] = []
            var relevance: [String: [String: Double]] = [:]
            let batch = 64
            for start in stride(from: 0, to: rows.count, by: batch) {
                try CancellationFlag.check()
                let part = rows[start..<min(start + batch, rows.count)]
                try await database.put(part.map { Document(id: String($0.row), text: $0.text) })
                for row in part {
                    queries.append((String(row.row), row.title))
                    relevance[String(row.row)] = [String(row.row): 1]
                }
                progress?(
                    WorkProgress(
                        phase: .encodingSample, completed: Double(start + part.count), total: Double(rows.count),
                        unit: .documents, documents: 0))
            }
            judgements = Judgements(queries: queries, relevance: relevance)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// Deletes the store.
    func remove() {
        try? database.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Documents whose title is shared by no other, with the beginnings of their texts.
    private static func titledDocuments(_ reader: StoreReader) throws -> [(row: Int64, title: String, text: String)] {
        var titles: [(row: Int64, title: String)] = []
        var counts: [String: Int] = [:]
        try reader.forEachDocument { document in
            guard let title = document.title, title.contains(where: \.isLetter) else { return }
            titles.append((document.rowID, title))
            counts[title, default: 0] += 1
        }
        let unique = titles.filter { counts[$0.title] == 1 }
        let count = min(unique.count, documents)
        return try (0..<count).compactMap { index in
            let (row, title) = unique[index * unique.count / count]
            let text = Database.text(of: try reader.passages(documentRowID: row))
            // A text that begins with its title holds the answer to the question as its first words.
            let trimmed = String(text.unicodeScalars.prefix(scalars))
            let rest = trimmed.hasPrefix(title) ? String(trimmed.dropFirst(title.count)) : trimmed
            return rest.contains(where: \.isLetter) ? (row, title, rest) : nil
        }
    }
}

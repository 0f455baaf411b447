import AkinCore
import AkinStore
import AkinText
import Foundation

/// The folders that a store follows.
extension Database {
    /// Every collection, in the order of their names.
    ///
    /// A folder that moved together with the store is shown where it is now.
    public func collections() async throws -> [DocumentCollection] {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                let plan = try CollectionPlan(store: path, reader: reader)
                return try plan.members.indices.map { try collection(plan, $0, reader) }
                    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            }
        }
    }

    /// Has the store follow a folder, without reading it yet: `updateCollections()` does that.
    ///
    /// - Parameters:
    ///   - root: the folder.
    ///   - name: nil takes the folder's name, with a number where that is taken.
    ///   - options: how its files are read; the format and the fields of records are remembered.
    /// - Throws: `AkinError(.noInput)` where there is no such folder; `.invalidArgument` where a collection follows it
    ///   already, and for a name that is taken or cannot be one.
    @discardableResult
    public func addCollection(
        _ root: String, name: String? = nil, options: IndexingOptions = IndexingOptions()
    ) async throws -> DocumentCollection {
        try await offload { [self] in
            let root = try Self.realFolder(root)
            if let name { try Self.checkName(name) }
            return try store.write { writer in
                var plan = try CollectionPlan(store: path, reader: writer)
                if let owner = plan.owner(of: root) {
                    throw AkinError(
                        .invalidArgument,
                        "The collection \(plan.members[owner].stored.name) (\(plan.members[owner].root)) holds \(root) already."
                    )
                }
                let place: Int
                if let same = plan.members.firstIndex(where: { $0.root.utf8.elementsEqual(root.utf8) }) {
                    place = same
                    if let name, !name.utf8.elementsEqual(plan.members[same].stored.name.utf8) {
                        _ = try rename(&plan, same, to: name, writer)
                    }
                } else {
                    place = try plan.make(root: root, name: name, reader: writer)
                }
                plan.follow(place, "", ReadingSettings(options))
                try plan.save(writer)
                return try collection(plan, place, writer)
            }
        }
    }

    /// Gives a collection another name. The documents whose ids are made of its name get new ids; others keep theirs.
    ///
    /// - Returns: the number of documents that got new ids.
    /// - Throws: `AkinError(.notFound)` where there is no such collection; `.invalidArgument` for a name that is taken
    ///   or cannot be one.
    @discardableResult
    public func renameCollection(_ name: String, to newName: String) async throws -> Int {
        try await offload { [self] in
            try Self.checkName(newName)
            return try store.write { writer in
                var plan = try CollectionPlan(store: path, reader: writer)
                let renamed = try rename(&plan, try place(of: name, in: plan), to: newName, writer)
                try plan.save(writer)
                return renamed
            }
        }
    }

    /// Has the store follow a collection no longer.
    ///
    /// - Parameter deletingDocuments: whether its documents are deleted too; else they stay with their ids.
    /// - Returns: the number of its documents, which were deleted or stay.
    /// - Throws: `AkinError(.notFound)` where there is no such collection.
    @discardableResult
    public func removeCollection(_ name: String, deletingDocuments: Bool) async throws -> Int {
        try await offload { [self] in
            try store.write { writer in
                let plan = try CollectionPlan(store: path, reader: writer)
                let place = try place(of: name, in: plan)
                let documents = try documents(of: place, in: plan, writer)
                if deletingDocuments {
                    for document in documents { _ = try writer.delete(id: document.id) }
                    try writer.readRecordsAgainAfterConflict()
                }
                try writer.deleteCollection(id: plan.members[place].stored.id)
                return documents.count
            }
        }
    }

    /// Tells the store that a collection's folder is elsewhere now. Its documents keep their ids, and nothing is encoded
    /// again where the texts are the same.
    ///
    /// - Throws: `AkinError(.notFound)` where there is no such collection; `.noInput` where there is no such folder;
    ///   `.invalidArgument` where another collection has it.
    @discardableResult
    public func moveCollection(_ name: String, to root: String) async throws -> DocumentCollection {
        try await offload { [self] in
            let root = try Self.realFolder(root)
            return try store.write { writer in
                var plan = try CollectionPlan(store: path, reader: writer)
                let place = try place(of: name, in: plan)
                if let other = plan.members.first(where: { $0.root.utf8.elementsEqual(root.utf8) }),
                    other.stored.id != plan.members[place].stored.id
                {
                    throw AkinError(
                        .invalidArgument, "The collection \(other.stored.name) has the folder \(root) already.")
                }
                plan.move(place, to: root)
                try plan.save(writer)
                return try collection(plan, place, writer)
            }
        }
    }

    private static func realFolder(_ path: String) throws -> String {
        guard let real = RealPath.ofFolder(path), FileStatus(of: real)?.kind == .folder else {
            throw AkinError(.noInput, "\(path) is not a folder: check the path.")
        }
        return real
    }

    private static func checkName(_ name: String) throws {
        guard name.hasVisibleText, !name.utf8.contains(UInt8(ascii: "/")), !name.holdsNUL else {
            throw AkinError(.invalidArgument, "A collection's name is one word or more, without a slash.")
        }
    }

    private func place(of name: String, in plan: CollectionPlan) throws -> Int {
        guard let place = plan.members.firstIndex(where: { $0.stored.name.utf8.elementsEqual(name.utf8) }) else {
            throw AkinError(
                .notFound, "There is no collection '\(name)' in \(path).", remedy: .list(.collections))
        }
        return place
    }

    private func rename(
        _ plan: inout CollectionPlan, _ place: Int, to name: String, _ writer: StoreWriter
    ) throws -> Int {
        let member = plan.members[place]
        guard !name.utf8.elementsEqual(member.stored.name.utf8) else { return 0 }
        // Its own documents may have ids that begin so too, of an inner folder of that name or by an id of their own.
        guard try !plan.isTaken(name, root: member.root, reader: writer),
            try !writer.hasDocuments(named: name, below: member.root)
        else { throw CollectionPlan.nameIsTaken(name) }
        var renamed = 0
        for document in try documents(of: place, in: plan, writer) {
            guard let relative = document.source.path(below: member.formerRoot ?? member.root),
                document.id.utf8.elementsEqual("\(member.stored.name)/\(relative)".utf8)
            else { continue }
            try writer.rename(id: document.id, to: "\(name)/\(relative)")
            renamed += 1
        }
        plan.rename(place, to: name)
        return renamed
    }

    /// The documents of a collection's files: those with sources below its root that no inner collection has.
    private func documents(of place: Int, in plan: CollectionPlan, _ reader: StoreReader) throws
        -> [(id: String, source: String)]
    {
        let member = plan.members[place]
        let inner = plan.holdsOthers(place)
        return try reader.documentIDs(below: member.formerRoot ?? member.root).filter { document in
            guard inner, member.formerRoot == nil else { return true }
            let owner = plan.owner(of: SourcePath.file(document.source))
            return owner == nil || owner == place
        }
    }

    private func collection(_ plan: CollectionPlan, _ place: Int, _ reader: StoreReader) throws -> DocumentCollection {
        let member = plan.members[place]
        return DocumentCollection(
            name: member.stored.name, root: member.root,
            followed: member.settings.followsRoot ? nil : member.settings.followed.map(\.path),
            documents: try plan.holdsOthers(place)
                ? documents(of: place, in: plan, reader).count
                : reader.documentCount(below: member.formerRoot ?? member.root),
            files: try reader.fileCount(ofCollection: member.stored.id),
            isMissing: FileStatus(of: member.root)?.kind != .folder,
            created: Date(timeIntervalSince1970: TimeInterval(member.stored.created)).formatted(.iso8601))
    }
}

import AkinCore
import AkinStore
import AkinText
import Foundation

/// Finds which files of a plan have changed and are to be read: what the file system says of each is compared with what
/// it said when it was last read. No file is opened.
struct CollectionScan {
    /// A file to read.
    struct Changed {
        var file: SourceFile
        var member: Int
        /// Below the collection's root.
        var relative: String
        /// What will read and cut it.
        var reader: String
        /// What is known of it.
        var known: CollectionFile?
    }

    /// The changed files that are read in one way.
    struct Work {
        var options: IndexingOptions
        var files: [Changed]
    }

    /// The files of a part, before they are compared.
    private struct Found {
        var part: CollectionPlan.Part
        var reading: ReadingSettings
        var files: [SourceFile]
    }

    private(set) var work: [Work] = []
    private(set) var problems: [RecordProblem] = []
    private(set) var notRead = NotReadTally()
    private(set) var rule = PruneRule()
    /// Documents of files that have not changed.
    private(set) var unchangedDocuments = 0
    /// Files that were read earlier and were not found, by collection.
    private(set) var missed: [(member: Int, files: [CollectionFile])] = []

    private var found: [Found] = []
    private let options: IndexingOptions
    private let readers: [any FileReader]

    /// Looks through the folders of a plan.
    ///
    /// - Throws: `AkinError.noInput` where what was named cannot be read.
    init(_ plan: CollectionPlan, options: IndexingOptions, readers: [any FileReader]) throws {
        (self.options, self.readers) = (options, readers)
        let parts = plan.parts
        let places = parts.map { plan.members[$0.member].root.path(above: $0.relative) }
        for (part, place) in zip(parts, places) {
            let reading = plan.members[part.member].settings.reading(of: part.relative)
            rule.scopes.append(place)
            // Each part is looked through once, by itself.
            let inner = Set(places.filter { $0.path(below: place) != nil }.map(PathKey.init))
            if let walk = try walk(part, reading, plan.members[part.member], passingBy: inner) {
                problems += walk.problems
                notRead.add(walk.notRead)
                rule.unseen += walk.unseen
                found.append(Found(part: part, reading: reading, files: walk.files))
            }
        }
        rule.unseen += problems.map { RealPath.ofEntry($0.path) ?? $0.path }
        try leaveOutLinks(plan)
    }

    /// Leaves out links to files that are read under their own names, by another part of this run or of another one.
    private mutating func leaveOutLinks(_ plan: CollectionPlan) throws {
        guard found.contains(where: { $0.files.contains { $0.target != nil } }) else { return }
        var plan = plan
        let (kept, doubled) = SourceFile.keepingOneOfEach(found.flatMap(\.files))
        var left = Set(doubled.map { PathKey($0.source) })
        for link in kept {
            guard let target = link.target, let owner = plan.owner(of: target) else { continue }
            if try plan.covers(target, member: owner) || !plan.counts(link.source, target: target, member: owner) {
                left.insert(PathKey(link.source))
            }
        }
        for place in found.indices {
            for link in found[place].files where link.target != nil && left.contains(PathKey(link.source)) {
                notRead.add(link.path, .linkedTwice)
            }
            found[place].files.removeAll { $0.target != nil && left.contains(PathKey($0.source)) }
        }
    }

    /// Nil where there is nothing to look through.
    private mutating func walk(
        _ part: CollectionPlan.Part, _ reading: ReadingSettings, _ member: CollectionPlan.Member,
        passingBy inner: Set<PathKey>
    ) throws -> FileWalk? {
        let name = member.stored.name
        let followed = member.settings.innermost(above: part.relative).map { member.root.path(above: $0) }
        do {
            return try CorpusReader(
                paths: [part.path], options: ReaderOptions(reading.applied(to: options)), readers: readers
            ).walk(
                requiringFiles: part.isNamed && member.isNew && inner.isEmpty,
                scope: WalkScope(followed: followed, skipped: inner))
        } catch let error as AkinError where error.code == .noInput && !(part.isNamed && member.isNew) {
            if FileStatus(of: part.path) == nil {
                if part.isNamed { throw error }
                // A file that was followed by itself is gone; a folder may be on a disk that is not mounted.
                guard part.relative.isEmpty else { return nil }
                problems.append(
                    RecordProblem(
                        path: part.path, message: "the folder of collection \(name) is not there",
                        remedy: .moveCollection(name)))
            } else if !FileManager.default.isReadableFile(atPath: part.path) {
                if part.isNamed { throw error }
                problems.append(RecordProblem(path: part.path, message: error.message, remedy: error.remedy))
            }
            return nil
        }
    }

    /// Compares the files with what is known of them.
    ///
    /// - Parameters:
    ///   - plan: as it was saved.
    ///   - settings: how texts are cut.
    mutating func compare(_ plan: CollectionPlan, settings: ChunkSettings, reader: StoreReader) throws {
        var known: [Int: [PathKey: CollectionFile]] = [:]
        for member in Set(plan.parts.map(\.member)) {
            let collection = plan.members[member].stored.id
            var files: [PathKey: CollectionFile] = [:]
            files.reserveCapacity(try reader.fileCount(ofCollection: collection))
            try reader.forEachFile(ofCollection: collection) { files[PathKey($0.path)] = $0 }
            known[member] = files
        }
        rule.states.reserveCapacity(found.reduce(0) { $0 + $1.files.count })
        for found in found {
            let member = found.part.member
            let (root, name) = (plan.members[member].root, plan.members[member].stored.name)
            let holdsOthers = plan.holdsOthers(member)
            var readers: [TextFormat: String] = [:]
            var changed: [Changed] = []
            for var file in found.files {
                // A file is what a link to it leads to.
                if file.isNamed { file.source = root.path(above: found.part.relative) }
                let source = PathKey(file.source)
                guard rule.states[source] == nil else { continue }
                if holdsOthers, plan.owner(of: file.source) != member { continue }
                guard let relative = file.source.path(below: root) else { continue }
                file.id = "\(name)/\(relative)"
                let reader = try self.reader(of: file, settings, found.reading, &readers)
                let known = known[member]?.removeValue(forKey: PathKey(relative))
                if let known, known.size == file.byteCount, known.modified == file.modified,
                    isUpToDate(known, reader: reader)
                {
                    rule.states[source] = .unchanged
                    unchangedDocuments += known.records ?? 1
                } else {
                    rule.states[source] = .faulty
                    changed.append(
                        Changed(file: file, member: member, relative: relative, reader: reader, known: known))
                }
            }
            if !changed.isEmpty {
                work.append(Work(options: found.reading.applied(to: options), files: changed))
            }
        }
        found.removeAll()
        missed = known.map { member, files in
            let root = plan.members[member].root
            return (member, files.values.filter { rule.covers(root.path(above: $0.path)) })
        }
    }

    /// The versions and settings that decide what is stored for a file.
    ///
    /// - Parameter known: those of the formats of texts, which are found out once.
    private func reader(
        of file: SourceFile, _ settings: ChunkSettings, _ reading: ReadingSettings, _ known: inout [TextFormat: String]
    ) throws -> String {
        if file.reader == nil, let reader = known[file.format] { return reader }
        let mark = try reading.mark
        let reader =
            "\(ReadingVersion(of: file, readers: readers).text) \(settings)" + (mark.isEmpty ? "" : " \(mark)")
        if file.reader == nil { known[file.format] = reader }
        return reader
    }

    /// What stands at the end of `CollectionFile.reader` where documents may be left that the file no longer gives.
    private static let unprunedMark = " unpruned"

    /// Whether a file was read as it would be now, and nothing is left to prune in a run that prunes.
    func isUpToDate(_ known: CollectionFile, reader: String) -> Bool {
        known.reader == reader || (!options.prune && known.reader == reader + Self.unprunedMark)
    }

    /// What is kept of the reader of a file that was read.
    ///
    /// - Parameter hadDocuments: whether the store may have had documents of the file before.
    func readerToKeep(_ changed: Changed, hadDocuments: Bool) -> String {
        changed.reader + (hadDocuments && !options.prune ? Self.unprunedMark : "")
    }

    mutating func didRead(_ file: SourceFile, _ state: FileState) { rule.states[PathKey(file.source)] = state }
}

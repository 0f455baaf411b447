import AkinWords
import AkinCore
import AkinStore
import AkinText
import Foundation

/// One pass of vectors into a store: checks each record, then writes a transaction a batch. Every committed batch stays
/// whatever happens later, and records that are there already are found by comparing. So the same import goes on where
/// an interrupted one stopped.
final class VectorImportRun {
    /// Records, and bytes of vectors and text, after which a batch is written.
    private static let batchRecords = 2048
    private static let batchBytes = 8 << 20

    private let database: Database
    private let options: VectorImportOptions
    private var family: ImportedSpace
    private var batch: [(record: VectorRecord, place: RecordPlace)] = []
    private var batchSize = 0
    /// Hashes of the ids so far. Two ids with one hash would only change the count of repeated ids.
    private var seen: Set<Int> = []
    private let mayRepeat: Bool
    private let started = ContinuousClock.now
    private var problemSorts = ProblemSorts()
    private(set) var summary: VectorImportSummary

    /// Where a record stands, for messages.
    struct RecordPlace {
        var path: String
        var line: Int?
        /// What begins the sentence: `row 17`, `the vector`.
        var name: String
    }

    /// - Parameters:
    ///   - source: the element type and dimension of the vectors to be imported, where they are known.
    ///   - mayRepeat: whether an id may occur twice.
    init(
        database: Database, options: VectorImportOptions,
        source: (element: VectorElement?, dimension: Int?) = (nil, nil),
        mayRepeat: Bool = true
    ) throws {
        self.database = database
        self.options = options
        self.mayRepeat = mayRepeat
        family = try database.store.read {
            try ImportedSpace(
                options: options, source: source.element, dimension: source.dimension, path: database.path, reader: $0)
        }
        summary = VectorImportSummary(
            dimension: family.dimension ?? 0, elementType: family.element, metric: family.metric)
    }

    /// Records that have been dealt with.
    var finished: Int { summary.added + summary.updated + summary.unchanged + summary.problemCount }

    func add(_ record: VectorRecord, place: RecordPlace) throws {
        var record = record
        if let element = options.element { record.vector = record.vector.map(element.nearest) }
        if let fault = fault(of: record) {
            return report(
                InputProblem(
                    path: place.path, line: place.line, message: "\(place.name) \(fault.message)", remedy: fault.remedy)
            )
        }
        family.dimension = record.vector.count
        if mayRepeat, !seen.insert(Array(record.id.utf8).hashValue).inserted {
            summary.repeatedIDs += 1
            if summary.repeated.count < 5 { summary.repeated.append(record.id) }
        }
        batch.append((record, place))
        batchSize += record.vector.count * MemoryLayout<Float>.size + record.text.utf8.count
        if batch.count >= Self.batchRecords || batchSize >= Self.batchBytes { try flush() }
    }

    func report(_ problem: InputProblem) {
        summary.problemCount += 1
        problemSorts.add(problem, to: &summary.problemGroups)
        if summary.problems.count < 1000 { summary.problems.append(problem) }
    }

    /// Writes what is left.
    func finish() throws -> VectorImportSummary {
        try flush()
        summary.dimension = family.dimension ?? 0
        summary.elapsedMilliseconds = started.duration(to: .now) / .milliseconds(1)
        return summary
    }

    // MARK: Checking

    /// Why a record cannot be imported, as the second half of a sentence about its vector.
    private func fault(of record: VectorRecord) -> Note? {
        let count = record.vector.count
        guard (1...VectorFault.maximumDimension).contains(count) else {
            return "has \(count) components; 1 to \(VectorFault.maximumDimension) are taken"
        }
        if let dimension = family.dimension, count != dimension {
            return "has \(count) components, and the others have \(dimension)"
        }
        if let reason = VectorFault.reason(record.vector, element: family.element, metric: family.metric) {
            let isInexact = record.vector.contains { $0.isFinite && !family.element.holds($0) }
            let canRound = isInexact && family.element == .f16 && options.element == nil
            return Note(reason, remedy: canRound ? .give(.elementType, "f16") : nil)
        }
        if !record.id.hasVisibleText { return "has an empty or blank id" }
        let texts = [
            ("id", record.id), ("title", record.title ?? ""), ("text", record.text), ("source", record.source),
        ]
        if let name = texts.nameOfTextWithNUL { return "has a NUL character in its \(name)" }
        guard !JSONValue.object(record.metadata).holdsNUL, (try? MetadataCoding.encode(record.metadata)) != nil else {
            return "has metadata that holds a NUL character or a number that is not finite"
        }
        return nil
    }

    // MARK: Writing

    private enum Outcome {
        case stored(PutOutcome)
        case refused(String)
    }

    private func flush() throws {
        try CancellationFlag.check()
        guard let dimension = family.dimension, !batch.isEmpty else { return }
        let outcomes = try database.store.write { writer in
            try KeywordTextVersion.begin(writer)
            let space = try family.space(writer, dimension: dimension, database: database)
            return try batch.map { try write($0.record, space, writer) }
        }
        for (item, outcome) in zip(batch, outcomes) {
            switch outcome {
            case .stored(.inserted): summary.added += 1
            case .stored(.updated): summary.updated += 1
            case .stored(.unchanged): summary.unchanged += 1
            case .refused(let reason):
                report(InputProblem(path: item.place.path, line: item.place.line, message: reason))
            }
        }
        batch.removeAll(keepingCapacity: true)
        batchSize = 0
    }

    private func write(_ record: VectorRecord, _ space: VectorSpace, _ writer: StoreWriter) throws -> Outcome {
        if try !record.isVectorAlone || writer.contentHash(id: record.id) == nil {
            let outcome = try writer.put(try document(record, space: space.id))
            guard outcome == .unchanged else { return .stored(outcome) }
        }
        guard let document = try writer.document(id: record.id) else {
            throw AkinError(
                .internalFailure, "The document \(record.id.debugDescription) is missing within its own transaction.")
        }
        let passages = try writer.passages(documentRowID: document.rowID)
        guard passages.count == 1, let passage = passages.first else {
            return .refused(
                "document \(record.id.debugDescription) has \(passages.count) passages, and a vector stands for one: give it another id"
            )
        }
        let stored = try writer.vector(space: space.id, passage: passage.id)
        if let stored, stored.elementsEqual(record.vector, by: { $0.bitPattern == $1.bitPattern }) {
            return .stored(.unchanged)
        }
        try writer.setVector(space: space.id, passage: passage.id, vector: record.vector)
        return .stored(.updated)
    }

    private func document(_ record: VectorRecord, space: Int64) throws -> NewDocument {
        let passage = NewPassage(
            text: record.text, searchText: KeywordText.searchText(title: record.title, passage: record.text),
            rangeStart: 0,
            rangeEnd: record.text.unicodeScalars.count,
            tokenCount: record.text.isEmpty ? 0 : WordSegmenter().words(in: record.text).count,
            vectors: [(space: space, vector: record.vector)])
        let metadata = try MetadataCoding.encode(record.metadata)
        return NewDocument(
            id: record.id, source: record.source, title: record.title, metadataJSON: metadata,
            metadata: MetadataCoding.entries(record.metadata),
            // Without the vector, which is compared separately.
            contentHash: ContentHash.of(["vector", record.title ?? "", record.text, record.source, metadata]),
            passages: [passage])
    }
}

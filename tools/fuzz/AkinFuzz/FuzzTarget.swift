import AkinWords
import AkinTransformers
import AkinTokenizers
import AkinCore
import AkinIndex
import AkinText
import AkinTraining
import AkinVectors
import CSQLite
import Foundation

/// Every parser of bytes from outside but those of texts and documents, which `ReaderFuzz` has.
enum FuzzTarget: String, CaseIterable {
    case safetensors, tokenizer, vocabulary, words, index, filter, query, npy, fvecs, bvecs, vectorlines
    case word2vec, glove, fasttext, akinwords, staticmodel, modelfolder, unigram, archive, deflate, examples
    case checkpoint, headfolder

    func run(_ data: Data) throws {
        switch self {
        case .safetensors: try Self.safetensors(data)
        case .tokenizer: try Self.tokenizer(["tokenizer.json": data])
        case .vocabulary: try Self.tokenizer(["vocab.txt": data])
        case .words: try Self.words(data)
        case .index: try Self.index(data)
        case .filter: try Self.filter(data)
        case .query: Self.query(data)
        case .npy: try Self.vectors(data, .npy)
        case .fvecs: try Self.vectors(data, .fvecs)
        case .bvecs: try Self.vectors(data, .bvecs)
        case .vectorlines: try Self.vectors(data, .jsonl)
        case .word2vec:
            try Self.embeddings(data, data.first.map { $0 % 2 == 0 } == true ? .word2vecText : .word2vecBinary)
        case .glove: try Self.embeddings(data, .glove)
        case .fasttext: try Self.embeddings(data, .fasttextModel)
        case .akinwords: try Self.embeddings(data.count % 8 == 1 ? data : PackedChecksums.mended(data), .akin)
        case .staticmodel: try Self.staticModel(data)
        case .modelfolder: try Self.modelFolder(data)
        case .unigram: try Self.unigram(data)
        case .archive: try Self.archive(data)
        case .deflate: try Self.deflate(data)
        case .examples: try Self.examples(data)
        case .checkpoint: try TrainingFuzz.checkpoint(data)
        case .headfolder: try TrainingFuzz.headFolder(data)
        }
    }

    private static func safetensors(_ data: Data) throws {
        let file = try SafetensorsFile(path: file("model.safetensors", data))
        for tensor in file.tensors.values where tensor.elementCount < 1 << 16 {
            _ = try? file.matrix(tensor, shape: tensor.shape.count <= 2 ? tensor.shape : [tensor.elementCount])
        }
    }

    private static func tokenizer(_ files: [String: Data]) throws {
        for name in ["tokenizer.json", "vocab.txt"] {
            try? FileManager.default.removeItem(at: scratch.appending(path: name))
        }
        for (name, data) in files { _ = try file(name, data) }
        let tokenizer = try WordPieceTokenizer(folder: scratch)
        let encoding = tokenizer.encode("The ferry, un-affable [SEP] 東京 é\u{301} ##s [MASK]", maximumTokens: 24)
        precondition(encoding.ids.count == encoding.ranges.count && encoding.ids.count <= 24)
    }

    /// Whatever an archive claims, no more than this is written.
    private static func archive(_ data: Data) throws {
        let path = try file("archive.whl", data)
        let entries = try ZipDirectory(BinaryFile(path: path)).entries
        guard entries.count < 50, entries.allSatisfy({ $0.size < 1 << 16 }) else { return }
        let folder = scratch.appending(path: "unpacked")
        defer { try? FileManager.default.removeItem(at: folder) }
        try ModelArchive(path).unpack(into: folder)
    }

    private static func deflate(_ data: Data) throws {
        let limit = 1 << 18
        var (pieces, produced) = (
            [[UInt8](data.prefix(data.count / 3)), [UInt8](data.dropFirst(data.count / 3))].filter { !$0.isEmpty }, 0
        )
        var inflater = Inflater(
            limit: limit, refill: { pieces.isEmpty ? [] : pieces.removeFirst() }, emit: { produced += $0.count })
        defer { precondition(produced <= limit) }
        try inflater.run()
    }

    private static func unigram(_ data: Data) throws {
        let tokenizer = try TokenizerReader.read(json: data, name: "tokenizer.json")
        let text = "The ferry, <tok> un-affable  東京 ﬁ e\u{301}\u{200D} 12½ \u{FF41}\u{301}"
        let (ids, ranges) = tokenizer.placedTokens(text)
        precondition(ids.count == ranges.count && ranges.allSatisfy { $0.upperBound <= text.unicodeScalars.count })
        precondition(tokenizer.plainTokens(text, maximumTokens: 9).ids.count <= 9)
    }

    /// The digest at the end is made to fit, so that everything before it is read.
    private static func words(_ data: Data) throws {
        let model = try WordVectorModel(serialized: data + Data(count: 32))
        _ = model.vector(of: "ferry")
        _ = model.neighbors(of: "ferry", count: 3)
    }

    private static func embeddings(_ data: Data, _ format: WordVectorFileFormat) throws {
        let embeddings = try WordEmbeddings.read(file("embeddings", data), format: format).embeddings
        let queries = WordQueries(embeddings)
        for word in ["ferry", "unferried"] where (try? queries.known(word)) != nil {
            _ = try queries.neighbors(of: word, count: 3)
        }
    }

    private static func staticModel(_ data: Data) throws {
        let encoder = StaticEncoder(model: try StaticModel(serialized: data), name: "static", fingerprint: "")
        _ = try encoder.encode(["the ferry", ""], role: .query, threads: 1)
    }

    /// The JSON files of a model's folder, of which the first byte names one; the others are those of the golden model
    /// that `AKIN_FUZZ_MODEL` names.
    private static let settings = [
        "config.json", "modules.json", "1_Pooling/config.json", "2_Dense/config.json", "tokenizer_config.json",
        "sentence_bert_config.json",
        "config_sentence_transformers.json",
    ]
    private static let model = scratch.appending(path: "model")

    private static func modelFolder(_ data: Data) throws {
        guard let first = data.first, let whole = ProcessInfo.processInfo.environment["AKIN_FUZZ_MODEL"] else { return }
        if !FileManager.default.fileExists(atPath: model.path) {
            try FileManager.default.copyItem(at: URL(filePath: whole), to: model)
        }
        let name = settings[Int(first) % settings.count]
        let kept = try Data(contentsOf: model.appending(path: name))
        defer { try! kept.write(to: model.appending(path: name)) }
        try data.dropFirst().write(to: model.appending(path: name))
        let encoder = try BERTEncoder(folder: model)
        _ = try encoder.encode(["the ferry", ""], role: .query, threads: 1)
    }

    /// The checksums are made to fit, so that what they protect is read.
    private static func index(_ data: Data) throws {
        let path = try file("index", data.count % 2 == 0 ? SnapshotChecksums.mended(data) : data)
        let (index, header) = try Snapshot.open(path)
        guard index.dimension > 0, index.dimension < 4096 else { return }
        let query = (0..<index.dimension).map { Float($0 % 3) - 1 }
        let found = index.search(query, k: 5)
        precondition(found.neighbors.count <= 5 && header.count == index.count)
    }

    /// A filter that is understood, written out and read again, is the same.
    private static func filter(_ data: Data) throws {
        guard let text = String(validating: data, as: UTF8.self) else { return }
        let filter = try DocumentFilter(parsing: text)
        precondition(try! DocumentFilter(parsing: filter.description).description == filter.description)
    }

    nonisolated(unsafe) private static let keywords: OpaquePointer? = {
        var database: OpaquePointer?
        sqlite3_open(":memory:", &database)
        sqlite3_exec(database, "CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = 'porter unicode61')", nil, nil, nil)
        sqlite3_exec(database, "INSERT INTO t VALUES ('the ferry leaves at nine')", nil, nil, nil)
        return database
    }()

    /// FTS5 understands the expression that is made of any query.
    private static func query(_ data: Data) {
        let text = String(decoding: data, as: UTF8.self)
        _ = KeywordText.searchText(text)
        let query = (try? SearchQuery(parsing: text, mayOnlyExclude: true)) ?? SearchQuery(literal: text)
        let demanded = query.rows.flatMap { $0.phrases(findsOlderText: true) { $0 } }.map(\.expression)
        let scored = query.scoringExpression(findsOlderText: true) { $0 }
        ([scored].compactMap(\.self) + demanded).forEach(match)
    }

    private static func match(_ expression: String) {
        var statement: OpaquePointer?
        precondition(
            sqlite3_prepare_v2(keywords, "SELECT rowid FROM t WHERE t MATCH ?", -1, &statement, nil) == SQLITE_OK)
        defer { sqlite3_finalize(statement) }
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        expression.withCString { _ = sqlite3_bind_text(statement, 1, $0, CInt(expression.utf8.count), transient) }
        var status = SQLITE_ROW
        while status == SQLITE_ROW { status = sqlite3_step(statement) }
        precondition(status == SQLITE_DONE, "FTS5 refuses \(expression.debugDescription)")
    }

    /// Labelled data in a file whose extension the first byte chooses, to every reader of examples. What is refused is
    /// refused in one line.
    private static func examples(_ data: Data) throws {
        guard let first = data.first else { return }
        let extensions = ["csv", "tsv", "jsonl", "json", "conll", "txt"]
        let path = try file("examples.\(extensions[Int(first) % extensions.count])", Data(data.dropFirst()))
        let readers: [() throws -> Void] = [
            { _ = try Dataset(LabelledTextReader().read([path])).split(holdingOut: 0.5, seed: 1) },
            { _ = try ScoredPairReader().read([path]) }, { _ = try TextPairReader().read([path]) },
            { _ = try CoNLLReader().read([path]) },
            { _ = try QuestionReader().read([path]) }, { try CorpusDocuments(paths: [path]).forEach { _ in } },
        ]
        for reader in readers {
            do { try reader() } catch { precondition((error as? AkinError)?.description.contains("\n") == false) }
        }
    }

    private static func vectors(_ data: Data, _ format: VectorFileFormat) throws {
        let vectors = try VectorFile(path: file("vectors", data), format: format)
        var count = 0
        while try vectors.next() != nil, count < 10_000 { count += 1 }
    }
}

import AkinCore
package import AkinVectors
package import Foundation

/// Splits text into the tokens a BERT model was trained on, exactly as Hugging Face's `tokenizers` does with
/// `BertNormalizer`, `BertPreTokenizer` and `WordPiece`: the same ids at the same offsets, for every text.
///
/// ```swift
/// let tokenizer = try WordPieceTokenizer(folder: modelFolder)
/// let encoding = tokenizer.encode("Grüße aus Köln", maximumTokens: 256)
/// ```
///
/// It works on bytes and scalars with tables of its own, since neither Swift's nor Foundation's version of Unicode is
/// the one that the models know. Immutable; one value serves any number of threads.
package struct WordPieceTokenizer: Sendable {
    package let configuration: TokenizerConfiguration
    let vocabulary: WordPieceVocabulary
    /// Added tokens that are searched for in the text as it is given.
    let rawTokens: AddedTokenMatcher
    /// Added tokens that are searched for in the normalised text.
    let normalizedTokens: AddedTokenMatcher
    let asciiClasses: ASCIIClasses

    package let padID: Int32
    package let classID: Int32
    package let separatorID: Int32
    package let unknownID: Int32
    package let maskID: Int32?
    /// What stands around and between two texts; its ids may be −1 where the vocabulary has no `[CLS]` or `[SEP]`.
    let frameOfPairs: PairFrame

    package let vocabularySize: Int

    /// The most tokens of one text that the folder's files ask for: `model_max_length` of `tokenizer_config.json`, nil
    /// when that is not a possible number, as where it stands for “none”. Without one `truncation.max_length` of
    /// `tokenizer.json`, which is what the last use of the tokenizer has left there; nil without either.
    package var configuredMaximum: Int? { configuration.configuredMaximum }

    /// Reads a tokenizer from a Hugging Face model folder: `tokenizer.json`, or else `vocab.txt` with
    /// `tokenizer_config.json`.
    ///
    /// - Throws: `AkinError` with `.noInput` for a missing file and `.invalidData` for one that is malformed or not a
    ///   BERT tokenizer.
    package init(folder: URL) throws { try self.init(folder: folder, sections: nil) }

    /// - Parameter sections: Those of the folder's `tokenizer.json`, where they have been read.
    init(folder: URL, sections: TokenizerSections?) throws {
        let whole = folder.appending(path: "tokenizer.json")
        let settings = folder.appending(path: "tokenizer_config.json")
        if FileManager.default.fileExists(atPath: whole.path) {
            let file = try TokenizerFile(sections ?? TokenizerSections(Self.read(whole), file: whole.path))
            var configuration = file.configuration
            let maximum = try VocabularyFile.maximum(folder: folder)
            if maximum.isGiven { configuration.configuredMaximum = maximum.tokens }
            try self.init(configuration, file.entries, file: whole.path)
            return
        }
        let tokens = folder.appending(path: "vocab.txt")
        guard FileManager.default.fileExists(atPath: tokens.path) else {
            throw AkinError(
                .noInput,
                "\(folder.path) holds neither tokenizer.json nor vocab.txt; name the folder of a BERT model in Hugging Face's layout."
            )
        }
        guard FileManager.default.fileExists(atPath: settings.path) else {
            throw AkinError(
                .noInput,
                "\(folder.path) has vocab.txt but no tokenizer_config.json, which says whether the model is cased; "
                    + "get it, or write one such as {\"do_lower_case\": true}.")
        }
        let file = try VocabularyFile(
            Self.read(tokens), file: tokens.path, settings: Self.read(settings), settingsFile: settings.path)
        try self.init(file.configuration, file.entries, file: tokens.path)
    }

    /// The tokenizer that `write` put into a packed model.
    ///
    /// - Throws: `AkinError(.invalidData)` when its parts are missing, damaged or do not fit together.
    package init(packed: PackedModelFile, _ name: String) throws {
        let settings = try JSONDecoder().decode(
            PackedSettings.self, from: Data(try packed.array(PackedSettings.section(name), of: UInt8.self)))
        let prefix = settings.configuration.continuingPrefix.utf8.count
        try self.init(
            settings.configuration, try WordPieceVocabulary(packed, name, prefixCount: prefix), file: "a packed model",
            needsFrame: settings.needsFrame)
    }

    /// - Parameter needsFrame: Whether `[PAD]`, `[CLS]` and `[SEP]` must be there; without them their ids may be −1.
    init(
        _ configuration: TokenizerConfiguration, _ entries: consuming VocabularyEntries, file: String,
        needsFrame: Bool = true
    ) throws {
        let prefix = Array(configuration.continuingPrefix.utf8)
        let vocabulary = try WordPieceVocabulary(entries, continuingPrefix: prefix, file: file)
        try self.init(configuration, vocabulary, file: file, needsFrame: needsFrame)
    }

    private init(
        _ configuration: TokenizerConfiguration, _ vocabulary: WordPieceVocabulary, file: String,
        needsFrame: Bool = true
    ) throws {
        self.configuration = configuration
        self.vocabulary = vocabulary
        for token in configuration.addedTokens {
            let other = vocabulary.token(token.id)
            guard other == nil || other?.utf8.elementsEqual(token.content.utf8) == true,
                vocabulary.id(of: token.content.utf8) ?? token.id == token.id
            else {
                throw AkinError(
                    .invalidData,
                    "\(file) adds the token “\(token.content.prefix(40))” with the id \(token.id), which the vocabulary does not give it; the two must agree."
                )
            }
        }
        func find(_ token: String) -> Int32? {
            vocabulary.id(of: token.utf8)
                ?? configuration.addedTokens.first { $0.content.utf8.elementsEqual(token.utf8) }?.id
        }
        func require(_ token: String) throws -> Int32 {
            guard let id = find(token) ?? (needsFrame ? nil : -1) else {
                throw AkinError(
                    .invalidData,
                    "\(file) has no token “\(token)”, which every BERT vocabulary needs; get the model's own file.")
            }
            return id
        }
        guard let unknownID = vocabulary.id(of: configuration.unknownToken.utf8) else {
            throw AkinError(
                .invalidData,
                "\(file): the vocabulary has no token “\(configuration.unknownToken)” for unknown words; get the model's own file."
            )
        }
        self.unknownID = unknownID
        padID = try require(configuration.padToken)
        classID = try require(configuration.classToken)
        separatorID = try require(configuration.separatorToken)
        maskID = find(configuration.maskToken)
        frameOfPairs =
            configuration.pairTemplate.flatMap { template in PairFrame(template) { find($0).map { [$0] } } }
            ?? PairFrame(before: [classID], between: [separatorID], after: [separatorID], hasSecondSegment: true)
        vocabularySize = Int(configuration.addedTokens.reduce(vocabulary.highestID) { max($0, $1.id) }) + 1
        let tokens = configuration.addedTokens
        rawTokens = AddedTokenMatcher(tokens.filter { !$0.normalized }.map { (Array($0.content.utf8), $0) })
        normalizedTokens = AddedTokenMatcher(
            tokens.filter(\.normalized).map { (Self.normalized($0.content, configuration), $0) })
        asciiClasses = ASCIIClasses(configuration)
    }

    /// Whether the vocabulary has `[CLS]` and `[SEP]` to put around a text; those of static models need not.
    var hasFrame: Bool { classID >= 0 && separatorID >= 0 }

    /// `configuredMaximum` of the tokenizer in a model folder, without making its vocabulary.
    ///
    /// - Throws: `AkinError(.invalidData)` for a file that is malformed.
    package static func configuredMaximum(folder: URL) throws -> Int? {
        let maximum = try VocabularyFile.maximum(folder: folder)
        if maximum.isGiven { return maximum.tokens }
        let whole = folder.appending(path: "tokenizer.json")
        guard FileManager.default.fileExists(atPath: whole.path) else { return nil }
        return try TokenizerSections(read(whole), file: whole.path).configuredMaximum
    }

    static func read(_ url: URL) throws -> [UInt8] {
        do {
            return Array(try RegularFile.contents(of: url.path, atMost: JSONFile.largest))
        } catch {
            throw AkinError(
                .noInput, "\(url.path) cannot be read: \(error). Check that it is a file and that you may read it.")
        }
    }

    /// The text of a token as the vocabulary writes it; the unknown token's text for an id that no token has.
    package func token(_ id: Int32) -> String {
        vocabulary.token(id) ?? configuration.addedTokens.first { $0.id == id }?.content ?? configuration.unknownToken
    }

    /// Bytes that are equal for two tokenizers exactly when they turn every text into the same ids, truncation aside:
    /// settings, added tokens and vocabulary in a fixed order.
    ///
    /// - Complexity: Writes the whole vocabulary again at each call.
    package var fingerprintBytes: Data {
        var bytes: [UInt8] = Array("akin BERT tokenizer 1\n".utf8)
        func append(_ number: Int) {
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        func append(_ text: some Collection<UInt8>) {
            append(text.count)
            bytes.append(contentsOf: text)
        }
        func append(_ flags: Bool...) { bytes.append(contentsOf: flags.map { $0 ? 1 : 0 }) }
        let settings = configuration
        append(settings.cleansText, settings.padsIdeographs, settings.stripsAccents, settings.lowercases)
        append(settings.maximumWordScalars)
        append(settings.continuingPrefix.utf8)
        for id in [unknownID, classID, separatorID] { append(Int(id)) }
        append(settings.addedTokens.count)
        for token in settings.addedTokens.sorted(by: { $0.id < $1.id }) {
            append(Int(token.id))
            append(token.content.utf8)
            append(token.singleWord, token.stripsLeft, token.stripsRight, token.normalized)
        }
        append(vocabulary.count)
        vocabulary.forEach {
            append(Int($0))
            append($1)
        }
        return Data(bytes)
    }
}

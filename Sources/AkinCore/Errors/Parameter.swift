extension Remedy {
    /// A parameter that a Swift program sets as a property or argument and the command line as an option.
    public enum Parameter: Hashable, Sendable, CaseIterable {
        case store, model, encoder
        /// A file of word vectors.
        case wordVectors
        /// The vector of a query.
        case vector
        case searchMode, fusion
        /// The format of text files, and of files of vectors.
        case textFormat, vectorFormat
        case textField, idField
        case chunkTokens, chunkOverlap
        /// The type of imported vectors' components.
        case elementType
    }
}

extension Remedy.Parameter {
    /// Where a Swift program sets it.
    public var swiftSpelling: String {
        switch self {
        case .store: "Database.open(at:)"
        case .model: "Database.Configuration.model"
        case .encoder: "Database.Configuration.encoder"
        case .wordVectors: "WordVectors(contentsOf:)"
        case .vector: "SearchRequest.vector"
        case .searchMode: "SearchRequest.mode"
        case .fusion: "SearchRequest.fusion"
        case .textFormat: "IndexingOptions.format"
        case .vectorFormat: "VectorFile(path:format:)"
        case .textField: "IndexingOptions.textField"
        case .idField: "IndexingOptions.idField"
        case .chunkTokens: "IndexingOptions.chunkTokens"
        case .chunkOverlap: "IndexingOptions.chunkOverlap"
        case .elementType: "VectorImportOptions.element"
        }
    }

    /// What it is, after "a" or "another".
    package var noun: String {
        switch self {
        case .store: "path"
        case .model: "model"
        case .encoder: "encoder"
        case .wordVectors: "file of word vectors"
        case .vector: "vector"
        case .searchMode: "mode"
        case .fusion: "method of fusion"
        case .textFormat, .vectorFormat: "format"
        case .textField, .idField: "field"
        case .chunkTokens, .chunkOverlap: "number"
        case .elementType: "type"
        }
    }
}

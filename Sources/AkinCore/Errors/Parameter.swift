extension Remedy {
    /// A parameter that a Swift program sets as a property or argument and the command line as an option.
    public enum Parameter: Hashable, Sendable, CaseIterable {
        /// The path of the store.
        case store
        /// The model that encodes: an installed name or a folder.
        case model
        /// The number of components that a model's vectors are cut to.
        case dimensions
        /// The family of encoders, or the encoder that a store shall have.
        case encoder
        /// A file of word vectors, which the questions about words are put to.
        case wordVectors
        /// The vector to search by, beside or in place of a question in words.
        case vector
        /// The evidence that ranks results: meaning, words or both.
        case searchMode
        /// The format of the text files that are indexed.
        case textFormat
        /// The format of the file that vectors are imported from.
        case vectorFormat
        /// The field of a record that holds its text.
        case textField
        /// The field of a record that holds its id.
        case idField
        /// The most tokens of a passage.
        case chunkTokens
        /// The tokens that neighbouring passages share.
        case chunkOverlap
        /// The type of imported vectors' components, such as float16.
        case elementType
    }
}

extension Remedy.Parameter {
    /// The property, argument or initializer by which a Swift program sets it, such as `SearchRequest.mode`.
    public var swiftSpelling: String {
        switch self {
        case .store: "Database.open(at:)"
        case .model: "Database.Configuration.model"
        case .dimensions: "Database.Configuration.dimensions"
        case .encoder: "Database.Configuration.encoder"
        case .wordVectors: "WordVectors(contentsOf:)"
        case .vector: "SearchRequest.vector"
        case .searchMode: "SearchRequest.mode"
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
        case .dimensions: "number"
        case .encoder: "encoder"
        case .wordVectors: "file of word vectors"
        case .vector: "vector"
        case .searchMode: "mode"
        case .textFormat, .vectorFormat: "format"
        case .textField, .idField: "field"
        case .chunkTokens, .chunkOverlap: "number"
        case .elementType: "type"
        }
    }
}

import AkinCore

/// How much of the input is stored, in bytes of its files.
///
/// Files are read a block at a time, far ahead of the encoder, for which a person waits. So progress follows the
/// documents that are encoded, scaled by the bytes of input that documents have taken so far beside their estimated
/// size.
struct InputMeter {
    /// Bytes of all files; nil when the input's size is not known.
    private(set) var total: Double?

    private var read = 0.0
    private var offered = 0.0
    private var encoded = 0.0
    private var ratio = 1.0

    init(total: Int) { self.total = total > 0 ? Double(total) : nil }

    /// Bytes of input that the encoded documents stand for.
    var completed: Double { min(encoded * ratio, total ?? .infinity) }

    mutating func didOffer(_ document: Document) { offered += Self.size(document) }

    mutating func didEncode(_ documents: some Sequence<Document>) {
        encoded += documents.reduce(0) { $0 + Self.size($1) }
    }

    mutating func didRead(bytes: Int) {
        // A block is counted before its records, so the documents offered so far are those of the bytes before.
        if offered > 0, read > 0 {
            let shown = completed
            ratio = read / offered
            if encoded > 0 { ratio = max(ratio, shown / encoded) }
        }
        read += Double(bytes)
    }

    /// About the bytes a document takes in a file of records.
    private static func size(_ document: Document) -> Double {
        let texts = document.text.utf8.count + (document.title?.utf8.count ?? 0) + document.id.utf8.count
        return Double(texts + document.metadata.reduce(30) { $0 + $1.key.utf8.count + 5 + size($1.value) })
    }

    private static func size(_ value: JSONValue) -> Int {
        switch value {
        case .array(let values): values.reduce(2) { $0 + size($1) + 1 }
        case .object(let fields): fields.reduce(2) { $0 + $1.key.utf8.count + 5 + size($1.value) }
        case .string(let text): text.utf8.count + 2
        case .null, .bool, .number, .numeral: 5
        }
    }
}

import AkinStore

/// The passages that an encoder gives no vector, such as those without a word that it knows.
///
/// A run that finds as many as the last one left, in a store that has not changed, need not try them again.
struct Unencodable {
    private let space: Int64
    private let count: Int
    private let change: Int64
    private let known: String?

    init(of space: VectorSpace, _ reader: StoreReader) throws {
        self.space = space.id
        count = try reader.passageCount() - reader.vectorCount(space: space.id)
        change = try reader.lastChange().sequence
        known = try reader.setting(Self.key(space.id))
    }

    /// Whether no passage is left that could have a vector.
    var isKnown: Bool { count == 0 || known == text }

    /// Remembers them, once all have been tried.
    func save(_ writer: StoreWriter) throws {
        if known != text, count > 0 || known != nil { try writer.setSetting(Self.key(space), count > 0 ? text : nil) }
    }

    private var text: String { "\(count) at \(change)" }

    private static func key(_ space: Int64) -> String { "unencodable.\(space)" }
}

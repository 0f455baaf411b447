import AkinCore
import AkinText

/// The classes of a set of examples, numbered in an order that depends on nothing but their names: whole numbers by
/// value, else names by their bytes. A model that is trained again has its classes in the same places.
package struct LabelSet: Hashable, Sendable {
    /// The most classes that a head is made for. A column of ids or of texts has more.
    package static let maximumCount = 10_000

    package let names: [String]
    private let places: [String: Int]

    /// - Throws: `AkinError(.invalidData)` for fewer than two classes and for more than `maximumCount`.
    package init(_ labels: some Sequence<String>, of source: String) throws {
        let distinct = Set(labels)
        guard distinct.count > 1 else {
            throw AkinError(
                .invalidData,
                distinct.isEmpty
                    ? "\(source) holds no examples."
                    : "All examples of \(source) have the label '\(distinct.first?.onOneLine ?? "")'; classes are told apart, so at least two are needed."
            )
        }
        guard distinct.count <= Self.maximumCount else { throw Self.tooMany(source) }
        names = Self.ordered(distinct)
        places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package var count: Int { names.count }

    /// The number of a class; nil for a name that is none.
    package func index(of name: String) -> Int? { places[name] }

    static func tooMany(_ source: String) -> AkinError {
        AkinError(
            .invalidData,
            "\(source) has more than \(maximumCount) different labels; is the label field one of ids or of texts?")
    }

    private static func ordered(_ names: Set<String>) -> [String] {
        let numbers = names.map { Int($0) }
        guard !numbers.contains(nil) else {
            return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        // Of 1 and 01, the shorter first.
        return names.sorted { (Int($0) ?? 0, $0.utf8.count, $0) < (Int($1) ?? 0, $1.utf8.count, $1) }
    }
}

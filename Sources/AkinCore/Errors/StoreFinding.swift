/// One thing that is wrong with a store: what it is about, what is the matter with that, and both in a sentence.
///
/// ```swift
/// for finding in try await database.verify() {
///     if case .indexFile(let path) = finding.subject { print("\(path) will be built again") }
/// }
/// ```
/// In JSON it is its sentence.
public struct StoreFinding: Hashable, Sendable {
    /// The part of a store that a finding is about.
    public enum Subject: Hashable, Sendable {
        /// The store's file as a whole, or a place in it that belongs to no row.
        case file
        /// A table, index, view or trigger.
        case definition(String)
        /// The number after which rows of a table get their ids.
        case sequence(table: String)
        /// A row that has no name of its own here.
        case row(table: String, id: String)
        case setting(String)
        /// A kind of vectors, by the store's number for it.
        case space(Int64)
        case document(id: String)
        case passage(Int64)
        /// A passage's vector; the space is nil where vectors of any are meant.
        case vector(passage: Int64, space: Int64?)
        /// An entry of the change log.
        case change(Int64)
        case keywordIndex
        /// The word vectors or the static model that make a space's vectors.
        case wordModel(space: Int64)
        case clusterRun(Int64)
        case cluster(run: Int64, number: Int)
        case indexFile(path: String)
        /// As many more with the same fault as the finding before, of which the first are reported one by one.
        case others(Int)
    }

    /// What is the matter.
    public enum Fault: String, Hashable, Sendable, CaseIterable, Codable {
        /// It does not have its checksum, or not the one that the change log proves: it was changed since it was
        /// written.
        case altered
        /// It holds what cannot be, such as a vector that is not finite.
        case invalid
        /// It is not there.
        case missing
        /// It is there and should not be.
        case unexpected
        /// It refers to what is not there.
        case dangling
        /// It does not fit what it was made of: the keyword index its texts, an index file its vectors.
        case outdated
        /// It could not be read, or only in part.
        case unreadable
        /// A newer Akin made it, so it was left unchecked.
        case unknown
    }

    public var subject: Subject
    public var fault: Fault
    /// A sentence for a person.
    public var message: String

    public init(_ subject: Subject, _ fault: Fault, _ message: String) {
        self.subject = subject
        self.fault = fault
        self.message = message
    }
}

extension StoreFinding: CustomStringConvertible {
    public var description: String { message }
}

extension StoreFinding: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(message)
    }
}

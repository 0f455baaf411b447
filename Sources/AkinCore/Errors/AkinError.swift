/// The one error type of Akin: what went wrong, how to mend it, what caused it and where.
///
/// The message is a full sentence for a person. It names the thing at fault (a file and line, a parameter, a space).
/// Where something can be done about it, `remedy` says what.
public struct AkinError: Error, Remediable {
    /// The kind of failure. A struct over a private enumeration, so that kinds can be added without breaking callers.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String, Sendable {
            case invalidArgument, invalidData, noInput, notFound, noModel, incompatible, internalFailure, cannotCreate,
                inputOutput, locked
        }

        private let kind: Kind

        /// A parameter, option, query or filter that cannot be understood.
        public static let invalidArgument = Code(kind: .invalidArgument)
        /// Outside bytes that are not what they should be: broken JSON, a malformed model, a damaged file.
        public static let invalidData = Code(kind: .invalidData)
        /// An input file or folder that is missing, unreadable or holds no text.
        public static let noInput = Code(kind: .noInput)
        /// A document, cluster run or vector space that is not in the store.
        public static let notFound = Code(kind: .notFound)
        /// No encoder by that name is installed, or its library cannot work on this machine.
        public static let noModel = Code(kind: .noModel)
        /// The store and the request do not fit: another encoder, another dimension, a newer format.
        public static let incompatible = Code(kind: .incompatible)
        /// A promise inside Akin was broken; please report it.
        public static let internalFailure = Code(kind: .internalFailure)
        /// An output file or store cannot be created or written.
        public static let cannotCreate = Code(kind: .cannotCreate)
        /// Reading or writing failed part-way: a full disk, a failing device.
        public static let inputOutput = Code(kind: .inputOutput)
        /// Another process holds the store for writing.
        public static let locked = Code(kind: .locked)

        public var description: String { kind.rawValue }
    }

    /// Where in Akin's source the error was made.
    public struct Location: Sendable {
        public let file: String
        public let line: Int
    }

    public let code: Code
    public let message: String
    public let remedy: Remedy?
    public let cause: (any Error)?
    public let location: Location

    public init(
        _ code: Code, _ message: String, remedy: Remedy? = nil, cause: (any Error)? = nil, file: String = #fileID,
        line: Int = #line
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.cause = cause
        self.location = Location(file: file, line: line)
    }
}

extension AkinError: CustomStringConvertible {
    /// What went wrong, what to do about it in a Swift program, and the cause.
    public var description: String { addingCause(to: fullMessage) }

    package func addingCause(to text: String) -> String { causeText.map { "\(text) (\($0))" } ?? text }
}

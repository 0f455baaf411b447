/// The one error type of Akin: what went wrong, what can be done, what caused it and where.
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
        /// The call has to be changed.
        public static let invalidArgument = Code(kind: .invalidArgument)
        /// Outside bytes that are not what they should be: broken JSON, a malformed model, a damaged file.
        /// Another file helps, or `Database.repair` where the file is a store.
        public static let invalidData = Code(kind: .invalidData)
        /// An input file or folder that is missing, unreadable or holds no text.
        public static let noInput = Code(kind: .noInput)
        /// A document, cluster run or vector space that is not in the store.
        public static let notFound = Code(kind: .notFound)
        /// No encoder by that name is installed, or its library cannot work on this machine.
        public static let noModel = Code(kind: .noModel)
        /// The store and the request do not fit each other: another encoder, another dimension, a newer format.
        public static let incompatible = Code(kind: .incompatible)
        /// Akin contradicts itself. This is a fault of Akin: please report it.
        public static let internalFailure = Code(kind: .internalFailure)
        /// An output file or store cannot be created or written.
        public static let cannotCreate = Code(kind: .cannotCreate)
        /// Reading or writing failed part-way: a full disk, a failing device. A store keeps what was committed before.
        public static let inputOutput = Code(kind: .inputOutput)
        /// Another process was writing to the store for longer than `Database.Configuration.lockTimeout`. The same call
        /// may succeed later.
        public static let locked = Code(kind: .locked)

        /// The name of the code, such as `invalidArgument`.
        public var description: String { kind.rawValue }
    }

    /// The place in Akin's source that made an error, for reports of faults.
    public struct Location: Sendable {
        /// Module and file, such as `AkinStore/Store.swift`.
        public let file: String
        /// The line in that file, 1-based.
        public let line: Int
    }

    /// The kind of failure, to be compared in a `catch … where`.
    public let code: Code
    /// What went wrong: a full sentence, without the remedy and the cause.
    public let message: String
    /// What can be done about it; nil where the message says all there is to say.
    public let remedy: Remedy?
    /// The error of the system or of a library that led to this one; nil where Akin found the trouble itself.
    public let cause: (any Error)?
    /// The place in Akin's source that made the error.
    public let location: Location

    /// An error made at the place of the call.
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

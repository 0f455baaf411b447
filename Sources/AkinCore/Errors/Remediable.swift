/// A message with what can be done about it: an error, a note, a problem with the input.
public protocol Remediable: Sendable {
    /// What is the matter: a sentence, or what follows a place and a colon, without a capital and a full stop.
    var message: String { get }
    /// What can be done about it; nil where there is nothing to do or nothing is known to help.
    var remedy: Remedy? { get }
}

extension Remediable {
    /// The message, and the remedy in the words of a Swift program.
    public var fullMessage: String {
        guard let remedy else { return message }
        return message.isSentence ? "\(message) \(remedy)" : "\(message); \(remedy.clause)"
    }
}

extension String {
    package var isSentence: Bool { last.map { ".?!…".contains($0) } ?? false }
}

extension CodingUserInfoKey {
    /// A `RemediableText` that words what is encoded, for a program with words of its own; without it the words are a
    /// Swift program's.
    public static let remediableText = CodingUserInfoKey(rawValue: "akin.remediableText")!
}

/// How a program words a message and its remedy.
public typealias RemediableText = @Sendable (any Remediable) -> String

extension Encoder {
    /// A message and its remedy in the words of the program that encodes them.
    package func text(of value: any Remediable) -> String {
        (userInfo[.remediableText] as? RemediableText)?(value) ?? value.fullMessage
    }
}

import AkinCore

/// How much of a document's text is shown with a passage that was found.
public enum PassageContext: Sendable, Hashable {
    /// The passage alone.
    case passage
    /// Whole sentences before and after the passage, as many as fit into so many Unicode scalars with it: first those
    /// of its section, then those of the sections around; last, whole lines of the sentences that do not fit.
    case sentences(characters: Int)
    /// So many passages before and after it.
    case neighbors(Int)

    /// About 200 words: most answers that a passage of 128 tokens misses stand beside it.
    public static let standard = PassageContext.sentences(characters: 1000)

    /// The most passages on each side that `neighbors` shows.
    public static let maximumNeighbors = 100

    /// The most Unicode scalars that `sentences` shows.
    public static let maximumCharacters = 1_000_000

    /// - Throws: `AkinError(.invalidArgument)` for a number out of bounds.
    func check() throws(AkinError) {
        switch self {
        case .passage: return
        case .sentences(let characters):
            guard (0...Self.maximumCharacters).contains(characters) else {
                throw AkinError(
                    .invalidArgument, "Ask for 0 to \(Self.maximumCharacters) characters, not \(characters).")
            }
        case .neighbors(let count):
            guard (0...Self.maximumNeighbors).contains(count) else {
                throw AkinError(
                    .invalidArgument, "Ask for 0 to \(Self.maximumNeighbors) neighbours, not \(count).")
            }
        }
    }
}

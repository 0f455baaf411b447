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
}

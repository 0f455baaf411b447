import AkinCore

/// Text as a terminal shows it: one line, no control characters, measured in columns.
enum DisplayText {
    /// The text with every run of white space made one space, and without what a terminal would obey instead of
    /// showing.
    static func oneLine(_ text: String) -> [Character] { placed(text).map(\.character) }

    /// The same, each character with its place, in Unicode scalars of the text.
    static func placed(_ text: some StringProtocol) -> [(character: Character, place: Int)] {
        var result: [(character: Character, place: Int)] = []
        var spaceIsDue = false
        var place = 0
        for character in text {
            if character.isWhitespace {
                spaceIsDue = !result.isEmpty
            } else if let shown = VisibleText.shown(character), !isFormat(shown) {
                // A space belongs to what it stands before: within a phrase both are marked.
                if spaceIsDue { result.append((" ", place - 1)) }
                spaceIsDue = false
                result.append((shown, place))
            }
            place += character.unicodeScalars.count
        }
        return result
    }

    static func width(_ character: Character) -> Int { TextColumns.width(character) }

    static func width(_ text: some Sequence<Character>) -> Int { TextColumns.width(text) }

    /// The text cut to a width, with an ellipsis where something was left out.
    static func cut(_ text: [Character], to columns: Int) -> String { TextColumns.cut(text, to: columns) }

    /// Whether the character belongs to a script that is written without spaces and shown two columns wide.
    static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map(TextColumns.isWide) ?? false
    }

    private static func isFormat(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format }
    }
}

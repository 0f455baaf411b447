/// An entity in a sentence: its type and the words it covers.
package struct TaggedSpan: Hashable, Sendable {
    package var type: String
    /// Half-open, in words.
    package var words: Range<Int>

    package init(type: String, words: Range<Int>) {
        self.type = type
        self.words = words
    }
}

/// A tag in two parts: what it says of the place in an entity, and the entity's type.
struct TagParts: Equatable {
    enum Place: Character {
        case outside = "O"
        case begin = "B"
        case inside = "I"
        /// The last word, in IOBES; BILOU writes L.
        case end = "E"
        case single = "S"
    }

    let place: Place
    let type: String

    static let outside = TagParts(place: .outside, type: "")

    /// Nil for what is no tag. The type is what follows the first hyphen, and may hold hyphens itself.
    init?(_ tag: String) {
        if tag == "O" {
            self = .outside
            return
        }
        guard let first = tag.first, tag.utf8.count > 2, tag.dropFirst().first == "-" else { return nil }
        // BILOU's Last and Unit are IOBES's End and Single.
        let letter: Character =
            switch first {
            case "L": "E"
            case "U": "S"
            default: first
            }
        guard let place = Place(rawValue: letter), place != .outside else { return nil }
        self.init(place: place, type: String(tag.dropFirst(2)))
    }

    private init(place: Place, type: String) {
        self.place = place
        self.type = type
    }
}

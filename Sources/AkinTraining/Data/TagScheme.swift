/// How tags write where entities begin and end.
package enum TagScheme: String, Sendable, CaseIterable {
    /// B- only where an entity follows another of its type at once (Ramshaw and Marcus 1995).
    case iob1 = "IOB1"
    /// B- begins every entity.
    case iob2 = "IOB2"
    /// E- only where an entity is followed by another of its type at once.
    case ioe1 = "IOE1"
    /// E- ends every entity.
    case ioe2 = "IOE2"
    case iobes = "IOBES"
    case bilou = "BILOU"

    /// The scheme that the sentences of a file are written in; nil where there is no tag but O, or they are written in
    /// none. Where two fit, as IOB1 and IOB2 where no entity follows another, the spans are the same.
    static func detect(_ sentences: some Sequence<[TagParts]>, hasLastOrUnit: Bool) -> TagScheme? {
        var places: Set<TagParts.Place> = []
        // I- where an entity begins, B- where none of the type goes before.
        var (bareBegins, freeBegins) = (false, false)
        for tags in sentences {
            var previous = TagParts.outside
            for tag in tags {
                places.insert(tag.place)
                let follows = previous.place != .outside && previous.type == tag.type
                if tag.place == .inside, !follows { bareBegins = true }
                if tag.place == .begin, !follows { freeBegins = true }
                previous = tag
            }
        }
        places.remove(.outside)
        if places.isEmpty { return nil }
        if places.contains(.single) || places.isSuperset(of: [.begin, .end]) {
            return hasLastOrUnit ? .bilou : .iobes
        }
        if places.contains(.end) { return .ioe1 }
        if !bareBegins { return .iob2 }
        return freeBegins ? nil : .iob1
    }
}

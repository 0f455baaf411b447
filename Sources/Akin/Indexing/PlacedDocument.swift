import AkinCore
import AkinStore
import AkinText

/// A document with the parts of its text, by which its passages know where they stand in its file.
struct PlacedDocument: Sendable {
    var document: Document
    /// Empty where the reader knows none, and for documents that come from no file.
    var blocks: [TextBlock]

    var places: PassagePlaces { PassagePlaces(text: document.text, blocks: blocks) }

    /// The stored passages of this document that stand elsewhere than the store says.
    func movedPlaces(_ reader: StoreReader) throws -> [(passage: Int64, place: PassagePlace?)] {
        guard let stored = try reader.document(id: document.id) else { return [] }
        let places = places
        return try reader.passages(documentRowID: stored.rowID).compactMap { passage in
            let place = places.place(of: passage.text, range: passage.rangeStart..<passage.rangeEnd)
            return place == passage.place ? nil : (passage.id, place)
        }
    }
}

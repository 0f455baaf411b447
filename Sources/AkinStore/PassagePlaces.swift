package import AkinCore
import GRDB

extension StoreReader {
    /// The place in a row's columns `line_start`, `line_end`, `page` and `headings`.
    static func place(_ row: Row, from first: Int, ofPassage id: Int64) throws -> PassagePlace {
        func position(_ index: Int, _ name: String) throws -> Int? {
            row.hasNull(atIndex: index)
                ? nil : try row.number(index, in: RowLimits.position, name, of: "the place of passage \(id)")
        }
        let (start, end) = try (position(first, "first line"), position(first + 1, "last line"))
        guard (start == nil) == (end == nil), start ?? 0 <= end ?? 0 else {
            throw AkinError.impossible("The store is damaged: the lines of passage \(id) do not begin before they end")
        }
        var place = PassagePlace(page: try position(first + 2, "page"))
        if let start, let end { place.lines = start...end }
        if let json = try row.decode(String?.self, atIndex: first + 3) {
            guard let headings = Self.headings(json) else {
                throw AkinError.impossible(
                    "The store is damaged: the headings of passage \(id) are not a list of texts")
            }
            place.headings = headings
        }
        return place
    }

    /// The texts of a JSON array; nil where it holds anything else.
    static func headings(_ json: String) -> [String]? {
        guard case .array(let values)? = try? JSONReader.value(of: Array(json.utf8)) else { return nil }
        var headings: [String] = []
        for value in values {
            guard case .string(let heading) = value else { return nil }
            headings.append(heading)
        }
        return headings
    }
}

extension StoreWriter {
    /// Stores where a new passage stands; nothing where that is not known, and no number that could not be read again.
    func insert(_ place: PassagePlace?, ofPassage id: Int64) throws {
        guard var place else { return }
        func isPossible(_ number: Int) -> Bool { RowLimits.position.contains(Int64(number)) }
        if let lines = place.lines, !isPossible(lines.lowerBound) || !isPossible(lines.upperBound) { place.lines = nil }
        if let page = place.page, !isPossible(page) { place.page = nil }
        guard !place.isEmpty else { return }
        try execute(
            RowChecksum.passagePlace.insertion,
            [
                id, place.lines?.lowerBound, place.lines?.upperBound, place.page,
                place.headings.isEmpty ? nil : Self.json(place.headings),
            ])
    }

    private static func json(_ headings: [String]) -> String {
        var json = JSONWriter(escaping: .required)
        json.array(headings) { $0.string($1) }
        return json.text
    }

    /// Gives passages other places, as when lines were added above an unchanged text. Passages that are not there any
    /// more are left out.
    package func setPlaces(_ places: [(passage: Int64, place: PassagePlace?)]) throws {
        guard !places.isEmpty else { return }
        try change {
            for (passage, place) in places {
                try execute("DELETE FROM passage_place WHERE passage = ?", [passage])
                guard try number("SELECT EXISTS (SELECT 1 FROM passage WHERE id = ?)", [passage]) == 1 else { continue }
                try insert(place, ofPassage: passage)
            }
        }
    }
}

import AkinCore
import AkinStore
import Foundation

/// How a labelling uses its model; a part of what a store remembers of it.
struct LabellingSettings: Codable, Hashable, Sendable {
    /// The least score that counts.
    var threshold: Double
    /// The labels' names, where nothing was trained for them.
    var labels: [String]?
    /// That of the zero-shot classifier.
    var temperature: Double?

    init(threshold: Double, labels: [String]? = nil, temperature: Double? = nil) {
        (self.threshold, self.labels, self.temperature) = (threshold, labels, temperature)
    }

    /// - Throws: `AkinError(.invalidData)` for what Akin never writes.
    init(json: String) throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
        } catch {
            throw AkinError.impossible("The settings of a labelling cannot be read")
        }
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

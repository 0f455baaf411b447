import Akin
import Foundation

/// A tiny model with random weights from the encoder's own goldens: quick to load, and different texts get different
/// vectors.
enum TinyModel: String, CaseIterable, Sendable {
    case dense, half
    case classToken = "cls-prefixed"
    case everyPooling = "every-pooling"
    case prompted = "mean-prompts"
    case oldNames = "old-names"
    case cased = "plain-cased"
    case promptLeftOut = "prompt-not-pooled"
    case sharded = "sharded-bfloat"

    var path: String { repositoryRoot.appending(path: "Tests/AkinTransformersTests/Goldens/bert/\(rawValue)").path }
}

/// The folder of the package's manifest.
let repositoryRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

extension Database.Configuration {
    /// A configuration that names its encoder, so that models installed on this machine play no part.
    static func tiny(_ model: TinyModel = .dense, lockTimeout: Duration = .seconds(30), exactThreshold: Int = 20_000)
        -> Database.Configuration
    {
        Database.Configuration(model: model.path, threads: 2, lockTimeout: lockTimeout, exactThreshold: exactThreshold)
    }

    static let words = Database.Configuration(encoder: .words, threads: 2)
}

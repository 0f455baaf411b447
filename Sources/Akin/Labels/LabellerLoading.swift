import AkinCore
import AkinStore
import Foundation
import Synchronization

extension LabellingModel {
    /// Loads the model.
    ///
    /// - Throws: what `TextClassifier.load`, `ZeroShotClassifier.load` and `TokenTagger.load` throw.
    func load(threshold: Double?, configuration: Database.Configuration) throws -> any DocumentLabeller {
        var configuration = configuration
        switch self {
        case .classifier(let model):
            return try ClassifyingLabeller(
                try TextClassifier.loadNow(model, configuration: configuration),
                folder: try configuration.models.locate(model), threshold: threshold)
        case .labelNames(let labels, let encoder, let temperature):
            configuration.model = encoder
            return try ClassifyingLabeller(
                try ZeroShotClassifier.loadNow(labels: labels, temperature: temperature, configuration: configuration),
                temperature: temperature, folder: try configuration.models.locate(encoder).path, threshold: threshold)
        case .tagger(let model):
            return try TaggingLabeller(
                try TokenTagger.loadNow(model, configuration: configuration),
                folder: try configuration.models.locate(model), threshold: threshold)
        }
    }
}

extension Labelling {
    /// The model at a place.
    private func model(at place: String, _ settings: LabellingSettings) -> LabellingModel {
        if kind == .entities { return .tagger(place) }
        guard let labels = settings.labels else { return .classifier(place) }
        return .labelNames(
            labels, encoder: place, temperature: settings.temperature ?? ZeroShotClassifier.defaultTemperature)
    }

    /// Loads the model that the store remembers: from its folder, else by its name.
    ///
    /// - Throws: `AkinError(.noModel)` where it is not on this machine, or another one stands in its place.
    func loadLabeller(configuration: Database.Configuration) throws -> any DocumentLabeller {
        let settings = try LabellingSettings(json: settings)
        for place in [path, model] where (try? configuration.models.locate(place)) != nil {
            let found = try self.model(at: place, settings).load(
                threshold: settings.threshold, configuration: configuration)
            if found.labelling.isEquivalent(to: self) { return found }
        }
        throw AkinError(
            .noModel, "The model \(model) is not on this machine as it was when the documents were labelled")
    }
}

/// The labellers of one open database, loaded at first use.
final class LabellerCache: Sendable {
    private let loaded = Mutex<[Int64: any DocumentLabeller]>([:])

    func labeller(of labelling: Labelling, load: () throws -> any DocumentLabeller) rethrows -> any DocumentLabeller {
        if let known = loaded.withLock({ $0[labelling.id] }) { return known }
        let labeller = try load()
        loaded.withLock { $0[labelling.id] = labeller }
        return labeller
    }
}

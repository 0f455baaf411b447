import AkinCore
import Foundation

/// How a classifier did on the examples that were held out when it was trained, kept in its folder: later labels are
/// compared with it.
struct TrainingRecord: Codable, Sendable {
    var accuracy: Double
    var macroF1: Double
    /// The mean probability of the labels it gave.
    var meanConfidence: Double
    var heldOutCount: Int

    private enum CodingKeys: String, CodingKey {
        case accuracy
        case macroF1 = "macro_f1"
        case meanConfidence = "mean_confidence"
        case heldOutCount = "held_out_examples"
    }

    private static func file(in folder: URL) -> URL { folder.appending(path: "akin_training.json") }

    init(accuracy: Double, macroF1: Double, meanConfidence: Double, heldOutCount: Int) {
        (self.accuracy, self.macroF1, self.meanConfidence) = (accuracy, macroF1, meanConfidence)
        self.heldOutCount = heldOutCount
    }

    /// Nil where a folder has none that can be read.
    init?(folder: URL) {
        guard let data = try? RegularFile.contents(of: Self.file(in: folder).path),
            let record = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = record
    }

    /// A model is whole without it, so that a failure is not one of the training.
    func write(to folder: URL) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try? encoder.encode(self).write(to: Self.file(in: folder), options: .atomic)
    }
}

import AkinCore
import Foundation

/// How a cross-encoder's outputs become one score of a pair, as `CrossEncoder` of `sentence-transformers` makes it.
enum PairScore: Sendable {
    /// The only output itself.
    case logit
    /// 1 / (1 + exp(−x)) of the only output.
    case sigmoid
    /// The probability of the second of two labels, by softmax.
    case secondLabel

    /// Reads what a model folder says: `config_sentence_transformers.json`, else `config.json`, in its present and in its
    /// older spelling. Without a word of it, one output becomes a probability.
    ///
    /// - Throws: `AkinError(.incompatible)` for a model of more than two labels, and for a function that is not known.
    init(folder: URL, labels: [String]) throws {
        guard labels.count == 1 else {
            guard labels.count == 2 else {
                throw AkinError(
                    .incompatible,
                    "\(folder.path) has \(labels.count) labels (\(labels.prefix(3).joined(separator: ", ")), …); a model that ranks has one, "
                        + "or two of which the second says that a passage answers. Choose a cross-encoder.")
            }
            self = .secondLabel
            return
        }
        let file = folder.appending(path: "config.json")
        let settings = try ModelSettings(file)
        let name =
            try ModelSettings.ifPresent(folder.appending(path: "config_sentence_transformers.json"))?
            .text("activation_fn")
            ?? settings.text(in: "sentence_transformers", "activation_fn")
            ?? settings.text("sbert_ce_default_activation_function")
        // A function of the model's own would be code to run, which is left out as `sentence-transformers` leaves it out.
        guard let name, name.hasPrefix("torch.") else {
            self = .sigmoid
            return
        }
        switch name.split(separator: ".").last {
        case "Sigmoid": self = .sigmoid
        case "Identity": self = .logit
        default:
            throw AkinError(
                .incompatible,
                "\(folder.path): the score's function is \"\(name)\", and only Sigmoid and Identity are known; choose another model."
            )
        }
    }

    /// - Parameter outputs: a model's, one or two.
    func value(of outputs: [Float]) -> Double {
        switch self {
        case .logit: Double(outputs[0])
        case .sigmoid: HeadProbabilities.sigmoid(outputs[0])
        case .secondLabel: HeadProbabilities.softmax(outputs)[1]
        }
    }
}

extension ModelSettings {
    /// A text of an object within, whose other members may be of any kind; nil where it is not there.
    fileprivate func text(in object: String, _ field: String) throws -> String? {
        guard case .string(let text)? = try members(object)?[field] else { return nil }
        return text
    }
}

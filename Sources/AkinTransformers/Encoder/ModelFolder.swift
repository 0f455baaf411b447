package import Foundation

/// Distinguishes model folders from others.
package enum ModelFolder {
    /// Whether a folder holds a network, itself or, as in folders of old sentence transformers, in that of its first
    /// module (`0_Transformer`).
    package static func holdsNetwork(_ folder: URL) -> Bool {
        isNetwork(folder) || transformer(of: folder).map(isNetwork) == true
    }

    /// The folder of the whole model that a network's folder belongs to: the one around it where that names it as its
    /// first module, else the folder itself.
    package static func whole(of network: URL) -> URL {
        let around = network.deletingLastPathComponent()
        return transformer(of: around)?.standardizedFileURL.path == network.standardizedFileURL.path ? around : network
    }

    /// Whether a folder's model was made for labels or answers, so that its vectors are no vectors of texts: its
    /// `config.json` says so and no `modules.json` makes it a sentence transformer; that of a cross-encoder pools nothing.
    package static func isTaskModel(_ folder: URL) -> Bool {
        let modules = (try? ModelSettings.modules(of: folder)) ?? []
        guard !modules.contains(where: { (try? $0.text("type"))?.hasSuffix(".Pooling") ?? false }),
            let configuration = try? HeadConfiguration(file: folder.appending(path: "config.json"))
        else { return false }
        let tasks: [BERTTask] = [.sequenceClassification, .tokenClassification, .questionAnswering, .nextSentence]
        return configuration.architectures.compactMap { BERTTask(class: $0) }.contains(where: tasks.contains)
    }

    private static func transformer(of folder: URL) -> URL? {
        guard let module = try? ModelSettings.modules(of: folder)?.first, let path = try? module.text("path"),
            !path.isEmpty
        else { return nil }
        return folder.appending(path: path)
    }

    private static func isNetwork(_ folder: URL) -> Bool {
        func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: name).path) }
        return holds("config.json") && (holds("model.safetensors") || holds("model.safetensors.index.json"))
    }
}

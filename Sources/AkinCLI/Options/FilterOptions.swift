import Akin
import ArgumentParser

/// Which documents a command works on.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only documents that meet a condition, such as 'lang = \"zh\" and year >= 2020'.", valueName: "filter"))
    var text: String?

    /// To be called before anything is opened, so that a mistake in the filter is reported first.
    func filter() throws -> Database.Filter? { try text.map { try Database.Filter($0) } }

    /// The language of filters, for the help of commands that search.
    static let guide = """
        --where keeps to documents that meet a condition on their metadata, id, source or title:

          akin search boats --where 'lang = "zh" and not tag in ("draft", "old")'
          akin search boats --where 'date between "2024-01-01" and "2024-06-30"'
          akin search boats --where 'year >= 2020 or source contains "/notes/"'

        Conditions are = != < <= > >=, in (…), between … and …, contains, starts with, ends with, exists and is null, joined by and, or, \
        not and parentheses. Texts stand in quotes; ISO dates are texts in the order of time; a field's name of other characters than \
        letters, digits, _ - and . goes between backticks, and so does a metadata field called id, source or title: these are the \
        document's own, also written document.source and so on. A missing field makes a comparison false, a list matches by any of its \
        values, and numbers compare only with numbers, so year != 5 leaves out documents whose year is a text or missing, and \
        not year = 5 or year not in (5) keep them.
        """
}

extension TalkOptions {
    /// Warns of a filter that cannot match as it is meant.
    func warn(of filter: Database.Filter?, in database: Database) async throws {
        guard let filter, !quiet else { return }
        for warning in try await database.warnings(for: filter) {
            StandardError.line("warning: " + RemedyWording.text(warning))
        }
    }
}

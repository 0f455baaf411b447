import AkinText
import Testing

@Suite struct AnswerTextTests {
    /// The first six pairs are those of SQuAD's own evaluation, in its words: case, articles, punctuation and space do
    /// not count.
    @Test(arguments: [
        ("It was the Denver Broncos.", "Denver broncos", true),
        ("An \"online  backup\nAPI\"", "online backup API", true),
        ("a U.S. law", "US law", true), ("the free-list", "freelist", true), ("one, two", "one two", true),
        ("the answer", "an answer", true),
        ("in 2012 and 21", "1", false), ("in 2012 and 21", "21", true), ("theatre", "the atre", false),
        ("uses sqlite3_backup(a) here", "backup", true), ("path/name.txt", "name", true), ("renames", "name", false),
        ("| a | b |", "b", true), ("Heading¶ text", "heading text", true),
        ("法国的首都是巴黎。", "首都是巴黎", true), ("法国的首都是巴黎。", "法国，的", true), ("서울은 크다", "서울", true),
        ("naïve cafe\u{301}", "café", true), ("run a && b", "&&", true), ("run a b", "&&", false),
        ("run a b", " ", false), ("", "a", false), ("long enough", "long enough and longer", false),
    ])
    func `an answer is held whatever its case, articles and punctuation`(text: String, answer: String, holds: Bool) {
        #expect(AnswerText(text).holds(AnswerText(answer)) == holds)
    }
}

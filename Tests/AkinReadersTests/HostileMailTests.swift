import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Mails that are made to take long, or to lose what they hold.
struct HostileMailTests {
    private let head = "From: anna@example.org\nSubject: Hostile\n"

    @Test func `parts nested too deep are reported`() throws {
        let nested = (0..<100).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        let found = try reading("a.eml", head + nested + "Content-Type: text/plain\n\nhello\n")
        #expect(found.records.map(\.title) == ["Hostile"])
        #expect(
            found.problems.map(\.message) == [
                "has more than 1000 parts, or parts nested deeper than 20; the others were not read"
            ])
    }

    @Test func `parts beyond the thousandth are reported`() throws {
        func mail(_ count: Int) -> String {
            head + "Content-Type: multipart/mixed; boundary=b\n\n"
                + String(repeating: "--b\nContent-Type: text/plain\n\nx\n", count: count)
        }
        #expect(try reading("a.eml", mail(1000)).problems.isEmpty)
        #expect(try reading("a.eml", mail(1001)).problems.count == 1)
    }

    @Test(arguments: ["multipart/mixed", "multipart/alternative; boundary=none", "multipart/mixed; boundary=\"\""])
    func `a mail whose parts are not found is read as text`(type: String) throws {
        let text = try reading("a.eml", head + "Content-Type: \(type)\n\nThe ferry leaves at nine.\n").text
        #expect(text == "The ferry leaves at nine.")
    }

    @Test func `encoded words without an end are kept, and not searched to the end of the line again and again`() throws
    {
        let subject = String(repeating: "=?a?q?x", count: 9000)
        let found = try reading("a.eml", "From: a\nSubject: \(subject)\n\nbody")
        let isKept = found.records.first?.title == subject
        #expect(isKept)
    }

    @Test func `a paragraph of a hundred thousand flowed lines is one`() throws {
        let body = String(repeating: "word \n", count: 100_000)
        let text = try reading("a.eml", head + "Content-Type: text/plain; format=flowed\n\n" + body).text
        #expect(text.utf8.count == 499_999)
    }

    @Test func `files of one name that came with a mail are documents of their own`() throws {
        let part = "--b\nContent-Type: text/plain; name=a.txt\n\n"
        let mail =
            head + "Content-Type: multipart/mixed; boundary=b\n\n" + part + "one\n" + part + "two\n" + part + "three\n"
        let found = try reading("m.eml", mail)
        #expect(found.records.map(\.id) == ["m.eml", "m.eml/a.txt", "m.eml/a-2.txt", "m.eml/a-3.txt"])
        #expect(found.records.dropFirst().map { $0.text.trimmingCharacters(in: .newlines) } == ["one", "two", "three"])
    }
}

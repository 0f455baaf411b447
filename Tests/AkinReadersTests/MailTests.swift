import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite("Mail")
struct MailTests {
    @Test func `a mail has subject, people and date, and keeps apart what it quotes`() throws {
        let found = try reading(
            "a.eml",
            """
            From: =?utf-8?q?J=C3=B6rg?= <j@example.org>
            To: a@example.org,
             b@example.org
            Subject: =?utf-8?B?R3LDvMOf?= =?utf-8?Q?e_an_dich?=
            Date: Tue, 5 Mar 2024 09:30:00 +0100
            Content-Type: text/plain; charset="iso-8859-1"
            Content-Transfer-Encoding: quoted-printable

            It is =FCber =
            now.

            On Monday Anna wrote:
            > is it over?

            Bye
            -- 
            J.
            """)
        let record = try #require(found.records.first)
        #expect(record.title == "Grüße an dich")
        #expect(record.metadata["from"] == "Jörg <j@example.org>")
        #expect(record.metadata["to"] == "a@example.org, b@example.org")
        #expect(record.metadata["date"] == "2024-03-05T09:30:00+01:00")
        #expect(
            found.blocks == [
                "paragraph : It is über now.", "quote : On Monday Anna wrote:\nis it over?", "paragraph : Bye",
                "quote : J.",
            ])
    }

    /// A mail of an HTML text with a plain form, and attached files.
    private func mail(attached: [(name: String, data: Data)]) -> String {
        let parts = attached.map { name, data in
            """
            --outer
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename*0*=utf-8''\(name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            Content-Transfer-Encoding: base64

            \(data.base64EncodedString(options: .lineLength76Characters))

            """
        }
        return """
            From: a@example.org
            Subject: files
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: multipart/alternative; boundary="in; ner"

            --in; ner

            plain form
            --in; ner
            Content-Type: text/html

            <p>other form</p>
            --in; ner--
            \(parts.joined())--outer--
            """
    }

    @Test func `attached files are documents of their own, read by the reader of their kind`() throws {
        let word = wordBytes([(style: "", text: "attached words")])
        let found = try reading(
            "a.eml",
            Data(mail(attached: [(name: "für dich.docx", data: word), (name: "x.png", data: Data([1]))]).utf8))
        #expect(found.records.map(\.id) == ["a.eml", "a.eml/für dich.docx"])
        #expect(found.records.map(\.source) == ["/a.eml", "/a.eml/für dich.docx"])
        #expect(found.records.map(\.text) == ["plain form", "attached words"])
        #expect(found.notes == ["/a.eml: 1 file in it was not read: 1 .png"])
    }

    @Test(arguments: ["; boundary=\"XX\"", ""])
    func `parts under a boundary that is missing or another than the head says are read`(boundary: String) throws {
        let found = try reading(
            "a.eml",
            "Subject: x\nContent-Type: multipart/mixed\(boundary)\n\n--YY\nContent-Type: text/plain\n\nkept\n--YY--\n")
        #expect(found.blocks == ["paragraph : kept"])
        let plain = try reading("b.eml", "Subject: x\nContent-Type: multipart/mixed\(boundary)\n\nno parts at all\n")
        #expect(plain.text == "no parts at all")
    }

    @Test(arguments: ["-----Ursprüngliche Nachricht-----", "________________________________"])
    func `the mail below an answer is a quotation`(line: String) throws {
        let found = try reading(
            "a.eml", "Subject: x\nContent-Type: text/plain; charset=utf-8\n\nMine.\n\n\(line)\nVon: Bob\n\nTheirs.\n")
        #expect(found.blocks == ["paragraph : Mine.", "quote : \(line)\nVon: Bob", "quote : Theirs."])
    }

    @Test func `an introduction on two lines belongs to the quotation, and one in HTML too`() throws {
        let plain = try reading(
            "a.eml", "Subject: x\n\nMine.\n\nOn Monday wrote Bob\n<bob@example.org>:\n> theirs\n")
        #expect(
            plain.blocks == ["paragraph : Mine.", "quote : On Monday wrote Bob\n<bob@example.org>:\ntheirs"])
        let page = try reading(
            "b.eml",
            "Subject: x\nContent-Type: text/html\n\n<p>Mine.</p><p>Bob wrote:</p><blockquote>theirs</blockquote>")
        #expect(page.blocks == ["paragraph : Mine.", "quote : Bob wrote:", "quote : theirs"])
    }

    @Test func `signatures by keys are no files, and an encrypted mail is said to be one`() throws {
        let signed = try reading(
            "a.eml",
            "Subject: x\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nwords\n--b\nContent-Type: application/pgp-signature; name=s.asc\n\nxyz\n--b--\n"
        )
        #expect(signed.records.map(\.text) == ["words"])
        let locked = try reading(
            "b.eml",
            "Subject: x\nContent-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/octet-stream; name=e.asc\n\nxyz\n--b--\n"
        )
        #expect(locked.records.map(\.title) == ["x"])
        #expect(locked.notes == ["/b.eml: its text is encrypted and was not read"])
    }

    @Test func `a mail that was cut off says so`() throws {
        let whole = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b--\n"
        #expect(try reading("a.eml", whole).notes == [])
        let found = try reading("a.eml", String(whole.dropLast(6)))
        #expect(found.records.map(\.text) == ["words"])
        #expect(found.notes == ["/a.eml: its end is missing, and with it perhaps some of what was attached"])
    }

    @Test func `a flowed text has its lines joined`() throws {
        let found = try reading(
            "a.eml", "Subject: x\nContent-Type: text/plain; format=flowed\n\none \ntwo\nthree\n>quoted \n>text\n")
        #expect(found.blocks == ["paragraph : one two\nthree", "quote : quoted text"])
    }

    @Test func `each message of a mailbox is a document`() throws {
        let box = """
            From a@example.org Tue Mar  5 09:30:00 2024
            Subject: one

            >From the start

            From b@example.org Tue Mar  5 09:31:00 2024
            Subject: two

            end
            """
        let found = try reading("a.mbox", box)
        #expect(found.records.map(\.id) == ["a.mbox#1", "a.mbox#2"])
        #expect(found.records.map(\.title) == ["one", "two"])
        #expect(found.records.map(\.text) == ["From the start", "end"])
    }

    @Test func `a message of a Maildir is known by its place`() {
        #expect(DocumentKind(path: "Mail/new/1709627400.M1P2.host") == .mail)
        #expect(DocumentKind(path: "Mail/cur/1709627400.M1P2.host:2,RS") == .mail)
        #expect(DocumentKind(path: "notes/1709627400.M1P2.host") == nil)
        #expect(DocumentKind(path: "new/README") == nil)
    }

    @Test func `a head without an end and parts without an end end`() throws {
        let nested = String(repeating: "--b\nContent-Type: multipart/mixed; boundary=b\n\n", count: 5000)
        let found = try reading("a.eml", "Subject: deep\nContent-Type: multipart/mixed; boundary=b\n\n" + nested)
        #expect(found.records.map(\.title) == ["deep"])
        let words = String(repeating: "=?utf-8?q?a?= ", count: 200_000)
        #expect(try reading("b.eml", "Subject: \(words)\n\nbody").text == "body")
    }
}

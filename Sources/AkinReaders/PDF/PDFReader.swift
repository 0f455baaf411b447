package import AkinText
import Foundation

/// PDF, by poppler's `pdftohtml`: of its programs the one that tells pages, fonts and the outline. It takes half as long
/// again as `pdftotext -bbox-layout` (0.055 and 0.038 s for one file), which tells neither fonts nor outline.
package struct PDFReader {
    private let limits: ReaderLimits

    package init(limits: ReaderLimits = ReaderLimits()) { self.limits = limits }

    package func read(_ file: FileToRead) throws -> TextRecord {
        let url = URL(filePath: file.path)
        let head = try? FileHandle(forReadingFrom: url).read(upToCount: 1024)
        guard let head, head.firstRange(of: Data("%PDF-".utf8)) != nil else {
            throw FileRefusal("is no PDF, whatever its extension says; rename it")
        }
        guard let program = ProgramRun.path(of: "pdftohtml") else {
            throw MissingProgram(program: "pdftohtml", package: "poppler-utils")
        }
        let run = try ProgramRun(program, ["-xml", "-i", "-stdout", "-enc", "UTF-8", file.path], limits: limits)
        let pages = PDFPages(run.output)
        guard run.status == 0 || !pages.pieces.isEmpty else { throw refusal(run.status, url) }
        guard !pages.pieces.isEmpty else {
            throw FileRefusal("holds no text: it may be scanned, or its pages may be lost")
        }
        return Self.record(of: pages, file)
    }

    /// The record of what `pdftohtml -xml` has written.
    package static func record(ofXML bytes: [UInt8], _ file: FileToRead) -> TextRecord {
        record(of: PDFPages(bytes), file)
    }

    private static func record(of pages: PDFPages, _ file: FileToRead) -> TextRecord {
        var lines = PDFFootnotes.moved(
            in: RunningHeads.removed(from: PDFLine.lines(of: pages.pieces), heights: pages.heights),
            heights: pages.heights)
        // Before headings are found, whose places are those of lines: a line may go.
        PDFParagraphs.completeWords(in: &lines)
        let headings = PDFHeadings.find(in: lines, outline: pages.outline)
        let text = PDFParagraphs(lines: lines, headings: headings).text()
        // A title among the file's properties is often that of a draft.
        let title = headings.first.flatMap { first in
            lines[first.lines].first?.page == 1
                ? lines[first.lines].map(\.text).joined(separator: " ").replacing("\t", with: " ") : nil
        }
        return text.record(file, title: title)
    }

    private func refusal(_ status: Int32, _ url: URL) -> FileRefusal {
        let isEncrypted =
            (try? Data(contentsOf: url, options: .alwaysMapped))?.suffix(1 << 20)
            .firstRange(of: Data("/Encrypt".utf8)) != nil
        if isEncrypted { return FileRefusal("is encrypted; give it without a password") }
        return status > 128
            ? FileRefusal("crashes pdftohtml (signal \(status - 128)) or takes more than it may")
            : FileRefusal("is damaged: pdftohtml cannot read it")
    }
}

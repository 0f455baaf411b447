import AkinVectors
import Foundation

/// Where the bytes of a file of postings go, section by section: a file, or memory.
final class PostingsOutput {
    private let file: TemporaryFile?
    /// What is not written to the file yet; without a file, everything.
    private var pending = [UInt8](repeating: 0, count: Postings.headerLength)
    private var written = 0
    /// Of the sections so far, and of the one that is being written.
    private var sections: [(offset: Int, length: Int)] = []

    /// Bytes that are kept before they are written.
    private static let batch = 1 << 20

    /// - Parameter file: Nil for memory.
    init(_ file: TemporaryFile?) { self.file = file }

    private var offset: Int { written + pending.count }

    /// Bytes of the section so far.
    var sectionLength: Int { offset - (sections.last?.offset ?? 0) }

    func beginSection() { sections.append((offset, 0)) }

    func append(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(append) }

    func append(elements: [some BitwiseCopyable]) throws { try elements.withUnsafeBytes(append) }

    private func append(_ bytes: UnsafeRawBufferPointer) throws {
        pending.append(contentsOf: bytes)
        guard let file, pending.count >= Self.batch else { return }
        try pending.withUnsafeBytes { try file.write($0) }
        written += pending.count
        pending.removeAll(keepingCapacity: true)
    }

    /// Ends the section and fills it up to where the next one begins.
    func endSection() throws {
        let length = sectionLength
        sections[sections.count - 1].length = length
        try append([UInt8](repeating: 0, count: TemporaryFile.padded(length) - length))
    }

    /// Puts the header before the sections.
    ///
    /// - Parameter header: makes its bytes from where the sections lie and the length of the whole.
    /// - Returns: the bytes, and what keeps them.
    func finish(
        _ header: (_ extents: [PostingsFields.Extent], _ fileLength: Int) -> Data
    ) throws -> (bytes: UnsafeRawBufferPointer, owner: AnyObject) {
        guard let file else {
            let image = AlignedBuffer<UInt8>(count: pending.count)
            _ = image.buffer.update(fromContentsOf: pending)
            let bytes = UnsafeRawBufferPointer(image.buffer)
            let fields = header(extents(in: bytes), bytes.count)
            for (place, byte) in fields.enumerated() { image.base[place] = byte }
            return (bytes, image)
        }
        try pending.withUnsafeBytes { try file.write($0) }
        let mapping = try file.mapped()
        try header(extents(in: mapping.bytes), mapping.count).withUnsafeBytes { try file.overwrite($0, at: 0) }
        return (mapping.bytes, mapping)
    }

    private func extents(in bytes: UnsafeRawBufferPointer) -> [PostingsFields.Extent] {
        sections.map { section in
            let end = section.offset + TemporaryFile.padded(section.length)
            return PostingsFields.Extent(
                offset: section.offset, length: section.length,
                checksum: CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[section.offset..<end])))
        }
    }
}

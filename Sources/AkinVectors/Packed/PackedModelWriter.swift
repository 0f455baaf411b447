import AkinCore

/// Collects the sections of a `PackedModelFile` and publishes them as one file.
package struct PackedModelWriter {
    private var sections: [(name: String, elementType: UInt32, bytes: [UInt8])] = []

    package init() {}

    /// Adds a section. The name, at most 48 bytes of UTF-8, must be new.
    package mutating func append<Element: PackedElement>(_ name: String, _ elements: UnsafeBufferPointer<Element>) {
        precondition(name.utf8.count <= PackedModelFile.nameLength && !sections.contains { $0.name == name })
        var bytes = Array(UnsafeRawBufferPointer(elements))
        bytes.append(contentsOf: repeatElement(0, count: TemporaryFile.padded(bytes.count) - bytes.count))
        sections.append((name, Element.packedType, bytes))
        lengths.append(elements.count * MemoryLayout<Element>.stride)
    }

    package mutating func append<Element: PackedElement>(_ name: String, _ elements: AlignedBuffer<Element>) {
        append(name, UnsafeBufferPointer(elements.buffer))
    }

    package mutating func append<Element: PackedElement>(_ name: String, _ elements: [Element]) {
        elements.withUnsafeBufferPointer { append(name, $0) }
    }

    /// The lengths of the sections without the zeros after them.
    private var lengths: [Int] = []

    /// Writes the file under a temporary name, flushes it to the disk and gives it its name.
    ///
    /// - Parameter isPrivate: Whether nobody but the user may read it.
    /// - Throws: `AkinError.cannotCreate` or `.inputOutput` when the file cannot be written; then nothing is left
    ///   behind.
    package func publish(to path: String, version: UInt32, key: [UInt8], isPrivate: Bool = false) throws {
        precondition(key.count == PackedModelFile.keyLength && sections.count <= PackedModelFile.maximumSections)
        let head = PackedModelFile.headLength(sections: sections.count)
        var bytes = PackedModelFile.magic
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(version)
        append(UInt32(sections.count))
        append(UInt64(sections.reduce(head) { $0 + $1.bytes.count }))
        bytes += key
        var offset = head
        for (section, length) in zip(sections, lengths) {
            let name = Array(section.name.utf8)
            bytes += name + Array(repeating: 0, count: PackedModelFile.nameLength - name.count)
            append(section.elementType)
            append(section.bytes.withUnsafeBytes { PackedModelFile.checksum($0) })
            append(UInt64(offset))
            append(UInt64(length))
            offset += section.bytes.count
        }
        bytes += Array(repeating: 0, count: head - 4 - bytes.count)
        append(bytes.withUnsafeBytes { CRC32C.checksum($0) })

        let file = try TemporaryFile(besides: path, isPrivate: isPrivate)
        try bytes.withUnsafeBytes { try file.write($0) }
        for section in sections { try section.bytes.withUnsafeBytes { try file.write($0) } }
        try file.publish()
    }
}

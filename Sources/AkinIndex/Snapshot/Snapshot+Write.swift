import AkinCore
import AkinVectors
import Foundation

extension Snapshot {
    /// Publishes an index at a path: whole or not at all.
    ///
    /// The bytes go to a new file in the same folder, reach the disk, and take the path's name in one step; then the
    /// folder reaches the disk. An existing file is replaced, never written to: a process that has it open keeps
    /// reading the old one.
    ///
    /// - Parameter original: A file whose owner and permissions it gets.
    /// - Throws: `AkinError.invalidArgument` for a header that is not this index's, `.cannotCreate` or `.inputOutput`
    ///   when the file cannot be written.
    package static func write(_ index: HNSWIndex, header: SnapshotHeader, to path: String, like original: String? = nil)
        throws
    {
        guard header.metric == index.metric, header.dimension == index.dimension, header.count == index.count,
            header.rowFormat == index.rowFormat, header.parameters == index.parameters, header.chain.count == 32,
            header.encoderFingerprint.utf8.count <= fingerprintCapacity
        else {
            throw AkinError(
                .invalidArgument,
                "The header for \(path) does not describe the index; make it with SnapshotHeader(of:…).")
        }

        let contents = index.graph.sections
        var (extents, fileLength) = layout(lengths: contents.map(\.count))
        var checksums: [UInt32] = []
        for (section, bytes) in contents.enumerated() {
            let blocks = paddedChecksums(bytes)
            extents[section].checksum = blocks.withUnsafeBytes { CRC32C.checksum($0) }
            checksums += blocks
        }
        let fields = SnapshotFields(
            header: header, entryPoint: index.graph.entryPoint, nodeCount: index.graph.nodeCount,
            coordinates: index.graph.basis?.coordinates ?? 0, fileLength: fileLength, extents: extents)

        let file = try TemporaryFile(besides: path, like: original)
        try fields.bytes().withUnsafeBytes { try file.write($0) }
        try checksums.withUnsafeBytes { try file.writePadded($0) }
        for bytes in contents { try file.writePadded(bytes) }
        try file.publish()
    }

    /// The checksums of a section's blocks with the zeros that follow it.
    private static func paddedChecksums(_ bytes: UnsafeRawBufferPointer) -> [UInt32] {
        let whole = bytes.count / CRC32C.blockSize * CRC32C.blockSize
        var checksums = CRC32C.blockChecksums(UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
        if whole < bytes.count {
            let last = Array(bytes[whole...]) + Array(repeating: 0, count: padded(bytes.count) - bytes.count)
            checksums.append(last.withUnsafeBytes { CRC32C.checksum($0) })
        }
        return checksums
    }
}

extension HNSWGraph {
    /// The bytes of each section, in the file's order; valid while the graph lives.
    fileprivate var sections: [UnsafeRawBufferPointer] {
        let upperRows = (0..<nodeCount).reduce(0) { $0 + Int(links.levels[$1]) }
        func bytes<Element>(_ base: UnsafePointer<Element>, _ count: Int) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(UnsafeBufferPointer(start: base, count: count))
        }
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        return Snapshot.Section.allCases.map { section in
            switch section {
            case .memberStarts: bytes(memberStarts, nodeCount + 1)
            case .ids: bytes(ids, count)
            case .levels: bytes(links.levels, nodeCount)
            case .upperStarts: bytes(links.upperStarts, nodeCount)
            case .baseLinks: bytes(links.base, nodeCount * 2 * links.connectivity)
            case .upperLinks: bytes(links.upper, upperRows * links.connectivity)
            case .codeCenter: basis.map { bytes($0.center, dimension) } ?? empty
            case .codeDirections: basis.map { bytes($0.directions, $0.coordinates * dimension) } ?? empty
            case .codeSteps: basis.map { bytes($0.steps, $0.coordinates) } ?? empty
            case .codes: codes.map { bytes($0.base, nodeCount * $0.bytesPerCode) } ?? empty
            case .codeTerms: codes?.terms.map { bytes($0, nodeCount) } ?? empty
            case .rowScales: rows.format == .int8 ? bytes(rows.scales, nodeCount) : empty
            case .rows: UnsafeRawBufferPointer(start: rows.base, count: nodeCount * rows.bytesPerRow)
            }
        }
    }
}

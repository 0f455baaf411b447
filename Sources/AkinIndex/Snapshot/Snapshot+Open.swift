import AkinCore
import AkinVectors
import Foundation

extension Snapshot {
    /// How much of a snapshot is checked before it is used.
    package enum Verification: Sendable {
        /// Every byte. Cost: reading the file once.
        case everything
        /// All but the rows, which are most of the file: enough for memory safety and for walks; damaged rows would
        /// make searches rank wrongly. `verify(_:)` checks them later.
        case structure
    }

    /// Maps a snapshot and checks it.
    ///
    /// Checksums show accidental damage. Lengths, links, levels and members are also checked against their bounds, so
    /// that no file can make a search read outside the mapping.
    ///
    /// - Throws: `AkinError.invalidData`, naming what is wrong, for a file that is missing, cut short, damaged or of
    ///   another format; `.inputOutput` when it cannot be read.
    package static func open(_ path: String, verifying verification: Verification = .everything) throws -> (
        index: HNSWIndex, header: SnapshotHeader
    ) {
        func fault(_ what: String) -> AkinError {
            AkinError(
                .invalidData,
                "The index snapshot \(path) cannot be used: \(what). It is rebuilt from the database at the next write."
            )
        }
        let file = try MappedFile(path: path, fault: fault)
        let fields = try SnapshotFields(file.bytes, fault: fault)
        let sections = Section.allCases.filter { verification == .everything || $0 != .rows }
        try checkLengths(fields, fault: fault)
        try checkChecksums(sections, fields, file.bytes, fault: fault)
        let graph = HNSWGraph(fields, in: file)
        let upperRows = fields.extents[Section.upperLinks.rawValue].length / (4 * fields.header.parameters.connectivity)
        if let what = graph.boundsFault(upperRows: upperRows) { throw fault(what) }
        return (HNSWIndex(graph: graph, parameters: fields.header.parameters), fields.header)
    }

    /// Checks every byte of a snapshot without opening an index. Throws as `open` does.
    package static func verify(_ path: String) throws { _ = try open(path, verifying: .everything) }

    /// The lengths that the header's numbers ask for, and the places that the lengths ask for.
    private static func checkLengths(_ fields: SnapshotFields, fault: (String) -> AkinError) throws {
        let (nodes, connectivity) = (fields.nodeCount, fields.header.parameters.connectivity)
        let (dimension, format, coordinates) = (fields.header.dimension, fields.header.rowFormat, fields.coordinates)
        for section in Section.allCases {
            let length = fields.extents[section.rawValue].length
            let isRight =
                switch section {
                case .memberStarts: length == 4 * (nodes + 1)
                case .ids: length == 8 * fields.header.count
                case .levels: length == nodes
                case .upperStarts: length == 4 * nodes
                case .baseLinks: length == 8 * connectivity * nodes
                case .upperLinks: length % (4 * connectivity) == 0
                case .codeCenter: length == (coordinates > 0 ? 4 * dimension : 0)
                case .codeDirections: length == 4 * coordinates * dimension
                case .codeSteps: length == 4 * coordinates
                case .codes: length == coordinates / 2 * nodes
                case .codeTerms: length == (coordinates > 0 && fields.header.metric == .l2 ? 4 * nodes : 0)
                case .rowScales: length == (format == .int8 ? 4 * nodes : 0)
                case .rows: length == format.bytesPerComponent * dimension * nodes
                }
            guard isRight else {
                throw fault("its section \(section.name) has \(length) bytes, which is not what its header asks for")
            }
        }
        let expected = layout(lengths: fields.extents.map(\.length))
        guard expected.fileLength == fields.fileLength, expected.extents.map(\.offset) == fields.extents.map(\.offset)
        else {
            throw fault("its sections are not where they belong")
        }
    }

    private static func checkChecksums(
        _ sections: [Section], _ fields: SnapshotFields, _ bytes: UnsafeRawBufferPointer, fault: (String) -> AkinError
    ) throws {
        var next = headerLength
        for section in Section.allCases {
            let extent = fields.extents[section.rawValue]
            let tableLength = 4 * CRC32C.blockCount(extent.paddedLength)
            let table = UnsafeRawBufferPointer(rebasing: bytes[next..<next + tableLength])
            next += tableLength
            guard CRC32C.checksum(table) == extent.checksum else {
                throw fault("the checksums of its section \(section.name) are damaged")
            }
            guard sections.contains(section) else { continue }
            let contents = UnsafeRawBufferPointer(rebasing: bytes[extent.offset..<extent.offset + extent.paddedLength])
            for (block, checksum) in CRC32C.blockChecksums(contents).enumerated()
            where checksum != UInt32(littleEndian: table.loadUnaligned(fromByteOffset: 4 * block, as: UInt32.self)) {
                throw fault("block \(block) of its section \(section.name) does not match its checksum")
            }
        }
        guard bytes[next..<fields.extents[0].offset].allSatisfy({ $0 == 0 }) else {
            throw fault("there is something between its checksums and its first section")
        }
    }
}

import AkinCore
import AkinVectors
import Foundation

/// The header of a snapshot as it stands in the file.
struct SnapshotFields: Equatable {
    var header: SnapshotHeader
    var entryPoint: UInt32
    var nodeCount: Int
    /// Coordinates of a code, 0 without codes.
    var coordinates: Int
    var fileLength: Int
    var extents: [Snapshot.Extent]

    private static let metrics: [DistanceMetric] = [.cosine, .dot, .l2]

    /// The header's 1,024 bytes.
    func bytes() -> [UInt8] {
        var writer = ByteWriter()
        writer.append(Snapshot.magic)
        writer.append(Snapshot.formatVersion)
        writer.append(UInt32(Snapshot.headerLength))
        writer.append(UInt64(fileLength))
        writer.append(withUnsafeBytes(of: header.storeUUID.uuid) { Array($0) })
        writer.append(header.space)
        writer.append(header.generation)
        writer.append(header.lastSequence)
        writer.append(Array(header.chain))
        writer.append(UInt32(Self.metrics.firstIndex(of: header.metric) ?? 0))
        writer.append(header.rowFormat.rawValue)
        writer.append(UInt32(header.dimension))
        writer.append(entryPoint)
        writer.append(UInt64(nodeCount))
        writer.append(UInt64(header.count))
        writer.append(UInt32(header.parameters.connectivity))
        writer.append(UInt32(header.parameters.efConstruction))
        writer.append(UInt32(header.parameters.efSearch))
        let fingerprint = Array(header.encoderFingerprint.utf8)
        writer.append(UInt32(fingerprint.count))
        writer.append(header.parameters.seed)
        writer.append(UInt32(extents.count))
        writer.append(UInt32(coordinates))
        writer.append(fingerprint + Array(repeating: 0, count: Snapshot.fingerprintCapacity - fingerprint.count))
        for extent in extents {
            writer.append(UInt64(extent.offset))
            writer.append(UInt64(extent.length))
            writer.append(extent.checksum)
            writer.append(UInt32(0))
        }
        writer.append(Array(repeating: 0, count: Snapshot.headerLength - 4 - writer.bytes.count))
        writer.append(writer.bytes.withUnsafeBytes { CRC32C.checksum($0) })
        return writer.bytes
    }

    /// Reads a header; `fault` makes the error for a damaged one.
    init(_ bytes: UnsafeRawBufferPointer, fault: (String) -> AkinError) throws {
        guard bytes.count >= Snapshot.headerLength else {
            throw fault("it is \(bytes.count) bytes long, shorter than its header")
        }
        var reader = ByteReader(bytes: bytes)
        guard reader.take(8) == Snapshot.magic else { throw fault("it does not begin as an index snapshot does") }
        let version = reader.next(UInt32.self)
        guard version == Snapshot.formatVersion else {
            throw fault("its format version is \(version), and this version of Akin reads \(Snapshot.formatVersion)")
        }
        let headerLength = reader.next(UInt32.self)
        let covered = UnsafeRawBufferPointer(rebasing: bytes[..<(Snapshot.headerLength - 4)])
        let stored = bytes.loadUnaligned(fromByteOffset: Snapshot.headerLength - 4, as: UInt32.self).littleEndian
        guard headerLength == Snapshot.headerLength, CRC32C.checksum(covered) == stored else {
            throw fault("the checksum of its header does not match")
        }
        // A header that passed its checksum may still come from elsewhere, so every number is checked against its
        // bounds before use.
        let fileLength = reader.next(UInt64.self)
        let uuid = reader.take(16).withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) }
        let space = reader.next(Int64.self)
        let generation = reader.next(UInt64.self)
        let lastSequence = reader.next(Int64.self)
        let chain = Data(reader.take(32))
        let metric = reader.next(UInt32.self)
        let format = reader.next(UInt32.self)
        let dimension = reader.next(UInt32.self)
        entryPoint = reader.next(UInt32.self)
        let nodes = reader.next(UInt64.self)
        let ids = reader.next(UInt64.self)
        let (connectivity, efConstruction, efSearch) = (
            reader.next(UInt32.self), reader.next(UInt32.self), reader.next(UInt32.self)
        )
        let fingerprintLength = reader.next(UInt32.self)
        let seed = reader.next(UInt64.self)
        let sections = reader.next(UInt32.self)
        let coordinates = reader.next(UInt32.self)
        let fingerprint = reader.take(Snapshot.fingerprintCapacity)

        let parameters = HNSWParameters(
            connectivity: Int(connectivity), efConstruction: Int(efConstruction), efSearch: Int(efSearch), seed: seed)
        guard metric < UInt32(Self.metrics.count) else { throw fault("its metric is \(metric), which does not exist") }
        guard let rowFormat = RowFormat(rawValue: format) else {
            throw fault("its row format is \(format), which this version of Akin does not know")
        }
        guard dimension < 1 << 20, nodes < UInt64(GraphLinks.maximumNodes), ids < UInt64(UInt32.max),
            parameters.fault == nil,
            coordinates < 1 << 20, Int(coordinates) % CodeBasis.coordinatesPerBlock == 0,
            rowFormat.suits(metric: Self.metrics[Int(metric)], dimension: Int(dimension)),
            fingerprintLength <= UInt32(Snapshot.fingerprintCapacity),
            sections == UInt32(Snapshot.Section.allCases.count)
        else { throw fault("a number in its header is out of bounds") }
        guard nodes == 0 || UInt64(entryPoint) < nodes else {
            throw fault("its entry point \(entryPoint) is not one of its \(nodes) nodes")
        }
        guard fileLength == UInt64(bytes.count) else {
            throw fault("it is \(bytes.count) bytes long and should be \(fileLength)")
        }
        extents = []
        for section in Snapshot.Section.allCases {
            let (offset, length) = (reader.next(UInt64.self), reader.next(UInt64.self))
            guard offset <= fileLength, length <= fileLength - offset else {
                throw fault("its section \(section.name) ends beyond the file")
            }
            extents.append(
                Snapshot.Extent(offset: Int(offset), length: Int(length), checksum: reader.next(UInt32.self)))
            _ = reader.next(UInt32.self)
        }
        self.fileLength = bytes.count
        nodeCount = Int(nodes)
        self.coordinates = Int(coordinates)
        header = SnapshotHeader(
            storeUUID: UUID(uuid: uuid), space: space,
            encoderFingerprint: String(decoding: fingerprint.prefix(Int(fingerprintLength)), as: UTF8.self),
            generation: generation,
            lastSequence: lastSequence, chain: chain, metric: Self.metrics[Int(metric)], dimension: Int(dimension),
            count: Int(ids),
            rowFormat: rowFormat, parameters: parameters)
    }

    init(
        header: SnapshotHeader, entryPoint: UInt32, nodeCount: Int, coordinates: Int, fileLength: Int,
        extents: [Snapshot.Extent]
    ) {
        self.header = header
        self.entryPoint = entryPoint
        self.nodeCount = nodeCount
        self.coordinates = coordinates
        self.fileLength = fileLength
        self.extents = extents
    }
}

/// Appends numbers in little-endian order.
private struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ values: [UInt8]) { bytes.append(contentsOf: values) }
}

/// Takes little-endian numbers from bytes known to be long enough.
private struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func next<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value {
        defer { offset += MemoryLayout<Value>.size }
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }

    mutating func take(_ count: Int) -> [UInt8] {
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }
}

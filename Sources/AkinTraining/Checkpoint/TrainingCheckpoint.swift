import AkinCore
import AkinVectors
import Foundation

/// A training run's state in a file, from which it goes on to the same bytes as if it had never stopped.
///
/// Little-endian. The file takes its name when it is complete and on the disk; a run that is killed while it writes one
/// leaves the one before.
///
///     ┌ magic 8 ┬ key 32 ┬ steps 8 ┬ optimiser's steps 8 ┬ kept 4 ┬ rows r 4 ┬ parameters n 8 ┐
///     ├ rows of the table whose word occurred, r × 4 ┬ bytes of the history c 4 ┬ the history in JSON c
///     ├ checksum of all before 4, zeros to 64
///     ├ values n × 4, zeros to 64 ┬ first moments ┬ second moments ┬ values of the best pass, if there is one
///     └ the checksums of these, 4 each
struct TrainingCheckpoint {
    /// Steps made: all, where the run was stopped before what it had learnt was written.
    let step: Int
    let optimizer: AdamW.State
    /// How the run went until then.
    let curve: LearningCurve
    /// The best pass until then, where it may have to be gone back to.
    let best: BestPass?

    /// What was before.
    private struct History: Codable {
        let curve: LearningCurve
        let best: BestPass.Place?
    }

    private static let magic = Array("AKINTRN3".utf8)
    private static let headerSize = 8 + 32 + 8 + 8 + 4 + 4 + 8

    /// Writes the state of a run. Throws `.cannotCreate` or `.inputOutput`, and leaves the file before as it is.
    ///
    /// - Parameter key: 32 bytes that name everything that decides the run.
    static func write(
        to path: String, key: [UInt8], step: Int, _ optimizer: AdamW.State, _ parameters: Parameters,
        _ curve: LearningCurve, _ best: BestPass?
    ) throws {
        precondition(key.count == 32)
        var header = LittleEndianWriter()
        header.append(contentsOf: magic)
        header.append(contentsOf: key)
        header.append(UInt64(step))
        header.append(UInt64(optimizer.step))
        header.append(optimizer.kept.bitPattern)
        header.append(UInt32(optimizer.rows.count))
        header.append(UInt64(parameters.layout.count))
        for row in optimizer.rows { header.append(UInt32(row)) }
        let history = try JSONEncoder().encode(History(curve: curve, best: best?.place))
        header.append(UInt32(history.count))
        header.append(contentsOf: history)
        unsafe header.append(header.data.withUnsafeBytes(CRC32C.checksum))
        let file = try TemporaryFile(besides: path)
        unsafe try header.data.withUnsafeBytes(file.writePadded)
        var checksums = LittleEndianWriter()
        let best = best.map { [$0.values] } ?? []
        for buffer in [parameters.values, parameters.firstMoments, parameters.secondMoments] + best {
            let bytes = unsafe UnsafeRawBufferPointer(buffer.buffer)
            unsafe checksums.append(CRC32C.checksum(bytes))
            unsafe try file.writePadded(bytes)
        }
        unsafe try checksums.data.withUnsafeBytes(file.write)
        try file.publish()
    }

    static func foreign(_ path: String) -> AkinError {
        AkinError(
            .incompatible,
            "The checkpoint \(path) is of another training: with other data, another model or other settings. Delete it, or "
                + "choose another output folder.")
    }

    /// The key of the run whose state a file has; nil where there is none.
    static func key(of path: String) -> [UInt8]? {
        guard let descriptor = try? RegularFile.openForReading(path) else { return nil }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let header = try? file.read(upToCount: 40) else { return nil }
        return header.count == 40 && header.starts(with: magic) ? Array(header.dropFirst(8)) : nil
    }

    /// Reads the state of a run with the given key into `parameters`; nil where there is no file.
    ///
    /// Throws `.invalidData` when the file is damaged, `.incompatible` when it belongs to another run or was written by
    /// another version. `parameters` are changed only where all is sound.
    ///
    /// - Parameters:
    ///   - steps: of the whole run.
    ///   - tableRows: of the table of word embeddings.
    init?(path: String, key: [UInt8], into parameters: Parameters, steps: Int, tableRows: Int) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let damaged = AkinError(
            .invalidData, "The checkpoint \(path) is damaged; delete it to start the training from its beginning.")
        let file = try MappedFile(path: path) { AkinError(.noInput, "\(path) cannot be read: \($0)") }
        func number<Value: FixedWidthInteger & BitwiseCopyable>(_ place: Int, _: Value.Type) -> Value {
            unsafe Value(littleEndian: file.bytes.loadUnaligned(fromByteOffset: place, as: Value.self))
        }
        guard file.count >= Self.headerSize + 4, unsafe file.bytes.prefix(7).elementsEqual(Self.magic.prefix(7)) else {
            throw damaged
        }
        guard unsafe file.bytes[7] == Self.magic[7] else {
            throw AkinError(
                .incompatible,
                "The checkpoint \(path) is of another version of Akin; delete it to start the training from its beginning."
            )
        }
        let rowCount = Int(number(60, UInt32.self))
        let rowsEnd = Self.headerSize + 4 * rowCount
        guard rowsEnd + 4 <= file.count, case let historySize = Int(number(rowsEnd, UInt32.self)),
            case let historyEnd = rowsEnd + 4 + historySize, historyEnd + 4 <= file.count,
            unsafe CRC32C.checksum(UnsafeRawBufferPointer(rebasing: file.bytes[..<historyEnd]))
                == number(historyEnd, UInt32.self)
        else { throw damaged }
        guard unsafe file.bytes[8..<40].elementsEqual(key) else {
            throw Self.foreign(path)
        }
        let historyBytes = unsafe Data(file.bytes[(historyEnd - historySize)..<historyEnd])
        guard let history = try? JSONDecoder().decode(History.self, from: historyBytes) else { throw damaged }
        let (bytes, parts) = (4 * parameters.layout.count, history.best == nil ? 3 : 4)
        let start = TemporaryFile.padded(historyEnd + 4)
        let places = (0..<parts).map { start + $0 * TemporaryFile.padded(bytes) }
        let checksums = start + parts * TemporaryFile.padded(bytes)
        guard Int(clamping: number(64, UInt64.self)) == parameters.layout.count, file.count == checksums + 4 * parts
        else { throw damaged }
        for (index, place) in places.enumerated() {
            let part = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[place..<place + bytes])
            guard unsafe CRC32C.checksum(part) == number(checksums + 4 * index, UInt32.self) else { throw damaged }
        }
        let rows = (0..<rowCount).map { Int(number(Self.headerSize + 4 * $0, UInt32.self)) }
        guard history.curve.isSound, number(40, UInt64.self) <= UInt64(steps), number(48, UInt64.self) < 1 << 48,
            history.best?.isSound(steps: Int(number(48, UInt64.self)), rows: rowCount) ?? true,
            rows.allSatisfy({ $0 < tableRows }), Set(rows).count == rowCount,
            Float(bitPattern: number(56, UInt32.self)).isFinite
        else { throw damaged }
        curve = history.curve
        best = history.best.map { BestPass($0, AlignedBuffer(count: parameters.layout.count)) }
        let buffers =
            [parameters.values, parameters.firstMoments, parameters.secondMoments] + (best.map { [$0.values] } ?? [])
        for (place, buffer) in zip(places, buffers) where bytes > 0 {
            unsafe UnsafeMutableRawPointer(buffer.base).copyMemory(from: file.base + place, byteCount: bytes)
        }
        step = Int(number(40, UInt64.self))
        optimizer = AdamW.State(
            step: Int(number(48, UInt64.self)), kept: Float(bitPattern: number(56, UInt32.self)),
            rows: rows)
    }
}

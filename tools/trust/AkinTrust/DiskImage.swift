import Foundation

/// A change of a file as `disk.c` records it.
struct DiskChange {
    enum Kind: UInt8 {
        case created = 0x63
        case truncated = 0x74
        case written = 0x77
        case synced = 0x73
        case folderSynced = 0x64
        case renamed = 0x72
        case unlinked = 0x75
    }

    let kind: Kind
    let offset: Int
    let path: String
    let bytes: Data

    static func read(_ file: String) throws -> [DiskChange] {
        let data = try Data(contentsOf: URL(filePath: file))
        var changes: [DiskChange] = []
        var place = 0
        func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(data[at + $1]) << (8 * $1) } }
        while place + 4 <= data.count {
            let length = number(place, 4)
            let start = place + 4
            guard start + length <= data.count, let kind = Kind(rawValue: data[start]) else { break }
            let pathEnd = start + 11 + number(start + 9, 2)
            changes.append(
                DiskChange(
                    kind: kind, offset: number(start + 1, 8),
                    path: String(decoding: data[start + 11..<pathEnd], as: UTF8.self),
                    bytes: data[pathEnd..<start + length]))
            place = start + length
        }
        return changes
    }
}

/// What a disk may hold after a power cut: everything that was synced, and a random part of the rest.
///
/// Names are kept in order, as journalling file systems do: some first part of the creations, renames and removals
/// since their folder was last synced is there. Each write to a file since it was synced is there, or missing, or there
/// in part, in sectors of 512 bytes.
struct DiskImage {
    /// What happens to writes that were not synced.
    enum Fate: String, CaseIterable {
        case dropped, kept, mixed
    }

    private final class File {
        var durable = Data()
        var pending: [DiskChange] = []
    }

    private enum Naming {
        case created(String, File)
        case renamed(String, String)
        case unlinked(String)
    }

    private static let sector = 512

    private var current: [String: File] = [:]
    private var durableNames: [String: File] = [:]
    private var pendingNames: [Naming] = []

    mutating func apply(_ change: DiskChange) {
        switch change.kind {
        case .created:
            let file = File()
            current[change.path] = file
            pendingNames.append(.created(change.path, file))
        case .truncated, .written: current[change.path]?.pending.append(change)
        case .synced:
            guard let file = current[change.path] else { return }
            for change in file.pending { Self.apply(change, to: &file.durable) }
            file.pending = []
        case .folderSynced:
            // All files are in one folder.
            durableNames = current
            pendingNames = []
        case .renamed:
            let target = String(decoding: change.bytes, as: UTF8.self)
            guard let file = current.removeValue(forKey: change.path) else { return }
            current[target] = file
            pendingNames.append(.renamed(change.path, target))
        case .unlinked:
            current[change.path] = nil
            pendingNames.append(.unlinked(change.path))
        }
    }

    /// Writes the remaining state into a folder.
    func write(to folder: String, fate: Fate, _ random: inout TrialRandom) throws {
        var names = durableNames
        let count = fate == .dropped ? 0 : fate == .kept ? pendingNames.count : random.below(pendingNames.count + 1)
        for naming in pendingNames.prefix(count) {
            switch naming {
            case .created(let path, let file): names[path] = file
            case .renamed(let old, let new): if let file = names.removeValue(forKey: old) { names[new] = file }
            case .unlinked(let path): names[path] = nil
            }
        }
        for (path, file) in names.sorted(by: { $0.key < $1.key }) {
            var bytes = file.durable
            for change in file.pending {
                switch fate {
                case .dropped: break
                case .kept: Self.apply(change, to: &bytes)
                case .mixed:
                    switch random.below(3) {
                    case 0: break
                    case 1: Self.apply(change, to: &bytes)
                    default: Self.tear(change, into: &bytes, &random)
                    }
                }
            }
            let name = URL(filePath: path).lastPathComponent
            // The log's index is memory, which a crash may leave in any state.
            if name.hasSuffix("-shm") {
                bytes = Data((0..<bytes.count).map { _ in UInt8(truncatingIfNeeded: random.next()) })
            }
            try bytes.write(to: URL(filePath: "\(folder)/\(name)"))
        }
    }

    private static func apply(_ change: DiskChange, to bytes: inout Data) {
        if change.kind == .truncated {
            if change.offset <= bytes.count {
                bytes = bytes.prefix(change.offset)
            } else {
                bytes += Data(count: change.offset - bytes.count)
            }
        } else {
            put(change.bytes, at: change.offset, in: &bytes)
        }
    }

    private static func put(_ written: Data, at offset: Int, in bytes: inout Data) {
        let end = offset + written.count
        if bytes.count < end { bytes += Data(count: end - bytes.count) }
        bytes.replaceSubrange(bytes.startIndex + offset..<bytes.startIndex + end, with: written)
    }

    /// Some sectors of a write. A file that it made longer may have its new length without the new bytes.
    private static func tear(_ change: DiskChange, into bytes: inout Data, _ random: inout TrialRandom) {
        guard change.kind == .written else { return }
        var place = 0
        while place < change.bytes.count {
            let next = min(change.bytes.count, (change.offset + place) / sector * sector + sector - change.offset)
            if random.chance(50) {
                let part = change.bytes[change.bytes.startIndex + place..<change.bytes.startIndex + next]
                put(part, at: change.offset + place, in: &bytes)
            }
            place = next
        }
    }
}

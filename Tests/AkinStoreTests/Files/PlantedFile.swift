import AkinTestSupport
import Foundation

/// What a stranger may have put in the place of a file that Akin opens.
enum PlantedFile: String, CaseIterable {
    case link, danglingLink, pipe, unixSocket, folder, device

    /// - Parameter target: what the link leads to.
    func plant(at path: String, target: String) throws {
        switch self {
        case .link: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        case .danglingLink:
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target + "-to-be-made")
        case .device: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
        case .pipe: mkfifo(path, 0o666)
        case .folder: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        case .unixSocket:
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { bytes in
                for (place, byte) in path.utf8.enumerated() where place < bytes.count - 1 { bytes[place] = byte }
            }
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
    }
}

extension StoreFixture {
    /// Renames the closed store so that the names of its log and the log's index would be longer than a file system
    /// takes: it can then be read as immutable only, by root as well.
    func renamedWithoutRoomForALog() throws -> String {
        let path = folder.path(String(repeating: "a", count: 252))
        try FileManager.default.moveItem(atPath: self.path, toPath: path)
        return path
    }
}

/// A file's permissions, and its owner.
func mode(_ path: String) throws -> Int {
    (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? -1
}

func owner(_ path: String) throws -> Int {
    (try FileManager.default.attributesOfItem(atPath: path)[.ownerAccountID] as? NSNumber)?.intValue ?? -1
}

func setMode(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

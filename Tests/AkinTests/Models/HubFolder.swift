import AkinCore
import AkinTestSupport
import Crypto
import Foundation
import Synchronization

/// A folder served as Hugging Face's hub serves a model: settings by the hub itself, weights by a store of another
/// address, to which the hub leads.
final class HubFolder: Sendable {
    static let commit = "5c38ec7c405ec4b44b94cc5a9bb96e735b38267a"

    /// What a test makes other than it is.
    struct Twist: Sendable {
        /// Changes what the listing says of each file.
        var listing: @Sendable (_ path: String, _ entry: inout [String: JSONValue]) -> Void = { _, _ in }
        /// Changes the whole listing.
        var answer: @Sendable (inout [String: JSONValue]) -> Void = { _ in }
        /// Changes an answer; `count` is how often its path was asked for before.
        var response: @Sendable (LocalServer.Request, _ count: Int, inout LocalServer.Response) -> Void = { _, _, _ in }
    }

    private let hub: LocalServer
    private let store: LocalServer

    var address: String { hub.address }
    /// What the hub and the store of large files were asked for.
    var hubRequests: [LocalServer.Request] { hub.requests }
    var storeRequests: [LocalServer.Request] { store.requests }

    /// The bytes of endless answers that were sent.
    var sent: Int { hub.sent + store.sent }

    /// The environment of a user of this hub alone.
    var environment: [String: String] { ["HF_ENDPOINT": address] }

    /// - Parameters:
    ///   - folder: its files, without those that a test adds.
    ///   - extra: further files by path.
    init(_ folder: String, extra: [String: [UInt8]] = [:], twist: Twist = Twist()) throws {
        let files = try Self.files(folder).merging(extra) { $1 }
        let counts = Mutex<[String: Int]>([:])
        @Sendable func twisted(_ request: LocalServer.Request, _ response: LocalServer.Response)
            -> LocalServer.Response
        {
            let count = counts.withLock { counts in
                defer { counts[request.path, default: 0] += 1 }
                return counts[request.path, default: 0]
            }
            var response = response
            twist.response(request, count, &response)
            return response
        }
        let store = try LocalServer { request in
            let body = files[String(request.path.dropFirst("/store/".count))] ?? []
            return twisted(request, Self.part(of: body, for: request))
        }
        self.store = store
        hub = try LocalServer { request in
            twisted(request, Self.answer(request, files, store: store.address, twist))
        }
    }

    private static func answer(
        _ request: LocalServer.Request, _ files: [String: [UInt8]], store: String, _ twist: Twist
    ) -> LocalServer.Response {
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.starts(with: ["api", "models", "owner", "tiny", "revision"]) {
            return LocalServer.Response(200, listing(files, twist))
        }
        guard parts.count > 4, parts[..<4].elementsEqual(["owner", "tiny", "resolve", commit]) else {
            return LocalServer.Response(404, [], ["X-Error-Code": "RepoNotFound"])
        }
        let path = parts[4...].joined(separator: "/")
        guard let body = files[path] else { return LocalServer.Response(404) }
        if path.hasSuffix(".safetensors") {
            return LocalServer.Response(
                302, Array("Found".utf8),
                [
                    "Location": "\(store)/store/\(path)", "X-Linked-Size": String(body.count),
                    "X-Linked-ETag": "\"\(sha256(body))\"", "ETag": "\"\(sha256([1]))\"",
                ])
        }
        var response = part(of: body, for: request)
        response.headers["ETag"] = "W/\"\(gitBlob(body))\""
        return response
    }

    private static func part(of body: [UInt8], for request: LocalServer.Request) -> LocalServer.Response {
        guard let first = request.firstByte else { return LocalServer.Response(200, body) }
        guard first < body.count else { return LocalServer.Response(416) }
        return LocalServer.Response(
            206, Array(body[first...]), ["Content-Range": "bytes \(first)-\(body.count - 1)/\(body.count)"])
    }

    private static func listing(_ files: [String: [UInt8]], _ twist: Twist) -> [UInt8] {
        let siblings = files.sorted { $0.key < $1.key }.map { path, body in
            var entry: [String: JSONValue] = [
                "rfilename": .string(path), "size": .number(Double(body.count)), "blobId": .string(gitBlob(body)),
            ]
            if path.hasSuffix(".safetensors") {
                entry["lfs"] = .object([
                    "sha256": .string(sha256(body)), "size": .number(Double(body.count)), "pointerSize": 135,
                ])
            }
            twist.listing(path, &entry)
            return JSONValue.object(entry)
        }
        var answer: [String: JSONValue] = [
            "id": "owner/tiny", "sha": .string(commit), "siblings": .array(siblings),
            "cardData": .object(["license": "mit"]), "tags": ["license:mit"],
        ]
        twist.answer(&answer)
        var writer = JSONWriter(escaping: .required)
        writer.value(.object(answer))
        return writer.bytes
    }

    private static func files(_ folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path != "expected.json" {
            var isFolder: ObjCBool = false
            let file = folder + "/" + path
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            files[path] = Array(try Data(contentsOf: URL(filePath: file)))
        }
        return files
    }

    private static func sha256(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimal }

    private static func gitBlob(_ bytes: [UInt8]) -> String {
        Insecure.SHA1.hash(data: Array("blob \(bytes.count)\0".utf8) + bytes).hexadecimal
    }
}

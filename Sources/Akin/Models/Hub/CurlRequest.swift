import AkinCore
import AkinProcesses
import Foundation

/// One request that the program `curl` makes: it knows the system's certificates and the user's proxy, and whatever a
/// server sends is parsed outside this process.
///
/// The request goes to its standard input, so that no list of processes shows the token, and the response comes over
/// its standard output. `curl` follows no redirect and writes no file, and ends with this process.
struct CurlRequest {
    /// Why there was no whole response.
    struct Failure: Error {
        /// In curl's words.
        let reason: String
    }

    let url: URL
    var token: String?
    /// The first byte wanted; what stands before it is there already.
    var from = 0

    /// The variables that decide the way to a server and whom to trust.
    private static let variables = [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE",
        "SSL_CERT_DIR", "CURL_CA_BUNDLE",
    ]
    private static let errors = "curl-errors"
    /// How long nothing may come before the request fails, in seconds; curl gives up earlier by itself.
    private static let patience = Duration.seconds(120)

    /// Whether a text can stand in a request: ASCII that can be seen, without quotes and backslashes.
    static func canCarry(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }

    /// Makes the request.
    ///
    /// - Parameters:
    ///   - environment: `PATH` among its variables says where `curl` is.
    ///   - folder: a private folder.
    ///   - accept: decides by the head whether the body is read.
    ///   - receive: gets the body piece by piece.
    /// - Throws: `Failure` where the response does not come whole, `AkinError(.noModel)` where there is no `curl`, and
    ///   what the closures throw.
    @discardableResult
    func perform(
        environment: [String: String], in folder: URL, accept: (HTTPHead) throws -> Bool,
        receive: ([UInt8]) throws -> Void
    ) throws -> HTTPHead {
        try? FileManager.default.removeItem(at: folder.appending(path: Self.errors))
        let program = try start(environment, in: folder)
        defer { program.stop() }
        var reader = HTTPHeadReader()
        var head: HTTPHead?
        do {
            try program.write(Array(configuration.utf8), until: .now + Self.patience, while: Self.mayGoOn)
            program.closeInput()
            while true {
                let piece = try program.read(upTo: 1 << 18, until: .now + Self.patience, while: Self.mayGoOn)
                guard !piece.isEmpty else { break }
                if head != nil {
                    try receive(piece)
                } else if let found = try reader.add(piece) {
                    head = found.head
                    guard try accept(found.head) else { return found.head }
                    if !found.rest.isEmpty { try receive(found.rest) }
                }
            }
        } catch is PipedProgram.Failure {
            try CancellationFlag.check()
            throw Failure(reason: "no answer in \(Self.patience)")
        } catch is HTTPHeadReader.Fault {
            throw Failure(reason: "the answer is not one of HTTP")
        }
        let status = program.finish(until: .now + .seconds(5))
        guard status == 0, let head else { throw Failure(reason: reason(in: folder, status)) }
        return head
    }

    private func start(_ environment: [String: String], in folder: URL) throws -> PipedProgram {
        let path = ProgramPath(environment["PATH"])
        do {
            guard let curl = path.program("curl") else {
                throw AkinError(.noInput, "curl is in no folder of PATH that belongs to you or to root")
            }
            // --disable comes first: the user's .curlrc may ask for anything.
            return try PipedProgram(
                curl, ["--disable", "--config", "-"], in: folder.path,
                environment: environment.filter { Self.variables.contains($0.key) }.merging(
                    ["PATH": path.folders.joined(separator: ":"), "HOME": folder.path, "LC_ALL": "C"]) { $1 })
        } catch {
            throw AkinError(
                .noModel,
                "Models are fetched from a hub by the program curl, which cannot be run here: install it, or download the model's files "
                    + "and fetch their folder.", cause: error)
        }
    }

    /// Lines of a configuration file of curl.
    private var configuration: String {
        var lines = [
            "url = \"\(url.absoluteString)\"", "silent", "show-error", "include", "globoff",
            "suppress-connect-headers", "no-buffer", "user-agent = \"akin\"", "stderr = \"\(Self.errors)\"",
            "proto = \"=\(url.scheme ?? "https")\"", "connect-timeout = 30", "speed-limit = 1", "speed-time = 60",
        ]
        if from > 0 { lines.append("range = \"\(from)-\"") }
        if let token { lines.append("header = \"Authorization: Bearer \(token)\"") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func mayGoOn() -> Bool { !CancellationFlag.isCurrentCancelled }

    /// Curl's last line of errors, without its own name.
    private func reason(in folder: URL, _ status: Int32) -> String {
        let said = (try? RegularFile.contents(of: folder.appending(path: Self.errors).path, limit: 1 << 14)) ?? Data()
        let line = String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init)
        return line.map { String($0.trimmingPrefix("curl: ")) } ?? "curl ended with status \(status)"
    }
}

import AkinCore
import Foundation

/// The hub that models are fetched from, and the token that it knows its user by.
///
/// Its layout is that of Hugging Face's hub: what a revision holds is told by `/api/models/OWNER/NAME/revision/REV`, and
/// a file is at `/OWNER/NAME/resolve/REV/FILE`.
struct HubSite: Sendable {
    /// Without a slash at its end.
    let endpoint: URL
    /// nil where everybody may read.
    let token: String?

    /// - Parameter environment: `HF_ENDPOINT`, by default `https://huggingface.co`, and `HF_TOKEN`, by the names that
    ///   the hub's own programs know them.
    /// - Throws: `AkinError(.invalidArgument)` for what is no address, no token, or would send a token in the clear.
    init(environment: [String: String]) throws {
        func value(_ name: String) -> String? {
            let text = environment[name]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            return text.isEmpty ? nil : text
        }
        var address = value("HF_ENDPOINT") ?? "https://huggingface.co"
        while address.hasSuffix("/") { address.removeLast() }
        guard let endpoint = URL(string: address), let host = endpoint.host(), !host.isEmpty,
            ["https", "http"].contains(endpoint.scheme), endpoint.user() == nil, endpoint.password() == nil,
            endpoint.query() == nil, endpoint.fragment() == nil, CurlRequest.canCarry(endpoint.absoluteString)
        else {
            throw AkinError(
                .invalidArgument,
                "HF_ENDPOINT is '\(address)', which is no address of a hub, such as https://huggingface.co.")
        }
        let token = value("HF_TOKEN")
        if let token {
            guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), CurlRequest.canCarry(token) else {
                throw AkinError(
                    .invalidArgument, "HF_TOKEN holds spaces, quotes or other characters that no token has.")
            }
            guard endpoint.scheme == "https" || ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host) else {
                throw AkinError(
                    .invalidArgument,
                    "HF_TOKEN would be sent to \(host) unencrypted: give HF_ENDPOINT an address with https, or leave HF_TOKEN out."
                )
            }
        }
        self.endpoint = endpoint
        self.token = token
    }

    /// Where the hub says what a revision holds, with the sizes and hashes of its files.
    func listing(of model: HubModel, _ revision: HubRevision) -> URL {
        address("/api/models/\(model.path)/revision/\(Self.escaped(revision.name))?blobs=true")
    }

    /// Where a file of a revision is.
    func file(_ path: String, of model: HubModel, _ revision: HubRevision) -> URL {
        address("/\(model.path)/resolve/\(Self.escaped(revision.name))/\(path)")
    }

    /// The page for people.
    func page(of model: HubModel) -> URL { address("/\(model.path)") }

    /// Whether a URL is the hub's own, so that the token may be sent to it.
    func owns(_ url: URL) -> Bool {
        url.scheme == endpoint.scheme && url.host() == endpoint.host() && url.port == endpoint.port
    }

    /// Names have been checked, so that they need no escapes and the result is a URL.
    private func address(_ path: String) -> URL { URL(string: endpoint.absoluteString + path) ?? endpoint }

    private static func escaped(_ revision: String) -> String { revision.replacing("/", with: "%2F") }
}

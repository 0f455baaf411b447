import AkinCore
import Foundation

/// Requests to a hub: redirects are followed, without the token where they lead to other hosts, and what failed for the
/// moment is tried again.
struct HubConnection: Sendable {
    let site: HubSite
    let model: HubModel
    /// The variables of whoever asks, of which curl sees those that it needs.
    let environment: [String: String]
    /// A private folder.
    let folder: URL

    /// Times that a request is made in all, and the pause after the first failure, which grows by itself each time.
    private static let attempts = 4
    private static let pause = 0.5
    private static let mostRedirects = 8

    /// What the server says about a file, in whichever of the responses on the way to it.
    struct Told {
        var length: Int?
        var digest: HubDigest?
    }

    /// The file or answer at a URL, in memory.
    ///
    /// - Parameter limit: the most bytes that are taken.
    func contents(of url: URL, as what: String, limit: Int) throws -> [UInt8] {
        try retrying(what) {
            () -> [UInt8] in
            var bytes: [UInt8] = []
            _ = try follow(url, from: 0, what) { _, _ in
                bytes = []
            } receive: { piece in
                bytes += piece
                guard bytes.count <= limit else {
                    throw AkinError(
                        .invalidData, "\(what) has more than \(limit >> 20) MB, which is more than any model has.")
                }
            }
            return bytes
        }
    }

    /// Requests a URL and each one that it leads to.
    ///
    /// - Parameters:
    ///   - from: the first byte wanted.
    ///   - begin: gets the head of the response that has the file, and what was told on the way, before its bytes.
    func follow(
        _ url: URL, from: Int, _ what: String, begin: (HTTPHead, Told) throws -> Void,
        receive: ([UInt8]) throws -> Void
    ) throws -> HTTPHead {
        var told = Told()
        var url = url
        for _ in 0...Self.mostRedirects {
            let isOwn = site.owns(url)
            let head = try CurlRequest(url: url, token: isOwn ? site.token : nil, from: from).perform(
                environment: environment, in: folder
            ) { head in
                // Only the hub is asked what a file is; a store that it leads to has hashes of its own kind.
                if isOwn {
                    told.length = head["x-linked-size"].flatMap { Int($0) } ?? told.length
                    told.digest = HubDigest(etag: head["x-linked-etag"]) ?? told.digest
                    if !head.isRedirect { told.digest = told.digest ?? HubDigest(etag: head["etag"]) }
                }
                guard head.status == 200 || head.status == 206 else { return false }
                try begin(head, told)
                return true
            } receive: {
                try receive($0)
            }
            guard head.isRedirect else {
                if head.status != 200, head.status != 206 { try refuse(head, what) }
                return head
            }
            url = try target(of: head, from: url, what)
        }
        throw AkinError(.noModel, "\(what) cannot be fetched: \(site.endpoint) leads from one address to the next.")
    }

    private func target(of head: HTTPHead, from url: URL, _ what: String) throws -> URL {
        guard let location = head["location"], let target = URL(string: location, relativeTo: url)?.absoluteURL,
            let host = target.host(), !host.isEmpty, CurlRequest.canCarry(target.absoluteString),
            target.scheme == "https" || (target.scheme == "http" && site.endpoint.scheme == "http"),
            target.user() == nil
        else {
            throw AkinError(
                .noModel,
                "\(what) cannot be fetched: \(site.endpoint) leads to \(head["location"].map { "'\($0)'" } ?? "nowhere"), which is no "
                    + "address with \(site.endpoint.scheme ?? "https").")
        }
        return target
    }

    /// A response that is no file, of which more may be had later.
    private struct Busy: Error { let status: Int }

    private func refuse(_ head: HTTPHead, _ what: String) throws {
        switch head.status {
        case 401, 403:
            throw AkinError(
                .noModel,
                "\(site.endpoint) does not give \(what) to \(site.token == nil ? "everybody" : "the owner of this token") (HTTP status "
                    + "\(head.status)); there may be no such model, or its owner lets only some people read it.",
                remedy: .giveHubToken(page: site.page(of: model).absoluteString))
        case 404, 410:
            throw AkinError(
                .noModel, "\(site.endpoint) has no \(what) (HTTP status \(head.status)). Check its name and revision.")
        case 429, 500...: throw Busy(status: head.status)
        case 416: throw PartialFile.Misfit()
        default: throw AkinError(.noModel, "\(what) cannot be fetched: HTTP status \(head.status).")
        }
    }

    /// Makes a request, again where it fails for reasons that may pass.
    ///
    /// - Parameter hasProgressed: whether more has come than before, so that failures are counted afresh.
    func retrying<Result>(
        _ what: String, hasProgressed: () -> Bool = { false }, request: () throws -> Result
    ) throws -> Result {
        var attempt = 0
        while true {
            let reason: String
            do {
                return try request()
            } catch let failure as CurlRequest.Failure {
                reason = failure.reason
            } catch let busy as Busy {
                reason = "HTTP status \(busy.status)"
            }
            attempt = hasProgressed() ? 1 : attempt + 1
            guard attempt < Self.attempts else {
                throw AkinError(
                    .noModel, "\(what) cannot be fetched from \(site.endpoint) (\(reason)). What has come is kept.",
                    remedy: .tryAgain)
            }
            let end = ContinuousClock.now + .seconds(Self.pause * Double(attempt))
            while ContinuousClock.now < end {
                try CancellationFlag.check()
                usleep(50_000)
            }
        }
    }
}

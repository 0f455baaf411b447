import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A server of HTTP on this machine, one thread a connection and one request each, that answers as a test says.
package final class LocalServer: Sendable {
    package struct Request: Sendable {
        package let method: String
        /// With the query.
        package let path: String
        /// By name in lower case.
        package let headers: [String: String]

        /// The first byte asked for.
        package var firstByte: Int? {
            headers["range"].flatMap { Int($0.dropFirst("bytes=".count).prefix { $0 != "-" }) }
        }
    }

    package struct Response: Sendable {
        package var status: Int
        package var headers: [String: String]
        package var body: [UInt8]
        /// How the body comes.
        package var delivery = Delivery.whole

        package enum Delivery: Sendable {
            case whole
            /// The connection is closed after so many bytes.
            case cut(after: Int)
            /// So many bytes come and then nothing, until the other end goes away.
            case stalled(after: Int)
            /// The body is sent over and over.
            case endless
        }

        package init(_ status: Int, _ body: [UInt8] = [], _ headers: [String: String] = [:]) {
            (self.status, self.body, self.headers) = (status, body, headers)
        }
    }

    private let socket: CInt
    package let port: Int
    private let asked = Mutex<[Request]>([])
    private let endlessBytes = Mutex(0)
    private let answer: @Sendable (Request) -> Response

    /// The requests so far, in their order.
    package var requests: [Request] { asked.withLock { $0 } }

    /// The bytes of endless bodies that were sent so far.
    package var sent: Int { endlessBytes.withLock { $0 } }

    package var address: String { "http://127.0.0.1:\(port)" }

    package init(_ answer: @escaping @Sendable (Request) -> Response) throws {
        self.answer = answer
        #if canImport(Glibc)
        let stream = CInt(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        let socket = Self.open(AF_INET, stream)
        self.socket = socket
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) { place in
            place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                bind(socket, place, size) == 0 && listen(socket, 64) == 0 && getsockname(socket, place, &size) == 0
            }
        }
        guard socket >= 0, isBound else { throw CocoaError(.fileReadUnknown) }
        port = Int(UInt16(bigEndian: place.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0, self != nil else { return }
                Thread.detachNewThread { [weak self] in
                    self?.serve(connection)
                    close(connection)
                }
            }
        }
    }

    deinit {
        shutdown(socket, CInt(SHUT_RDWR))
        close(socket)
    }

    private static func open(_ family: CInt, _ kind: CInt) -> CInt {
        #if canImport(Glibc)
        Glibc.socket(family, kind, 0)
        #elseif canImport(Musl)
        Musl.socket(family, kind, 0)
        #else
        Darwin.socket(family, kind, 0)
        #endif
    }

    private func serve(_ connection: CInt) {
        guard let request = Self.request(connection) else { return }
        asked.withLock { $0.append(request) }
        let response = answer(request)
        var headers = response.headers
        if case .endless = response.delivery {
        } else if headers["Content-Length"] == nil {
            headers["Content-Length"] = String(response.body.count)
        }
        headers["Connection"] = "close"
        let head =
            "HTTP/1.1 \(response.status) Test\r\n" + headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
        guard Self.send(Array(head.utf8)[...], connection), request.method != "HEAD" else { return }
        switch response.delivery {
        case .whole: _ = Self.send(response.body[...], connection)
        case .cut(let count): _ = Self.send(response.body.prefix(count), connection)
        case .stalled(let count):
            _ = Self.send(response.body.prefix(count), connection)
            var byte: UInt8 = 0
            _ = recv(connection, &byte, 1, 0)
        case .endless:
            while Self.send(response.body[...], connection) { endlessBytes.withLock { $0 += response.body.count } }
        }
    }

    private static func request(_ connection: CInt) -> Request? {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            var byte: UInt8 = 0
            guard bytes.count < 1 << 16, recv(connection, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let parts = lines[0].split(separator: " ")
        guard parts.count == 3 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (
                line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
        return Request(
            method: String(parts[0]), path: String(parts[1]), headers: Dictionary(headers) { $1 })
    }

    /// - Returns: whether all was sent.
    private static func send(_ bytes: ArraySlice<UInt8>, _ connection: CInt) -> Bool {
        #if canImport(Darwin)
        let flags: CInt = 0
        #else
        let flags = CInt(MSG_NOSIGNAL)
        #endif
        var rest = bytes
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { write(connection, $0.baseAddress, $0.count, flags) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }
}

/// `send`, under a name that is free within `LocalServer`.
private func write(_ socket: CInt, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: CInt) -> Int {
    send(socket, bytes, count, flags)
}

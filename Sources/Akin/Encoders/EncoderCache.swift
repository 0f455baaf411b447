import AkinVectors
import AkinStore
import Synchronization

/// The encoders of one open database, loaded at first use.
final class EncoderCache: Sendable {
    private let loaded = Mutex<[Int64: any TextEncoder]>([:])

    func encoder(of space: VectorSpace, load: () throws -> any TextEncoder) rethrows -> any TextEncoder {
        try loaded.withLock { cache in
            if let encoder = cache[space.id] { return encoder }
            let encoder = try load()
            cache[space.id] = encoder
            return encoder
        }
    }

    func remember(_ encoder: any TextEncoder, space: Int64) {
        loaded.withLock { $0[space] = encoder }
    }
}

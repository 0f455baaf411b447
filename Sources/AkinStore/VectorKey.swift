/// The key of the `vector` table: space and passage in one number, so that a space's vectors lie together in the order
/// of their passages.
enum VectorKey {
    private static let passageBits: Int64 = 40

    static func key(space: Int64, passage: Int64) -> Int64 { space << passageBits | passage }

    static func passage(_ key: Int64) -> Int64 { key & (1 << passageBits - 1) }

    static func all(of space: Int64) -> ClosedRange<Int64> {
        key(space: space, passage: 0)...key(space: space, passage: 1 << passageBits - 1)
    }
}

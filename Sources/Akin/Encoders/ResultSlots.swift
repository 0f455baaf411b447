import Synchronization

/// One slot a result, filled by several threads in any order.
final class ResultSlots<Value: Sendable>: Sendable {
    private let slots: Mutex<[Value?]>

    init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

    func set(_ index: Int, _ value: Value) { slots.withLock { $0[index] = value } }

    /// The values in order; slots that were never filled are left out.
    func values() -> [Value] { slots.withLock { $0.compactMap { $0 } } }
}

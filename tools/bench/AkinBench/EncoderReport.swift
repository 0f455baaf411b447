import Foundation

/// What one run of the encoder benchmark found, printed as a JSON object with keys in snake case.
struct EncoderReport: Encodable {
    let precision: String
    let kernels: String
    let threads: Int
    let texts: Int
    /// Of one pass over all texts, `[CLS]` and `[SEP]` included.
    let tokens: Int
    /// Loading the model from its own files, without the cache of packed models.
    let loadSeconds: Double
    /// Of each pass, when all texts come at once.
    private(set) var seconds: [Double] = []
    private(set) var tokensPerSecond: Double?
    /// Microseconds of one text, when texts come one by one.
    private(set) var p50: Double?
    private(set) var p99: Double?
    var peakBytes = 0

    init(
        precision: String, kernels: String, threads: Int, texts: Int, tokens: Int, loadSeconds: Double
    ) {
        self.precision = precision
        self.kernels = kernels
        self.threads = threads
        self.texts = texts
        self.tokens = tokens
        self.loadSeconds = loadSeconds
    }

    mutating func setPasses(_ passes: [Duration]) {
        seconds = passes.map(\.seconds)
        tokensPerSecond = Double(tokens) / Self.quantile(0.5, of: seconds)
    }

    mutating func setLatencies(_ latencies: [Duration]) {
        let microseconds = latencies.map { $0.seconds * 1e6 }
        p50 = Self.quantile(0.5, of: microseconds)
        p99 = Self.quantile(0.99, of: microseconds)
    }

    func print() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        FileHandle.standardOutput.write(try encoder.encode(self) + Data("\n".utf8))
    }

    /// The smallest value that at least this share of the values does not exceed.
    private static func quantile(_ share: Double, of values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}

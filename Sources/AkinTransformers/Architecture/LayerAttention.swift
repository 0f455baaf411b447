import AkinCore
import AkinVectors
import Foundation

/// What the attention of one layer does with places.
package struct LayerAttention: Sendable, Hashable {
    /// How queries and keys are turned by their place; nil where they are not.
    package var rotary: RotaryFrequencies?
    /// The farthest distance of a token that a token attends to; nil for any.
    package var window: Int?
}

extension BERTConfiguration {
    /// The attentions of all layers.
    ///
    /// - Throws: `.incompatible` for a kind of rotary positions or of layers that is not known, `.invalidData` for
    ///   settings that no network has.
    static func attentions(_ settings: ModelSettings, _ family: BERTFamily, layers: Int, headSize: Int) throws
        -> [LayerAttention]
    {
        switch family.traits.positions {
        case .learned, .linearBias: return [LayerAttention](repeating: LayerAttention(), count: layers)
        case .rotary(let standardBase):
            let attention = LayerAttention(
                rotary: try RotaryFrequencies(
                    settings, try settings.members("rope_parameters"), bases: ["rope_theta", "rotary_emb_base"],
                    standardBase: standardBase, headSize: headSize))
            return [LayerAttention](repeating: attention, count: layers)
        case .rotaryByLayer:
            let sections = try settings.section("rope_parameters")
            let everywhere = LayerAttention(
                rotary: try RotaryFrequencies(
                    settings, try sections?.members("full_attention"), bases: ["global_rope_theta"],
                    standardBase: 160_000, headSize: headSize))
            let width = try settings.whole("local_attention") ?? 128
            let nearby = LayerAttention(
                rotary: try RotaryFrequencies(
                    settings, try sections?.members("sliding_attention"), bases: ["local_rope_theta"],
                    standardBase: 10_000, headSize: headSize), window: width / 2)
            let every = try settings.whole("global_attn_every_n_layers") ?? 3
            guard width >= 0, every > 0 else {
                throw settings.fault(
                    "\"local_attention\" is \(width) and \"global_attn_every_n_layers\" is \(every), which no model has"
                )
            }
            guard let types = try settings.list("layer_types") else {
                return (0..<layers).map { $0 % every == 0 ? everywhere : nearby }
            }
            guard types.count == layers else {
                throw settings.fault("\"layer_types\" names \(types.count) layers, but the model has \(layers)")
            }
            return try types.map { type in
                switch type {
                case "full_attention": everywhere
                case "sliding_attention": nearby
                default:
                    throw settings.unsupported(
                        "layer_types", type, known: "\"full_attention\" and \"sliding_attention\"")
                }
            }
        }
    }
}

extension RotaryFrequencies {
    /// Reads the base and the scaling of rotary positions.
    ///
    /// - Parameters:
    ///   - parameters: The object that newer files keep both in.
    ///   - bases: The names of the base in older files.
    fileprivate init(
        _ settings: ModelSettings, _ parameters: [String: JSONValue]?, bases: [String], standardBase: Double?,
        headSize: Int
    ) throws {
        guard headSize % 2 == 0 else {
            throw settings.fault("heads of \(headSize) components cannot have rotary positions, which turn pairs")
        }
        let given = try parameters?["rope_theta"]?.number ?? bases.lazy.compactMap { try settings.number($0) }.first
        guard let base = given ?? standardBase else { throw settings.fault("the field \"\(bases[0])\" is missing") }
        let scaling = try settings.members("rope_scaling") ?? parameters ?? [:]
        let factor = scaling["factor"]?.number ?? 1
        guard base > 0, base.isFinite, factor > 0, factor.isFinite else {
            throw settings.fault("the base \(base) or the factor \(factor) of the rotary positions is not positive")
        }
        switch scaling["rope_type"] ?? scaling["type"] ?? .string("default") {
        case .string("default"), .null: self.init(base: base, divisor: 1, headSize: headSize)
        case .string("linear"): self.init(base: base, divisor: factor, headSize: headSize)
        case .string("ntk"):
            // As GTE's code stretches what was learned on shorter texts: the fastest pair by factor^(2/d), the slowest by
            // the factor.
            guard scaling["mixed_b"] ?? .null == .null else {
                throw settings.unsupported("mixed_b", scaling["mixed_b"]?.scalarText ?? "given", known: "null")
            }
            self.init(base: base * factor, divisor: pow(factor, 2 / Double(headSize)), headSize: headSize)
        case .string(let type):
            throw settings.unsupported("rope_type", type, known: "\"default\", \"linear\" and \"ntk\"")
        default: throw settings.fault("\"rope_type\" is no text")
        }
    }
}

/// The arithmetic of BERT encoding, which trades exactness for speed.
public enum EncodingPrecision: String, Sendable, CaseIterable, Codable {
    /// `int8` where the processor has an instruction for products of bytes (VNNI, or the dot product of ARM), else
    /// `fp32`.
    case auto
    /// 8-bit integers with a scale for each row and output: several times faster, vectors at a cosine of .998 and more
    /// to those of `fp32`, so both kinds can be compared with each other.
    case int8
    /// bfloat16: vectors at a cosine of about 0.99999 to those of `fp32`.
    case bf16
    /// Single precision: the exact reference, and the slowest.
    case fp32
}

import AkinCore
import Testing

@Suite struct NPYArrayTests {
    @Test(arguments: [(0, 0), (3, 384), (Int.max, 65_536)])
    func `a header has 128 bytes whatever it says`(rows: Int, dimension: Int) {
        let bytes = NPYArray.header(rows: rows, dimension: dimension, element: .f32)
        #expect(bytes.count == 128 && bytes.last == UInt8(ascii: "\n"))
        #expect(Array(bytes.prefix(10)) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0])
        let text = String(decoding: bytes[10...], as: UTF8.self)
        #expect(text.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(dimension)), } "))
    }

    @Test(arguments: [(.f32, "<f4"), (.f16, "<f2"), (.int8, "|i1"), (.uint8, "|u1")] as [(VectorElement, String)])
    func `each element has NumPy's name for it`(element: VectorElement, name: String) {
        let header = String(decoding: NPYArray.header(rows: 1, dimension: 2, element: element)[10...], as: UTF8.self)
        #expect(header.contains("'\(name)'"))
    }
}

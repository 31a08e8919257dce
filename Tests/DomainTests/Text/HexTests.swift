import Domain
import Testing

@Suite("Hexadecimal text")
struct HexTests {
    @Test(
        "has two lower-case digits a byte",
        arguments: [
            ([], ""), ([0x00], "00"), ([0x0F, 0xF0], "0ff0"), ([0xDE, 0xAD, 0xBE, 0xEF], "deadbeef"),
        ] as [([UInt8], String)])
    func encodes(bytes: [UInt8], text: String) {
        #expect(Hex.encode(bytes) == text)
    }
}

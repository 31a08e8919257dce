import Domain
import Testing

@Suite("GUIDs")
struct GUIDTests {
    @Test(
        "are 8-4-4-4-12 hexadecimal digits in either case",
        arguments: [
            "0ca3ddd9-f0b0-4635-a98c-5866526961b6", "0CA3DDD9-F0B0-4635-A98C-5866526961B6",
            "00000000-0000-0000-0000-000000000000",
        ])
    func accepts(text: String) { #expect(GUID.isValid(text)) }

    @Test(
        "are nothing else",
        arguments: [
            "", "aws-production", "0ca3ddd9f0b04635a98c5866526961b6", "{0ca3ddd9-f0b0-4635-a98c-5866526961b6}",
            "0ca3ddd9-f0b0-4635-a98c-5866526961b", "0ca3ddd9-f0b0-4635-a98c-5866526961b67",
            "0ca3ddd9-f0b0-4635-a98c-5866526961bg", "0ca3ddd9--0b0-4635-a98c-5866526961b6",
            " 0ca3ddd9-f0b0-4635-a98c-5866526961b6", "0ca3ddd9-f0b0-4635-a98c-5866526961b6\n",
            "0ca3ddd9-f0b0-4635-a98c-5866526961b６", "0ca3ddd9-f0b0-4635-a98c-5866526961b6-",
        ])
    func refuses(text: String) { #expect(!GUID.isValid(text)) }
}

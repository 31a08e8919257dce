import Domain
import Foundation
import Testing

@Suite("The value of a secret that keeps a key")
struct KeyRecordTests {
    private let pair = AccessKeyPair(id: "AKIANEW", secret: #"se"c\ret"#)

    @Test(
        "is read by the names people use",
        arguments: [
            #"{"AccessKeyId": "AKIA1", "SecretAccessKey": "s"}"#, #"{"accessKeyId": "AKIA1", "secretAccessKey": "s"}"#,
            #"{"AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "s"}"#,
            #"{"access_key": "AKIA1", "secret_key": "s"}"#,
        ])
    func names(value: String) throws {
        let record = try #require(KeyRecord(Secret(value)))
        #expect(record.key?.id == "AKIA1")
        #expect(record.key?.secret.exposedText == "s")
        #expect(!record.isForeign)
    }

    @Test("keeps its names and its other members when another key is stored")
    func storing() throws {
        let value =
            #"{"AWS_ACCESS_KEY_ID":"AKIA1","AWS_SECRET_ACCESS_KEY":"s","region":"eu-west-1","n":{"a":[1,true]}}"#
        let record = try #require(KeyRecord(Secret(value)))
        let stored = record.storing(pair, user: "ci", replacing: "AKIA1")
        let members = try #require(
            try JSONSerialization.jsonObject(with: Data(stored.exposedText.utf8)) as? [String: Any])
        #expect(members["AWS_ACCESS_KEY_ID"] as? String == "AKIANEW")
        #expect(members["AWS_SECRET_ACCESS_KEY"] as? String == #"se"c\ret"#)
        #expect(members["region"] as? String == "eu-west-1")
        #expect((members["n"] as? [String: [Any]])?["a"]?.count == 2)
        #expect(members["PreviousAccessKeyId"] as? String == "AKIA1")
        #expect(members["UserName"] as? String == "ci")
        #expect(members.count == 6)
    }

    @Test("is an announcement, with the keys there are")
    func announcement() throws {
        let date = Date(timeIntervalSince1970: 1_770_000_000)
        let value = KeyRecord.announcement(of: ["AKIA1", "AKIA2"], user: "ci", at: date)
        let record = try #require(KeyRecord(value))
        #expect(record.announcement == .init(keys: ["AKIA1", "AKIA2"], date: date))
        #expect(record.key == nil)
        #expect(record.userName == "ci")
        #expect(!record.isForeign)
        // A key that is stored after it leaves nothing of it.
        let stored = record.storing(pair, user: "ci", replacing: "AKIA1").exposedText
        #expect(!stored.contains("KeylessRotation"))
    }

    @Test(
        "is foreign where it holds something else",
        arguments: [
            (#"{"username": "admin", "password": "s"}"#, true), (#"{"AccessKeyId": "AKIA1"}"#, true), ("{}", false),
            (#"{"AccessKeyId": "", "SecretAccessKey": ""}"#, false),
        ])
    func foreign(value: String, isForeign: Bool) throws {
        let record = try #require(KeyRecord(Secret(value)))
        #expect(record.isForeign == isForeign)
        #expect(record.key == nil)
    }

    @Test("is none where it is no JSON object", arguments: ["", "secret", "[]", #""AKIA""#])
    func none(value: String) { #expect(KeyRecord(Secret(value)) == nil) }
}

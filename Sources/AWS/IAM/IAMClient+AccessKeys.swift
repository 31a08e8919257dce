package import Domain
import FoundationEssentials

extension IAMClient {
    /// The access keys of a user, inactive ones included: two at most, as IAM has it.
    package func accessKeys(ofUser user: String) async throws(AWSError) -> [AccessKey] {
        var keys: [AccessKey] = []
        for element in try await list("ListAccessKeys", [("UserName", user)], path: "AccessKeyMetadata") {
            keys.append(try Self.accessKey(element, operation: "ListAccessKeys"))
        }
        return keys
    }

    /// Creates an access key, whose secret is told this once.
    ///
    /// Only a call that IAM turned away for its load is made again: each that takes effect leaves another key. A lost
    /// answer is thrown at once, and the key may be there all the same.
    package func createAccessKey(forUser user: String) async throws(AWSError) -> (AccessKey, AccessKeyPair) {
        let operation = "CreateAccessKey"
        let result = try await call(operation, [("UserName", user)], repetition: .ofThrottling)
        guard let element = result.first("AccessKey"), let secret = element.secret(at: "SecretAccessKey"),
            !secret.isEmpty
        else { throw .malformedAnswer(operation: operation, reason: "it has no secret") }
        let key = try Self.accessKey(element, operation: operation)
        return (key, AccessKeyPair(id: key.id, secret: secret))
    }

    /// - Parameter status: active or inactive; IAM takes no other.
    package func setStatus(
        _ status: AccessKey.Status, ofAccessKey id: String, user: String
    ) async throws(AWSError) {
        try await call("UpdateAccessKey", [("UserName", user), ("AccessKeyId", id), ("Status", status.rawValue)])
    }

    /// Deletes an access key for good. One that is not there is deleted already, which an earlier try whose answer was
    /// lost may have done; a user who is not there is an error.
    package func deleteAccessKey(_ id: String, user: String) async throws(AWSError) {
        do throws(AWSError) {
            try await call("DeleteAccessKey", [("UserName", user), ("AccessKeyId", id)])
        } catch .service(let fault) where fault.code == "NoSuchEntity" && fault.message?.contains(id) == true {
            // It says what is missing: "The Access Key with id … cannot be found."
        }
    }

    /// When and where a key was last used.
    package func lastUse(ofAccessKey id: String) async throws(AWSError) -> AccessKeyUse {
        let operation = "GetAccessKeyLastUsed"
        let result = try await call(operation, [("AccessKeyId", id)])
        guard let use = result.first("AccessKeyLastUsed") else {
            throw .malformedAnswer(operation: operation, reason: "it has no AccessKeyLastUsed")
        }
        var date: Date?
        if let text = Self.known(use.string(at: "LastUsedDate")) {
            date = Timestamp(text)?.date
            // A date that cannot be read must not look as if the key had never been used.
            guard date != nil else { throw .malformedAnswer(operation: operation, reason: "its date is not a date") }
        }
        return AccessKeyUse(
            userName: Self.known(result.string(at: "UserName")), date: date,
            service: Self.known(use.string(at: "ServiceName")), region: Self.known(use.string(at: "Region")))
    }

    /// IAM writes `N/A` for what it does not know.
    private static func known(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty || $0 == "N/A" ? nil : $0 }
    }

    private static func accessKey(_ element: XMLElement, operation: String) throws(AWSError) -> AccessKey {
        guard let id = element.string(at: "AccessKeyId"), !id.isEmpty,
            let status = element.string(at: "Status").flatMap(AccessKey.Status.init),
            let created = element.string(at: "CreateDate").flatMap({ Timestamp($0)?.date })
        else {
            throw .malformedAnswer(operation: operation, reason: "a key in it lacks its id, its status or its date")
        }
        return AccessKey(id: id, status: status, created: created)
    }
}

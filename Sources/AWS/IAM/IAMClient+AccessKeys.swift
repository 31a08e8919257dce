package import Domain
import FoundationEssentials

extension IAMClient {
    /// The access keys of a user, inactive ones included: two at most, as IAM has it.
    package func accessKeys(ofUser user: String) async throws(AWSError) -> [AccessKey] {
        var keys: [AccessKey] = []
        let (operation, resource) = ("ListAccessKeys", arn(ofUser: user))
        for element in try await list(operation, on: resource, [("UserName", user)], path: "AccessKeyMetadata") {
            keys.append(try accessKey(element, operation, resource))
        }
        return keys
    }

    /// Creates an access key, whose secret is told this once.
    ///
    /// Only a call that IAM turned away for its load is made again: each that takes effect leaves another key. A lost
    /// answer is thrown at once, and the key may be there all the same.
    package func createAccessKey(forUser user: String) async throws(AWSError) -> (AccessKey, AccessKeyPair) {
        let (operation, resource) = ("CreateAccessKey", arn(ofUser: user))
        let result = try await call(operation, on: resource, [("UserName", user)], repetition: .ofThrottling)
        guard let element = result.first("AccessKey"), let secret = element.secret(at: "SecretAccessKey"),
            !secret.isEmpty
        else { throw malformed(operation, on: resource, "it has no secret") }
        let key = try accessKey(element, operation, resource)
        return (key, AccessKeyPair(id: key.id, secret: secret))
    }

    /// - Parameter status: active or inactive; IAM takes no other.
    package func setStatus(
        _ status: AccessKey.Status, ofAccessKey id: String, user: String
    ) async throws(AWSError) {
        try await call(
            "UpdateAccessKey", on: arn(ofUser: user),
            [("UserName", user), ("AccessKeyId", id), ("Status", status.rawValue)])
    }

    /// Deletes an access key for good. One that is not there is deleted already, which an earlier try whose answer was
    /// lost may have done; a user who is not there is an error.
    package func deleteAccessKey(_ id: String, user: String) async throws(AWSError) {
        do throws(AWSError) {
            try await call("DeleteAccessKey", on: arn(ofUser: user), [("UserName", user), ("AccessKeyId", id)])
        } catch .service(let fault) where fault.code == "NoSuchEntity" && fault.message?.contains(id) == true {
            // It says what is missing: "The Access Key with id … cannot be found."
        }
    }

    /// When and where a key was last used.
    package func lastUse(ofAccessKey id: String) async throws(AWSError) -> AccessKeyUse {
        let operation = "GetAccessKeyLastUsed"
        let result = try await call(operation, on: "*", [("AccessKeyId", id)])
        guard let use = result.first("AccessKeyLastUsed") else {
            throw malformed(operation, on: "*", "it has no AccessKeyLastUsed")
        }
        var date: Date?
        if let text = Self.known(use.string(at: "LastUsedDate")) {
            date = Timestamp(text)?.date
            // A date that cannot be read must not look as if the key had never been used.
            guard date != nil else { throw malformed(operation, on: "*", "its date is not a date") }
        }
        return AccessKeyUse(
            userName: Self.known(result.string(at: "UserName")), date: date,
            service: Self.known(use.string(at: "ServiceName")), region: Self.known(use.string(at: "Region")))
    }

    /// IAM writes `N/A` for what it does not know.
    private static func known(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty || $0 == "N/A" ? nil : $0 }
    }

    /// As far as it is known without asking for the user's path.
    private func arn(ofUser name: String) -> String { arn("user/\(name)") }

    private func accessKey(
        _ element: XMLElement, _ operation: String, _ resource: String
    ) throws(AWSError) -> AccessKey {
        guard let id = element.string(at: "AccessKeyId"), !id.isEmpty,
            let status = element.string(at: "Status").flatMap(AccessKey.Status.init),
            let created = element.string(at: "CreateDate").flatMap({ Timestamp($0)?.date })
        else {
            throw malformed(operation, on: resource, "a key in it lacks its id, its status or its date")
        }
        return AccessKey(id: id, status: status, created: created)
    }
}

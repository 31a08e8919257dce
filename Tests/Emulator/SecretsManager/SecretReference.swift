/// How a call names a secret: by its name, its ARN, or its ARN without the six characters at the end.
struct SecretReference {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The secret in the account and the region of a call.
    func find(in world: AWSWorld, _ call: JSONCall) -> AWSWorld.StoredSecret? {
        let (account, region) = (call.caller.account, call.region)
        if let secret = world[secret: text, in: account, region: region] { return secret }
        let prefix = "arn:\(call.partition):secretsmanager:\(region):\(account):secret:"
        guard text.hasPrefix(prefix) else { return nil }
        let resource = String(text.dropFirst(prefix.count))
        guard Self.hasSuffix(resource) else { return world[secret: resource, in: account, region: region] }
        // What looks like a whole ARN is taken for one, so that some secrets' partial ARNs are misread.
        guard let secret = world[secret: String(resource.dropLast(7)), in: account, region: region],
            resource.hasSuffix(secret.suffix)
        else { return nil }
        return secret
    }

    /// Whether a resource ends with a hyphen and six characters.
    private static func hasSuffix(_ resource: String) -> Bool {
        resource.count > 7 && resource.dropLast(6).last == "-"
            && resource.suffix(6).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}

import Domain
import Foundation

/// AWS Organizations, version 2016-11-28, in the JSON 1.1 protocol: `ListAccounts` and `DescribeOrganization`.
struct OrganizationsService: Sendable {
    static let operations = ["ListAccounts", "DescribeOrganization"]

    private static let target = "AWSOrganizationsV20161128."

    let state: AWSState

    func answer(_ request: ServerRequest) -> ServerAnswer {
        do throws(ServiceError) {
            return try perform(request)
        } catch {
            return Self.answer(error)
        }
    }

    /// A refusal in JSON. What all of AWS has goes by other names in this protocol, and is the caller's fault in 400.
    static func answer(_ error: ServiceError) -> ServerAnswer {
        let code = codes[error.code] ?? error.code
        return json(error.status < 500 ? 400 : error.status, ["__type": code, "Message": error.message])
    }

    private static let codes = [
        "AccessDenied": "AccessDeniedException", "ExpiredToken": "ExpiredTokenException",
        "IncompleteSignature": "IncompleteSignatureException", "InvalidClientTokenId": "UnrecognizedClientException",
        "MissingAuthenticationToken": "MissingAuthenticationTokenException",
        "SignatureDoesNotMatch": "InvalidSignatureException", "Throttling": "TooManyRequestsException",
        "ServiceFailure": "ServiceException", "ServiceUnavailable": "ServiceUnavailableException",
    ]

    private static func json(_ status: Int, _ body: some Encodable) -> ServerAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return ServerAnswer(
            status: status,
            fields: [
                ("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-RequestId", UUID().uuidString.lowercased()),
            ], body: Array((try? encoder.encode(body)) ?? Data()))
    }

    private func perform(_ request: ServerRequest) throws(ServiceError) -> ServerAnswer {
        let target = request.field("x-amz-target") ?? ""
        let operation = String(target.dropFirst(Self.target.count))
        guard target.hasPrefix(Self.target), Self.operations.contains(operation),
            request.field("content-type") == "application/x-amz-json-1.1", request.query == nil
        else { throw ServiceError(code: "UnknownOperationException", message: "") }
        let caller = try state.caller(of: request, for: "organizations")
        guard let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any] else {
            throw ServiceError(code: "SerializationException", message: "The body is no JSON object.")
        }
        guard caller.may("organizations:\(operation)") else {
            throw .notAuthorized(caller, "organizations:\(operation)", on: "*")
        }
        let (organization, partition) = state.world.read { ($0.organization, $0.partition) }
        guard let organization, organization.members.contains(caller.account) else {
            throw ServiceError(
                code: "AWSOrganizationsNotInUseException", message: "Your account is not a member of an organization.")
        }
        switch operation {
        case "ListAccounts":
            guard caller.account == organization.managementAccount else {
                throw .accessDenied("You don't have permissions to access this resource.")
            }
            return Self.json(200, try list(body, of: organization, in: partition))
        default:
            try Self.check(body, known: [])
            return Self.json(200, ["Organization": OrganizationDescription(organization, partition: partition)])
        }
    }

    /// One page of the accounts. The token is the number of the first account of the next one.
    private func list(
        _ body: [String: Any], of organization: AWSWorld.Organization, in partition: String
    ) throws(ServiceError) -> AccountPage {
        try Self.check(body, known: ["NextToken", "MaxResults"])
        let asked = body["MaxResults"] ?? organization.pageSize
        guard let size = asked as? Int, 1...20 ~= size else {
            throw Self.invalidInput("You specified a value for MaxResults that is not between 1 and 20.")
        }
        var first = 0
        if let token = body["NextToken"] {
            let bytes = (token as? String).flatMap { Base64URL.decode(Substring($0)) } ?? []
            guard let number = Int(String(decoding: bytes, as: UTF8.self)),
                organization.members.indices.contains(number)
            else { throw Self.invalidInput("You provided an invalid NextToken.") }
            first = number
        }
        let end = min(first + min(size, organization.pageSize), organization.members.count)
        let members = state.world.read { world in
            organization.members[first..<end].map { id in
                AccountDescription(id, world.accounts[id] ?? .init(), organization, partition: partition)
            }
        }
        let next = end < organization.members.count ? Base64URL.encode(Array(String(end).utf8)) : nil
        return AccountPage(Accounts: members, NextToken: next)
    }

    private static func check(_ body: [String: Any], known: Set<String>) throws(ServiceError) {
        if let unknown = body.keys.first(where: { !known.contains($0) }) {
            throw invalidInput("The sandbox refuses the unknown parameter '\(unknown)', which AWS would overlook.")
        }
    }

    private static func invalidInput(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidInputException", message: message)
    }
}

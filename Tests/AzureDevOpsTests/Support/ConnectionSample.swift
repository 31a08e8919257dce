import Domain

@testable import AzureDevOps

/// A service connection as Azure DevOps answers.
enum ConnectionSample {
    static let id = "c0ffee00-0000-4000-8000-000000000001"
    static let project = Project(id: "0ca3ddd9-f0b0-4635-a98c-5866526961b6", name: "Web Shop")
    static let pair = AccessKeyPair(id: "AKIANEW", secret: Secret(secretKey))
    static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCY\"EXAMPLEKEY"

    /// - Parameters:
    ///   - parameters: those of the authorisation.
    ///   - leavingOut: members of the document.
    static func document(
        name: String = "aws-prod", parameters: String = parameters, leavingOut left: Set<String> = []
    ) -> [String: JSONValue] {
        let json = json(name: name, parameters: parameters)
        return (JSONValue.object(Array(json.utf8)) ?? [:]).filter { !left.contains($0.key) }
    }

    static let parameters = """
        {"username":"AKIAOLD","password":null,"sessionToken":null,"assumeRoleArn":"","roleSessionName":"azp",\
        "externalId":"x1","useOIDC":"false"}
        """

    static func json(name: String = "aws-prod", parameters: String = parameters) -> String {
        """
        {"data":{"a":"b"},"id":"\(id.uppercased())","name":"\(name)","type":"aws","url":"https://aws.amazon.com/",\
        "createdBy":{"displayName":"Ann","_links":{"avatar":{"href":"x"}}},"description":"of the shop",\
        "authorization":{"parameters":\(parameters),"scheme":"UsernamePassword"},"isShared":true,"isReady":true,\
        "operationStatus":{"state":"Ready","statusMessage":""},"owner":"library","serviceEndpointProjectReferences":[\
        {"projectReference":{"id":"\(project.id)","name":"Web Shop"},"name":"\(name)","description":"of the shop"},\
        {"projectReference":{"id":"0ca3ddd9-f0b0-4635-a98c-000000000000","name":"Other"},"name":"aws-shared"}]}
        """
    }
}

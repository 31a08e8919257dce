import Foundation

/// A service connection as JSON.
enum ServiceEndpointObject {
    /// What a reader sees: there is no type, no authorization and no data.
    static func partial(
        _ connection: AzureWorld.Connection, as reference: AzureWorld.Connection.Reference
    ) -> [String: Any] {
        ["id": connection.id, "name": reference.name, "isShared": false, "isReady": true]
    }

    /// What others see.
    ///
    /// - Parameter reference: to the project that is asked, by whose name for it the connection goes.
    static func whole(
        _ connection: AzureWorld.Connection, as reference: AzureWorld.Connection.Reference, of world: AzureWorld
    ) -> [String: Any] {
        var object: [String: Any] = [
            "id": connection.id, "name": reference.name, "type": connection.type, "url": connection.url,
            "owner": connection.owner, "description": connection.description, "data": connection.data,
            "isShared": connection.references.count > 1, "isReady": isReady(connection), "createdBy": createdBy,
            "authorization": ["scheme": connection.scheme, "parameters": parameters(of: connection)],
            "serviceEndpointProjectReferences": connection.references.map { json($0, of: world) },
        ]
        object["operationStatus"] = status(of: connection).map { ["state": $0, "statusMessage": ""] }
        return object
    }

    /// Whether jobs can use it.
    static func isReady(_ connection: AzureWorld.Connection) -> Bool {
        connection.status == .settled || connection.status == .ready
    }

    private static func status(of connection: AzureWorld.Connection) -> String? {
        switch connection.status {
        case .settled: nil
        case .inProgress: "InProgress"
        case .ready: "Ready"
        case .failed: "Failed"
        }
    }

    /// Secrets are null: a password always, where a connection is of a type that has one, the others where there is
    /// something to hide.
    private static func parameters(of connection: AzureWorld.Connection) -> [String: Any] {
        var shown: [String: Any] = [:]
        for (name, value) in connection.parameters {
            if !AzureWorld.Connection.confidentialNames.contains(name) {
                shown[name] = value
            } else if !value.isEmpty {
                shown[name] = NSNull()
            }
        }
        if connection.scheme == "UsernamePassword" { shown["password"] = NSNull() }
        return shown
    }

    private static func json(_ reference: AzureWorld.Connection.Reference, of world: AzureWorld) -> [String: Any] {
        let project = world.project(reference.project ?? world.project)
        return [
            "projectReference": ["id": project?.id ?? "", "name": project?.name ?? ""], "name": reference.name,
            "description": reference.description,
        ]
    }

    private static let createdBy = [
        "displayName": "Administrator", "id": "a1b2c3d4-0000-4000-8000-00000000000a",
        "uniqueName": "admin@contoso.example", "descriptor": "aad.YTFiMmMzZDQ",
        "url": "https://spsprodweu1.vssps.visualstudio.com/A1/_apis/Identities/a1b2c3d4-0000-4000-8000-00000000000a",
        "imageUrl": "https://dev.azure.com/contoso/_apis/GraphProfile/MemberAvatars/aad.YTFiMmMzZDQ",
    ]
}

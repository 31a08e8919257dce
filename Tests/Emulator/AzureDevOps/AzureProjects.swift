import Foundation

/// The projects of an organisation, one and all.
struct AzureProjects: Sendable {
    private struct Project: Encodable {
        let id, name, url: String
        let state = "wellFormed"
        let revision = 11
        let visibility = "private"
        let lastUpdateTime = "2026-01-01T00:00:00Z"
    }

    let world: AzureWorld

    /// `GET /{organization}/_apis/projects/{name or id}`.
    func get(_ asked: String) -> ServerAnswer {
        guard let project = world.project(asked) else { return AzureErrors.noProject(asked) }
        return AzureErrors.json(200, describe(project))
    }

    /// `GET /{organization}/_apis/projects`, in pages: where there are more, the token of the next is a header field.
    func list(_ request: ServerRequest) -> ServerAnswer {
        struct Page: Encodable {
            let count: Int
            let value: [Project]
        }
        var numbers: [String: Int] = [:]
        for name in ["$top", "$skip", "continuationtoken"] {
            guard let text = request.queryItems.first(where: { $0.name.lowercased() == name })?.value else { continue }
            guard let number = Int(text), number >= 0 else {
                return AzureErrors.improper(400, "The value '\(text)' is not valid for Nullable`1.")
            }
            numbers[name] = number
        }
        let all = world.projects
        let first = numbers["continuationtoken"] ?? numbers["$skip"] ?? 0
        let next = first + min(numbers["$top"] ?? 100, world.projectPageSize)
        let page = all.dropFirst(first).prefix(next - first).map(describe)
        let answer = AzureErrors.json(200, Page(count: page.count, value: page))
        return next < all.count ? answer.adding("x-ms-continuationtoken", String(next)) : answer
    }

    private func describe(_ project: AzureWorld.Project) -> Project {
        let url = "https://dev.azure.com/\(world.organization)/_apis/projects/\(project.id)"
        return Project(id: project.id, name: project.name, url: url)
    }
}

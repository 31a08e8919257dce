import ArgumentParser
import Operations

/// The role to set up, and whom it trusts.
struct TrustedRoleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The role to create or complete; without one only the provider is set up.", valueName: "name"))
    var roleName: String?

    @Option(
        help: ArgumentHelp("The project that --service-connection-name and --pipeline are in.", valueName: "name"))
    var project: String?

    @Option(
        help: ArgumentHelp("Trust the tokens of this service connection, by its name. Repeatable.", valueName: "name"))
    var serviceConnectionName: [String] = []

    @Option(help: ArgumentHelp("Trust the tokens of this pipeline, by its name. Repeatable.", valueName: "name"))
    var pipeline: [String] = []

    @Option(
        help: ArgumentHelp(
            "Trust this subject, as IAM reads it: sc://org/project/*, p://…, /eid1/…. Repeatable.", valueName: "subject"
        ))
    var subject: [String] = []

    @Flag(help: "Trust every token of the issuer: any pipeline and any connection of the organisation.")
    var allowAnySubject = false

    @Option(help: ArgumentHelp("A managed policy to attach. Repeatable.", valueName: "arn"))
    var policyArn: [String] = []

    @Option(help: ArgumentHelp("A policy to put into the role, a JSON file.", valueName: "file"))
    var policy: String?

    @Option(help: ArgumentHelp("The permissions boundary to set, a managed policy.", valueName: "arn"))
    var permissionsBoundary: String?

    @Option(help: ArgumentHelp("The longest session the role allows: 1h to 12h.", valueName: "time"))
    var maxSessionDuration: String?

    @Option(help: ArgumentHelp("The path of a new role, such as /pipelines/.", valueName: "path"))
    var path: String?

    @Option(help: ArgumentHelp("A tag for the provider and the role. Repeatable.", valueName: "key=value"))
    var tag: [String] = []

    var settings: TrustedRoleSettings {
        var settings = TrustedRoleSettings()
        (settings.name, settings.project) = (roleName, project)
        settings.serviceConnections = serviceConnectionName
        settings.pipelines = pipeline
        settings.subjects = subject
        settings.allowsAnySubject = allowAnySubject
        settings.policyARNs = policyArn
        settings.policyFile = policy
        settings.permissionsBoundary = permissionsBoundary
        settings.maximumSessionDuration = maxSessionDuration
        settings.path = path
        settings.tags = tag
        return settings
    }
}

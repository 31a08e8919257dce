import ArgumentParser
import Operations

/// Which service connection is meant.
struct ServiceConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The Azure DevOps organisation, as in dev.azure.com/NAME (default: the pipeline's own).", valueName: "name")
    )
    var organization: String?

    @Option(help: ArgumentHelp("The project (default: the pipeline's own).", valueName: "name"))
    var project: String?

    @Option(help: ArgumentHelp("The service connection, by its name or its GUID.", valueName: "name"))
    var serviceConnection: String?

    var settings: ConnectionSettings {
        ConnectionSettings(organization: organization, project: project, name: serviceConnection)
    }
}

import ArgumentParser
import Operations

/// How `assume` hands the credentials on.
struct HandoverOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How to write the credentials (default: pipeline on an agent, else env).", valueName: "format"))
    var format: HandoverFormat?

    @Option(
        help: ArgumentHelp(
            """
            With the pipeline format: 'variables' gives AWS_* to all later steps, masked; 'secrets' gives them to the \
            steps that map them; 'file' writes a credentials file for the job.
            """, valueName: "how"))
    var expose: Exposure?

    @Flag(help: "With the pipeline format: also set the variables that the AWS Toolkit's tasks read.")
    var toolkitVariables = false

    @Option(
        help: ArgumentHelp(
            "Write the credentials to this profile of the shared credentials file instead of printing them.",
            valueName: "name"))
    var profile: String?

    @Option(
        help: ArgumentHelp(
            """
            Write all profiles that this JSON file names, or none: {"profiles": {"dev": {"roleArn": …, "region": …}}}, \
            with this command's options as members.
            """, valueName: "file"))
    var profilesFile: String?

    @Flag(
        help: """
            Ask for nothing now: write profiles of the config file that call this command whenever a tool needs \
            credentials.
            """)
    var credentialProcess = false

    @Flag(
        help: """
            Keep the credentials in a file of this user's until shortly before they end, and take them from there; for \
            the formats that are printed.
            """)
    var cache = false

    var settings: HandoverSettings {
        var settings = HandoverSettings()
        settings.format = format
        settings.exposure = expose
        settings.toolkitVariables = toolkitVariables
        settings.profile = profile
        settings.profilesFile = profilesFile
        settings.credentialProcess = credentialProcess
        settings.cache = cache
        return settings
    }
}

extension Exposure: ExpressibleByArgument {}

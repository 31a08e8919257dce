import ArgumentParser
import Operations

/// Whose credentials an administrator's command uses, and where.
struct AdminOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Use this profile of the AWS config and credentials files, whatever the environment holds (default: what \
            the AWS CLI would use).
            """, valueName: "name"))
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "The AWS region (default: AWS_REGION, then AWS_DEFAULT_REGION, then the profile's).", valueName: "region"))
    var region: String?

    var settings: AdminSettings { AdminSettings(profile: profile, region: region) }
}

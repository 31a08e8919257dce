import ArgumentParser
import Domain

/// What is rotated, and how carefully.
struct RotationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The IAM user whose access key it is.", valueName: "name"))
    var userName: String?

    @Option(
        help: ArgumentHelp(
            "The secret of AWS Secrets Manager that keeps the key, by its name or its ARN.", valueName: "id"))
    var secretId: String?

    @Option(
        help: ArgumentHelp(
            """
            Rotate all that are listed in this file: {"rotations": [{"userName": …, "secretId": …, \
            "serviceConnection": …}]}, and where they differ organization, project, profile, region, grace, patFile, \
            patParameter. One that fails stops no other.
            """, valueName: "file"))
    var rotationsFile: String?

    @Option(
        help: ArgumentHelp(
            "How long the old key stays, inactive, before it is deleted: 24h, 7d (default: 24h).", valueName: "time"))
    var grace: TimeSpan?

    @Flag(help: "Wait until the grace is over, and delete the old key in this run. Without it the next run does.")
    var wait = false

    @Option(help: ArgumentHelp("Rotate only a key that is older than this, such as 7d.", valueName: "time"))
    var olderThan: TimeSpan?

    @Flag(help: "Where the user has a second key that is inactive, delete it to make room, whatever its grace.")
    var replaceInactive = false

    @Flag(help: "Put the earlier key back into the connection, as long as it was not deleted.")
    var rollback = false

    mutating func validate() throws {
        if rotationsFile != nil && (userName != nil || secretId != nil) {
            throw ValidationError("--rotations-file names the users and secrets: leave out --user-name and --secret-id")
        }
        if rollback && (replaceInactive || olderThan != nil) {
            throw ValidationError("--rollback goes with neither --replace-inactive nor --older-than")
        }
    }
}

import ArgumentParser
import Domain

/// What is moved, and from where to where.
struct MigrationOptions: ParsableArguments {
    @Flag(help: "Show every service connection of type AWS, of the project or of the whole organisation.")
    var list = false

    @Option(
        help: ArgumentHelp(
            """
            The role that jobs shall assume by their OIDC token. With --undo: the one to assume with the access key \
            (default: the one before).
            """, valueName: "arn"))
    var roleArn: String?

    @Flag(help: "Deactivate the access key once nothing has used it for --grace.")
    var retireKey = false

    @Option(help: ArgumentHelp("How long nothing must have used the key.", valueName: "time"))
    var grace = TimeSpan(.seconds(86_400))

    @Flag(help: "Put the access key back, as long as it is there. Its secret is taken from --secret-id or a file.")
    var undo = false

    @Option(
        help: ArgumentHelp(
            "With --undo: the secret of AWS Secrets Manager that keeps the key, by its name or its ARN.",
            valueName: "id"))
    var secretId: String?

    @Option(help: ArgumentHelp("With --undo: a file with the secret access key.", valueName: "file"))
    var secretAccessKeyFile: String?

    @Flag(help: "In a pipeline: let a token of the connection assume the role before anything is switched.")
    var verify = false

    mutating func validate() throws {
        guard [list, undo, retireKey].count(where: \.self) <= 1 else {
            throw ValidationError("--list, --undo and --retire-key exclude each other")
        }
        if list && (roleArn != nil || verify) {
            throw ValidationError("--list goes with neither --role-arn nor --verify")
        }
        if undo && verify { throw ValidationError("--undo goes back to the access key: there is no role to verify") }
        if !undo && (secretId != nil || secretAccessKeyFile != nil) {
            throw ValidationError("--secret-id and --secret-access-key-file go with --undo")
        }
        if secretId != nil && secretAccessKeyFile != nil {
            throw ValidationError("--secret-id and --secret-access-key-file exclude each other")
        }
        if verify && roleArn == nil { throw ValidationError("--verify is about a role: add --role-arn") }
    }
}

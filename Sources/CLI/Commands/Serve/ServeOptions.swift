import ArgumentParser
import Domain
import Operations

/// What `serve` gives, where, and for how long.
struct ServeOptions: ParsableArguments {
    @Option(
        name: .customLong("role"),
        help: ArgumentHelp(
            """
            Serve this role too, at /role/<name>, for jobs that work in many accounts: prod=arn:… Repeatable. Without \
            --role-arn the first one is what SDKs find by themselves.
            """, valueName: "name=arn"))
    var roles: [NamedRole] = []

    @Option(
        help: ArgumentHelp(
            "Serve the roles of all profiles that this JSON file names, as assume takes it; the first one is what SDKs find.",
            valueName: "file"))
    var profilesFile: String?

    @Option(help: ArgumentHelp("The port on 127.0.0.1 (default: any that is free).", valueName: "number"))
    var port: UInt16?

    @Flag(help: "Return once the endpoint answers; it goes on by itself until the job ends.")
    var background = false

    @Option(
        help: ArgumentHelp(
            "End by then at the latest: after 8h, or at 2026-11-21T18:00:00Z. It ends with the job in any case.",
            valueName: "time"))
    var until = EndTime.after(.seconds(24 * 3600))

    @Flag(help: "End the endpoints that this job has in the background.")
    var stop = false

    @Option(
        help: ArgumentHelp(
            "How to say where the credentials are (default: pipeline on an agent, else env); not process.",
            valueName: "format"))
    var format: HandoverFormat?

    /// Where to tell that the endpoint answers. Given by the process that starts this one in the background.
    @Option(help: .hidden)
    var readyDescriptor: Int32?

    mutating func validate() throws {
        if stop && (background || port != nil || !roles.isEmpty || profilesFile != nil) {
            throw ValidationError("--stop ends what is there, and takes no option of an endpoint but --format")
        }
        if format == .text(.process) {
            throw ValidationError(
                "--format process is for credentials themselves, and serve says where they are; 'assume --format process' "
                    + "gives them, and '--format json' says where they are to a program")
        }
    }

    var settings: ServeSettings {
        var settings = ServeSettings()
        settings.roles = roles.map { ($0.name, $0.arn) }
        settings.profilesFile = profilesFile
        settings.port = port
        settings.until = until
        settings.format = format
        settings.readyDescriptor = readyDescriptor
        return settings
    }
}

/// A role with the name that it is served under.
struct NamedRole: ExpressibleByArgument, Sendable {
    let name: String
    let arn: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
        (name, arn) = (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
    }
}

extension EndTime: ExpressibleByArgument {
    package init?(argument: String) {
        if let span = TimeSpan(argument) {
            self = .after(span.duration)
        } else if let moment = Timestamp(argument) {
            self = .at(moment.date)
        } else {
            return nil
        }
    }

    package var defaultValueDescription: String {
        switch self {
        case .after(let duration): "\(duration.components.seconds / 3600)h"
        case .at(let date): Timestamp(date).text
        }
    }
}

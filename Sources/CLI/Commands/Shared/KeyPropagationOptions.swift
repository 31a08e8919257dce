import ArgumentParser
import Domain
import Operations

/// When a key counts as known to AWS.
struct KeyPropagationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How often in a row AWS must accept a key before it is used.", valueName: "count"))
    var acceptedTimes = 5

    @Option(help: ArgumentHelp("The time over which it must do so.", valueName: "time"))
    var acceptedOver = TimeSpan(.seconds(10))

    @Option(help: ArgumentHelp("How long AWS may take to get there.", valueName: "time"))
    var acceptedWithin = TimeSpan(.seconds(120))

    mutating func validate() throws {
        guard acceptedTimes > 0 else { throw ValidationError("--accepted-times must be at least 1") }
        guard acceptedOver.duration < acceptedWithin.duration else {
            throw ValidationError("--accepted-over must be shorter than --accepted-within")
        }
    }

    var propagation: KeyPropagation {
        KeyPropagation(times: acceptedTimes, over: acceptedOver.duration, within: acceptedWithin.duration)
    }
}

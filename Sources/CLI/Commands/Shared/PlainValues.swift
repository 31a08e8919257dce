import ArgumentParser
import Domain
import Operations

// How values of operations are typed on a command line.

extension TimeSpan: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }

    package var defaultValueDescription: String { "\(duration.components.seconds)s" }
}

extension OutputForm: ExpressibleByArgument {}

extension HandoverFormat: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }

    package static var allValueStrings: [String] { names }
}

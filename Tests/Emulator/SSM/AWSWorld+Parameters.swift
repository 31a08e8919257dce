package import Foundation

extension AWSWorld {
    /// A parameter of Systems Manager.
    package struct Parameter: Sendable {
        /// As Systems Manager names it.
        package enum Kind: String, Sendable {
            case text = "String"
            case list = "StringList"
            /// Encrypted by a key of KMS.
            case secret = "SecureString"
        }

        package var account: String
        package var region: String
        package var name: String
        package var kind: Kind
        /// The first has the number 1.
        package var versions: [ParameterVersion] = []
    }

    /// One value of a parameter.
    package struct ParameterVersion: Sendable {
        package var value: String
        package var labels: [String] = []
        package var modified = AWSWorld.beginning
    }

    package func arn(of parameter: Parameter) -> String {
        let slash = parameter.name.hasPrefix("/") ? "" : "/"
        return "arn:\(partition):ssm:\(parameter.region):\(parameter.account):parameter\(slash)\(parameter.name)"
    }

    /// The parameter of that name. One that is set where there is none is added, with the account.
    package subscript(
        parameter name: String, in account: String = AWSWorld.home, region region: String = AWSWorld.region
    ) -> Parameter? {
        get { accounts[account]?.parameters[RegionalName(region: region, name: name)] }
        set { accounts[account, default: Account()].parameters[RegionalName(region: region, name: name)] = newValue }
    }

    /// Adds a parameter, or another version to one of the same name. The value of a secret one is among the sandbox's
    /// canaries.
    ///
    /// - Returns: its ARN.
    @discardableResult
    package mutating func addParameter(
        name: String, value: String, kind: Parameter.Kind = .secret, labels: [String] = [],
        account: String = AWSWorld.home, region: String = AWSWorld.region
    ) -> String {
        var parameter =
            self[parameter: name, in: account, region: region]
            ?? Parameter(account: account, region: region, name: name, kind: kind)
        parameter.kind = kind
        // A label is on one version at a time.
        for index in parameter.versions.indices {
            parameter.versions[index].labels.removeAll { labels.contains($0) }
        }
        parameter.versions.append(ParameterVersion(value: value, labels: labels))
        if kind == .secret { secrets.remember(value) }
        self[parameter: name, in: account, region: region] = parameter
        return arn(of: parameter)
    }
}

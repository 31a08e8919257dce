/// How a call names a parameter: by its name or its ARN, and a version's number or label behind a colon.
struct ParameterReference {
    /// The names it can mean: an ARN does not tell `/x` from `x`.
    let names: [String]
    let selector: String?
    /// The partition, the region and the account of an ARN.
    private let place: [String]?

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        let isARN = parts.count == 6 && parts[0] == "arn" && parts[2] == "ssm" && parts[5].hasPrefix("parameter/")
        place = isARN ? [parts[1], parts[3], parts[4]] : nil
        let rest = isARN ? String(parts[5].dropFirst("parameter".count)) : text
        let sides = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        names = isARN ? [sides[0], String(sides[0].dropFirst())] : [sides[0]]
        selector = sides.count > 1 ? sides[1] : nil
    }

    /// Whether it can be a parameter of the caller's account where the caller is.
    func isIn(_ call: JSONCall) -> Bool {
        place == nil || place == [call.partition, call.region, call.caller.account]
    }

    /// The resource that a permission is about.
    func arn(_ call: JSONCall) -> String {
        let place = place ?? [call.partition, call.region, call.caller.account]
        let path = names[0].hasPrefix("/") ? names[0] : "/\(names[0])"
        return "arn:\(place[0]):ssm:\(place[1]):\(place[2]):parameter\(path)"
    }
}

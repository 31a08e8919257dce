/// The name of a region, such as `eu-west-1`, fit to become part of a host's name.
package struct Region: Sendable, Hashable, CustomStringConvertible {
    /// As AWS writes it.
    package let name: String

    /// - Throws: ``MalformedRegion`` for anything but lower-case letters, digits and single hyphens
    ///   between them, at most 63 in all (a host label, RFC 1035 §2.3.1), so that no host but AWS's can come of it.
    package init(_ name: String) throws(MalformedRegion) {
        let isLegal = name.utf8.allSatisfy {
            $0.isASCIILowerCaseLetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-")
        }
        guard isLegal, 1...63 ~= name.utf8.count, !name.hasPrefix("-"), !name.hasSuffix("-"), !name.contains("--")
        else { throw MalformedRegion(name: name) }
        self.name = name
    }

    /// The partition whose rule the name satisfies; the name of a region that no partition knows counts as `aws`, as
    /// the AWS CLI has it.
    package var partition: Partition { knownPartition ?? .aws }

    /// Whether some partition's rule admits the name. A name that is admitted may still belong to no region
    /// (`eu-wst-1`); then its hosts cannot be resolved.
    package var isKnown: Bool { knownPartition != nil }

    private var knownPartition: Partition? { Partition.allCases.first { $0.admits(self) } }

    /// The name.
    package var description: String { name }
}

/// A text that cannot be a region's name: only lower-case letters, digits and single hyphens can.
package struct MalformedRegion: Error, Sendable, Equatable {
    /// The text.
    package let name: String
}

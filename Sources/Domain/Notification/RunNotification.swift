/// What a run tells those who did not watch it.
///
/// Made of text alone: a ``Secret`` has no way in.
package struct RunNotification: Sendable, Equatable {
    /// How something ended.
    package enum Status: String, Sendable, CaseIterable { case failed, succeeded, unchanged }

    /// What went wrong.
    package struct Failure: Sendable, Equatable {
        /// What was being done, in words that follow "failed to ": `update the service connection`.
        package let step: String
        /// What happened, as the program says it on stderr.
        package let message: String
        /// What to do about it, in order.
        package let advice: [String]

        package init(step: String, message: String, advice: [String] = []) {
            (self.step, self.message, self.advice) = (step, message, advice)
        }
    }

    /// One of the things the run was about.
    package struct Item: Sendable, Equatable {
        /// What people know it by: `ci-deploy → aws-prod (contoso/Web Shop)`.
        package let title: String
        package let status: Status
        /// In the order they are told.
        package let facts: [Fact]
        /// Where the status is ``Status/failed``.
        package let failure: Failure?

        fileprivate init(_ title: String, _ status: Status, _ facts: [Fact], _ failure: Failure?) {
            (self.title, self.status, self.facts, self.failure) = (title, status, facts, failure)
        }

        /// It was done.
        package static func succeeded(_ title: String, facts: [Fact] = []) -> Item {
            Item(title, .succeeded, facts, nil)
        }

        /// There was nothing to do.
        package static func unchanged(_ title: String, facts: [Fact] = []) -> Item {
            Item(title, .unchanged, facts, nil)
        }

        /// It was not done, or half.
        package static func failed(_ title: String, facts: [Fact] = [], _ failure: Failure) -> Item {
            Item(title, .failed, facts, failure)
        }
    }

    /// The command that was run, `rotate`.
    package let command: String
    /// In the order they were given.
    package let items: [Item]

    package init(command: String, items: [Item]) { (self.command, self.items) = (command, items) }

    /// The worst there is; nothing at all is unchanged.
    package var status: Status { Status.allCases.first { count(of: $0) > 0 } ?? .unchanged }

    /// How many ended so.
    package func count(of status: Status) -> Int { items.count { $0.status == status } }

    /// Fit to be shown elsewhere: without the tokens, and with all text cleaned (``ForeignText``), since names and
    /// messages are others' words.
    package func cleaned(_ redaction: TokenRedaction) -> RunNotification {
        // Redacted first: cut short, a token might not be known again.
        func clean(_ text: String, _ limit: Int) -> String {
            ForeignText.clean(redaction.apply(to: text), limit: limit)
        }
        let cleanedItems = items.map { item in
            Item(
                clean(item.title, 300), item.status,
                item.facts.map { Fact(clean($0.name, 100), clean($0.value, 1000)) },
                item.failure.map { failure in
                    Failure(
                        step: clean(failure.step, 200), message: clean(failure.message, 1000),
                        advice: failure.advice.map { clean($0, 1000) })
                })
        }
        return RunNotification(command: clean(command, 100), items: cleanedItems)
    }
}

/// Who tells it, when, and where the whole story is.
package struct NotificationOrigin: Sendable {
    /// This program's version.
    package let version: String
    /// When the run ended.
    package let time: Timestamp
    /// The pipeline run it was part of.
    package let run: PipelineRun?

    package init(version: String, time: Timestamp, run: PipelineRun?) {
        (self.version, self.time, self.run) = (version, time, run)
    }
}

/// A run of a pipeline, by the address of its page.
package struct PipelineRun: Sendable, Equatable {
    /// Made of ASCII letters, digits and what a URL has besides, none of which any message gives a meaning.
    package let link: String

    /// From what the agent says in `SYSTEM_COLLECTIONURI`, `SYSTEM_TEAMPROJECT` and `BUILD_BUILDID`.
    ///
    /// - Returns: `nil` where one is missing, or none that makes a link.
    package init?(collectionURI: String?, project: String?, buildID: String?) {
        guard let collectionURI, let project, let buildID, !project.isEmpty,
            buildID.isASCIIDigits, buildID.utf8.count <= 19,
            let collection = try? HTTPURL(collectionURI), collection.query == nil
        else { return nil }
        // Percent signs stay: the collection's name may be encoded already.
        let path = PercentEncoding.encode(collection.path, keeping: Set("/%".utf8))
        let base = path.hasSuffix("/") ? path : path + "/"
        link =
            collection.replacingPath("\(base)\(PercentEncoding.encode(project))/_build/results").text
            + "?buildId=\(buildID)"
    }
}

import Testing

/// The server in a process of its own, seen from outside.
struct CallerTests {
    @Test func `boto3 and the AWS CLI take credentials from it`() async throws {
        #expect(try await Caller.run("sdks") == "ASIAIOSFODNN7EXAMPLE\n")
    }

    @Test func `ten thousand connections at once keep nobody from an answer, and cost no memory`() async throws {
        let printed = try await Caller.run("many_connections")
        print(printed)
        #expect(printed.contains("answered"))
    }

    @Test func `a caller that asks without end and reads nothing is not listened to`() async throws {
        #expect(try await Caller.run("unread_answers") == "all answered\n")
    }
}

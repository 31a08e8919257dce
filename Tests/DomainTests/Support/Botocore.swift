import Foundation
import TestSupport

/// Asks botocore, which boto3 and the AWS CLI read their files with.
enum Botocore {
    /// What a session with that profile has.
    struct Profile: Decodable, Equatable {
        var id: String?
        var key: String?
        var token: String?
        /// The provider that was first to have credentials.
        var method: String?
        var account: String?
        var region: String?
    }

    /// The session of one profile.
    static func profile(_ name: String, credentials: URL? = nil, config: URL? = nil) async throws -> Profile {
        try await TestPython.run(
            """
            import botocore.session, json, sys
            session = botocore.session.Session(profile=sys.argv[1])
            found = session.get_credentials()
            frozen = found.get_frozen_credentials()
            print(json.dumps({"id": frozen.access_key, "key": frozen.secret_key, "token": frozen.token,
                "method": found.method, "account": frozen.account_id, "region": session.get_config_variable("region")}))
            """, [name], environment: environment(credentials: credentials, config: config))
    }

    /// Every section of a credentials file, with its keys and values; nested ones as their text.
    static func sections(of credentials: URL) async throws -> [String: [String: String]] {
        try await TestPython.run(
            """
            import botocore.configloader, json, sys
            print(json.dumps(botocore.configloader.raw_config_parse(sys.argv[1], parse_subsections=False)))
            """, [credentials.path], environment: environment(credentials: credentials, config: nil))
    }

    private static func environment(credentials: URL?, config: URL?) -> [String: String] {
        [
            "AWS_SHARED_CREDENTIALS_FILE": credentials?.path ?? "/dev/null",
            "AWS_CONFIG_FILE": config?.path ?? "/dev/null", "AWS_EC2_METADATA_DISABLED": "true", "HOME": "/nonexistent",
            "LC_ALL": "C.UTF-8",
        ]
    }
}

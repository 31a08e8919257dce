import Emulator
import Foundation
import TestSupport
import Testing

extension Sandbox {
    /// The key of the sandbox's administrator.
    var administratorKey: [String] {
        get throws {
            let user = try #require(aws.administrator)
            return [user.accessKeyID, user.secretAccessKey]
        }
    }

    /// Runs Python with a boto3 client of one service, of that service's name, and the functions `client(service, keys…)`
    /// and `attempt(function, arguments…)`, which prints an error as `code: text`. So does an error that nothing catches.
    ///
    /// boto3 does not check parameters, so that the sandbox has to.
    ///
    /// - Parameter region: of IAM and Organizations; all else is in the job's region.
    func boto3(
        _ service: String, _ credentials: [String], _ script: String, region: String = "us-east-1",
        environment: [String: String] = [:]
    ) async throws -> String {
        let program = """
            import os, sys, json, datetime, boto3, botocore
            def client(service, key, secret, token=None):
                return boto3.client(service, aws_access_key_id=key, aws_secret_access_key=secret,
                    aws_session_token=token,
                    region_name='\(region)' if service in ('iam', 'organizations') else os.environ['AWS_REGION'],
                    config=botocore.config.Config(retries={'total_max_attempts': 1}, parameter_validation=False))
            def attempt(function, *arguments, **named):
                try:
                    return function(*arguments, **named)
                except botocore.exceptions.ClientError as error:
                    print(error.response['Error']['Code'] + ': ' + error.response['Error']['Message'].split('\\n')[0])
            def session(role):
                keys = client('sts', *sys.argv[1:]).assume_role(RoleArn=role, RoleSessionName='session')['Credentials']
                return keys['AccessKeyId'], keys['SecretAccessKey'], keys['SessionToken']
            def main():
                global \(service)
                \(service) = client('\(service)', *sys.argv[1:])
            \(script.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n"))
            attempt(main)
            """
        let tool = try await Child.run(
            [try TestPython.path(), "-c", program] + credentials,
            adding: self.environment.merging(environment) { $1 })
        #expect(tool.code == 0, "\(tool.err)")
        return tool.out
    }

    /// Sends a form that the administrator has signed with botocore.
    ///
    /// - Returns: the answer's body.
    func signed(_ form: String, service: String = "iam", region: String = "us-east-1") async throws -> String {
        try await signed(
            form, service: service, region: region, fields: ["Content-Type": "application/x-www-form-urlencoded"])
    }

    /// Sends JSON that the administrator has signed with botocore.
    ///
    /// - Parameter target: `secretsmanager.GetSecretValue`.
    /// - Returns: the answer's status and body.
    func signed(
        json: String, target: String, service: String, region: String = "eu-central-1",
        type: String = "application/x-amz-json-1.1"
    ) async throws -> String {
        try await signed(
            json, service: service, region: region, fields: ["Content-Type": type, "X-Amz-Target": target],
            format: "{0.status_code} {0.text}")
    }

    private func signed(
        _ body: String, service: String, region: String, fields: [String: String], format: String = "{0.text}"
    ) async throws -> String {
        let program = """
            import os, sys
            from botocore import auth, awsrequest, credentials, httpsession
            request = awsrequest.AWSRequest('POST', os.environ['AWS_ENDPOINT_URL_IAM'] + '/', data=sys.argv[3],
                headers=dict(zip(sys.argv[4::2], sys.argv[5::2])))
            auth.SigV4Auth(credentials.Credentials(*sys.argv[1:3]), '\(service)', '\(region)').add_auth(request)
            session = httpsession.URLLib3Session(verify=os.environ['AWS_CA_BUNDLE'])
            print('\(format)'.format(session.send(request.prepare())))
            """
        let tool = try await Child.run(
            [try TestPython.path(), "-c", program] + administratorKey + [body] + fields.flatMap { [$0.key, $0.value] },
            adding: environment)
        #expect(tool.code == 0, "\(tool.err)")
        return tool.out
    }
}

extension Sandbox {
    /// The environment of a script step of the job, as the agent makes it where the step maps
    /// `SYSTEM_ACCESSTOKEN: $(System.AccessToken)`, and where AWS's own variables point at the sandbox.
    package var environment: [String: String] {
        azureEnvironment.merging(awsEnvironment) { $1 }.merging(proxyEnvironment) { $1 }
    }

    private var proxyEnvironment: [String: String] {
        proxy.map { ["HTTPS_PROXY": $0.url, "NO_PROXY": "localhost,127.0.0.1"] } ?? [:]
    }

    /// What an administrator has besides: the long-term key of ``AWSWorld/administrator`` and a personal access token.
    package var administratorEnvironment: [String: String] {
        let user = aws.administrator
        return [
            "AWS_ACCESS_KEY_ID": user?.accessKeyID ?? "", "AWS_SECRET_ACCESS_KEY": user?.secretAccessKey ?? "",
            "AZURE_DEVOPS_EXT_PAT": personalAccessToken,
        ]
    }

    /// Where notifications go: secrets, which a pipeline maps from secret variables.
    package var notificationEnvironment: [String: String] {
        ["SLACK_WEBHOOK_URL": slackWebhookURL, "KEYLESS_WEBHOOK_URL": webhookURL]
    }

    /// What the step maps and sets for AWS.
    private var awsEnvironment: [String: String] {
        var variables = [
            "AWS_ROLE_ARN": RoleARN.deploy, "AWS_REGION": AWSWorld.region, "AWS_ENDPOINT_URL_STS": awsURL,
            "AWS_ENDPOINT_URL_IAM": awsURL, "AWS_ENDPOINT_URL_ORGANIZATIONS": awsURL,
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": awsURL, "AWS_ENDPOINT_URL_SSM": awsURL,
            // Nothing of the machine's own may be asked when something goes wrong.
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "\(temporaryDirectory)/aws-config",
            "AWS_SHARED_CREDENTIALS_FILE": "\(temporaryDirectory)/aws-credentials",
        ]
        if awsServer.isTLS { variables["AWS_CA_BUNDLE"] = authority.rootFile }
        return variables
    }

    private var azureEnvironment: [String: String] {
        let world = azure
        let collection = "\(azureURL)/\(world.organization)/"
        let oidc =
            "\(collection)\(world.projectID)/_apis/distributedtask/hubs/\(world.hub)/plans/\(world.planID)"
            + "/jobs/\(world.jobID)/oidctoken"
        return [
            "TF_BUILD": "True",
            "SYSTEM_ACCESSTOKEN": accessToken,
            "SYSTEM_OIDCREQUESTURI": oidc,
            "SYSTEM_COLLECTIONURI": collection,
            "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI": collection,
            "SYSTEM_COLLECTIONID": world.organizationID,
            "SYSTEM_TEAMPROJECT": world.project,
            "SYSTEM_TEAMPROJECTID": world.projectID,
            "SYSTEM_PLANID": world.planID,
            "SYSTEM_JOBID": world.jobID,
            "SYSTEM_HOSTTYPE": world.hub,
            "SYSTEM_DEFINITIONID": String(world.definitionID),
            "SYSTEM_STAGENAME": world.stage,
            "SYSTEM_STAGEATTEMPT": "1",
            "SYSTEM_JOBNAME": world.job,
            "SYSTEM_JOBATTEMPT": "1",
            "SYSTEM_PHASENAME": world.job,
            "SYSTEM_SERVERTYPE": "Hosted",
            "BUILD_BUILDID": String(world.buildID),
            "BUILD_BUILDNUMBER": "20260101.1",
            "BUILD_DEFINITIONNAME": world.pipeline,
            "BUILD_REASON": "IndividualCI",
            "BUILD_SOURCEBRANCH": world.branch,
            "BUILD_SOURCEBRANCHNAME": String(world.branch.split(separator: "/").last ?? ""),
            "BUILD_SOURCEVERSION": world.commit,
            "BUILD_REPOSITORY_ID": world.repositoryID,
            "BUILD_REPOSITORY_NAME": "shop",
            "BUILD_REPOSITORY_PROVIDER": "TfsGit",
            "AGENT_TEMPDIRECTORY": temporaryDirectory,
            "AGENT_JOBSTATUS": "Succeeded",
            "AGENT_NAME": "sandbox",
            "AGENT_OS": "Linux",
            "AGENT_VERSION": "4.260.0",
        ]
    }
}

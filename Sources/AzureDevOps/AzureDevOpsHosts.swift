/// Azure DevOps Services' own hosts.
package enum AzureDevOpsHosts {
    /// Whether the host, lower case, is `dev.azure.com` or `<organisation>.visualstudio.com`, as the organisations of
    /// before 2018 have it.
    package static func contains(_ host: String) -> Bool {
        host == "dev.azure.com" || host.hasSuffix(".visualstudio.com")
    }
}

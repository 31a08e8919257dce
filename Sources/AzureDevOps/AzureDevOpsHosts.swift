/// Azure DevOps Services' own hosts.
package enum AzureDevOpsHosts {
    /// Whole names.
    package static let names: Set<String> = ["dev.azure.com"]
    /// Endings: organisations of before 2018 have `https://<organisation>.visualstudio.com`.
    package static let suffixes = [".visualstudio.com"]
}

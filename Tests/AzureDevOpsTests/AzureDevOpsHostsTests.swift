import AzureDevOps
import Testing

@Suite("Azure DevOps's own hosts")
struct AzureDevOpsHostsTests {
    @Test(
        "are the service's and those of old organisations",
        arguments: [
            "dev.azure.com", "contoso.visualstudio.com", "spsprodcus3.vssps.visualstudio.com",
        ])
    func known(host: String) { #expect(AzureDevOpsHosts.contains(host)) }

    @Test(
        "are none that look alike",
        arguments: [
            "", "azure.com", "evildev.azure.com", "a.dev.azure.com", "dev.azure.com.evil.example", "dev.azure.com.",
            "visualstudio.com", "xvisualstudio.com", "contoso.visualstudio.com.",
            "contoso.visualstudio.com.evil.example",
        ])
    func unknown(host: String) { #expect(!AzureDevOpsHosts.contains(host)) }
}

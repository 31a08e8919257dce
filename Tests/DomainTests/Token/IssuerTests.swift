import Domain
import Testing

@Suite("An issuer")
struct IssuerTests {
    @Test("is Azure DevOps for one organisation, or Entra ID for one tenant")
    func known() {
        #expect(
            Issuer(TokenSamples.issuer) == .azureDevOps(organizationID: "0ca3ddd9-f0b0-4635-a98c-5866526961b6"))
        #expect(Issuer(TokenSamples.entraIssuer) == .entra(tenantID: "5f2c0f1e-3d6f-4a0e-9a76-2f5f8a3f1d11"))
    }

    @Test(
        "is no one that looks alike",
        arguments: [
            "", "https://vstoken.dev.azure.com/", "https://vstoken.dev.azure.com", TokenSamples.issuer + "/",
            TokenSamples.issuer + "?x", TokenSamples.issuer + "\n", " " + TokenSamples.issuer,
            TokenSamples.issuer.replacing("https", with: "http"),
            TokenSamples.issuer.replacing("dev.azure.com", with: "dev.azure.com.evil.example"),
            TokenSamples.issuer.replacing("vstoken", with: "app.vstoken"),
            TokenSamples.issuer.replacing("0ca3", with: "zca3"),
            "https://vstoken.dev.azure.com/contoso",
            TokenSamples.entraIssuer + "/", TokenSamples.entraIssuer.replacing("v2.0", with: "v1.0"),
            TokenSamples.entraIssuer.replacing("/v2.0", with: ""), "https://login.microsoftonline.com/common/v2.0",
            "https://login.microsoftonline.com//v2.0", "https://login.microsoftonline.com/v2.0",
            "https://token.actions.githubusercontent.com",
        ])
    func unknown(text: String) { #expect(Issuer(text) == nil) }
}

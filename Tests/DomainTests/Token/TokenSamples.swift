import Domain

/// Tokens as Azure DevOps makes them, with a signature that nobody here looks at.
enum TokenSamples {
    static let header = #"{"alg":"RS256","kid":"3D9A","x5t":"PZo","typ":"JWT"}"#
    static let issuer = "https://vstoken.dev.azure.com/0ca3ddd9-f0b0-4635-a98c-5866526961b6"
    static let entraIssuer = "https://login.microsoftonline.com/5f2c0f1e-3d6f-4a0e-9a76-2f5f8a3f1d11/v2.0"

    /// Seconds since 1970 at which the samples are issued; they are valid from ten minutes before for fifteen minutes.
    static let issuedAt = 1_795_000_000

    /// A pipeline's own token, in the order in which Azure DevOps writes it.
    static let pipelineClaims = """
        {"jti":"7b8f","sub":"p://contoso/Web Shop/deploy","aud":"api://AzureADTokenExchange",\
        "org_id":"0ca3ddd9-f0b0-4635-a98c-5866526961b6","prj_id":"6f9e2f0a-6a2d-4a52-9b0c-0f6f4bb0a001","def_id":"7",\
        "rpo_id":"b7c1a6c0-7a3e-4f0e-8a51-7d6f6c1e0003","rpo_uri":"https://dev.azure.com/contoso/_git/shop",\
        "rpo_ver":"c0ffee0000000000000000000000000000000042","rpo_ref":"refs/heads/main","run_id":"1042",\
        "iss":"\(issuer)","nbf":1794999400,"exp":1795000300,"iat":1795000000}
        """

    /// A service connection's, from either issuer.
    static func connectionClaims(subject: String = "sc://contoso/Web Shop/aws", issuer: String = issuer) -> String {
        """
        {"jti":"7b8f","sub":"\(subject)","aud":"api://AzureADTokenExchange","iss":"\(issuer)","nbf":1794999400,\
        "exp":1795000300,"iat":1795000000}
        """
    }

    static func text(header: String = header, claims: String = pipelineClaims, signature: String = "c2lnbmF0dXJl")
        -> String
    {
        "\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(Array(claims.utf8))).\(signature)"
    }

    /// The pipeline's claims with one member put in the place of `old`.
    static func claims(replacing old: String, with new: String) -> String {
        guard let range = pipelineClaims.firstRange(of: old) else { return "\(old) is not in the sample" }
        return pipelineClaims.replacingCharacters(in: range, with: new)
    }

    static func parse(_ claims: String = pipelineClaims) throws(JSONWebToken.ParseError) -> Claims {
        try JSONWebToken(Secret(text(claims: claims))).claims
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}

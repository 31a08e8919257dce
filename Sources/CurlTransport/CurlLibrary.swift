import CCurl
import Domain

/// libcurl as a whole.
enum CurlLibrary {
    private static let initialisation = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Initialises libcurl the first time it is called. There is no counterpart at exit, on purpose: what is still
    /// running then must find the library as it was.
    static func initialise() throws(HTTPError) {
        guard initialisation == CURLE_OK else {
            throw .configuration(reason: "libcurl cannot be initialised: \(text(of: initialisation))")
        }
    }

    /// libcurl's own words for a result.
    static func text(of code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}

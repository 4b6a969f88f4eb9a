import Usage

extension ReadingFailure {
    /// What an answer means that a proxy or gateway gave in the API's place.
    init(statusOf response: ProviderResponse, now: UnixTime, provider: String) {
        let explanation = "The endpoint answered with HTTP status \(response.status) and no result."
        let wait = response.wait(now: now)
        switch response.status {
        case 429:
            self.init(.throttled, explanation, retryAfter: wait)
        case 401, 403, 407:
            self.init(.unauthorized, explanation, advice: "Check endpoint and any proxy on the way.")
        case 300..<400:
            let advice = "Redirects are not followed: set endpoint to the API's own address."
            self.init(.rejected, explanation, advice: advice)
        case 408, 425, 500...:
            self.init(.unavailable, explanation, retryAfter: wait)
        default:
            self.init(.rejected, explanation, advice: "Check endpoint: this is not \(provider)'s API.")
        }
    }
}

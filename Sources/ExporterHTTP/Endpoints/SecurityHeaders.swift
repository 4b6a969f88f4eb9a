/// Tells browsers to load and run nothing: the pages need no script, and names on them come from outside.
enum SecurityHeaders {
    static let all = [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src \(StatusStyle.contentSecurityPolicySource); img-src data:; "
                + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ]
}

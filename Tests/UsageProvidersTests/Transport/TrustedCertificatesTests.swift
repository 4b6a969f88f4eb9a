import Testing

@testable import UsageProviders

@Suite("Certificates of one's own authorities")
struct TrustedCertificatesTests {
    @Test("A file may hold several, with other text between them")
    func several() async throws {
        let (first, second) = (try await Certificate.issued().authority, try await Certificate.issued().authority)
        #expect(try TrustedCertificates(pem: first).certificates.count == 1)
        let both = try TrustedCertificates(pem: Array("# ours\n".utf8) + first + Array("\n\n# theirs\n".utf8) + second)
        #expect(both.certificates.count == 2)
        #expect(try TrustedCertificates(pem: first) == TrustedCertificates(pem: first))
        #expect(try TrustedCertificates(pem: first) != TrustedCertificates(pem: second))
    }

    @Test(
        "A file without a certificate is refused",
        arguments: ["", " ", "certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "\u{0}"]
    )
    func none(text: String) {
        #expect(throws: TrustedCertificates.Problem.none) { try TrustedCertificates(pem: Array(text.utf8)) }
    }

    @Test("A file with a broken certificate is refused, though another one is good")
    func broken() async throws {
        let good = try await Certificate.issued().authority
        let begin = "-----BEGIN CERTIFICATE-----\n"
        for broken in [begin, "\(begin)AAAA\n-----END CERTIFICATE-----\n", "\(begin)%%%%\n-----END CERTIFICATE-----\n"]
        {
            for pem in [Array(broken.utf8), good + Array(broken.utf8), Array(broken.utf8) + good] {
                #expect(throws: TrustedCertificates.Problem.unreadable) { try TrustedCertificates(pem: pem) }
            }
        }
        #expect(throws: TrustedCertificates.Problem.unreadable) {
            try TrustedCertificates(pem: Array(good.dropLast(40)))
        }
    }

    @Test("What is wrong is said in a sentence")
    func sentences() {
        for problem in [TrustedCertificates.Problem.none, .unreadable] {
            #expect(problem.sentence.contains("BEGIN CERTIFICATE"))
        }
    }
}

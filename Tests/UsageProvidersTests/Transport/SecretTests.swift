import Testing

@testable import UsageProviders

@Suite("A secret")
struct SecretTests {
    private let secret = Secret("correct horse battery staple")

    @Test("It is given to whoever asks for it by name")
    func reveal() {
        #expect(secret.reveal() == "correct horse battery staple")
    }

    @Test("It never prints, dumps or reflects")
    func hidden() {
        struct Holder {
            let secret: Secret
            let maybe: Secret?
            let several: [Secret]
            let named: [String: Secret]
        }
        let holder = Holder(secret: secret, maybe: secret, several: [secret], named: ["key": secret])
        var texts = ["\(secret)", secret.description, secret.debugDescription, String(reflecting: secret), "\(holder)"]
        texts += [String(reflecting: holder), "\(Optional(secret) as Any)", "\([secret])", "\(["key": secret])"]
        var dumped = ""
        dump(secret, to: &dumped)
        dump(holder, to: &dumped)
        texts.append(dumped)
        for text in texts {
            #expect(text.contains("<secret>"))
            #expect(!text.contains("horse"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("It equals one with the same text")
    func equality() {
        #expect(secret == Secret("correct horse battery staple"))
        #expect(secret != Secret("correct horse battery stapl"))
    }
}

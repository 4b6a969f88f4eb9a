import Testing
import UsageProviders

@Suite("Names of keys in the ledger")
struct KeyNameTests {
    @Test("The name is the same in every run and does not tell the key")
    func stable() {
        // The first eight bytes that `printf 'AKIDexample' | sha256sum` gives.
        #expect(KeyName.hashed("tencent/room_usage", key: "AKIDexample") == "tencent/room_usage/5dd2a3bac51024c4")
        #expect(KeyName.hashed("a", key: "k") != KeyName.hashed("b", key: "k"))
        #expect(KeyName.hashed("a", key: "k") != KeyName.hashed("a", key: "l"))
    }
}

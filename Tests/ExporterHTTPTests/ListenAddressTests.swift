import ExporterHTTP
import Testing

@Suite("A listen address")
struct ListenAddressTests {
    @Test(
        "It is read and written alike",
        arguments: [
            (":10087", "", 10_087), ("127.0.0.1:9090", "127.0.0.1", 9090), ("localhost:0", "localhost", 0),
            ("[::1]:80", "::1", 80), ("[::]:65535", "::", 65_535), ("rtc.example.com:1", "rtc.example.com", 1),
            ("[fe80::1%eth0]:80", "fe80::1%eth0", 80),
        ]
    )
    func good(_ text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.description == text)
    }

    @Test(
        "What is none is refused",
        arguments: [
            "", ":", "10087", "localhost", "localhost:", ":65536", ":-1", ":+80", ":8 0", ": 80", "host:http", "::1:80",
            "http://localhost:80", "[::1]", "[::1", "::1]:80", ":99999999999999999999", ":٨٠", "127.0.0.1:80/",
        ]
    )
    func bad(_ text: String) {
        #expect(ListenAddress(text) == nil)
    }
}

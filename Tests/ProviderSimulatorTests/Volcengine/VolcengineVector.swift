import Testing

/// Requests signed by the provider's own Python SDK (1.0.229) with made-up credentials.
struct VolcengineVector: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let host: String
    /// Path and query as they go over the wire.
    let target: String
    /// Every header but Host and Authorization.
    let headers: [String: String]
    let body: String
    let accessKey: String
    let secretKey: String
    let token: String?
    /// What is signed about the request.
    let canonicalRequest: String
    let authorization: String

    var testDescription: String { name }

    static let all: [VolcengineVector] = [
        VolcengineVector(
            name: "list-usages-20231101",
            method: "POST",
            host: "rtc.volcengineapi.com",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "f7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
                "X-Date": "20210728T120000Z",
            ],
            body: #"{"AppId":"661e000000000000000543cf","StartTime":"2021-07-24T00:00:00+08:00","End"#
                + #"Time":"2021-07-28T00:00:00+08:00"}"#,
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:r"
                + "tc.volcengineapi.com\nx-content-sha256:f7911f3f0d2772e20aaa11512f3c34891b7678016c"
                + "b39b5d4eb38793f1a7604f\nx-date:20210728T120000Z\n\ncontent-type;host;x-content-sha2"
                + "56;x-date\nf7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20210728/cn-north-1/rtc/request, Si"
                + "gnedHeaders=content-type;host;x-content-sha256;x-date, Signature=20b3f17a79bfe14"
                + "e9466b9d64529fb2169b794bff646d3e05cee41eddbe5d650"
        ),
        VolcengineVector(
            name: "list-usages-20201201",
            method: "POST",
            host: "rtc.volcengineapi.com",
            target: "/?Action=ListUsages&Version=2020-12-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "148fd13eab4802e71abf7a171d869590e20e0848730f932fa54eeaf9032ae5bc",
                "X-Date": "20260101T000000Z",
            ],
            body: #"{"AppId":"661e000000000000000543cf","StartTime":"2025-12-02T00:00:00+08:00","End"#
                + #"Time":"2026-01-01T00:00:00+08:00"}"#,
            accessKey: "FAKEVOLCACCESSKEY0002",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMg==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2020-12-01\ncontent-type:application/json\nhost:r"
                + "tc.volcengineapi.com\nx-content-sha256:148fd13eab4802e71abf7a171d869590e20e084873"
                + "0f932fa54eeaf9032ae5bc\nx-date:20260101T000000Z\n\ncontent-type;host;x-content-sha2"
                + "56;x-date\n148fd13eab4802e71abf7a171d869590e20e0848730f932fa54eeaf9032ae5bc",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0002/20260101/cn-north-1/rtc/request, Si"
                + "gnedHeaders=content-type;host;x-content-sha256;x-date, Signature=14dfca046cd6d39"
                + "0918a086404ab55619dc465740009de93eda3bedcd0aa3ac4"
        ),
        VolcengineVector(
            name: "list-usages-unicode-body",
            method: "POST",
            host: "rtc.volcengineapi.com",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "73ca324f3c109b0d8cddcd77d6951f4052341c8e28b7f6ce965d0d7ab4ff53c0",
                "X-Date": "20260215T080910Z",
            ],
            body: #"{"AppId":"应用-é-😀-\"quoted\"\\","StartTime":"2021-07-24T00:00:00+08:00","EndTime""#
                + #":"2021-07-28T00:00:00+08:00"}"#,
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:r"
                + "tc.volcengineapi.com\nx-content-sha256:73ca324f3c109b0d8cddcd77d6951f4052341c8e28"
                + "b7f6ce965d0d7ab4ff53c0\nx-date:20260215T080910Z\n\ncontent-type;host;x-content-sha2"
                + "56;x-date\n73ca324f3c109b0d8cddcd77d6951f4052341c8e28b7f6ce965d0d7ab4ff53c0",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/cn-north-1/rtc/request, Si"
                + "gnedHeaders=content-type;host;x-content-sha256;x-date, Signature=e7dc5b107c5de24"
                + "f85fd95559fed5089d8ab01f9ee43625a1b76b3342a3f9cf2"
        ),
        VolcengineVector(
            name: "list-usages-pretty-body",
            method: "POST",
            host: "rtc.volcengineapi.com",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "fe903bd1b2349ab9ad0f1453cea7184a35289f148f3e638d47e323d875c14c03",
                "X-Date": "20260215T080910Z",
            ],
            body: #"{\#n  "AppId": "661e000000000000000543cf",\#n  "StartTime": "2026-02-01T00:00:00+08:"#
                + #"00",\#n  "EndTime": "2026-02-15T00:00:00+08:00"\#n}"#,
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:r"
                + "tc.volcengineapi.com\nx-content-sha256:fe903bd1b2349ab9ad0f1453cea7184a35289f148f"
                + "3e638d47e323d875c14c03\nx-date:20260215T080910Z\n\ncontent-type;host;x-content-sha2"
                + "56;x-date\nfe903bd1b2349ab9ad0f1453cea7184a35289f148f3e638d47e323d875c14c03",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/cn-north-1/rtc/request, Si"
                + "gnedHeaders=content-type;host;x-content-sha256;x-date, Signature=b1ade57b4d13520"
                + "33565977907ccdac9fbcb55f84baa199e584f704226725b7a"
        ),
        VolcengineVector(
            name: "list-usages-singapore",
            method: "POST",
            host: "open-ap-singapore-1.volcengineapi.com",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "f7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
                "X-Date": "20260215T080910Z",
            ],
            body: #"{"AppId":"661e000000000000000543cf","StartTime":"2021-07-24T00:00:00+08:00","End"#
                + #"Time":"2021-07-28T00:00:00+08:00"}"#,
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:o"
                + "pen-ap-singapore-1.volcengineapi.com\nx-content-sha256:f7911f3f0d2772e20aaa11512f"
                + "3c34891b7678016cb39b5d4eb38793f1a7604f\nx-date:20260215T080910Z\n\ncontent-type;hos"
                + "t;x-content-sha256;x-date\nf7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb387"
                + "93f1a7604f",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/ap-singapore-1/rtc/request"
                + ", SignedHeaders=content-type;host;x-content-sha256;x-date, Signature=51f7e8fa199"
                + "47b5e2814a4896f10c1dfd26350608f13575c128118f70661702a"
        ),
        VolcengineVector(
            name: "list-usages-singapore-doc-region",
            method: "POST",
            host: "open-ap-singapore-1.volcengineapi.com",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "f7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
                "X-Date": "20260215T080910Z",
            ],
            body: #"{"AppId":"661e000000000000000543cf","StartTime":"2021-07-24T00:00:00+08:00","End"#
                + #"Time":"2021-07-28T00:00:00+08:00"}"#,
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:o"
                + "pen-ap-singapore-1.volcengineapi.com\nx-content-sha256:f7911f3f0d2772e20aaa11512f"
                + "3c34891b7678016cb39b5d4eb38793f1a7604f\nx-date:20260215T080910Z\n\ncontent-type;hos"
                + "t;x-content-sha256;x-date\nf7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb387"
                + "93f1a7604f",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/ap-southeast-1/rtc/request"
                + ", SignedHeaders=content-type;host;x-content-sha256;x-date, Signature=31555b6002e"
                + "705a1e00cae8df423f168d142736d72771a2298c3ecd5997d33de"
        ),
        VolcengineVector(
            name: "get-room-info-query-escapes",
            method: "GET",
            host: "rtc.volcengineapi.com",
            target: "/?Version=2023-11-01&StartTime=2026-02-15T00%3A00%3A00%2B08%3A00&EndTime=2026-02"
                + "-15T08%3A00%3A00%2B08%3A00&RoomId=room%20a%2Bb%2Fc%3Dd%26e%25f%2Ag%27%28h%29~i&A"
                + "ppId=661e000000000000000543cf&Action=ListRoomInfo&PageNum=1",
            headers: [
                "X-Content-Sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "X-Date": "20260215T080910Z",
            ],
            body: "",
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "GET\n/\nAction=ListRoomInfo&AppId=661e000000000000000543cf&EndTime=2026-02-15T08%3"
                + "A00%3A00%2B08%3A00&PageNum=1&RoomId=room%20a%2Bb%2Fc%3Dd%26e%25f%2Ag%27%28h%29~i"
                + "&StartTime=2026-02-15T00%3A00%3A00%2B08%3A00&Version=2023-11-01\nhost:rtc.volceng"
                + "ineapi.com\nx-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495"
                + "991b7852b855\nx-date:20260215T080910Z\n\nhost;x-content-sha256;x-date\ne3b0c44298fc1"
                + "c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/cn-north-1/rtc/request, Si"
                + "gnedHeaders=host;x-content-sha256;x-date, Signature=a5fcc60f76f5bfd1e64f09486a5f"
                + "57d0d61eeba3ee399f54efb3903f888efb56"
        ),
        VolcengineVector(
            name: "get-room-info-unicode-query",
            method: "GET",
            host: "rtc.volcengineapi.com",
            target: "/?Action=ListRoomInfo&Version=2023-11-01&AppId=661e000000000000000543cf&RoomId=%"
                + "E4%BC%9A%E8%AE%AE%E5%AE%A4-%C3%A9-%F0%9F%98%80&StartTime=",
            headers: [
                "X-Content-Sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "X-Date": "20260215T080910Z", "X-Security-Token": "fakeSessionToken/part+two==AAAABBBBCCCC0123456789",
            ],
            body: "",
            accessKey: "FAKEVOLCACCESSKEY0002",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMg==",
            token: "fakeSessionToken/part+two==AAAABBBBCCCC0123456789",
            canonicalRequest: "GET\n/\nAction=ListRoomInfo&AppId=661e000000000000000543cf&RoomId=%E4%BC%9A%E8%AE%"
                + "AE%E5%AE%A4-%C3%A9-%F0%9F%98%80&StartTime=&Version=2023-11-01\nhost:rtc.volcengin"
                + "eapi.com\nx-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca49599"
                + "1b7852b855\nx-date:20260215T080910Z\nx-security-token:fakeSessionToken/part+two==A"
                + "AAABBBBCCCC0123456789\n\nhost;x-content-sha256;x-date;x-security-token\ne3b0c44298f"
                + "c1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0002/20260215/cn-north-1/rtc/request, Si"
                + "gnedHeaders=host;x-content-sha256;x-date;x-security-token, Signature=f8ae59f28d5"
                + "1468f4f1a0ef95fe137333697d2e0c69438daa3d3ca1b498de5de"
        ),
        VolcengineVector(
            name: "host-port-443-dropped",
            method: "POST",
            host: "rtc.volcengineapi.com:443",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "f7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
                "X-Date": "20260215T080910Z",
            ],
            body: #"{"AppId":"661e000000000000000543cf","StartTime":"2021-07-24T00:00:00+08:00","End"#
                + #"Time":"2021-07-28T00:00:00+08:00"}"#,
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:r"
                + "tc.volcengineapi.com\nx-content-sha256:f7911f3f0d2772e20aaa11512f3c34891b7678016c"
                + "b39b5d4eb38793f1a7604f\nx-date:20260215T080910Z\n\ncontent-type;host;x-content-sha2"
                + "56;x-date\nf7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/cn-north-1/rtc/request, Si"
                + "gnedHeaders=content-type;host;x-content-sha256;x-date, Signature=8e405cc9577a2da"
                + "2f9e470722614b3ce75667bf99fd14a6c2a169ae59ee77387"
        ),
        VolcengineVector(
            name: "host-other-port-kept",
            method: "POST",
            host: "127.0.0.1:18443",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "f7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
                "X-Date": "20260215T080910Z",
            ],
            body: #"{"AppId":"661e000000000000000543cf","StartTime":"2021-07-24T00:00:00+08:00","End"#
                + #"Time":"2021-07-28T00:00:00+08:00"}"#,
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:1"
                + "27.0.0.1:18443\nx-content-sha256:f7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d"
                + "4eb38793f1a7604f\nx-date:20260215T080910Z\n\ncontent-type;host;x-content-sha256;x-d"
                + "ate\nf7911f3f0d2772e20aaa11512f3c34891b7678016cb39b5d4eb38793f1a7604f",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/cn-north-1/rtc/request, Si"
                + "gnedHeaders=content-type;host;x-content-sha256;x-date, Signature=66e3a1376f5e51f"
                + "ed6149cfaf985b8ac44c8cc44bb47d3fef2a58d8462757d97"
        ),
        VolcengineVector(
            name: "post-empty-body",
            method: "POST",
            host: "rtc.volcengineapi.com",
            target: "/?Action=ListUsages&Version=2023-11-01",
            headers: [
                "Content-Type": "application/json",
                "X-Content-Sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "X-Date": "20260215T080910Z",
            ],
            body: "",
            accessKey: "FAKEVOLCACCESSKEY0001",
            secretKey: "ZmFrZS12b2xjZW5naW5lLXNlY3JldC1rZXktMDAwMQ==",
            token: nil,
            canonicalRequest: "POST\n/\nAction=ListUsages&Version=2023-11-01\ncontent-type:application/json\nhost:r"
                + "tc.volcengineapi.com\nx-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e464"
                + "9b934ca495991b7852b855\nx-date:20260215T080910Z\n\ncontent-type;host;x-content-sha2"
                + "56;x-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "HMAC-SHA256 Credential=FAKEVOLCACCESSKEY0001/20260215/cn-north-1/rtc/request, Si"
                + "gnedHeaders=content-type;host;x-content-sha256;x-date, Signature=6463665b8d1a2f1"
                + "4fcac6757885a8557b06f44c05fdbbe0d47e7c82bb14969a2"
        ),
    ]
}

import Testing

/// Requests signed by the provider's own Python SDK (core 3.1.219) with made-up credentials.
struct HuaweiVector: Sendable, CustomTestStringConvertible {
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

    static let all: [HuaweiVector] = [
        HuaweiVector(
            name: "usage-minimal-headers",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/usage?app=5fa682b34a974f7ad24d2"
                + "23b&metric=CommunicationDuration&start_date=2020-04-23&end_date=2020-04-26",
            headers: ["X-Sdk-Date": "20200427T013000Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/usage/\napp=5fa682b34a974f7a"
                + "d24d223b&end_date=2020-04-26&metric=CommunicationDuration&start_date=2020-04-23\n"
                + "host:rtc-api.myhuaweicloud.com\nx-sdk-date:20200427T013000Z\n\nhost;x-sdk-date\ne3b0"
                + "c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=host;x-sdk-date, Sign"
                + "ature=dc92f4c6cf6d6d377f9a081cfa778d55359c5b079f4d868e58c8391cf8a92427"
        ),
        HuaweiVector(
            name: "usage-x-project-id",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/usage?app=5fa682b34a974f7ad24d2"
                + "23b&metric=CommunicationDuration&start_date=2020-04-23&end_date=2020-04-26",
            headers: ["X-Project-Id": "0123456789abcdef0123456789abcdef", "X-Sdk-Date": "20200427T013000Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/usage/\napp=5fa682b34a974f7a"
                + "d24d223b&end_date=2020-04-26&metric=CommunicationDuration&start_date=2020-04-23\n"
                + "host:rtc-api.myhuaweicloud.com\nx-project-id:0123456789abcdef0123456789abcdef\nx-s"
                + "dk-date:20200427T013000Z\n\nhost;x-project-id;x-sdk-date\ne3b0c44298fc1c149afbf4c89"
                + "96fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=host;x-project-id;x-s"
                + "dk-date, Signature=12ea32c78bc8e7991d5b9d217b37081238226684df924f8eb9f12d266dc4e"
                + "867"
        ),
        HuaweiVector(
            name: "usage-other-project-other-key",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/fedcba9876543210fedcba9876543210/rtc/history/usage?app=0a1b2c3d4e5f60718293a"
                + "4b5&metric=CommunicationDuration&start_date=2025-12-31&end_date=2025-12-31",
            headers: ["X-Project-Id": "fedcba9876543210fedcba9876543210", "X-Sdk-Date": "20260101T000000Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00002",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000002",
            token: nil,
            canonicalRequest: "GET\n/v1/fedcba9876543210fedcba9876543210/rtc/history/usage/\napp=0a1b2c3d4e5f6071"
                + "8293a4b5&end_date=2025-12-31&metric=CommunicationDuration&start_date=2025-12-31\n"
                + "host:rtc-api.myhuaweicloud.com\nx-project-id:fedcba9876543210fedcba9876543210\nx-s"
                + "dk-date:20260101T000000Z\n\nhost;x-project-id;x-sdk-date\ne3b0c44298fc1c149afbf4c89"
                + "96fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00002, SignedHeaders=host;x-project-id;x-s"
                + "dk-date, Signature=b0d9c2143e5944b0cc711b7557ec22114061f9a5ea05947c4c3e5f724ba34"
                + "699"
        ),
        HuaweiVector(
            name: "usage-reserved-characters",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/usage?app=a%20b%2Bc%2Fd%3De%26f"
                + "%25g%3Ah%2Ci%2Aj%27k%28l%29m~n-o_p.q&metric=CommunicationDuration&start_date=202"
                + "0-04-23&end_date=2020-04-26",
            headers: ["X-Project-Id": "0123456789abcdef0123456789abcdef", "X-Sdk-Date": "20260215T235959Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/usage/\napp=a%20b%2Bc%2Fd%3D"
                + "e%26f%25g%3Ah%2Ci%2Aj%27k%28l%29m~n-o_p.q&end_date=2020-04-26&metric=Communicati"
                + "onDuration&start_date=2020-04-23\nhost:rtc-api.myhuaweicloud.com\nx-project-id:012"
                + "3456789abcdef0123456789abcdef\nx-sdk-date:20260215T235959Z\n\nhost;x-project-id;x-s"
                + "dk-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=host;x-project-id;x-s"
                + "dk-date, Signature=c59ab01764c875d0b21bfb372c42f0f76792558146b69ccc8fabce0344ddd"
                + "9de"
        ),
        HuaweiVector(
            name: "usage-security-token",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/usage?app=5fa682b34a974f7ad24d2"
                + "23b&metric=CommunicationDuration&start_date=2026-03-01&end_date=2026-03-02",
            headers: [
                "X-Project-Id": "0123456789abcdef0123456789abcdef", "X-Sdk-Date": "20260303T040506Z",
                "X-Security-Token": "fakeSecurityToken/part+two==AAAABBBBCCCC0123456789",
            ],
            body: "",
            accessKey: "FAKEHWACCESSKEY00002",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000002",
            token: "fakeSecurityToken/part+two==AAAABBBBCCCC0123456789",
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/usage/\napp=5fa682b34a974f7a"
                + "d24d223b&end_date=2026-03-02&metric=CommunicationDuration&start_date=2026-03-01\n"
                + "host:rtc-api.myhuaweicloud.com\nx-project-id:0123456789abcdef0123456789abcdef\nx-s"
                + "dk-date:20260303T040506Z\nx-security-token:fakeSecurityToken/part+two==AAAABBBBCC"
                + "CC0123456789\n\nhost;x-project-id;x-sdk-date;x-security-token\ne3b0c44298fc1c149afb"
                + "f4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00002, SignedHeaders=host;x-project-id;x-s"
                + "dk-date;x-security-token, Signature=8f43b4748666f9725da238550d7d220ba5372b7d2625"
                + "e16e49268378a57dd6f4"
        ),
        HuaweiVector(
            name: "usage-security-token-no-project-header",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/usage?app=5fa682b34a974f7ad24d2"
                + "23b&metric=CommunicationDuration&start_date=2026-03-01&end_date=2026-03-02",
            headers: [
                "X-Sdk-Date": "20260303T040506Z",
                "X-Security-Token": "fakeSecurityToken/part+two==AAAABBBBCCCC0123456789",
            ],
            body: "",
            accessKey: "FAKEHWACCESSKEY00002",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000002",
            token: "fakeSecurityToken/part+two==AAAABBBBCCCC0123456789",
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/usage/\napp=5fa682b34a974f7a"
                + "d24d223b&end_date=2026-03-02&metric=CommunicationDuration&start_date=2026-03-01\n"
                + "host:rtc-api.myhuaweicloud.com\nx-sdk-date:20260303T040506Z\nx-security-token:fake"
                + "SecurityToken/part+two==AAAABBBBCCCC0123456789\n\nhost;x-sdk-date;x-security-token"
                + "\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00002, SignedHeaders=host;x-sdk-date;x-sec"
                + "urity-token, Signature=b7004ec790c87dda1f1bfa9e145cabe446ba6ae329b37a0601520f218"
                + "14b57f0"
        ),
        HuaweiVector(
            name: "history-scale-repeated-metric",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/scale?metric=UserCount&app=5fa6"
                + "82b34a974f7ad24d223b&metric=CommunicationDuration&start_date=2026-02-01&end_date"
                + "=2026-02-14&metric=RoomCount",
            headers: ["X-Project-Id": "0123456789abcdef0123456789abcdef", "X-Sdk-Date": "20260215T070001Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/scale/\napp=5fa682b34a974f7a"
                + "d24d223b&end_date=2026-02-14&metric=CommunicationDuration&metric=RoomCount&metri"
                + "c=UserCount&start_date=2026-02-01\nhost:rtc-api.myhuaweicloud.com\nx-project-id:01"
                + "23456789abcdef0123456789abcdef\nx-sdk-date:20260215T070001Z\n\nhost;x-project-id;x-"
                + "sdk-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=host;x-project-id;x-s"
                + "dk-date, Signature=d17202d4577a67f9003ceb6b6e254a81eb3ee83c78c919e53b859a4c36841"
                + "259"
        ),
        HuaweiVector(
            name: "empty-value-and-case-order",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/realtime/scale?room_id=&app=x&Zone=1&me"
                + "tric=RoomCount",
            headers: ["X-Project-Id": "0123456789abcdef0123456789abcdef", "X-Sdk-Date": "20260215T070001Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/realtime/scale/\nZone=1&app=x&metric"
                + "=RoomCount&room_id=\nhost:rtc-api.myhuaweicloud.com\nx-project-id:0123456789abcdef"
                + "0123456789abcdef\nx-sdk-date:20260215T070001Z\n\nhost;x-project-id;x-sdk-date\ne3b0c"
                + "44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=host;x-project-id;x-s"
                + "dk-date, Signature=e95a55babeb0a838a0a158f0632fc8430a49f01bed7d8762e9d22d299cb25"
                + "22b"
        ),
        HuaweiVector(
            name: "path-needing-escape",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/proj%20ect%2B1/rtc/history/usage?app=x&metric=CommunicationDuration&start_da"
                + "te=2020-04-23&end_date=2020-04-26",
            headers: ["X-Sdk-Date": "20260215T070001Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/proj%20ect%2B1/rtc/history/usage/\napp=x&end_date=2020-04-26&metric=Commu"
                + "nicationDuration&start_date=2020-04-23\nhost:rtc-api.myhuaweicloud.com\nx-sdk-date"
                + ":20260215T070001Z\n\nhost;x-sdk-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b9"
                + "34ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=host;x-sdk-date, Sign"
                + "ature=9235ed145d56198f4db99e4df2b93743e6fddb953779a455a3732672c24b4233"
        ),
        HuaweiVector(
            name: "host-with-port",
            method: "GET",
            host: "127.0.0.1:18443",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/usage?app=5fa682b34a974f7ad24d2"
                + "23b&metric=CommunicationDuration&start_date=2020-04-23&end_date=2020-04-26",
            headers: ["X-Project-Id": "0123456789abcdef0123456789abcdef", "X-Sdk-Date": "20260215T070001Z"],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/usage/\napp=5fa682b34a974f7a"
                + "d24d223b&end_date=2020-04-26&metric=CommunicationDuration&start_date=2020-04-23\n"
                + "host:127.0.0.1:18443\nx-project-id:0123456789abcdef0123456789abcdef\nx-sdk-date:20"
                + "260215T070001Z\n\nhost;x-project-id;x-sdk-date\ne3b0c44298fc1c149afbf4c8996fb92427a"
                + "e41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=host;x-project-id;x-s"
                + "dk-date, Signature=7850709af24474b15c0f2ec4075884e4334c74b78397535405b82e031acdb"
                + "c57"
        ),
        HuaweiVector(
            name: "post-json-body",
            method: "POST",
            host: "iam.myhuaweicloud.com",
            target: "/v3/example/tokens?nocatalog=true",
            headers: ["Content-Type": "application/json;charset=utf8", "X-Sdk-Date": "20260215T070001Z"],
            body: #"{"auth":{"scope":{"project":{"name":"cn-north-4"}},"note":"测试"}}"#,
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "POST\n/v3/example/tokens/\nnocatalog=true\ncontent-type:application/json;charset=ut"
                + "f8\nhost:iam.myhuaweicloud.com\nx-sdk-date:20260215T070001Z\n\ncontent-type;host;x-s"
                + "dk-date\nf7cc61f8c42383e8e28120b08bd10b3e71ea4238609365ec8d398beb27c95745",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=content-type;host;x-s"
                + "dk-date, Signature=9e4851aee48e6450197977fa65997a89508af58748d9de84b0359de841f03"
                + "537"
        ),
        HuaweiVector(
            name: "service-client-end-to-end",
            method: "GET",
            host: "rtc-api.myhuaweicloud.com",
            target: "/v1/0123456789abcdef0123456789abcdef/rtc/history/usage?app=5fa682b34a974f7ad24d2"
                + "23b&metric=CommunicationDuration&start_date=2020-04-23&end_date=2020-04-26",
            headers: [
                "Content-Type": "application/json", "User-Agent": "huaweicloud-usdk-python/3.0; vector/1",
                "X-Project-Id": "0123456789abcdef0123456789abcdef", "X-Sdk-Date": "20200427T013000Z",
            ],
            body: "",
            accessKey: "FAKEHWACCESSKEY00001",
            secretKey: "fakeHuaweiSecretKeyForVectorsOnly0000001",
            token: nil,
            canonicalRequest: "GET\n/v1/0123456789abcdef0123456789abcdef/rtc/history/usage/\napp=5fa682b34a974f7a"
                + "d24d223b&end_date=2020-04-26&metric=CommunicationDuration&start_date=2020-04-23\n"
                + "content-type:application/json\nhost:rtc-api.myhuaweicloud.com\nuser-agent:huaweicl"
                + "oud-usdk-python/3.0; vector/1\nx-project-id:0123456789abcdef0123456789abcdef\nx-sd"
                + "k-date:20200427T013000Z\n\ncontent-type;host;user-agent;x-project-id;x-sdk-date\ne3"
                + "b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            authorization: "SDK-HMAC-SHA256 Access=FAKEHWACCESSKEY00001, SignedHeaders=content-type;host;use"
                + "r-agent;x-project-id;x-sdk-date, Signature=6e487119f37cc58187152eb495e7eabf53d53"
                + "9c19320654eb18674ebb1ea7a0e"
        ),
    ]
}

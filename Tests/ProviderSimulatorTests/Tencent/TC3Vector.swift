import Testing

/// Requests signed by the provider's own Python SDK (common 3.1.195, trtc 3.1.177) with made-up credentials.
struct TC3Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let host: String
    let contentType: String
    let timestamp: String
    let action: String
    let region: String
    let token: String?
    let body: String
    /// What is signed about the request.
    let canonicalRequest: String
    let authorization: String

    static let secretID = "AKID-test-vector-not-a-real-id"
    static let secretKey = "test-vector-secret-key-not-real"

    var testDescription: String { name }

    static let all: [TC3Vector] = [
        TC3Vector(
            name: "room-usage-guangzhou-sdk-json",
            host: "trtc.tencentcloudapi.com",
            contentType: "application/json",
            timestamp: "1700000000",
            action: "DescribeTrtcRoomUsage",
            region: "ap-guangzhou",
            token: nil,
            body: #"{"SdkAppid": 1400017192, "StartTime": "2023-11-14 00:00", "EndTime": "2023-11-14 10:00"}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json\nhost:trtc.tencentcloudapi.com"
                + "\n\ncontent-type;host\nf4f47cef23c7218392b2b73066129320771b05bb8387bf38fddfec706868d1ae",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2023-11-14/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=82a0208eaffb6772e9143e1d6aff736ad0cd36612cade5a449e54f6bc50c2983"
        ),
        TC3Vector(
            name: "room-usage-guangzhou-compact-json",
            host: "trtc.tencentcloudapi.com",
            contentType: "application/json",
            timestamp: "1700000000",
            action: "DescribeTrtcRoomUsage",
            region: "ap-guangzhou",
            token: nil,
            body: #"{"EndTime":"2023-11-14 10:00","SdkAppid":1400017192,"StartTime":"2023-11-14 00:00"}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json\nhost:trtc.tencentcloudapi.com"
                + "\n\ncontent-type;host\n74d13aaec23f861b0a1a8c97898898c82e095edb3456eec25f3948f732af0924",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2023-11-14/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=ca3910448bb5dcafac5f209279fcb4b9782730d7fca6452d555a51458d933af4"
        ),
        TC3Vector(
            name: "room-usage-singapore-intl-host",
            host: "trtc.intl.tencentcloudapi.com",
            contentType: "application/json",
            timestamp: "1735689600",
            action: "DescribeTrtcRoomUsage",
            region: "ap-singapore",
            token: nil,
            body: #"{"EndTime":"2024-12-31 23:59","SdkAppid":20001234,"StartTime":"2024-12-31 00:00"}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json\nhost:trtc.intl.tencentcloudapi.com"
                + "\n\ncontent-type;host\n633b958053c7fbca6e5c82905754bd24b0afc3a1a720f1b02c08d6dc359efa5b",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2025-01-01/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=6f8c9e1c7ec8b5d90760f35dc3f6a34cb1ed1ebcdb911376d7107c53bf0ff846"
        ),
        TC3Vector(
            name: "room-usage-singapore-intl-host-with-token",
            host: "trtc.intl.tencentcloudapi.com",
            contentType: "application/json",
            timestamp: "1735689601",
            action: "DescribeTrtcRoomUsage",
            region: "ap-singapore",
            token: "fake-session-token-0001.aGVsbG8-d29ybGQ_not-real",
            body: #"{"EndTime":"2024-12-31 23:59","SdkAppid":20001234,"StartTime":"2024-12-31 00:00"}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json\nhost:trtc.intl.tencentcloudapi.com"
                + "\n\ncontent-type;host\n633b958053c7fbca6e5c82905754bd24b0afc3a1a720f1b02c08d6dc359efa5b",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2025-01-01/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=a345a67335cc2864710f89cc35ae943f5b4c75cde35a2948a74ccab8ed6d8a55"
        ),
        TC3Vector(
            name: "trtc-usage-last-second-of-utc-day",
            host: "trtc.tencentcloudapi.com",
            contentType: "application/json",
            timestamp: "1709251199",
            action: "DescribeTrtcUsage",
            region: "ap-guangzhou",
            token: nil,
            body: #"{"EndTime":"2024-02-29","SdkAppId":1400123456,"StartTime":"2024-02-29"}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json\nhost:trtc.tencentcloudapi.com"
                + "\n\ncontent-type;host\nd44bf065e201f245e61dea9d35f72e79dfe50dcea6082b9b0bd126507526c92e",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2024-02-29/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=00d0838df19b65305e1001a9eb090607b2991b9be16d71dc1f8749923e6391b0"
        ),
        TC3Vector(
            name: "trtc-usage-first-second-of-utc-day",
            host: "trtc.tencentcloudapi.com",
            contentType: "application/json",
            timestamp: "1709251200",
            action: "DescribeTrtcUsage",
            region: "ap-guangzhou",
            token: nil,
            body: #"{"EndTime":"2024-02-29","SdkAppId":1400123456,"StartTime":"2024-02-29"}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json\nhost:trtc.tencentcloudapi.com"
                + "\n\ncontent-type;host\nd44bf065e201f245e61dea9d35f72e79dfe50dcea6082b9b0bd126507526c92e",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2024-03-01/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=c265fcafca5d00c1a6c33a342e5615dd6b67e198cbd5c445ca7b313705c5d565"
        ),
        TC3Vector(
            name: "unicode-ascii-escaped",
            host: "trtc.tencentcloudapi.com",
            contentType: "application/json",
            timestamp: "1700000000",
            action: "DescribeRoomInfo",
            region: "ap-guangzhou",
            token: "fake-session-token-0001.aGVsbG8-d29ybGQ_not-real",
            body: #"{"EndTime": 1699999999, "RoomId": "\u6d4b\u8bd5\u623f\u95f4-\u00e9-\ud83c\udfa7", "#
                + #""SdkAppId": 1400017192, "StartTime": 1699990000}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json\nhost:trtc.tencentcloudapi.com"
                + "\n\ncontent-type;host\n96c2cb71ff038919a9879665845a6951949a407ea3f954eaa6e6eedcc662f092",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2023-11-14/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=716272ba5624ec6bd84aed12619f926e2a7e5554e26d29fa9426654b5e9cbbcc"
        ),
        TC3Vector(
            name: "content-type-with-charset",
            host: "trtc.tencentcloudapi.com",
            contentType: "application/json; charset=utf-8",
            timestamp: "1700000000",
            action: "DescribeTrtcRoomUsage",
            region: "ap-guangzhou",
            token: nil,
            body: #"{"EndTime":"2023-11-14 10:00","SdkAppid":1400017192,"StartTime":"2023-11-14 00:00"}"#,
            canonicalRequest: "POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:trtc.tencentcloudapi.com"
                + "\n\ncontent-type;host\n74d13aaec23f861b0a1a8c97898898c82e095edb3456eec25f3948f732af0924",
            authorization: "TC3-HMAC-SHA256 Credential=AKID-test-vector-not-a-real-id/2023-11-14/trtc/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=999c496f10066842ae9bc7fbbf51eacb1ce3cb3ad634735c15345728e56addbf"
        ),
    ]
}

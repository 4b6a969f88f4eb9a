import Foundation

@testable import rtc_exporter

extension ProviderCatalogue {
    /// Tencent as in this version, and a made-up provider whose facts differ in every way that the file can notice.
    static let sample = ProviderCatalogue(providers: [
        Provider(
            name: "tencent",
            defaultEndpoint: "https://trtc.tencentcloudapi.com",
            defaultRegion: "ap-guangzhou",
            allowedRegions: nil,
            credentialForms: [.init(requiredSecrets: ["secret_id", "secret_key"], optionalSecrets: ["token"])],
            sources: [
                Source(
                    name: "room_usage",
                    minimumSpacing: .seconds(15),
                    zoneOffsetSeconds: 28_800,
                    settledAfter: .hours(10),
                    lag: .zero
                )
            ],
            appIDs: .number(1...4_294_967_295)
        ),
        Provider(
            name: "acme",
            defaultEndpoint: "https://rtc.acme.example",
            defaultRegion: nil,
            allowedRegions: ["north-1", "south-1"],
            credentialForms: [.init(requiredSecrets: ["access_key"])],
            sources: [
                Source(
                    name: "daily_usage",
                    minimumSpacing: .milliseconds(500),
                    zoneOffsetSeconds: 0,
                    settledAfter: .days(1),
                    lag: .hours(8)
                ),
                Source(
                    name: "old_usage",
                    isDefault: false,
                    minimumSpacing: .seconds(1),
                    zoneOffsetSeconds: 0,
                    settledAfter: .days(1),
                    lag: .zero
                ),
            ],
            appIDs: .text
        ),
        Provider(
            name: "listing",
            defaultEndpoint: "https://rtc.listing.example",
            defaultRegion: nil,
            allowedRegions: [],
            credentialForms: [
                .init(requiredSecrets: ["access_key", "secret_key"]),
                .init(
                    requiredSecrets: ["password"],
                    requiredTexts: [.init(name: "domain"), .init(name: "user")],
                    optionalTexts: [.init(name: "iam_endpoint", form: .endpoint), .init(name: "project")]
                ),
            ],
            requiredTexts: [.init(name: "project_id", form: .identifier)],
            sources: [
                Source(
                    name: "history_usage",
                    minimumSpacing: .seconds(2),
                    zoneOffsetSeconds: 0,
                    settledAfter: .days(1),
                    lag: .zero
                )
            ],
            appIDs: .text,
            listsApps: true
        ),
    ])
}

/// What the tests' secrets are: recognisable, so that one in a message is found.
enum SampleSecret {
    static let id = "AKIDsampleSecretId0123456789"
    static let key = "kEySampleSecretKey9876543210"
    static let rooms = "rOoMsHashingKey5555555555555"
    static let inFile = "vAlUeWrittenInTheFile4444444"
    static let all = [id, key, rooms, inFile]
}

extension ConfigurationSurroundings {
    /// An environment and files that exist only here.
    static func sample(
        environment: [String: String] = [:],
        files: [String: [UInt8]] = [:]
    ) -> ConfigurationSurroundings {
        let environment = ["TENCENT_SECRET_ID": SampleSecret.id, "ACME_KEY": "acme", "EMPTY": ""]
            .merging(environment) { $1 }
        let files = [
            "/run/secrets/tencent": Array("\(SampleSecret.key)\n".utf8),
            "/run/secrets/rooms": Array("\(SampleSecret.rooms)\r\n".utf8),
            "/run/secrets/empty": Array("\n".utf8),
            "/run/secrets/broken": Array("two\nlines\n".utf8),
            "/run/secrets/binary": [0xff, 0xfe, 0x41],
        ].merging(files) { $1 }
        return ConfigurationSurroundings(
            environment: { environment[$0] },
            readFile: { path, limit throws(FileReadProblem) in
                guard !path.hasSuffix("forbidden") else { throw .forbidden }
                guard let bytes = files[path] else { throw .missing }
                guard bytes.count <= limit else { throw .larger(limit: limit) }
                return bytes
            }
        )
    }
}

/// Parses with everything made up.
func parse(
    _ text: String,
    file: String = "/etc/rtc/rtc-exporter.yml",
    surroundings: ConfigurationSurroundings = .sample()
) throws(ConfigurationErrors) -> ExporterConfiguration {
    try ConfigurationParser(catalogue: .sample, surroundings: surroundings).parse(text: text, file: file)
}

/// The messages of a text that is expected to have some.
func messages(
    _ text: String,
    surroundings: ConfigurationSurroundings = .sample()
) -> [String] {
    do {
        _ = try parse(text, file: "f.yml", surroundings: surroundings)
        return []
    } catch {
        return error.messages.map(\.description)
    }
}

/// An account that is right, with one more line in it, for tests of one key.
func account(_ line: String = "", name: String = "a", apps: String = "[{ id: 1 }]") -> String {
    """
    accounts:
      - name: \(name)
        provider: tencent
        credentials: { secret_id: { env: TENCENT_SECRET_ID }, secret_key: { file: /run/secrets/tencent } }
        apps: \(apps)
        \(line)

    """
}

/// The files beside the tests.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func names(_ ending: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return all.filter { $0.hasSuffix(ending) }.sorted()
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}

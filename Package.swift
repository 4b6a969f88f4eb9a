// swift-tools-version: 6.2
import PackageDescription

/// The commit that is built, for `rtc_exporter_build_info` and `--version`.
let revision = Context.gitInformation.map { String($0.currentCommit.prefix(12)) } ?? "unknown"

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let logging = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTP2 = product(name: "NIOHTTP2", package: "swift-nio-http2")
    static let nioHTTPCompression = product(name: "NIOHTTPCompression", package: "swift-nio-extras")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
    name: "rtc-exporter",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "rtc-exporter", targets: ["rtc-exporter"]),
        .executable(name: "rtc-benchmarks", targets: ["rtc-benchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The rooms, from the lowest up: none imports one that stands below it in this list.
        .target(name: "Usage", dependencies: [.crypto]),
        .target(
            name: "UsageProviders",
            dependencies: [
                "Usage", .asyncHTTPClient, .crypto, .nioCore, .nioHTTP1, .nioHTTPCompression, .nioPosix, .nioSSL,
            ]
        ),
        .target(name: "UsageLedger", dependencies: ["Usage", .grdb]),
        .target(name: "UsagePolling", dependencies: ["Usage", .logging]),
        .target(name: "UsageCosts", dependencies: ["Usage"]),
        .target(name: "Exposition", dependencies: ["CZlib", .nioCore]),
        .target(
            name: "ExporterMetrics",
            dependencies: ["Usage", "UsageLedger", "UsagePolling", "UsageCosts", "Exposition"]
        ),
        .target(
            name: "UsageReports",
            dependencies: ["Usage", "UsageLedger", "Exposition", "ExporterMetrics"]
        ),
        .target(
            name: "ExporterHTTP",
            dependencies: [
                "CCrypt", "ExporterMetrics", "Exposition", "Usage", "UsageReports", .crypto, .logging, .nioCore,
                .nioHTTP1, .nioHTTP2, .nioPosix, .nioSSL, .serviceLifecycle,
            ]
        ),
        .target(
            name: "ProviderSimulator",
            dependencies: [
                "CZlib", .crypto, .httpTypes, .hummingbird, .hummingbirdCore, .logging, .nioCore, .serviceLifecycle,
            ]
        ),
        .executableTarget(
            name: "rtc-exporter",
            dependencies: [
                "CRevision", "Usage", "UsageProviders", "UsageLedger", "UsagePolling", "UsageCosts", "Exposition",
                "ExporterMetrics", "UsageReports", "ExporterHTTP", "ProviderSimulator", .argumentParser, .logging,
                .serviceLifecycle,
                .unixSignals, .yams,
            ]
        ),
        .executableTarget(
            name: "rtc-benchmarks",
            dependencies: [
                "CSQLiteLimit", "CallPlanSimulation", "ExporterHTTP", "ExporterMetrics", "Exposition",
                "ProviderSimulator", "TestSupport", "Usage", "UsageLedger", "UsagePolling", "UsageProviders",
                "UsageReports", .logging,
            ],
            path: "Benchmarks/rtc-benchmarks"
        ),
        .target(
            name: "CallPlanSimulation",
            dependencies: ["Usage", "UsagePolling", "TestSupport"],
            path: "Benchmarks/CallPlanSimulation"
        ),

        .target(
            name: "CSQLiteLimit",
            path: "Benchmarks/CSQLiteLimit",
            linkerSettings: [.linkedLibrary("sqlite3")]
        ),

        // What C alone can do: zlib and bcrypt as Debian ships them, and a value from the build.
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CRevision", cSettings: [.define("RTC_EXPORTER_REVISION", to: "\"\(revision)\"")]),

        .target(name: "TestSupport", dependencies: ["CZlib", "Usage", "UsagePolling"], path: "Tests/TestSupport"),
        .testTarget(name: "UsageTests", dependencies: ["Usage", "TestSupport"]),
        .testTarget(
            name: "UsageProvidersTests",
            dependencies: ["Usage", "UsageProviders", "TestSupport", .asyncHTTPClient, .nioCore, .nioPosix, .nioSSL],
            exclude: ["Fixtures"]
        ),
        // Writes to a ledger until a test kills it.
        .executableTarget(
            name: "ledger-writer",
            dependencies: ["Usage", "UsageLedger", "TestSupport"],
            path: "Tests/LedgerWriter"
        ),
        .testTarget(
            name: "UsageLedgerTests",
            dependencies: ["Usage", "UsageLedger", "TestSupport", "ledger-writer", .grdb]
        ),
        .testTarget(
            name: "UsagePollingTests",
            dependencies: ["Usage", "UsagePolling", "CallPlanSimulation", "TestSupport", .logging]
        ),
        .testTarget(name: "UsageCostsTests", dependencies: ["Usage", "UsageCosts", "TestSupport"]),
        .testTarget(
            name: "ExpositionTests",
            dependencies: ["Exposition", "TestSupport", "CZlib"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "ExporterMetricsTests",
            dependencies: ["Usage", "UsageLedger", "UsagePolling", "Exposition", "ExporterMetrics", "TestSupport"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "UsageReportsTests",
            dependencies: ["Usage", "UsageLedger", "UsageReports", "Exposition", "ExporterMetrics", "TestSupport"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "ExporterHTTPTests",
            dependencies: [
                "ExporterHTTP", "ExporterMetrics", "Exposition", "TestSupport", "Usage", "UsageLedger", "UsageReports",
                .asyncHTTPClient, .httpTypes, .logging, .nioCore, .nioEmbedded, .nioHTTP1, .nioPosix, .nioSSL,
                .serviceLifecycle,
            ]
        ),
        .testTarget(
            name: "ProviderSimulatorTests",
            dependencies: [
                "ProviderSimulator", "CZlib", .crypto, .httpTypes, .hummingbird, .hummingbirdTesting, .logging,
                .nioCore,
                .serviceLifecycle,
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "rtc-exporterTests",
            dependencies: [
                "rtc-exporter", "ExporterHTTP", "ExporterMetrics", "Usage", "UsageLedger", "UsagePolling",
                "UsageProviders",
                "TestSupport", .logging,
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Usage", "UsageProviders", "UsageLedger", "UsagePolling", "ProviderSimulator", "TestSupport", .logging,
            ]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "rtc-exporter", "Usage", "UsageLedger", "UsageProviders", "TestSupport", .asyncHTTPClient, .nioCore,
                .nioHTTP1,
            ]
        ),
    ]
)

// What the next language mode turns on is on already, and a warning stops the build.
let upcoming = [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances", "InternalImportsByDefault",
    "MemberImportVisibility", "NonisolatedNonsendingByDefault",
]
let checks: [SwiftSetting] = [.strictMemorySafety(), .treatAllWarnings(as: .error)]
let targetsInC = ["CRevision", "CSQLiteLimit"]
for target in package.targets where ![.system, .binary].contains(target.type) && !targetsInC.contains(target.name) {
    target.swiftSettings = checks + upcoming.map { .enableUpcomingFeature($0) }
}

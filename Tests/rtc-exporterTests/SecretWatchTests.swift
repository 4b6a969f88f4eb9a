import Foundation
import Logging
import Synchronization
import Testing
import UsageProviders

@testable import rtc_exporter

@Suite("Secrets that are renewed while the exporter runs")
struct SecretWatchTests {
    /// Files that a test writes and an account that reads its keys from them.
    private final class Files: Sendable {
        private let files = Mutex<[String: String]>(["/run/id": "first-id", "/run/key": "first-key"])
        let account: ExporterConfiguration.Account
        let keys: AccountKeys

        init() throws {
            let text = """
                accounts:
                  - name: a
                    provider: tencent
                    credentials: { secret_id: { file: /run/id }, secret_key: { file: /run/key } }
                    apps: [ { id: 1 } ]

                """
            let files = ["/run/id": Array("first-id".utf8), "/run/key": Array("first-key\n".utf8)]
            account = try parse(text, surroundings: .sample(files: files)).accounts[0]
            keys = AccountKeys(KeySet(account.credentials))
        }

        subscript(path: String) -> String? {
            get { files.withLock { $0[path] } }
            set { files.withLock { $0[path] = newValue } }
        }

        var surroundings: ConfigurationSurroundings {
            ConfigurationSurroundings(
                environment: { _ in nil },
                readFile: { path, _ throws(FileReadProblem) in
                    guard let text = self[path] else { throw .missing }
                    return Array(text.utf8)
                }
            )
        }

        /// Lets the watch look once after each of the steps; gives the number of renewals after each.
        func watch(_ steps: [@Sendable (Files) -> Void]) async -> [Int] {
            let counts = Counts()
            let watch = SecretWatch(
                account: account,
                keys: keys,
                surroundings: surroundings,
                logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
            )
            await watch.run(
                sleep: { _ in
                    let step = counts.nextStep()
                    guard step < steps.count else { throw CancellationError() }
                    steps[step](self)
                },
                onRenewal: { counts.noteRenewal() }
            )
            return counts.seen
        }
    }

    /// How many renewals there were after each step.
    private final class Counts: Sendable {
        private let state = Mutex<(step: Int, renewals: Int, seen: [Int])>((0, 0, []))

        var seen: [Int] { state.withLock { $0.seen } }

        func noteRenewal() { state.withLock { $0.renewals += 1 } }

        func nextStep() -> Int {
            state.withLock { state in
                if state.step > 0 { state.seen.append(state.renewals) }
                state.step += 1
                return state.step - 1
            }
        }
    }

    @Test("A changed file offers new keys once; a line break at its end changes nothing")
    func changed() async throws {
        let files = try Files()
        let renewals = await files.watch([
            { _ in }, { $0["/run/key"] = "second-key" }, { _ in }, { $0["/run/key"] = "second-key\n" },
            { $0["/run/id"] = "second-id" },
        ])
        #expect(renewals == [0, 1, 1, 1, 2])
        #expect(files.keys.next["secret_key"] == Secret("second-key"))
        #expect(files.keys.next["secret_id"] == Secret("second-id"))
    }

    @Test("A file that is missing, empty or no secret for a moment changes nothing")
    func halfWritten() async throws {
        let files = try Files()
        let renewals = await files.watch([
            { $0["/run/key"] = nil }, { $0["/run/key"] = "" }, { $0["/run/key"] = "two\nlines" },
            { $0["/run/key"] = "first-key" }, { $0["/run/key"] = "second-key" },
        ])
        #expect(renewals == [0, 0, 0, 0, 1])
    }

    @Test("An account without files is not watched")
    func noFiles() throws {
        let text = """
            accounts:
              - name: a
                provider: tencent
                credentials: { secret_id: { env: TENCENT_SECRET_ID }, secret_key: { value: abc } }
                apps: [ { id: 1 } ]

            """
        let account = try parse(text).accounts[0]
        #expect(!SecretWatch.isNeeded(for: account))
    }
}

import Testing
import Usage

@testable import UsageProviders

@Suite("The keys of an account, renewed")
struct AccountKeysTests {
    private static let old = KeySet(["secret_key": Secret("old")])
    private static let new = KeySet(["secret_key": Secret("new")])

    private let keys: AccountKeys

    init() {
        keys = AccountKeys(Self.old)
        keys.renew(Self.new)
    }

    /// Makes a call with the next keys.
    @discardableResult
    private func call(_ failure: ReadingFailure? = nil) -> ReadingFailure? {
        keys.note(failure.map { .failure($0) } ?? .success(()), of: keys.next).failure
    }

    private static func refusal(
        _ cause: ReadingFailure.Cause?,
        _ reason: ReadingFailure.Reason = .unauthorized
    ) -> ReadingFailure {
        ReadingFailure(reason, "No.", cause: cause)
    }

    @Test("New ones are tried at the next call, and are the only ones once they have worked")
    func worked() {
        #expect(keys.next == Self.new)
        #expect(keys.before(Self.new) == Self.old)
        #expect(call() == nil)
        #expect(keys.before(Self.new) == nil)
        #expect(call(Self.refusal(.wrongKey))?.isMended == false)
        #expect(keys.next == Self.new)
    }

    @Test(
        "New ones that are refused are set aside, whatever for: those of another account know other apps",
        arguments: [
            refusal(.wrongKey), refusal(.expiredKey), refusal(.noPermission), refusal(nil),
            refusal(.unknownApp, .rejected), refusal(nil, .rejected),
        ]
    )
    func refused(_ refusal: ReadingFailure) {
        let failure = call(refusal)
        #expect(failure?.isMended == true)
        #expect(failure?.explanation == "Refused with the renewed key, so that the one before is used again. No.")
        for _ in 0..<3 {
            #expect(keys.next == Self.old)
            call()
        }
    }

    @Test("They have another turn when the ones before are refused for the same, or no longer good")
    func anotherTurn() {
        for cause in [ReadingFailure.Cause.noPermission, .wrongKey, .expiredKey] {
            call(Self.refusal(.noPermission))
            #expect(keys.next == Self.old)
            #expect(call(Self.refusal(cause))?.isMended == false)
            #expect(keys.next == Self.new)
        }
        call()
        #expect(keys.before(Self.new) == nil)
    }

    @Test("Wrong ones have no other turn for an app that nobody may see")
    func wrongForGood() {
        call(Self.refusal(.wrongKey))
        for cause in [ReadingFailure.Cause.noPermission, .unknownApp] {
            call(Self.refusal(cause))
            #expect(keys.next == Self.old)
        }
    }

    @Test(
        "What is no fault of theirs sets nothing aside",
        arguments: [
            refusal(.clockOff), refusal(nil, .unavailable), refusal(nil, .timeout), refusal(nil, .throttled),
            refusal(nil, .malformed),
        ]
    )
    func noFault(_ failure: ReadingFailure) {
        #expect(call(failure) == failure)
        #expect(keys.next == Self.new)
    }

    @Test("Newer ones are tried whatever came of those before, and the same ones again are none")
    func newer() {
        call(Self.refusal(.wrongKey))
        let newer = KeySet(["secret_key": Secret("newer")])
        keys.renew(newer)
        #expect(keys.next == newer)
        #expect(keys.note(.success(()), of: Self.new).failure == nil)
        #expect(keys.before(newer) == Self.old)
        keys.renew(Self.old)
        #expect(keys.next == Self.old)
        #expect(keys.before(Self.old) == nil)
    }
}

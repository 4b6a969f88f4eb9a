import Foundation
import Usage

/// Asks IAM for a token.
///
/// Source: Obtaining a User Token Through Password Authentication,
/// <https://support.huaweicloud.com/api-iam/iam_30_0001.html>.
struct IAMTokenCall: Sendable {
    /// How long a token is good when the answer does not tell: an hour less than the documented day.
    private static let usualLife = Duration.seconds(23 * 3600)
    /// A token is renewed this long before it runs out.
    private static let margin = Duration.seconds(600)
    private static let refusedLogins = SignatureGuard.Words(
        refused: "Huawei's IAM refused this user's password twice in a row, and locks a user who goes on",
        advice: wrongPassword
    )
    private static let wrongPassword =
        "Check domain, user and password: they have to be those of an IAM user, not of a HUAWEI ID."

    let user: HuaweiUser
    let call: AccountCall
    /// The guard of the user.
    let guardian: SignatureGuard

    /// Makes the call.
    ///
    /// - Returns: The token, or why there is none.
    func send(_ keys: KeySet, now: UnixTime) async -> ProviderAnswer<IAMToken> {
        let pass: SignatureGuard.Pass
        let body: [UInt8]
        do throws(ReadingFailure) {
            body = try self.body(keys)
            pass = try await guardian.admit(keys, now: now, words: Self.refusedLogins)
        } catch {
            return ProviderAnswer(.failure(error), wasSent: false)
        }
        let hearing = HuaweiHearing()
        let answer = await call.send(
            with: keys,
            now: now,
            request: { _ in request(body) },
            read: { response throws(ReadingFailure) in try token(in: hearing.listen(response), now: now) }
        )
        let pause = await guardian.end(pass, hearing.loginVerdict(answer.result))
        guard let pause, call.keys.next == keys else { return answer }
        return answer.replacing(answer.result.mapError { $0.with(retryAfter: pause, isMended: false) })
    }

    private func request(_ body: [UInt8]) -> ProviderRequest {
        ProviderRequest(
            url: "\(call.endpoint)/v3/auth/tokens?nocatalog=true",
            headers: [
                (name: "Host", value: call.endpoint.authority),
                (name: "Content-Type", value: "application/json;charset=utf8"),
            ],
            body: body
        )
    }

    private func body(_ keys: KeySet) throws(ReadingFailure) -> [UInt8] {
        guard let password = keys["password"], !password.reveal().isEmpty else { throw .incomplete("password") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(IAMTokenRequest(user, password: password)) else {
            throw .incomplete("password")
        }
        return Array(body)
    }

    // MARK: The answer

    private func token(in answer: HuaweiAnswer, now: UnixTime) throws(ReadingFailure) -> IAMToken {
        let response = answer.response
        guard (200..<300).contains(response.status), answer.error == nil else { throw failure(answer, now: now) }
        guard let text = response.header("X-Subject-Token"), !text.isEmpty else {
            throw ReadingFailure(
                .malformed,
                "The answer of Huawei's IAM has no header X-Subject-Token.",
                advice: "Check iam_endpoint.",
                scope: .account
            )
        }
        // By IAM's own clock, where it tells it: ours may be off by more than a token lives.
        let made = response.date.flatMap(UnixTime.init(httpDate:)) ?? now
        let life = Self.end(response.body).map { $0 - made } ?? Self.usualLife
        return IAMToken(Secret(text), goodUntil: now + life - Self.margin)
    }

    private static func end(_ body: [UInt8]) -> UnixTime? {
        struct Body: Decodable {
            struct Token: Decodable {
                let expires_at: String
            }
            let token: Token
        }
        return (try? JSONAnswer.decode(Body.self, from: body, of: "Huawei")).flatMap {
            UnixTime(rfc3339: $0.token.expires_at)
        }
    }

    private func failure(_ answer: HuaweiAnswer, now: UnixTime) -> ReadingFailure {
        let status = answer.response.status
        let said = answer.error.map { "\($0.code): \($0.message)" } ?? "with HTTP status \(status) and no token."
        let (reason, cause, advice) = Self.meaning(of: status)
        return ReadingFailure(
            reason,
            "Huawei's IAM answered \(said)",
            advice: advice,
            retryAfter: answer.response.wait(now: now),
            scope: .account,
            cause: cause
        )
    }

    private static func meaning(of status: Int) -> (ReadingFailure.Reason, ReadingFailure.Cause?, advice: String?) {
        switch status {
        case 401: (.unauthorized, .wrongKey, wrongPassword)
        case 403, 407: (.unauthorized, .noPermission, "Allow the IAM user programmatic access.")
        case 429: (.throttled, nil, "Look for another tool that logs in as the same user.")
        case 408, 425, 500...: (.unavailable, nil, nil)
        default: (.rejected, nil, "Check iam_endpoint, domain, user, and project or project_id.")
        }
    }
}

extension HuaweiHearing {
    /// What an answer to a login says about the password: IAM knows of wrong ones by the status alone.
    fileprivate func loginVerdict<Value>(_ result: Result<Value, ReadingFailure>) -> KeyVerdict? {
        if case .success = result { .proven } else { isRefusal ? .refused : nil }
    }
}

/// The body of the request for a token.
private struct IAMTokenRequest: Encodable {
    struct Name: Encodable {
        let name: String
    }

    struct User: Encodable {
        let domain: Name
        let name: String
        let password: String
    }

    struct Password: Encodable {
        let user: User
    }

    struct Identity: Encodable {
        let methods = ["password"]
        let password: Password
    }

    struct Project: Encodable {
        var id: String?
        var name: String?
    }

    struct Scope: Encodable {
        let project: Project
    }

    struct Auth: Encodable {
        let identity: Identity
        let scope: Scope
    }

    let auth: Auth

    init(_ user: HuaweiUser, password: Secret) {
        let login = User(domain: Name(name: user.domain), name: user.user, password: password.reveal())
        let project =
            switch user.scope {
            case .projectName(let name): Project(name: name)
            case .projectID(let id): Project(id: id)
            }
        auth = Auth(identity: Identity(password: Password(user: login)), scope: Scope(project: project))
    }
}

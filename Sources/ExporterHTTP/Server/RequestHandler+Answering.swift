import ExporterMetrics
import NIOCore
import NIOHTTP1

extension RequestHandler {
    /// Asks whether the request may be answered at all, then answers it.
    func admit(_ head: HTTPRequestHead) {
        guard let protection = edge.protection else { return answer(head) }
        waitForAnswer()
        later({ await protection.admit(head) }) { handler, admission in
            switch admission {
            case .admitted: handler.answer(head)
            case .unauthenticated: handler.refuse(head, .unauthenticated)
            case .tooMany: handler.refuse(head, .tooMany)
            }
        }
    }

    private func refuse(_ head: HTTPRequestHead, _ answer: HTTPAnswer) {
        current?.handler = edge.router.handler(of: head)
        send(answer)
    }

    private func answer(_ head: HTTPRequestHead) {
        guard let exchange = current else { return }
        let reply = edge.router.reply(to: head)
        current?.handler = reply.handler
        current?.patience = Patience(since: exchange.start, wanted: reply.patience)
        switch reply.work {
        case .done(let answer): send(answer)
        case .pending(let work):
            if exchange.left == nil { current?.place = reply.place }
            waitForAnswer()
            later(work) { handler, answer in handler.send(answer) }
        }
    }

    /// Does what takes time elsewhere, and comes back with what came of it if that is still the request to be answered.
    private func later<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value,
        then: @escaping @Sendable (RequestHandler, Value) -> Void
    ) {
        let (eventLoop, number) = (eventLoop, current?.number)
        let handler = NIOLoopBound(self, eventLoop: eventLoop)
        Task {
            let value = await work()
            eventLoop.execute {
                if handler.value.current?.number == number { then(handler.value, value) }
            }
        }
    }

    private func waitForAnswer() {
        guard let current, current.left == nil else { return }
        alarm?.set(current.patience.end)
    }

    /// Writes an answer; counts one that nobody waits for any more.
    func send(_ answer: HTTPAnswer) {
        guard let exchange = current else { return }
        current?.code = Int(answer.status.code)
        if let left = exchange.left { return count(until: left) }
        guard let context else { return }
        writer.write(head(of: answer), exchange.isHead ? [] : answer.body, to: context) { [weak self] progress in
            self?.note(progress)
        }
        // Most answers are taken at once.
        guard current?.number == exchange.number else { return }
        current?.patience.noteProgress(at: eventLoop.now, unsent: connection.unsent)
        waitForAnswer()
    }

    private func head(of answer: HTTPAnswer) -> HTTPResponseHead {
        var head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: answer.headers)
        for (name, value) in edge.protection?.headers ?? [] { head.headers.replaceOrAdd(name: name, value: value) }
        guard transport != .http2 else { return head }
        if current?.head?.version == .http1_0 { head.version = .http1_0 }
        if current?.ending == .goOn, !goesOn { current?.ending = .close }
        if current?.ending != .goOn {
            head.headers.add(name: "Connection", value: "close")
        } else if head.version == .http1_0 {
            head.headers.add(name: "Connection", value: "keep-alive")
        }
        return head
    }

    /// Whether the connection can be used for another request. After one that asks for another protocol the decoder would
    /// read no more.
    private var goesOn: Bool {
        guard let request = current?.head, !connection.isFinishing else { return false }
        return request.isKeepAlive && request.method != .CONNECT && !request.headers.contains(name: "upgrade")
    }

    private func note(_ progress: AnswerWriter.Progress) {
        switch progress {
        case .taken: current?.patience.noteProgress(at: eventLoop.now, unsent: connection.unsent)
        case .finished: finish()
        case .failed: context?.close(promise: nil)
        }
    }

    private func finish() {
        let ending = current?.ending ?? .close
        alarm?.set(nil)
        count(until: eventLoop.now)
        connection.ended()
        next(after: ending)
    }

    private func count(until end: NIODeadline) {
        guard let exchange = current, let code = exchange.code else { return }
        current = nil
        edge.router.statistics.count(
            handler: exchange.handler,
            code: code,
            took: .nanoseconds((end - exchange.start).nanoseconds)
        )
    }

    /// Cuts off a client that has had its time.
    func lookAtPatience() {
        let now = eventLoop.now
        guard var patience = current?.patience else { return }
        patience.noteMove(at: now, unsent: connection.unsent)
        current?.patience = patience
        guard patience.end <= now else { return waitForAnswer() }
        connection.cutOff("an answer took too long, or was not taken")
    }

    /// The client has gone: an answer that is there is counted, and one that is still being made when it is there.
    func abandon() {
        writer.drop()
        guard current != nil, current?.left == nil else { return }
        let now = eventLoop.now
        current?.left = now
        current?.place = nil
        count(until: now)
        connection.ended()
    }
}

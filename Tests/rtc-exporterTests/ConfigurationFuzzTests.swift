import Testing
import TestSupport

@testable import rtc_exporter

@Suite("Damaged configuration files")
struct ConfigurationFuzzTests {
    @Test("A damaged file gives a configuration or messages with lines, and never a secret", arguments: 1...4)
    func mutations(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let good = try ["design.ok.yml", "minimal.ok.yml", "every-key-in-other-words.ok.yml"].map(Fixture.text)
        for round in 0..<500 {
            var bytes = Array(good[round % good.count].utf8)
            for _ in 0...Int.random(in: 0...3, using: &random) { damage(&bytes, &random) }
            check(bytes)
        }
    }

    private func check(_ bytes: [UInt8]) {
        let loader = ConfigurationLoader(catalogue: .sample, surroundings: .sample(files: ["f.yml": bytes]))
        do {
            let configuration = try loader.load("f.yml")
            #expect(!configuration.accounts.isEmpty)
        } catch {
            let lines = bytes.count { $0 == 0x0a || $0 == 0x0d } + 1
            #expect(!error.messages.isEmpty)
            #expect(error.messages.allSatisfy { (1...lines).contains($0.line ?? 0) }, "\(error)")
            #expect(error.messages.allSatisfy { !$0.sentence.isEmpty })
            let text = error.description
            #expect(text.split(separator: "\n").count == error.messages.count)
            #expect(!SampleSecret.all.contains { text.contains($0) }, "\(text)")
        }
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(bytes[place], at: place)
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 3: bytes.insert("\"'{}[]:,&*!|>%@`#-?\t\n ".utf8.randomElement(using: &random) ?? 0x20, at: place)
        case 4: bytes.removeSubrange(line(around: place, bytes))
        case 5: bytes.insert(contentsOf: bytes[line(around: place, bytes)], at: line(around: place, bytes).lowerBound)
        default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
        }
    }

    private func line(around place: Int, _ bytes: [UInt8]) -> Range<Int> {
        let start = bytes[..<place].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        let end = bytes[place...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
        return start..<end
    }
}

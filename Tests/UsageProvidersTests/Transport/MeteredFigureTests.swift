import Testing
import Usage

@testable import UsageProviders

@Suite("Figures in minutes")
struct MeteredFigureTests {
    @Test(
        "They are rounded to the nearest second",
        arguments: [
            (0, 0, true), (-0.0, 0, true), (1, 60, true), (0.1, 6, true), (2.5, 150, true), (1e-12, 0, true),
            // Thirds and the like, as far as single precision or seven digits tell them.
            (1.0 / 60, 1, true), (Double(Float(7) / 60), 7, true), (166.667, 10_000, false), (166.6667, 10_000, true),
            (0.33, 20, false), (0.01, 1, false), (0.008, 0, false), (1.005, 60, false),
            (16_666_666_666, 999_999_999_960, true),
        ] as [(Double, Int, Bool)]
    )
    func rounded(minutes: Double, seconds: Int, isWhole: Bool) throws {
        let figure = try #require(MeteredFigure(minutes, .minutes))
        #expect(figure.seconds == seconds)
        #expect(figure.isWhole == isWhole)
    }

    @Test("Every number of seconds survives being written as minutes")
    func roundTrip() throws {
        for seconds in Array(0...90_000) + [1_000_003, 86_400_001, 999_999_999_999] {
            let figure = try #require(MeteredFigure(Double(seconds) / 60, .minutes))
            #expect(figure.seconds == seconds)
            #expect(figure.isWhole)
        }
    }

    @Test(
        "What no app can have used is none",
        arguments: [-1, -0.001, -.infinity, .infinity, .nan, 16_666_666_667, .greatestFiniteMagnitude] as [Double]
    )
    func none(_ minutes: Double) {
        #expect(MeteredFigure(minutes, .minutes) == nil)
    }
}

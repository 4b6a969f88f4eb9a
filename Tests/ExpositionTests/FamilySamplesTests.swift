import Exposition
import Testing

@Suite("Samples of a family")
struct FamilySamplesTests {
    private let labels: LabelSet = ["provider": "tencent", "app": "1", "name": "A"]

    @Test("Labels are the declared ones, in the declared order")
    func labelNames() {
        let wrong: [LabelSet] = [[:], ["app": "1", "provider": "tencent", "name": "A"], labels.adding("more", "")]
        for labels in wrong {
            #expect(FamilySamples(Examples.app, [Sample(labels, 1)]).problems().count == 1)
        }
    }

    @Test("A set of labels comes once")
    func duplicates() {
        let samples = [Sample(labels, 1), Sample(labels, 1)]
        #expect(
            FamilySamples(Examples.app, samples).problems()
                == [#"rtc_app_info ["tencent", "1", "A"]: the same labels twice"#]
        )
    }

    @Test(
        "A value fits its kind",
        arguments: [
            (.gauge, .integer(-1), true), (.gauge, .number(.nan), true), (.counter, .integer(0), true),
            (.counter, .number(0.5), true), (.info, .integer(1), true), (.info, .number(1), true),
            (.histogram, .histogram(Examples.durations), true),
            (.gauge, .histogram(Examples.durations), false), (.counter, .histogram(Examples.durations), false),
            (.info, .histogram(Examples.durations), false), (.counter, .integer(-1), false),
            (.counter, .number(-0.5), false),
            (.counter, .number(.nan), false), (.info, .integer(0), false), (.info, .number(2), false),
            (.histogram, .integer(1), false), (.histogram, .number(1), false),
        ] as [(MetricKind, SampleValue, Bool)]
    )
    func value(_ kind: MetricKind, _ value: SampleValue, fits: Bool) {
        let samples = FamilySamples(MetricFamily("x", kind, help: "Help."), [Sample([:], value)])
        #expect(samples.problems().isEmpty == fits)
    }

    @Test("Labels are found by name")
    func lookup() {
        #expect(labels["app"] == "1")
        #expect(labels["room"] == nil)
        #expect(labels.adding("room", "")["room"] == "")
        #expect(LabelSet.empty == [:])
    }
}

import Exposition
import Usage
import UsagePolling

/// What waits to be called: true for the moment of a scrape only.
struct QueueSamples {
    let queues: [CallQueue]

    func families() -> [FamilySamples] {
        let samples = queues.map { queue in
            let labels: LabelSet = [
                "provider": queue.source.provider.rawValue, "account": queue.account, "api": queue.source.name,
            ]
            return Sample(labels, queue.waiting)
        }
        return [FamilySamples(PollFamilies.jobsWaiting, samples)]
    }
}

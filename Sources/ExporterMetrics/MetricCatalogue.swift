public import Exposition

/// Every family that the exporter may expose. Dashboards and alerts name these and no others.
public enum MetricCatalogue {
    /// The declarations, in the order of the page.
    public static let families = UsageFamilies.all + PollFamilies.all + ExporterFamilies.all + ProcessFamilies.all
}

/// What stands where an app's page would be.
struct UnknownAppPage {
    let options: WebOptions

    var html: String {
        PageLayout(
            title: "No such app – rtc-exporter",
            heading: "No such app",
            options: options,
            content: """
                <p>The exporter polls no app of this provider and id. It may have been removed from the configuration, or from \
                the provider's list of apps.</p>
                <p><a href="\(PageLinks(options: options).home)">Back to the status page</a></p>
                """
        )
        .html
    }
}

/// What all pages have around their content.
struct PageLayout {
    /// What the browser shows for the page.
    let title: String
    /// The markup of the page's one first heading.
    let heading: String
    let options: WebOptions
    /// The markup of the page's main part.
    let content: String
    /// The markup of its last line.
    var footer = ""

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(HTMLText(title))</title>
        <link rel="icon" href="data:,">
        <style>\(StatusStyle.sheet)</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
        <h1>\(heading)</h1>
        <nav aria-label="Pages">\(links)</nav>
        </header>
        <main id="main" tabindex="-1">
        \(content)
        </main>
        <footer>\(footer)</footer>
        </body>
        </html>

        """
    }

    private var links: String {
        let links = PageLinks(options: options)
        let pages = [
            ("/", "Status"), (options.telemetryPath, "Metrics"), (UsageEndpoint.path, "Usage"),
            ("/-/healthy", "Health"), ("/-/ready", "Readiness"),
        ]
        return pages.map { "<a href=\"\(links.path($0.0))\">\($0.1)</a>" }.joined(separator: "\n")
    }
}

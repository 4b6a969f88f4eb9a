import Crypto
import Foundation

/// The style sheet of the pages. It stands in each of them, so that a page needs no second request.
public enum StatusStyle {
    /// What the header `Content-Security-Policy` has to allow in `style-src`, with its quotes: this style sheet and no other.
    public static let contentSecurityPolicySource =
        "'sha256-\(Data(SHA256.hash(data: Data(sheet.utf8))).base64EncodedString())'"

    static let sheet = [colours, page, pictures, tables, narrow].joined(separator: "\n")

    /// Text has a contrast of 4.5 and more on all grounds in both schemes, lines of pictures 3 and more.
    private static let colours = """
        :root { font: 15px/1.45 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; color-scheme: light dark;
          --ground: #fff; --text: #17202b; --soft: #566272; --line: #d8dee6; --card: #f6f8fa; --bad: #b3261e;
          --alarm: #fdf1f0; --good: #17703f; --link: #1559b3; --now: #1f66c1; --light: #4f8bd0; --before: #75808f;
          --band: #d6ebe0; --likely: #2f8f60; }
        @media (prefers-color-scheme: dark) { :root {
          --ground: #11161d; --text: #e6ebf1; --soft: #a2aebd; --line: #36404e; --card: #19202a; --bad: #ff8a80;
          --alarm: #2a1a1c; --good: #6fd6a0; --link: #8ab8ff; --now: #6ea8ff; --light: #4474b3; --before: #8794a6;
          --band: #1d3a2e; --likely: #56b487; } }
        """

    private static let page = """
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 84rem; padding: 1rem 1.25rem 2rem; background: var(--ground); color: var(--text); }
        header { display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: baseline; justify-content: space-between;
          border-bottom: 1px solid var(--line); padding-bottom: .6rem; }
        h1 { font-size: 1.5rem; margin: .2rem 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; } h3 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        small { color: var(--soft); font-weight: 400; font-size: .85em; }
        a { color: var(--link); } nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
        nav a { padding: .15rem 0; } main:focus { outline: none; }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
        .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .4rem; }
        .tiles, .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0; }
        .tiles div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; }
        .facts div { min-width: 0; } .facts dd { font-size: 1rem; overflow-wrap: anywhere; }
        dt { color: var(--soft); font-size: .85rem; }
        dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .bad { border-color: var(--bad); } .bad dd, .failing { color: var(--bad); font-weight: 600; }
        .ok { color: var(--good); } .waiting, .none, .note, footer { color: var(--soft); }
        .note { margin: .75rem 0; overflow-wrap: anywhere; } .path { margin: .75rem 0 0; overflow-wrap: anywhere; }
        footer { margin-top: 2.5rem; border-top: 1px solid var(--line); font-size: .9rem; }
        .problems { border: 1px solid var(--bad); border-left-width: .35rem; border-radius: .5rem; background: var(--alarm);
          padding: .75rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
        .problems h2 { color: var(--bad); font-size: 1.05rem; margin: 0 0 .4rem; } .problems ul { margin: 0; padding-left: 1.2rem; }
        .problems li + li { margin-top: .35rem; }
        """

    private static let pictures = """
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .9rem 1.1rem; margin: 0 0 .75rem; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem 2.5rem; }
        figure { margin: 0; min-width: 0; } figcaption { color: var(--soft); font-size: .9rem; }
        .figure { font-size: 1.45rem; font-weight: 600; line-height: 1.25; margin: .1rem 0 0; font-variant-numeric: tabular-nums; }
        .change { margin: 0 0 .5rem; color: var(--soft); font-size: .9rem; }
        .chart { display: block; width: 100%; overflow: visible; }
        .chart text { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
        .wide .chart text { font-size: 12px; }
        .grid { stroke: var(--line); stroke-width: 1; stroke-dasharray: 2 3; } .floor { stroke: var(--before); stroke-width: 1; }
        .chart path, .spark path { fill: none; } polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        polyline.now { stroke: var(--now); } polyline.before { stroke: var(--before); stroke-width: 1.5; }
        .dot { fill: var(--now); } .end { stroke: var(--before); stroke-width: 3; }
        .band { fill: var(--band); } .likely { stroke: var(--likely); stroke-width: 1; stroke-dasharray: 6 4; }
        .chart .settled, .spark .settled { fill: var(--now); } .chart .provisional, .spark .provisional { fill: var(--light); }
        .chart .running, .spark .running { fill: var(--light); stroke: var(--now); stroke-width: 1; stroke-dasharray: 2 2; }
        path.missing { stroke: var(--bad); stroke-width: 1.5; } path.before { stroke: var(--before); stroke-width: 2; }
        .spark .floor { stroke: var(--line); }
        .spark { display: block; width: 6rem; height: 1.375rem; margin: .2rem 0 0 auto; }
        .spark polyline { stroke-width: 1.5; } .spark .running { stroke: none; }
        .legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; list-style: none; padding: 0; margin: .35rem 0 0;
          color: var(--soft); font-size: .8rem; }
        .legend li::before { content: ""; display: inline-block; width: .9rem; height: .55rem; margin-right: .4rem; border-radius: 1px; }
        .legend .now::before { height: 3px; vertical-align: middle; background: var(--now); }
        .legend .before::before { height: 2px; vertical-align: middle; background: var(--before); }
        .legend .band::before { background: var(--band); border-bottom: 1px dashed var(--likely); }
        .legend .settled::before { background: var(--now); } .legend .provisional::before { background: var(--light); }
        .legend .running::before { background: var(--light); border: 1px dashed var(--now); }
        .legend .missing::before { content: "×"; color: var(--bad); height: auto; width: auto; font-weight: 700; }
        """

    private static let tables = """
        .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; color: var(--soft); padding: 0 0 .3rem; }
        th, td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th:first-child { padding-left: 0; } td:last-child, th:last-child { padding-right: 0; }
        thead th { color: var(--soft); font-weight: 500; vertical-align: bottom; white-space: nowrap; } thead a { color: inherit; }
        .apps tbody th { min-width: 13.5rem; } .apps td span { white-space: nowrap; }
        td.number + td:not(.number), th.number + th:not(.number) { padding-left: 1.4rem; }
        tbody th { min-width: 8rem; font-weight: 600; overflow-wrap: anywhere; } td { overflow-wrap: break-word; }
        tbody small { display: block; }
        .number { text-align: right; } td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .narrow { width: auto; min-width: min(100%, 26rem); }
        .search { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; margin: 0 0 .75rem; }
        input, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--before); border-radius: .35rem;
          padding: .25rem .6rem; } input { min-width: 0; width: 15rem; } button { background: var(--card); cursor: pointer; }
        .pager { margin: .9rem 0; gap: 1.25rem; align-items: baseline; } .pager span { color: var(--soft); }
        """

    private static let narrow = """
        @media (max-width: 54rem) {
          table, tbody, tr, tbody th, td, caption, thead { display: block; } .narrow { min-width: 0; width: 100%; }
          .chart text { font-size: 16px; } .wide .chart text { font-size: 26px; } .apps tbody th { min-width: 0; }
          thead th { display: none; }
          .apps thead tr { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: baseline; border: 0; padding: 0; }
          .apps thead tr::before { content: "Sort by"; color: var(--soft); }
          .apps thead th:has(a) { display: block; }
          tbody tr { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; margin: 0 0 .75rem; }
          th, td { border: 0; padding: .15rem 0; } tbody th { padding-bottom: .4rem; }
          td { display: flex; justify-content: space-between; gap: 1rem; text-align: right; }
          td.number { white-space: normal; } td.number + td:not(.number), th.number + th:not(.number) { padding-left: 0; } td > div { min-width: 0; overflow-wrap: anywhere; }
          td::before { content: attr(data-label); color: var(--soft); text-align: left; white-space: nowrap; }
        }
        """
}

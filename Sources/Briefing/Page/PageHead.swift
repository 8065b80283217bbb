import ReleaseModel

extension Markup {
  /// The publisher's picture, at the top of a page.
  mutating func logo(_ logo: PublicBriefing.Logo) {
    element(.p) { $0.empty(.img, [.cssClass: "logo", .src: logo.address, .alt: logo.alt]) }
  }

  /// The head of a page that is complete in itself: it asks for nothing, and its policy would refuse it.
  /// - Parameter runsScript: Whether the policy lets `PageScript` run.
  mutating func head(title: String, styleSheet: StyleSheet, runsScript: Bool = false) {
    element(.head) { page in
      page.empty(.meta, [.charset: "utf-8"])
      page.element(.title, text: title)
      page.empty(.meta, [.name: "viewport", .content: "width=device-width, initial-scale=1"])
      page.empty(
        .meta,
        [
          .httpEquiv: "Content-Security-Policy",
          .content: "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
            + (runsScript ? "; script-src 'sha256-\(PageScript.digest)'" : ""),
        ])
      page.empty(.meta, [.name: "color-scheme", .content: "light dark"])
      page.empty(.link, [.rel: "icon", .href: "data:,"])
      page.styleSheet(styleSheet)
    }
  }
}

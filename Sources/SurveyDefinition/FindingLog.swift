/// Where the reader writes down what it finds; it never stops at the first fault.
final class FindingLog {
  /// The most findings that are told: of a mebibyte that is no definition a finding a key would be pages of megabytes.
  static let limit = 2_000

  private(set) var findings: [Finding] = []
  private var suggestions = Suggestions()
  /// What came after the last finding that is told.
  private var beyond: (severity: Finding.Severity, count: Int, first: Place)?

  func fault(_ code: String, at place: Place, _ message: String, remedy: String? = nil) {
    add(.fault, code, at: place, message, remedy)
  }

  func remark(_ code: String, at place: Place, _ message: String, remedy: String? = nil) {
    add(.remark, code, at: place, message, remedy)
  }

  private func add(
    _ severity: Finding.Severity, _ code: String, at place: Place, _ message: String, _ remedy: String?
  ) {
    guard findings.count < Self.limit else {
      let severity = beyond?.severity == .fault ? .fault : severity
      beyond = (severity, (beyond?.count ?? 0) + 1, beyond?.first ?? place)
      return
    }
    findings.append(Finding(severity, code: code, at: place, oneLine(message), remedy: remedy.map(oneLine)))
  }

  /// The known word that a misspelt one most likely stands for.
  func nearest(to word: String, among known: @autoclosure () -> [String]) -> String? {
    suggestions.nearest(to: word, among: known)
  }

  /// The remedy for an unknown word.
  func suggestion(for word: String, among known: @autoclosure () -> [String]) -> String? {
    suggestions.remedy(for: word, among: known)
  }

  /// A quoted key or label may hold line ends and control characters, and a finding is one line on a terminal. It may
  /// also be long, and be quoted by thousands of findings.
  private func oneLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for (count, scalar) in text.unicodeScalars.enumerated() {
      guard count < 600 else { return String(line) + " ..." }
      line.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(line)
  }

  var hasFaults: Bool { beyond?.severity == .fault || findings.contains { !$0.isRemark } }

  /// All findings by place, each once: a scale that three questions use is read three times.
  var sorted: [Finding] {
    var told = Set(findings)
    if let beyond {
      let more = beyond.count == 1 ? "1 more finding" : "\(beyond.count) more findings"
      told.insert(
        Finding(
          beyond.severity, code: "too-many-findings", at: beyond.first, "and \(more), the first of them here",
          remedy: "mend the others first"))
    }
    return told.sorted()
  }
}

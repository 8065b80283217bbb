/// Where the reader writes down what it finds; it never stops at the first fault.
final class FindingLog {
  private(set) var findings: [Finding] = []
  private var suggestions = Suggestions()

  func fault(_ code: String, at place: Place, _ message: String, remedy: String? = nil) {
    findings.append(Finding(.fault, code: code, at: place, oneLine(message), remedy: remedy.map(oneLine)))
  }

  func remark(_ code: String, at place: Place, _ message: String, remedy: String? = nil) {
    findings.append(Finding(.remark, code: code, at: place, oneLine(message), remedy: remedy.map(oneLine)))
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

  var hasFaults: Bool { findings.contains { !$0.isRemark } }

  /// All findings by place, each once: a scale that three questions use is read three times.
  var sorted: [Finding] { Set(findings).sorted() }
}

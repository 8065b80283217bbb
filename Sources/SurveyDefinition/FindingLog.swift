/// Where the reader writes down what it finds; it never stops at the first fault.
final class FindingLog {
  private(set) var findings: [Finding] = []

  func fault(_ code: String, at place: Place, _ message: String, remedy: String? = nil) {
    findings.append(Finding(.fault, code: code, at: place, message, remedy: remedy))
  }

  func remark(_ code: String, at place: Place, _ message: String, remedy: String? = nil) {
    findings.append(Finding(.remark, code: code, at: place, message, remedy: remedy))
  }

  var hasFaults: Bool { findings.contains { !$0.isRemark } }

  /// All findings by place, each once: a scale that three questions use is read three times.
  var sorted: [Finding] { Set(findings).sorted() }
}

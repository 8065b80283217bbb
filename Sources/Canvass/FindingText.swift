import SurveyDefinition

extension Finding {
  /// The finding as the terminal shows it: `file:line:column: message`, and what to do on a line of its own.
  var lines: [String] {
    let prefix = severity == .remark ? "remark: " : ""
    return ["\(place.text): \(prefix)\(message)"] + (remedy.map { ["    \($0)"] } ?? [])
  }
}

extension Place {
  fileprivate var text: String {
    ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }
}

/// Tells findings on standard error, sorted, and counts the faults in a last line.
func tell(_ findings: some Sequence<Finding>, remarks: Bool, on console: Console) {
  let told = findings.filter { remarks || !$0.isRemark }.sorted()
  for finding in told {
    for line in finding.lines { console.errors(line) }
  }
  let faults = told.count { !$0.isRemark }
  if faults > 0 { console.errors(faults == 1 ? "1 fault" : "\(grouped(faults)) faults") }
}

/// A whole number with commas between thousands.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + text
}

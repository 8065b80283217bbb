extension Auditor {
  /// Breaks with a worked example; finding the shortest arithmetic takes time, so only so many have one.
  private static let workedExamples = 25

  func tell(_ report: inout AuditReport) {
    for (index, target) in targets.enumerated() {
      switch verdicts[index] {
      case .broken(let range, _):
        let kind = insiders[index]
        var found = AuditBreak(
          place: tables.name(of: target), coordinates: tables.place(of: target), range: range,
          insider: kind.map(tables.name(ofKind:)))
        if report.breaks.count < Self.workedExamples {
          found.arithmetic = WorkedExample(tables, bounds).lines(for: target.form, range, kind: kind)
        }
        report.breaks.append(found)
      case .undecided, nil:
        let kind = insiders[index].map { ", for a respondent who knows \(tables.name(ofKind: $0))" }
        report.undecided.append(
          AuditUndecided(
            description: tables.name(of: target) + (kind ?? ""),
            coordinates: tables.place(of: target)))
      case .contradiction:
        let sentence = "no counts go with all figures around \(tables.name(of: target))"
        if report.faults.isEmpty { report.faults.append(sentence) }
      case .safe, .notSmall: break
      }
    }
  }
}

import SurveyDefinition

/// What was raised in each unit, once it is decided whose codes count.
struct CodedUnits {
  /// By question (0 for focus groups), then unit: the themes of the codebook that were raised, each with all above it; no
  /// entry for a unit whose text nobody read whose word counts.
  private(set) var raised: [Int: [Int: Set<Int>]] = [:]
  private(set) var findings: [Finding] = []

  /// - Parameters:
  ///   - rules: By question, whose codes count; nil: nobody said.
  ///   - remedy: What to write where nobody said.
  init(
    _ records: CodingRecords, parents: [Int?], rules: [Int: (name: String, rule: CoderRule?)], remedy: String
  ) {
    for (question, (name, rule)) in rules.sorted(by: { $0.key < $1.key }) {
      let own = records.records.filter { Int($0.question) == question }
      guard let first = own.first else { continue }
      var byUnit: [Int: [Int32: Set<Int>]] = [:]
      let wanted = rule.flatMap { rule -> [UInt8]? in
        if case .coder(let name) = rule { trimmedBytes(name) } else { nil }
      }
      if rule == nil, let second = own.first(where: { $0.coder != first.coder }) {
        findings.append(
          Finding(
            .fault, code: "several-coders", at: records.placeOfCoder(second),
            "several coders coded \(name), and nothing says whose codes count", remedy: remedy))
        continue
      }
      for record in own {
        if let wanted, !records.isBy(wanted, record) { continue }
        var themes: Set<Int> = []
        var theme = Int(record.theme)
        while theme >= 0 {
          themes.insert(theme)
          theme = parents[theme] ?? -1
        }
        byUnit[Int(record.unit), default: [:]][record.coder, default: []].formUnion(themes)
      }
      if wanted != nil, byUnit.isEmpty {
        findings.append(
          Finding(
            .fault, code: "unknown-coder", at: records.placeOfCoder(first),
            "no coding of \(name) is by the coder whose codes are to count",
            remedy: "name a coder of the file under `coder`, or write `agreed: any`"))
      }
      raised[question] = byUnit.mapValues { coders in
        let all = Array(coders.values)
        return all.dropFirst().reduce(all[0]) {
          rule == .agreedByAll ? $0.intersection($1) : $0.union($1)
        }
      }
    }
  }
}

import ExportFormats
import Ingest
import SurveyDefinition

/// Options whose columns hold the place that each was given.
extension Drafter {
  /// Drafts columns as a ranking; false where they are none.
  mutating func draftRanking(_ members: [Int]) -> Bool {
    guard (2...Ranking.optionLimit).contains(members.count) else { return false }
    let isKnown = members.allSatisfy { knowledge[$0]?.kind == .ranking }
    let isAllowed = members.allSatisfy {
      knowledge[$0].map { $0.kind == .unknown || $0.kind == .number || $0.kind == .ranking } ?? true
    }
    guard isKnown || (isAllowed && areRankings(members)) else { return false }
    let options = members.map { column in
      let item = knowledge[column]?.item ?? forms[column].item ?? ""
      let name = item.isEmpty ? forms[column].code ?? "Option \(column + 1)" : item
      return SurveyDraft.OptionColumn(label: label(for: name), column: column)
    }
    addSpread(
      .ranking(unique(options)), members,
      isKnown
        ? "sure: the place that each option was given, as its description says"
        : "likely: the place that each option was given, as no record gives one twice or leaves one out")
    return true
  }

  /// Whether the columns of every record that has any hold the places 1, 2 and so on, each once, and most have two or more.
  private func areRankings(_ members: [Int]) -> Bool {
    var places: [[Int]] = []
    for column in members {
      let own = texts(of: column).map { Self.place($0.text) ?? 0 }
      guard own.allSatisfy({ (1...members.count).contains($0) }) else { return false }
      places.append(own)
    }
    var ranked = 0
    var several = 0
    for record in table.columns[members[0]].codes.indices {
      var used = Set<Int>()
      for (column, own) in zip(members, places) {
        let code = table.columns[column].codes[record]
        if code == CodedColumn.blank { continue }
        guard own.indices.contains(Int(code)), used.insert(own[Int(code)]).inserted else { return false }
      }
      guard used.max() ?? 0 == used.count else { return false }
      ranked += used.isEmpty ? 0 : 1
      several += used.count > 1 ? 1 : 0
    }
    return ranked >= leastTold && 2 * several > ranked
  }

  /// A place as programs write it, perhaps with a decimal.
  private static func place(_ text: String) -> Int? {
    Int(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }
}

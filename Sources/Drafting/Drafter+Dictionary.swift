import ExportFormats
import Ingest

/// Columns whose answers a questionnaire or a key names.
extension Drafter {
  /// Drafts a column by its description.
  /// - Parameter separator: What stands between several answers in one cell; nil where there is one.
  mutating func draftKnown(_ column: Int, _ known: DictionaryColumn, separator: String? = nil) {
    let cells = Set(texts(of: column).map(\.text))
    let missing = missingTexts(of: known, in: column)
    var answers: [(label: String, texts: [String])] = []
    for answer in known.answers where !missing.contains(answer.text) {
      let label = Drafting.label(for: answer.label)
      // Programs write whole numbers with a decimal, too.
      let texts =
        [answer.text] + [answer.text + ".0"].filter { Int(answer.text) != nil && cells.contains($0) }
      if let index = answers.firstIndex(where: { $0.label == label }) {
        answers[index].texts += texts
      } else {
        answers.append((label, texts))
      }
    }
    let declared = Set(answers.flatMap { $0.texts + [$0.label] } + missing)
    if separator == nil, isLabelledNumber(column, declared: declared) {
      add(column, .number(column: column), "likely: a number; what is labelled is no answer")
      let codes = answers.flatMap(\.texts).filter { !missing.contains($0) }
      draft.items[draft.items.count - 1].missing = [""] + missing + codes
      return
    }
    let kind: SurveyDraft.Kind
    if let separator {
      let read = SurveyDraft.Answers(
        answers: answers,
        hasOthers: cells.contains { cell in
          cell.components(at: separator).contains {
            !$0.trimmedBlanks.isEmpty && !declared.contains($0.trimmedBlanks)
          }
        })
      kind = .joined(
        column: column, separator: separator, read, exclusive: exclusive(read.labels))
    } else {
      kind = .choice(
        column: column, .init(answers: answers, hasOthers: !cells.isSubset(of: declared)),
        isScale: known.isOrdered && answers.count > 2)
    }
    add(column, kind, "sure: the answers are those of its description")
    if !missing.isEmpty { draft.items[draft.items.count - 1].missing = [""] + missing }
  }

  /// Whether most cells are numbers that the description has no label for.
  private func isLabelledNumber(_ column: Int, declared: Set<String>) -> Bool {
    let cells = texts(of: column)
    let others = cells.filter { !declared.contains($0.text) }
    return others.count > 3 && others.allSatisfy { isNumber($0.text) }
      && 2 * others.reduce(0) { $0 + $1.count } > table.columns[column].answered
  }

  /// Drafts columns that a description makes one question of options; false where it does not.
  mutating func draftKnownOptions(_ members: [Int]) -> Bool {
    var options: [SurveyDraft.OptionColumn] = []
    var notChosen: Set<String> = []
    for column in members {
      guard let known = knowledge[column], known.kind == .multipleOption,
        let item = known.item ?? known.answers.first?.label
      else { return false }
      let chosen = known.answers.map(\.text)
      let cells = Set(texts(of: column).map(\.text))
      // What somebody wrote there is no word for not chosen.
      let common = texts(of: column).filter { $0.count >= leastTold }.map(\.text)
      notChosen.formUnion(Set(common).subtracting(chosen).subtracting([item]))
      let isUsual =
        chosen.isEmpty
        || cells.allSatisfy { ["1", "x", "yes", "true"].contains($0.lowercased()) || !chosen.contains($0) }
      options.append(.init(label: label(for: item), column: column, chosen: isUsual ? nil : chosen))
    }
    options = unique(options)
    let isUsual = notChosen.allSatisfy { ["0", "no", "false"].contains($0.lowercased()) }
    addSpread(
      .optionColumns(
        options, chosen: nil, notChosen: isUsual ? nil : notChosen.sorted(),
        exclusive: exclusive(options.map(\.label))),
      members, "sure: one column per option, as its description says")
    return true
  }

  /// The cells that a description declares to be no answer: of a range each whole number where they are few, otherwise
  /// those that enough respondents have.
  private func missingTexts(of known: DictionaryColumn, in column: Int) -> [String] {
    var missing = known.missing.filter { !$0.isEmpty }
    let common = texts(of: column).filter { $0.count >= leastTold }.map(\.text)
    for range in known.missingRanges {
      if range.lowerBound > -1e9, range.upperBound < 1e9, range.upperBound - range.lowerBound < 20 {
        let whole =
          Int(
            range.lowerBound.rounded(.up))...max(
            Int(range.lowerBound.rounded(.up)), Int(range.upperBound.rounded(.down)))
        missing += whole.filter { range.contains(Double($0)) }.map(String.init)
      } else {
        missing += common.filter { Double($0).map(range.contains) == true }.sorted()
      }
    }
    var seen: Set<String> = []
    return missing.filter { seen.insert($0).inserted }
  }
}

import Ingest

extension SurveyDraft {
  /// Takes up to three questions for facts about the respondent, by which tables can be split: the heading speaks of one, the
  /// groups are few, and most have enough people.
  mutating func chooseVariables(in table: CodedTable) {
    var chosen = 0
    for index in items.indices where chosen < min(3, items.count - 1) {
      guard case .choice(let column, let answers, _) = items[index].kind, items[index].stem == nil,
        items[index].routing == nil, !answers.isYesAndNo, (2...12).contains(answers.answers.count),
        speaksOfRespondent(items[index].text)
      else { continue }
      let cells = table.columns[column]
      let counts = answers.answers.map { answer in
        zip(cells.texts, cells.counts).reduce(0) {
          $0 + (answer.texts.contains($1.0.revealed()) || answer.label == $1.0.revealed() ? $1.1 : 0)
        }
      }
      // Groups below the usual minimum base would be withheld whole.
      let large = counts.count { $0 >= 10 }
      guard 3 * large >= 2 * counts.count, large >= 2, 2 * cells.answered >= table.recordCount else {
        continue
      }
      items[index].isVariable = true
      chosen += 1
    }
  }
}

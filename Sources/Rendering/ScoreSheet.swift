import Comparison
import ReleaseModel
import Workbooks

/// The sheet of mean scores, net scores and indices.
extension FurtherSheet {
  /// - Parameters:
  ///   - scores: As `groupScores` gives them.
  ///   - indices: Those of the definition.
  static func scores(
    _ scores: [GroupScore], _ indices: [PublicDefinition.Index], _ names: ShareNames
  ) -> FurtherSheet {
    let told = indices.filter { index in scores.contains { $0.question == index.id } }
    let titles = names.titles.merging(told.map { ($0.id, "\($0.id): \($0.text)") }) { first, _ in first }
    var sheet = FurtherSheet(
      kind: .scores, title: "Scores: the mean score and the net score of each question",
      remark: "Each row is one score of one question in one group.",
      lines: [
        "Which number each answer stands for is told on the sheet of the question.",
        "Where an answer of the group is withheld, or few people are in its base, there is no row.",
      ] + told.map(WorkbookWords.index)
        + (scores.contains { $0.form == .alpha } ? [WorkbookWords.alpha] : []),
      notes: [.confidentiality, .total, .scores],
      columns: ShareNames.columns + ["Base", "Score", "Lower bound", "Upper bound"].map { .number($0) })
    let tellsReliability = scores.contains(where: \.isUnreliable)
    if tellsReliability { sheet.columns.append(.reliability) }
    // Groups of one score follow one another, as on the sheets of questions.
    for score in scores.together(by: { [$0.question, $0.banner, $0.form.rawValue] }) {
      let banner = names.words.banner(score.banner)
      var cells: [Cell] = [
        titles[score.question] ?? score.question, banner, score.form.rawValue, score.group,
      ].map { .text($0, .paragraph) }
      let ends = [score.interval?.lowerBound, score.interval?.upperBound]
      let entries: [Measure.Entry] =
        [.whole(score.base), score.entry(score.value)]
        + ends.map { $0.map(score.entry) ?? .shorthand(.notApplicable) }
      cells += entries.map { sheet.cell($0) }
      if tellsReliability {
        cells.append(sheet.cell(score.isUnreliable ? .shorthand(.lowReliability) : .usual))
      }
      sheet.append(cells, banner: banner)
    }
    return sheet
  }
}

extension GroupScore {
  fileprivate func entry(_ number: Int) -> Measure.Entry {
    form == .net ? .tenths(number) : .hundredths(Int64(number))
  }
}

extension WorkbookWords {
  /// What is said of a question's scores above its table; nothing of a question that has none.
  static func scores(of question: PublicDefinition.Question) -> [String] {
    guard let scores = question.scores else { return [] }
    let told = scores.map { "\($0.answer) \($0.score)" }.joined(separator: "; ")
    return ["For the mean score answers count as: \(told)."]
  }

  /// What an index is made of.
  static func index(_ index: PublicDefinition.Index) -> String {
    """
    \(index.id) (index): \(index.text) is the mean of the mean scores of \(index.questions.joined(separator: ", ")). Its lower and \
    upper bound hold however answers to these go together.
    """
  }

  static let alpha =
    "(alpha), Cronbach's alpha, tells how far the answers to the questions of an index go together: 1 is fully, 0 not at all."

  static let scoresNote = """
    A mean score is the mean of the numbers that answers stand for, among people whose answer has one; its lower and upper bound \
    are Student's 95% confidence interval. A net score is the per cent of people whose answer stands for a number above 0 less \
    the per cent of those whose answer stands for one below 0, in percentage points, of everyone in the base; its lower and upper \
    bound are the 95% score interval of such a difference (Tango 1998). Scores are not weighted.
    """
}

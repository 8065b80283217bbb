import ReleaseModel

/// What the notes of a workbook explain. Those that a sheet refers to are numbered in this order.
enum WorkbookNote: Int, CaseIterable, Comparable {
  case base
  case count
  case interval
  case confidentiality
  case total
  case themes
  case sessions
  case rates
  case weighted
  case contrast
  case differences
  case changes
  case letters
  case scores

  static func < (first: WorkbookNote, second: WorkbookNote) -> Bool { first.rawValue < second.rawValue }
}

extension QuestionSheet {
  /// What its figures need to be told of.
  var notes: [WorkbookNote] {
    if source == Measure.sessionSource { return [.themes, .sessions] }
    let all: [WorkbookNote] = [.base, .count, .interval, .confidentiality, .total]
    return kind == "theme" ? all + [.themes] : all
  }
}

extension WorkbookWords {
  private var weights: String {
    guard let weighting = definition.weighting else { return "Percentages are not weighted." }
    let how =
      weighting.margins.map { margins in
        "so that groups have these shares: "
          + margins.flatMap(\.shares).map { "\($0.group) \($0.share)" }.joined(separator: ", ")
          + trimmed(weighting.trim)
      } ?? "by the weights that were given with the responses"
    return """
      Percentages, means and medians are weighted \(how). Counts and bases are not, so that a percentage is not the count over the \
      base; intervals rest on the effective base, the number of people of equal weight who would tell as much (Kish).
      """
  }

  private func trimmed(_ trim: PublicDefinition.Trim?) -> String {
    let bounds = [trim?.lower.map { "less than \($0)" }, trim?.upper.map { "more than \($0)" }].compactMap {
      $0
    }
    return bounds.isEmpty ? "" : "; no weight is \(bounds.joined(separator: " or ")) times the mean weight"
  }

  /// The line above a table that refers to its notes.
  /// - Parameter all: Every note of the workbook, in the order of their numbers.
  static func notesCited(_ notes: [WorkbookNote], among all: [WorkbookNote]) -> String {
    let numbers = notes.compactMap(all.firstIndex).sorted()
    return "Notes on this table: " + numbers.map { "[note \($0 + 1)]" }.joined(separator: ", ") + "."
  }

  func text(_ note: WorkbookNote) -> String {
    switch note {
    case .base:
      """
      Base is the number of people of whom a percentage is a share. It is not weighted. A row (base) holds the base alone; a \
      row (net) counts several answers together; (mean) and (median) are of the numbers that people gave.
      """
    case .count:
      """
      Count is the number of people who gave the answer, per cent their share of the base. \(weights) \
      Percentages are rounded to one decimal from exact figures, so answers may add up to 99.9 or 100.1; where several answers could be \
      given they may add up to more than 100.
      """
    case .interval:
      """
      Lower and upper bound are the 95% confidence interval of the percentage, or of the mean: the range in which it would \
      be expected to lie had the people been drawn at random. Differences smaller than that may be chance.
      """
    case .confidentiality:
      """
      \(smallCounts) A group in which fewer than \(definition.protection.minimumBase) answered shows no answers. Further \
      figures are withheld so that those cannot be worked out. People whose answers are withheld count in the totals.
      """
    case .total:
      """
      Total is everyone in the pack. Not stated holds people who did not say which group they are in; they count in the \
      total.
      """
    case .themes:
      """
      A theme below another is written after it, with a stroke between. Whoever raised a theme also counts in the one \
      above it, once.
      """
    case .sessions:
      """
      Base is how many focus groups there were, count in how many of them a theme was raised. They say nothing of how \
      many people raised it.
      """
    case .rates:
      """
      The response rate is respondents out of 100 people who could have taken part. Where a group's share of respondents is \
      not its share of people, figures of everyone lean towards the groups that answered more. Rates say nothing of whether \
      those who did not answer would have answered alike.
      """
    case .weighted:
      """
      A weighted percentage counts each group for as many people as it has, not for as many as responded (post-stratification). \
      Groups with fewer than 20 respondents, or whose figure is withheld, have one weight together, and there is no row where they are \
      more than a fifth of the people. People who did not state their group count 1. The effective base is how many people of equal \
      weight would tell as much, the design effect the base over it. It makes up for groups that answered more than others, not for what those who \
      did not answer would have said. Reliability goes by the effective base.
      """
    case .contrast:
      """
      A difference or change is the one share less the other in percentage points, taken before rounding; a number below 0 \
      means that the share is lower. Lower and upper bound are its 95% confidence interval (Newcombe 1998, method 10), of this \
      comparison alone. In words it is higher or lower where the pooled z test, adjusted for the comparisons that were made \
      together, gives a probability below 0.05. May be chance is no proof that shares are alike: too few may have answered to \
      tell. Reliability goes by the smaller of the two bases.
      """
    case .differences:
      """
      The rest is everyone of the pack in the base who is not in the group, people who did not state their group among them. \
      \(adjustment(for: "all groups of an answer")) Each answer and each Compared by is adjusted for itself, so over \
      the whole table some differences are called so by chance.
      """
    case .changes:
      """
      The two waves are taken for independent samples: where many people answered both times, a change is mostly surer than \
      its interval says. \(adjustment(for: "all shares of a question with the same Compared by")) Not the same as then \
      names what is not as it was, whatever it did to the share.
      """
    case .scores: Self.scoresNote
    case .letters:
      """
      A group is compared with each other group that has the same Compared by, but for people who did not state their group. It \
      has the letter of another where its share is higher and the pooled z test gives a probability below 0.05. \
      \(adjustment(for: "all pairs of groups of an answer")) None is no proof that groups are alike: too few may have answered to \
      tell.
      """
    }
  }

  /// How probabilities are adjusted for a family of comparisons.
  private func adjustment(for family: String) -> String {
    switch definition.comparisons {
    case "none":
      "Probabilities are not adjusted, so that of 20 comparisons where nothing differs one would be called a difference by chance."
    case "benjamini-hochberg":
      "Probabilities are adjusted together for \(family), by the method of Benjamini and Hochberg."
    default: "Probabilities are adjusted together for \(family), by Holm's method."
    }
  }

  /// The rule of small counts.
  var smallCounts: String {
    switch definition.protection.minimumCell {
    case ...1: "No figure is withheld because it shows few people."
    case 2: "No figure shows just 1 person."
    case let minimum: "No figure shows 1 to \(minimum - 1) people."
    }
  }
}

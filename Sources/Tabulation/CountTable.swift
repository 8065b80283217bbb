public import SurveyDefinition

/// A division of respondents into categories, each respondent who was asked in exactly one of them.
///
/// A theme question is several: who is in its base at all, and for each theme who raised it; of a theme below another,
/// also who raised the upper one without it; and where it is told how themes occur together, which of these each respondent
/// raised. A single question is one table: its answers and, last, "asked, no answer". A multiple question is several:
/// its *pattern* table says who chose any ordinary option and which exclusive ones; each ordinary option, and
/// each net of some options, divides those who chose any into chosen and not chosen.
public struct CountTable: Sendable, Hashable {
  public enum Part: Sendable, Hashable {
    /// Every respondent, in one category.
    case respondents
    /// Answers in order (bands of a number; one category where it has none), then "asked, no answer".
    case answers
    /// Patterns: bit 0 any ordinary option, bit j + 1 the j-th exclusive option; then "asked, no answer".
    case patterns
    /// Chosen, not chosen; of those who chose any ordinary option. The option by position.
    case option(Int)
    /// Chosen at least one of, chosen none of; of those who chose any ordinary option. The net by position.
    case net(Int)
    /// In the net, answered but not in it, asked without an answer: for a net that mixes exclusive and
    /// ordinary options. The net by position.
    case mixedNet(Int)
    /// Everyone whose text was coded; asked, and not coded.
    case coded
    /// Raised, not raised; of those whose text was coded. The theme by position.
    case theme(Int)
    /// Raised, raised the theme above without it, raised not even that; of those whose text was coded. The theme by
    /// position.
    case themeBelow(Int, parent: Int)
    /// At which place an option of a ranking stands, and last, not ranked; of those who ranked any. The option by position.
    case place(Int)
    /// Which of some themes were raised, bit j for the j-th; of those whose text was coded. The themes by position.
    case combinations([Int])
  }

  /// The question's position in the survey; nil for `respondents`.
  public let question: Int?
  public let part: Part
  public let categories: Int

  /// Whether its counts are those of an option of a ranking, place by place, which are printed beside the tables.
  public var isPlaces: Bool { if case .place = part { true } else { false } }

  /// Whether its counts are those of combinations of themes, which are printed beside the tables and not in them.
  public var isCombinations: Bool { if case .combinations = part { true } else { false } }

  static let respondents = CountTable(question: nil, part: .respondents, categories: 1)

  /// More exclusive options than this and the further ones count as ordinary options: their patterns would outgrow
  /// any use.
  static let exclusiveLimit = 4

  /// The exclusive options that have a bit in the pattern table.
  public static func patternExclusives(_ choice: MultipleChoice) -> [Int] {
    Array(choice.exclusive.prefix(exclusiveLimit))
  }

  static func tables(ofQuestion index: Int, in survey: Survey) -> [CountTable] {
    let question = survey.questions[index]
    switch question.kind {
    case .single, .scale:
      return [CountTable(question: index, part: .answers, categories: question.answerLabels.count + 1)]
    case .number(let number):
      return [CountTable(question: index, part: .answers, categories: max(1, number.bands.count) + 1)]
    case .multiple(let choice):
      let exclusive = patternExclusives(choice)
      var tables = [
        CountTable(question: index, part: .patterns, categories: (2 << exclusive.count) + 1)
      ]
      for option in choice.options.indices where !exclusive.contains(option) {
        tables.append(CountTable(question: index, part: .option(option), categories: 2))
      }
      for (position, net) in question.nets.enumerated() {
        guard case .answers(let members) = net.members else { continue }
        if members.allSatisfy({ !exclusive.contains($0) }) {
          tables.append(CountTable(question: index, part: .net(position), categories: 2))
        } else {
          tables.append(CountTable(question: index, part: .mixedNet(position), categories: 3))
        }
      }
      return tables
    case .theme(let coding):
      return [CountTable(question: index, part: .coded, categories: 2)]
        + coding.themes.enumerated().map { position, theme in
          if let parent = theme.parent {
            CountTable(question: index, part: .themeBelow(position, parent: parent), categories: 3)
          } else {
            CountTable(question: index, part: .theme(position), categories: 2)
          }
        }
        + (coding.coOccurring.isEmpty
          ? []
          : [
            CountTable(
              question: index, part: .combinations(coding.coOccurring),
              categories: 1 << coding.coOccurring.count)
          ])
    case .ranking(let ranking):
      return [CountTable(question: index, part: .answers, categories: ranking.options.count + 1)]
        + ranking.options.indices.map {
          CountTable(question: index, part: .place($0), categories: ranking.places + 1)
        }
    }
  }
}

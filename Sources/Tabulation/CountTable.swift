public import SurveyDefinition

/// A division of respondents into categories, each respondent who was asked in exactly one of them.
///
/// A single question is one table: its answers and, last, "asked, no answer". A multiple question is several:
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
  }

  /// The question's position in the survey; nil for `respondents`.
  public let question: Int?
  public let part: Part
  public let categories: Int

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
    case .ranking, .theme:
      return []
    }
  }
}

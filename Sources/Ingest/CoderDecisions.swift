public import SurveyDefinition

/// What each coder found in each unit of one theme question, or of the focus groups: for comparing coders, and confidential.
public struct CoderDecisions: Sendable {
  /// The id of the question; nil for focus groups.
  public let question: String?
  /// The codebook's themes, each before those below it.
  public let themes: [CodedTheme]
  /// How many coders there are; who they are is not told.
  public let coders: Int
  public let units: [Unit]

  /// A respondent's answer, or a session.
  public struct Unit: Sendable {
    /// The first line on which it was coded.
    public let place: Place
    /// By coder: the positions of the themes that they gave it, each with all above it; nil where they did not read it.
    public let themes: [Set<Int>?]
  }

  init(_ records: CodingRecords, question: (position: Int, id: String?), codebook: [CodedTheme]) {
    let own = records.records.filter { Int($0.question) == question.position }
    let coders = Array(Set(own.map(\.coder))).sorted()
    let position = Dictionary(uniqueKeysWithValues: coders.enumerated().map { ($1, $0) })
    var order: [Int32] = []
    var places: [Int32: Place] = [:]
    var found: [Int32: [Set<Int>?]] = [:]
    for record in own {
      if found[record.unit] == nil {
        order.append(record.unit)
        places[record.unit] = records.place(record)
        found[record.unit] = coders.map { _ in nil }
      }
      guard let coder = position[record.coder] else { continue }
      var raised: Set<Int> = []
      var theme = Int(record.theme)
      while theme >= 0 {
        raised.insert(theme)
        theme = codebook[theme].parent ?? -1
      }
      let earlier = found[record.unit]?[coder] ?? []
      found[record.unit]?[coder] = earlier.union(raised)
    }
    self.question = question.id
    themes = codebook
    self.coders = coders.count
    units = order.compactMap { unit in
      places[unit].flatMap { place in found[unit].map { Unit(place: place, themes: $0) } }
    }
  }
}

extension OpenTextCodings {
  /// What each coder found, by theme question that was coded.
  public func decisions(of survey: Survey) -> [CoderDecisions] {
    let codebook = survey.themes.coded
    return survey.questions.enumerated().compactMap { position, question in
      guard case .theme = question.kind else { return nil }
      let decisions = CoderDecisions(records, question: (position, question.id), codebook: codebook)
      return decisions.units.isEmpty ? nil : decisions
    }
  }
}

extension FocusGroupCodings {
  /// What each coder found in the sessions; nil where none was coded.
  public func decisions(of survey: Survey) -> CoderDecisions? {
    let decisions = CoderDecisions(records, question: (0, nil), codebook: survey.themes.coded)
    return decisions.units.isEmpty ? nil : decisions
  }
}

import ReleaseModel

/// What of a pack can be compared with an earlier wave, and with which reservations.
struct Comparability {
  private var questions: [String: Question] = [:]
  /// Banners whose groups are not those of the earlier wave.
  private let regrouped: Set<String>

  /// One question that both waves asked.
  struct Question {
    fileprivate let now: AskedQuestion
    fileprivate let before: AskedQuestion
    fileprivate let common: [Alteration]
    /// What the earlier wave calls a theme, by what this one does.
    fileprivate let themes: [String: String]

    /// The text that the column `answer` of the earlier wave has for one of this; nil for a theme that it had not.
    func earlierAnswer(_ text: String) -> String? {
      guard now.kind == "theme", now.themes.values.contains(text) else { return text }
      return themes[text]
    }

    fileprivate func altered(_ text: String) -> [Alteration] {
      guard let net = text.net, now.nets[net] != before.nets[net] else { return common }
      return (common + [.net]).sorted()
    }
  }

  /// - Parameters:
  ///   - questions: Of the later wave, by id.
  ///   - groups: Of the items that can be banners in the later wave, by id.
  ///   - formerThemes: The ids that themes had before, by those that they have.
  ///   - who: Whom the pack is about in the later wave.
  init(
    _ questions: [String: AskedQuestion], groups: [String: [String]], formerThemes: [String: [String]],
    who: [[AskedQuestion.Clause]]?,
    earlier: PublishedShares, pack: String
  ) {
    regrouped = Set(groups.filter { id, labels in earlier.groups[id].map { $0 != labels } ?? false }.keys)
    let isOtherPack = who != earlier.packs[pack]?.who
    for (id, now) in questions {
      guard let before = earlier.questions[id], before.kind == now.kind,
        // What was told of it then might be more than may be told now.
        before.isSensitive || !now.isSensitive
      else { continue }
      var altered: [Alteration] = []
      if now.text != before.text { altered.append(.wording) }
      if now.answers != before.answers || now.bands != before.bands { altered.append(.answers) }
      if now.askedIf != before.askedIf { altered.append(.route) }
      if now.base != before.base { altered.append(.base) }
      if isOtherPack { altered.append(.pack) }
      var themes: [String: String] = [:]
      for (theme, answer) in now.themes {
        let known = [theme] + (formerThemes[theme] ?? [])
        // Themes that were merged have no one theme that they were before.
        let answers = known.compactMap { before.themes[$0] }
        if answers.count == 1 { themes[answer] = answers[0] }
      }
      self.questions[id] = Question(now: now, before: before, common: altered, themes: themes)
    }
  }

  /// Of a release's own definition.
  init(_ definition: PublicDefinition, earlier: PublishedShares, pack: String) {
    self.init(
      Dictionary(definition.questions.map { ($0.id, AskedQuestion($0)) }) { first, _ in first },
      groups: definition.groups,
      formerThemes: Dictionary(definition.themes.flatMap(\.formerIDs)) { first, _ in first },
      who: definition.packs.first { $0.id == pack }?.who?.map { $0.map(AskedQuestion.Clause.init) },
      earlier: earlier, pack: pack)
  }

  /// What is not the same of one share.
  func altered(_ question: String, _ answer: String, banner: String) -> [Alteration] {
    let own = questions[question]?.altered(answer) ?? []
    return regrouped.contains(banner) ? (own + [.groups]).sorted() : own
  }

  /// Nil where the earlier wave did not ask it.
  func question(_ id: String) -> Question? { questions[id] }
}

extension String {
  /// The label of a net whose row has this text; nil for other rows. Answers do not begin with a parenthesis.
  fileprivate var net: String? { hasPrefix("(net) ") ? String(dropFirst(6)) : nil }
}

extension PublicDefinition.Theme {
  /// The ids that this theme and those below it had before, by the id that it has.
  fileprivate var formerIDs: [(String, [String])] {
    [(id, was ?? [])] + themes.flatMap(\.formerIDs)
  }
}

extension PublicDefinition {
  /// By id of an item that can be a banner: its groups, of a number with the ends of its bands.
  fileprivate var groups: [String: [String]] {
    Dictionary(
      variables.map { ($0.id, $0.groups) }
        + questions.map { ($0.id, $0.answers + ($0.bands ?? []).map { "\($0.from) to \($0.to)" }) }
    ) { first, _ in first }
  }
}

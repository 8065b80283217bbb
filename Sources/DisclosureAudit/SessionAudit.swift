/// What a release shows of focus groups: that it adds up, is the same in every pack, and shows no session by itself.
///
/// Sessions are not respondents, so no small count is looked for; but an audience with one session may only be shown
/// together with others.
struct SessionAudit {
  /// The reserved id of their rows.
  static let question = "focus-groups"

  private(set) var faults: [String] = []
  private(set) var breaks: [AuditBreak] = []
  /// The positions of rows that this explains.
  private(set) var explained = Set<Int>()

  /// The fewest sessions that may be shown together.
  private static let fewest = 2

  init(_ release: PublishedRelease) {
    guard let groups = release.definition.focusGroups else { return }
    for pack in release.packs {
      check(pack.id, release, groups)
    }
    sayTheSame(release, groups)
  }

  /// A number of sessions by where it is printed: the audience (nil: all), and the theme (nil: all sessions).
  private struct Place: Hashable {
    var audience: Int?
    var theme: Int?
  }

  private mutating func check(
    _ pack: String, _ release: PublishedRelease, _ groups: PublishedDefinition.FocusGroups
  ) {
    let audiences: [Int?] = [nil] + groups.audiences.indices.map(Optional.some)
    var counts: [Place: Int] = [:]
    for audience in audiences {
      let label = audience.map { groups.audiences[$0].label } ?? "Total"
      for theme in [nil] + groups.themes.indices.map(Optional.some) {
        let answer = theme.map { groups.themes[$0].answer } ?? "(base)"
        let key = PublishedRelease.Key(
          pack: pack, question: Self.question, answer: answer,
          banner: audience == nil ? "total" : "audience", group: label)
        guard let index = release.rowOfKey[key] else {
          faults.append(
            "\(pack), focus-groups \u{201C}\(answer)\u{201D}, \(label): the row is missing; nothing may be left out, only marked"
          )
          continue
        }
        explained.insert(index)
        let row = release.rows[index]
        let name = "\(pack)/tables.csv:\(row.line)"
        if row.percent != nil || row.lower != nil || row.upper != nil {
          faults.append("\(name): a number of sessions has no percentage and no interval")
        }
        let sessions = sessions(of: audience, groups)
        if row.base != sessions { faults.append("\(name): definition.json has \(sessions) sessions there") }
        guard let count = row.count else { continue }
        counts[Place(audience: audience, theme: theme)] = count
        if theme == nil, count != sessions {
          faults.append("\(name): definition.json has \(sessions) sessions there")
        } else if count > sessions {
          faults.append("\(name): raised in \(count) of \(sessions) sessions")
        }
      }
    }
    for audience in audiences { compareThemes(pack, audience, groups, counts) }
    for theme in groups.themes.indices { compareAudiences(pack, theme, groups, counts) }
  }

  private func sessions(of audience: Int?, _ groups: PublishedDefinition.FocusGroups) -> Int {
    audience.map { groups.audiences[$0].sessions } ?? groups.audiences.reduce(0) { $0 + $1.sessions }
  }

  /// A theme was raised wherever one below it was.
  private mutating func compareThemes(
    _ pack: String, _ audience: Int?, _ groups: PublishedDefinition.FocusGroups, _ counts: [Place: Int]
  ) {
    for (inner, theme) in groups.themes.enumerated() {
      guard let above = theme.within, let outer = groups.themes.firstIndex(where: { $0.id == above }),
        let less = counts[Place(audience: audience, theme: outer)],
        let more = counts[Place(audience: audience, theme: inner)], more > less
      else { continue }
      faults.append(
        "\(pack), focus-groups: \u{201C}\(theme.answer)\u{201D} was raised in \(more) sessions, and the theme above it in \(less)"
      )
    }
  }

  /// Audiences add up to all sessions, and what is withheld of them is of more than one session.
  private mutating func compareAudiences(
    _ pack: String, _ theme: Int, _ groups: PublishedDefinition.FocusGroups, _ counts: [Place: Int]
  ) {
    let label = groups.themes[theme].answer
    let shown = groups.audiences.indices.filter { counts[Place(audience: $0, theme: theme)] != nil }
    let hidden = groups.audiences.indices.filter { !shown.contains($0) }
    for audience in shown where groups.audiences[audience].sessions < Self.fewest {
      tell(
        pack, label, groups.audiences[audience].label, counts[Place(audience: audience, theme: theme)] ?? 0,
        ["the row shows one session by itself"])
    }
    guard let total = counts[Place(audience: nil, theme: theme)] else { return }
    let sum = shown.reduce(0) { $0 + (counts[Place(audience: $1, theme: theme)] ?? 0) }
    let most = hidden.reduce(0) { $0 + groups.audiences[$1].sessions }
    if total < sum || total > sum + most {
      faults.append(
        "\(pack), focus-groups \u{201C}\(label)\u{201D}: raised in \(total) sessions, which its audiences do not add up to"
      )
    } else if sessions(of: nil, groups) < Self.fewest {
      tell(pack, label, "Total", total, ["the row shows one session by itself"])
    } else if !hidden.isEmpty, most < Self.fewest {
      tell(
        pack, label, hidden.map { groups.audiences[$0].label }.joined(separator: ", "), total - sum,
        ["+ \(total)  all sessions", "− \(sum)  the audiences that are shown", "= exactly \(total - sum)"])
    }
  }

  private mutating func tell(
    _ pack: String, _ theme: String, _ audience: String, _ value: Int, _ arithmetic: [String]
  ) {
    breaks.append(
      AuditBreak(
        place: "\(pack), focus-groups \u{201C}\(theme)\u{201D}, audience \(audience)",
        coordinates: AuditPlace(
          packs: [pack], question: Self.question, banner: "audience", group: audience),
        range: value...value, insider: nil, arithmetic: arithmetic))
  }

  /// Every pack shows the same sessions.
  private mutating func sayTheSame(
    _ release: PublishedRelease, _ groups: PublishedDefinition.FocusGroups
  ) {
    guard let first = release.packs.first else { return }
    for index in explained.sorted() where release.rows[index].pack != first.id {
      let row = release.rows[index]
      let other = release.row(first.id, row.question, row.answer, row.banner, row.group)
      if other?.count != row.count || other?.base != row.base {
        faults.append(
          "\(row.pack)/tables.csv:\(row.line): the pack \(first.id) says otherwise of the same sessions")
      }
    }
  }
}

import Ingest
import SurveyDefinition

/// Which themes can be compared from wave to wave: what `check` says of a codebook that changed.
struct ThemeComparison {
  /// A wave with codings, and the codebook that it was coded with as far as that is known.
  private struct CodedWave {
    let survey: String
    let wave: String
    let themes: [Theme]
  }

  private var waves: [CodedWave] = []

  /// Adds a wave whose codings have no fault; one without codings has no themes to compare.
  /// - Parameter doubtful: Themes that a remark says its codebook may not have had.
  mutating func add(_ defined: DefinedWave, without doubtful: [DoubtfulTheme]) {
    guard !defined.codings.all.isEmpty else { return }
    let ids = Set(doubtful.map(\.id))
    waves.append(
      CodedWave(
        survey: defined.survey.path, wave: defined.wave.id, themes: defined.wave.survey.themes.without(ids)))
  }

  /// Tells of each wave and the one before it, where their codebooks differ; that all is well where only earlier ids show
  /// that there was a change; and nothing of a codebook that never changed.
  func tell(on console: Console) {
    var surveys: [String] = []
    for wave in waves where !surveys.contains(wave.survey) { surveys.append(wave.survey) }
    for survey in surveys {
      let own = waves.filter { $0.survey == survey }
      let changes = zip(own, own.dropFirst()).map { earlier, later in
        (earlier, later, ThemeConcordance(from: earlier.themes, to: later.themes))
      }
      guard !changes.isEmpty else { continue }
      for (earlier, later, concordance) in changes where !concordance.isIdentity {
        console.output("")
        console.output(console.title("Themes of \(survey), wave \(later.wave) beside \(earlier.wave)"))
        for line in concordance.lines(earlier.wave, later.wave, width: console.width) { console.output(line) }
      }
      if changes.allSatisfy({ $0.2.isIdentity }), own.contains(where: { $0.themes.hasEarlierIDs }) {
        console.output("")
        console.output("All themes of \(survey) can be compared in waves \(own.map(\.wave).listed("and")).")
      }
    }
  }
}

extension ThemeConcordance {
  /// What became of each theme that is not simply the same, and how many others there are.
  fileprivate func lines(_ earlier: String, _ later: String, width: Int) -> [String] {
    var lines: [String] = []
    func line(_ kind: String, _ text: String) {
      let parts = text.wrapped(width - 12)
      lines += parts.enumerated().map { "  " + ($0 == 0 ? kind : "").fitted(10) + $1 }
    }
    for entry in entries where entry.kind == .renamed && entry.comparable != nil {
      line("renamed", "\(quoted(entry.later)) was \(entry.earlier.quotedIDs)")
    }
    for entry in entries where entry.kind == .merged {
      let was = "\(quoted(entry.later)) was \(entry.earlier.quotedIDs)"
      if let comparable = entry.comparable {
        line("merged", "\(was): compare it with \(quoted(comparable))")
      } else {
        line(
          "merged",
          "\(was), whose figures do not add up to it: to compare them, give wave \(earlier) the codebook of \(later)"
        )
      }
    }
    for entry in entries
    where entry.comparable == nil && (entry.kind == .same || entry.kind == .renamed) {
      let was = entry.kind == .renamed ? ", which was \(entry.earlier.quotedIDs)," : ""
      let changes = [("with", entry.gained), ("without", entry.lost)].filter { !$1.isEmpty }
      let words = changes.map { "\($0) \($1.quotedIDs)" }.joined(separator: " and ")
      line("changed", "\(quoted(entry.later))\(was) is now \(words): not comparable")
    }
    let new = entries.filter { $0.kind == .new }
    var wholes: [String?] = []
    for entry in new where !wholes.contains(entry.within) { wholes.append(entry.within) }
    for whole in wholes {
      let ids = new.filter { $0.within == whole }.compactMap(\.later)
      let instead =
        whole.map { "; compare \(quoted($0)), which holds \(ids.count == 1 ? "it" : "them")" } ?? ""
      line("new", "\(ids.quotedIDs): not comparable" + instead)
    }
    let ended = entries.filter { $0.kind == .ended }.flatMap(\.earlier)
    if !ended.isEmpty { line("ended", "\(ended.quotedIDs): not comparable") }
    let same = entries.count { $0.kind == .same && $0.comparable != nil }
    if same > 0 { line("same", "\(grouped(same)) \(same == 1 ? "theme" : "themes")") }
    return lines
  }

  private func quoted(_ id: String?) -> String { [id].compactMap { $0 }.quotedIDs }
}

extension Remarks {
  /// Themes that the codebook of a wave may not have had: their 0 would look like a finding.
  static func onThemes(_ doubtful: [DoubtfulTheme], of defined: DefinedWave) -> [Finding] {
    guard let place = doubtful.map(\.place).min() else { return [] }
    var wholes: [String] = []
    for theme in doubtful where !wholes.contains(theme.whole) { wholes.append(theme.whole) }
    let ids = doubtful.map(\.id).quoted(joinedBy: "or")
    let them = doubtful.count == 1 ? "it" : "them"
    let yaml = themesTakenOut(doubtful.map { $0.path[...] })
    return [
      Finding(
        .remark, code: "doubtful-zero", at: place,
        "wave \(defined.wave.id) was coded with \(wholes.count == 1 ? "an earlier id" : "earlier ids") of "
          + "\(wholes.quotedIDs), and never with \(ids), which \(doubtful.count == 1 ? "lies" : "lie") below it",
        remedy:
          "if its codebook did not have \(them) yet, a count of 0 would be false: take \(them) out in "
          + (["\(defined.folder.definitionFile):"] + yaml.map { "  " + $0 }).joined(separator: "\n    "))
    ]
  }

  /// The lines of wave.yaml that take themes out.
  private static func themesTakenOut(_ paths: [ArraySlice<String>]) -> [String] {
    var tops: [String] = []
    for path in paths { if let top = path.first, !tops.contains(top) { tops.append(top) } }
    return ["themes:"]
      + tops.flatMap { top in
        let below = paths.filter { $0.first == top }.map { $0.dropFirst() }
        guard below.allSatisfy({ !$0.isEmpty }) else { return ["  \(top): null"] }
        return ["  \(top):"] + themesTakenOut(below).map { "    " + $0 }
      }
  }
}

extension [Theme] {
  fileprivate func without(_ ids: Set<String>) -> [Theme] {
    filter { !ids.contains($0.id) }.map { theme in
      var theme = theme
      theme.themes = theme.themes.without(ids)
      return theme
    }
  }

  fileprivate var hasEarlierIDs: Bool { contains { !$0.was.isEmpty || $0.themes.hasEarlierIDs } }
}

extension [String] {
  /// Ids as messages show them: `a`, `b` and `c`.
  fileprivate var quotedIDs: String { quoted(joinedBy: "and") }

  fileprivate func quoted(joinedBy word: String) -> String { map { "`\($0)`" }.listed(word) }

  fileprivate func listed(_ word: String) -> String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " \(word) " + self[count - 1]
  }
}

import Ingest
import SurveyDefinition

/// What changed from one wave of a survey to the next in the files and labels, as remarks: figures may then not be of the
/// same question.
struct WaveComparison {
  private struct Known {
    let wave: String
    let survey: Survey
    let headerRows: [[String]]
  }

  /// By survey, the wave before.
  private var previous: [String: Known] = [:]

  /// Compares a wave with the one before it, and keeps it for the next.
  mutating func findings(of defined: DefinedWave, _ report: ResponseReport) -> [Finding] {
    let survey = defined.wave.survey
    let known = Known(wave: defined.wave.id, survey: survey, headerRows: report.headerRows)
    defer { previous[defined.survey.path] = known }
    guard let before = previous[defined.survey.path] else { return [] }
    return headings(known, before, defined) + labels(known, before, defined)
  }

  // MARK: Headings

  private func headings(_ now: Known, _ before: Known, _ defined: DefinedWave) -> [Finding] {
    let place = Place(file: defined.responsesName, line: 1)
    var findings: [Finding] = []
    for (id, column) in columns(of: now.survey) {
      switch column {
      case .number(let number):
        // A column named by its number is another one where its heading is.
        guard let old = heading(number, before), let new = heading(number, now), old != new,
          columns(of: before.survey).contains(where: { $0.id == id && $0.column == column })
        else { continue }
        let moved = position(of: old, now)
        findings.append(
          Finding(
            .remark, code: "moved-heading", at: place,
            "`\(id)` reads column #\(number), which has another heading than in wave \(before.wave)",
            remedy: moved.map {
              "the heading that it had there stands over #\($0) now: name that one in wave.yaml"
            }
              ?? "see whether it asks the same as before"))
      case .heading(let name):
        guard position(of: name, now) == nil, let old = position(of: name, before) else { continue }
        let candidate = renamed(name, at: old, now, before)
        findings.append(
          Finding(
            .remark, code: "renamed-heading", at: place,
            "`\(id)`: the heading of column #\(old) in wave \(before.wave) stands nowhere in this wave",
            remedy: candidate.map {
              "if “\($0.truncated(60))” asks the same, write into wave.yaml: questions: { \(id): { column: \(yamlText($0)) } }"
            }
              ?? "name the column that asks the same in wave.yaml, or take the question out with `\(id): null`"
          ))
      }
    }
    return findings
  }

  /// A heading that may be another's new name: one at its place, or the most like it, which the wave before did not have.
  private func renamed(_ name: String, at old: Int, _ now: Known, _ before: Known) -> String? {
    let new = Set(now.headerRows.joined()).subtracting(before.headerRows.joined()).filter { !$0.isEmpty }
    if let same = heading(old, now), new.contains(same) { return same }
    let wanted = words(name)
    let scored = new.map { (heading: $0, score: shared(wanted, words($0))) }.filter { $0.score >= 0.5 }
    return scored.max { ($0.score, $1.heading) < ($1.score, $0.heading) }?.heading
  }

  private func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init))
  }

  /// The share of words that two headings have in common.
  /// Source: Jaccard (1912), The distribution of the flora in the alpine zone, New Phytologist 11(2).
  private func shared(_ left: Set<String>, _ right: Set<String>) -> Double {
    let all = left.union(right).count
    return all == 0 ? 0 : Double(left.intersection(right).count) / Double(all)
  }

  private func heading(_ number: Int, _ known: Known) -> String? {
    for row in known.headerRows where number <= row.count && !row[number - 1].isEmpty {
      return row[number - 1]
    }
    return nil
  }

  /// The number of the only column with a heading.
  private func position(of heading: String, _ known: Known) -> Int? {
    for row in known.headerRows {
      if let index = row.firstIndex(of: heading) { return index + 1 }
    }
    return nil
  }

  /// The columns that a survey's variables and questions read, each with the id.
  private func columns(of survey: Survey) -> [(id: String, column: ColumnReference)] {
    func columns(_ source: ChoiceSource) -> [ColumnReference] {
      switch source {
      case .column(let column): [column]
      case .columnPerAnswer(let options): options.map(\.column)
      }
    }
    return survey.variables.flatMap { variable in columns(variable.source).map { (variable.id, $0) } }
      + survey.questions.flatMap { question -> [(String, ColumnReference)] in
        let references: [ColumnReference]
        switch question.kind {
        case .single(let choice), .scale(let choice): references = columns(choice.source)
        case .multiple(let multiple):
          switch multiple.source {
          case .columns(let options): references = options.map(\.column)
          case .joined(let column, separator: _): references = [column]
          }
        case .number(let number): references = [number.column]
        case .ranking(let ranking): references = ranking.options.map(\.column)
        case .theme: references = []
        }
        return references.map { (question.id, $0) }
      }
  }

  // MARK: Labels

  /// Labels of one question that differ from wave to wave in little but their spelling.
  private func labels(_ now: Known, _ before: Known, _ defined: DefinedWave) -> [Finding] {
    let old = labels(of: before.survey)
    return labels(of: now.survey).flatMap { id, labels -> [Finding] in
      guard let known = old.first(where: { $0.id == id })?.labels else { return [] }
      let gone = known.filter { !labels.contains($0) }
      let new = labels.filter { !known.contains($0) }
      return new.compactMap { label in
        guard let other = gone.first(where: { words($0) == words(label) || isNear($0, label) }) else {
          return nil
        }
        return Finding(
          .remark, code: "drifting-label", at: Place(file: defined.folder.definitionFile),
          "`\(id)` has “\(label.truncated(60))” where wave \(before.wave) has “\(other.truncated(60))”: they are compared as two answers",
          remedy: "keep one label for both waves, and list the texts of the cells under it")
      }
    }
  }

  private func isNear(_ left: String, _ right: String) -> Bool {
    let (left, right) = (words(left), words(right))
    return left.count > 2 && shared(left, right) >= 0.7
  }

  private func labels(of survey: Survey) -> [(id: String, labels: [String])] {
    survey.variables.map { ($0.id, $0.groupLabels) } + survey.questions.map { ($0.id, $0.answerLabels) }
  }
}

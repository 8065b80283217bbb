import Ingest
import ReleaseModel
import SurveyDefinition

/// What one wave's run tells a person on standard output.
struct Summary {
  let defined: DefinedWave
  let report: ResponseReport
  let release: Release
  let releaseFolder: String
  let receipt: String
  let console: Console

  private static let labelWidth = 10

  func tell() {
    let wave = defined.wave
    console.output(console.title("\(wave.survey.title), wave \(wave.id)".truncated(console.width)))
    if wave.isMadeUp { console.output("Made-up responses: nobody answered this.") }
    console.output("")
    tellReading()
    tellHeadlines()
    for themes in ThemeSummary.summaries(of: release, on: console) { themes.tell() }
    tellWithheld()
    labelled("Results", releaseFolder)
    labelled("Receipt", receipt + " (confidential)")
    console.output("")
  }

  private func labelled(_ label: String, _ text: String) {
    console.output(label.fitted(Self.labelWidth) + text)
  }

  private func tellReading() {
    let dates = defined.wave.fieldwork.map { ", fieldwork \($0.from) to \($0.to)" } ?? ""
    labelled("Read", counted(report.responses, "response") + dates)
    if report.recordsNotKept > 0 {
      labelled("Left out", counted(report.recordsNotKept, "row") + " that `keep` does not name")
    }
    if report.recordsRejected > 0 {
      labelled(
        "Left out", counted(report.recordsRejected, "row") + " with a fault, as `invalid: exclude` says")
    }
    if report.emptyRecords > 0 {
      labelled("Left out", counted(report.emptyRecords, "row") + " without any answer")
    }
    console.output("")
  }

  private func tellHeadlines() {
    guard let (pack, headlines) = Headline.headlines(of: release) else { return }
    let value = 9
    let base = 10
    let interval = 16
    let label = console.width - value - base - interval
    console.output(
      console.title(pack.title.fitted(label)) + " ".right(value) + "of".right(base)
        + "95% interval".right(interval))
    for headline in headlines {
      console.output("  " + headline.question.truncated(console.width - 2))
      let sides = [headline.base.map { grouped($0).right(base) }, headline.interval?.right(interval)]
      console.output(
        "    " + (headline.answer ?? "").fitted(label - 4) + console.strong(headline.value.right(value))
          + sides.compactMap { $0 }.joined())
    }
    console.output("")
  }

  private func tellWithheld() {
    let rules = release.definition.protection
    guard rules.minimumCell > 1 || rules.minimumBase > 1 else {
      console.output("Nothing is withheld: minimum_cell and minimum_base are 1.")
      console.output("")
      return
    }
    let number = 12
    let label = console.width - 3 * number
    console.output(
      console.title("Withheld to protect people".fitted(label)) + "cells".right(number) + "of".right(number)
        + "share".right(number))
    for pack in release.packs {
      let tenths = pack.rowCount == 0 ? 0 : (2_000 * pack.withheldRows + pack.rowCount) / (2 * pack.rowCount)
      console.output(
        "  " + pack.title.fitted(label - 2) + grouped(pack.withheldRows).right(number)
          + grouped(pack.rowCount).right(number) + "\(tenths / 10).\(tenths % 10)%".right(number))
    }
    console.output("")
    tellWithheldByQuestion()
  }

  /// Questions of which some pack withholds a cell, by the ids that the definition and the tables have.
  private func tellWithheldByQuestion() {
    var questions: [String] = []
    let withheld = release.packs.map { pack in
      var cells: [String: Int] = [:]
      for table in pack.tables {
        if !questions.contains(table.question) { questions.append(table.question) }
        cells[table.question, default: 0] += table.withheldRows
      }
      return cells
    }
    let losing = questions.filter { question in withheld.contains { ($0[question] ?? 0) > 0 } }
    guard !losing.isEmpty else { return }
    let grid = CellGrid(
      title: "Withheld cells, by question", headings: release.packs.map(\.id),
      rows: losing.map { question in (question, withheld.map { CellGrid.text($0[question]) }) })
    for line in grid.lines(on: console) { console.output(line) }
    console.output("")
  }
}

/// `1 response`, `1,200 responses`; `many` where more is not said with an s.
func counted(_ number: Int, _ noun: String, _ many: String? = nil) -> String {
  "\(grouped(number)) " + (number == 1 ? noun : many ?? noun + "s")
}

extension ReleasedWave {
  /// For people: what should be known on standard error, then the summary on standard output.
  func tell() {
    let console = summary.console
    for remark in remarks { console.errors("remark: \(remark)") }
    for line in changes.map({ Remarks.onChanges($0, at: summary.releaseFolder) }) ?? [] {
      console.errors(line)
    }
    summary.tell()
  }
}

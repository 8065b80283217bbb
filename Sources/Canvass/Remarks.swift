import Ingest
import ReleaseModel
import SurveyDefinition
import Tabulation

/// What the analyst should know about a wave that is right: told, never a reason to stop.
enum Remarks {
  /// Remarks on what was read, for `run` and `check`.
  static func onInputs(_ defined: DefinedWave) -> [Finding] {
    var remarks: [Finding] = []
    var files = defined.codings.all.map { (path: $0.path, what: "codings") }
    if let file = defined.responsesFile { files.insert((file, "responses"), at: 0) }
    for (path, what) in files where !defined.wave.isMadeUp && isTrackedByGit(path) {
      remarks.append(
        Finding(
          .remark, code: "tracked-responses", at: Place(file: path),
          "git tracks the \(what), and keeps them for everyone who ever gets the repository",
          remedy: "take them out with `git rm --cached`, from the history too, and name them in .gitignore"))
    }
    if !defined.wave.isMadeUp, files.contains(where: { FileSystem.isReadableByEveryone($0.path) }) {
      remarks.append(
        Finding(
          .remark, code: "world-readable", at: Place(file: defined.survey.path),
          "everybody on this machine can read what people answered",
          remedy: "chmod -R o-rwx \(defined.survey.path)"))
    }
    return remarks
  }

  /// A receipt that others than its owner can read, as on a file system that knows no owners.
  static func onReceipt(of defined: DefinedWave, at path: String) -> [Finding] {
    guard !defined.wave.isMadeUp, FileSystem.isReadableByEveryone(path) else { return [] }
    return [
      Finding(
        .remark, code: "world-readable", at: Place(file: path),
        "everybody on this machine can read the receipt, which is for you alone",
        remedy: "put --output where only you can look")
    ]
  }

  /// What `check` tells of the data: how much was left out and why, and which columns nobody reads.
  static func onData(_ defined: DefinedWave, _ report: ResponseReport, _ tally: Tally) -> [Finding] {
    let place = Place(file: defined.responsesName)
    let madeUp = Finding(
      .remark, code: "made-up", at: Place(file: defined.folder.definitionFile),
      "the responses of wave \(defined.wave.id) are made up, and every output says so")
    let questions = defined.wave.survey.questions
    func perQuestion(_ counts: [Int], _ code: String, _ message: (String, String) -> String) -> [Finding] {
      zip(questions, counts).compactMap { question, count in
        guard count > 0 else { return nil }
        return Finding(
          .remark, code: code, at: place, message(counted(count, "response"), question.id))
      }
    }
    var remarks = defined.wave.isMadeUp ? [madeUp] : []
    remarks += perQuestion(tally.routingViolations, "not-asked") {
      "\($0) answered `\($1)` without being asked; these answers are left out"
    }
    remarks += perQuestion(report.contradictions, "contradiction") {
      "\($0) to `\($1)` chose an exclusive option together with another"
    }
    remarks += perQuestion(report.outOfRange, "out-of-range") {
      "\($0) to `\($1)` lie outside its `valid` range and count as missing"
    }
    if report.recordsNotKept > 0 {
      remarks.append(
        Finding(
          .remark, code: "not-kept", at: place,
          "\(counted(report.recordsNotKept, "row")) left out, which `keep` does not name"))
    }
    if defined.wave.survey.input.excludesInvalid, report.recordsRejected > 0 {
      remarks.append(
        Finding(
          .remark, code: "invalid-rows", at: place,
          "\(counted(report.recordsRejected, "row")) with a fault left out, as `invalid: exclude` says; every output says so",
          remedy: "mend them where you can: people who answered are not counted"))
    }
    let ids = defined.wave.survey.variables.map(\.id) + questions.map(\.id)
    remarks += zip(ids, report.repairs).filter { $1 > 0 }.map { id, count in
      Finding(
        .remark, code: "repaired", at: place,
        "\(counted(count, "cell")) of `\(id)` \(count == 1 ? "holds" : "hold") a date that a spreadsheet made of an answer, and count as the definition says"
      )
    }
    // In a survey of few questions many answer alike, and that says nothing.
    let isOdd = report.longDuplicateRecords > 0 || 20 * report.duplicateRecords <= report.recordsRead
    if let first = report.firstDuplicate, isOdd {
      let count = report.duplicateRecords
      remarks.append(
        Finding(
          .remark, code: "duplicate-rows", at: Place(file: defined.responsesName, line: first.line),
          (count == 1 ? "a row is" : "\(grouped(count)) rows are")
            + " the same as an earlier one in every cell but the id; the first repeats line \(first.original)",
          remedy:
            "see whether somebody answered or was exported twice; few answers are often the same. No row is left out by itself"
        ))
    }
    if report.shortenedIDs > 0 {
      remarks.append(
        Finding(
          .remark, code: "shortened-ids", at: place,
          "\(counted(report.shortenedIDs, "respondent id")) shortened by a spreadsheet (`6.35E+17`): their last digits are lost",
          remedy: "export the file again, or open it with the column as text"))
    }
    if let message = unreadColumns(report) {
      remarks.append(Finding(.remark, code: "unread-columns", at: place, message))
    }
    return remarks
  }

  /// The columns that nobody reads: the first twelve, on lines of their own where one would be too long.
  private static func unreadColumns(_ report: ResponseReport) -> String? {
    let shown = 12
    let names = zip(report.unreadColumns, report.unreadColumnNumbers).map { heading, number in
      heading.isEmpty ? "`#\(number)` (no heading)" : "`\(heading.truncated(60))`"
    }
    guard !names.isEmpty else { return nil }
    let message = "columns that the definition does not read:"
    let list = names.joined(separator: ", ")
    if names.count <= shown, list.columns <= 60 { return "\(message) \(list)" }
    let more = names.count > shown ? ["and \(grouped(names.count - shown)) more"] : []
    return ([message] + names.prefix(shown) + more).joined(separator: "\n    ")
  }

  /// How this release differs from the one that it replaces, and what that means.
  static func onChanges(_ changes: ReleaseChanges, at folder: String) -> [String] {
    var lines = changes.damaged.map {
      "remark: \(FileSystem.path(folder, $0)) of the earlier release is damaged or from another version; not compared"
    }
    guard changes.total > 0 else { return lines }
    lines.append(
      "remark: \(counted(changes.total, "figure")) of the earlier release in \(folder) changed:")
    for pack in changes.packs {
      let kinds = [
        (pack.changed, "with another value"), (pack.newlyShown, "newly shown"),
        (pack.newlyWithheld, "newly withheld"), (pack.added, "new"), (pack.gone, "gone"),
      ]
      let parts = kinds.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
      lines.append("    \(pack.id): \(parts.joined(separator: ", "))")
      lines += pack.examples.map { "        \($0.truncated(72))" }
      if pack.total > pack.examples.count { lines.append("        …") }
    }
    let warning = """
      Publishing a wave twice can expose people: whoever has both releases can subtract one from the other. If the \
      earlier one has gone out, do not send this one before you have looked at what changed.
      """
    lines += warning.wrapped(76).map { "    \($0)" }
    return lines
  }
}

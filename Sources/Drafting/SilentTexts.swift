import Ingest

/// Cells by which a platform or a program says that there is no answer.
struct SilentTexts {
  private(set) var missing: [String] = []
  private(set) var notAsked: [String] = []

  var all: Set<String> { Set(missing + notAsked) }

  /// - `N/A` in exports of LimeSurvey: the question was not shown.
  /// - `-99` in exports of Qualtrics: it was seen, and left unanswered.
  /// - `NA` in at least a third of the columns: what R writes for a missing value.
  ///
  /// Anywhere else such a text may be an answer.
  init(_ table: CodedTable, platform: Platform) {
    func columns(with text: String) -> Int {
      table.columns.count { $0.texts.contains { $0.revealed() == text } }
    }
    if platform == .limeSurvey, columns(with: "N/A") > 0 { notAsked.append("N/A") }
    if platform == .qualtrics, columns(with: "-99") > 0 { missing.append("-99") }
    let na = columns(with: "NA")
    if na >= 3, 3 * na >= table.columns.count { missing.append("NA") }
  }
}

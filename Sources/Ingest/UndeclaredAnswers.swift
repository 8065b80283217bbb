import SurveyDefinition

/// Texts that no answer declares, counted so that only those which enough respondents gave can be told.
///
/// This is the one place from which the text of a response can reach a finding, and `findings` is where it is decided.
struct UndeclaredAnswers {
  /// Distinct texts kept of one question; what comes after is only counted.
  static let textsPerItem = 1000
  /// Distinct texts told of one question.
  static let toldPerItem = 50
  /// Enough for the 40 characters that a finding may show.
  private static let bytesKept = 256

  private struct Key: Hashable {
    var low: UInt64
    var high: UInt64
  }

  private struct Entry {
    let text: HiddenText
    let first: Place
    /// Its turn among the texts of the question, as several parts of one joined cell share a place.
    let turn: Int
    var respondents = 0
    var cells = 0
    var lastRecord = -1
  }

  private struct ItemEntries {
    var texts: [Key: Entry] = [:]
    /// Cells whose texts came after the last that was kept.
    var cellsBeyond = 0
    var firstBeyond: Place?
  }

  private var items: [ItemEntries]

  init(itemCount: Int) { items = Array(repeating: ItemEntries(), count: itemCount) }

  /// Notes an undeclared text.
  /// - Parameter record: A number of the record: a respondent counts once however many cells repeat the text.
  mutating func note(_ cell: CellRange, in bytes: RawSpan, item: Int, record: Int, at place: Place) {
    let hash = sipHash128(cell, in: bytes)
    let key = Key(low: hash.low, high: hash.high)
    if items[item].texts[key] == nil {
      guard items[item].texts.count < UndeclaredAnswers.textsPerItem else {
        items[item].cellsBeyond += 1
        items[item].firstBeyond = items[item].firstBeyond ?? place
        return
      }
      let text = HiddenText(bytes: cell.copy(of: bytes, limit: UndeclaredAnswers.bytesKept))
      items[item].texts[key] = Entry(text: text, first: place, turn: items[item].texts.count)
    }
    items[item].texts[key]?.cells += 1
    if items[item].texts[key]?.lastRecord != record {
      items[item].texts[key]?.lastRecord = record
      items[item].texts[key]?.respondents += 1
    }
  }

  /// One finding per text that at least `minimumCell` respondents gave, and one per question for all others.
  func findings(of items: [ItemWords], minimumCell: Int) -> [Finding] {
    zip(self.items, items).flatMap { entries, words in
      findings(entries, of: words, minimumCell: minimumCell)
    }
  }

  private func findings(_ entries: ItemEntries, of words: ItemWords, minimumCell: Int) -> [Finding] {
    let all = entries.texts.values.sorted { $0.turn < $1.turn }
    let tellable = all.filter { $0.respondents >= minimumCell }
    let untold =
      (all.filter { $0.respondents < minimumCell } + tellable.dropFirst(UndeclaredAnswers.toldPerItem))
      .sorted { $0.turn < $1.turn }
    var findings = tellable.prefix(UndeclaredAnswers.toldPerItem).map { finding($0, of: words) }
    let cells = untold.reduce(entries.cellsBeyond) { $0 + $1.cells }
    guard let first = untold.first?.first ?? entries.firstBeyond, cells > 0 else { return findings }
    let count = (entries.cellsBeyond > 0 ? "more than " : "") + counted(untold.count, "text", "texts")
    let verb = cells == 1 ? "holds" : "hold"
    let isDamaged = untold.contains {
      SpreadsheetDamage.original(of: String(decoding: $0.text.bytes, as: UTF8.self), among: words.declared)
        != nil
    }
    let those = untold.count == 1 && entries.cellsBeyond == 0
    findings.append(
      Finding(
        .fault, code: "undeclared-answer", at: first,
        "\(words.name): \(counted(cells, "cell", "cells")) \(verb) \(count) that "
          + (those ? "is not a declared answer" : "are not declared answers")
          + (cells == 1 ? "" : "; the first is here"),
        remedy: (isDamaged
          ? "some look like dates that a spreadsheet made of declared answers: export the file again; else "
          : "")
          + words.remedy))
    return findings
  }

  private func finding(_ entry: Entry, of words: ItemWords) -> Finding {
    let text = String(decoding: entry.text.bytes, as: UTF8.self)
    let quoted = entry.text.bytes.isEmpty ? "an empty cell" : "“\(shown(text, limit: 40))”"
    let given = entry.respondents == 1 ? "given once" : "given by \(grouped(entry.respondents)) respondents"
    if let original = SpreadsheetDamage.original(of: text, among: words.declared) {
      let (label, cell) = (shown(original, limit: 60), shown(text, limit: 40))
      return Finding(
        .fault, code: "spreadsheet-damage", at: entry.first,
        "\(words.name): a spreadsheet made the date “\(cell)” of “\(label)” (\(given))",
        remedy:
          "export the file again, or add the text to the answer: { \"\(label)\": [\"\(label)\", \"\(cell)\"] }"
      )
    }
    let near =
      nearest(to: text, among: words.declared).map { "did you mean “\(shown($0, limit: 60))”? " } ?? ""
    let remedy =
      entry.text.bytes.isEmpty ? "list `\"\"` under `missing`, or " + words.remedy : near + words.remedy
    return Finding(
      .fault, code: "undeclared-answer", at: entry.first,
      "\(words.name): \(quoted) is not a declared answer (\(given))", remedy: remedy)
  }
}

/// How findings speak of a variable or question.
struct ItemWords {
  /// ``question `equipment` ``.
  var name: String
  /// Texts that are declared, for a suggestion.
  var declared: [String]
  /// What to do about a text that is not.
  var remedy: String
}

import Foundation
import Ingest
import SurveyDefinition
import Tabulation

/// A made-up survey whose counting is timed, beside other programs that count the same.
///
/// Three questions of four are scales of five answers, the others have eight; two more take several answers, of four.
struct CountedSurvey {
  /// How answers and groups stand in the cells.
  enum Cells: String, CaseIterable {
    case labels, codes
  }

  var responses: Int
  var cells = Cells.labels
  var isWeighted = false
  /// Of one answer.
  var questions = 28
  var multiples = 2
  var banners = 6

  /// A column that is counted.
  struct Column {
    var heading: String
    /// As the peers call it: banner, question, option.
    var part: String
    /// What stands for each answer or group in a cell.
    var texts: [String]
    /// What each is called.
    var labels: [String]
  }

  private static let scale = [
    "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree",
  ]
  private static let options = ["Laptop", "Camera", "Mobile phone", "Satellite navigation"]

  var columns: [Column] {
    func column(_ heading: String, _ part: String, _ labels: [String]) -> Column {
      let texts = cells == .labels ? labels : labels.indices.map { "\($0 + 1)" }
      return Column(heading: heading, part: part, texts: texts, labels: labels)
    }
    let areas = (1...banners).map { banner in
      column("B\(banner)", "banner", (1...8).map { "Area \(banner)\($0), Birmingham" })
    }
    let single = (1...questions).map { question in
      column(
        "Q\(question)", "question", question % 4 > 0 ? Self.scale : (1...8).map { "Answer \(question)-\($0)" }
      )
    }
    let several = (0..<multiples).flatMap { multiple in
      Self.options.indices.map { option in
        Column(
          heading: "M\(multiple + 1)_\(option + 1)", part: "option", texts: ["1"],
          labels: [Self.options[option]])
      }
    }
    return areas + single + several
  }

  // MARK: - What it is counted by

  /// survey.yaml.
  /// - Parameter file: Of the responses; `-` for standard input.
  func definition(file: String = "responses.csv") -> String {
    func entries(_ column: Column) -> String {
      let texts = zip(column.labels, column.texts).map { "'\($0)': '\($1)'" }.joined(separator: ", ")
      return "{ \(texts) }"
    }
    var lines = ["survey: counted", "title: A made-up survey", "input: { file: '\(file)' }"]
    if isWeighted { lines.append("weights: { column: W }") }
    lines.append("variables:")
    for column in columns where column.part == "banner" {
      lines.append(
        "  \(column.heading.lowercased()): { label: \(column.heading), column: \(column.heading), groups: \(entries(column)) }"
      )
    }
    lines.append("questions:")
    for column in columns where column.part == "question" {
      lines.append(
        "  \(column.heading.lowercased()): { text: \(column.heading), kind: scale, column: \(column.heading), answers: \(entries(column)) }"
      )
    }
    for multiple in 0..<multiples {
      let own = Self.options.enumerated().map { "\($1): M\(multiple + 1)_\($0 + 1)" }.joined(separator: ", ")
      lines.append("  m\(multiple + 1): { text: M\(multiple + 1), kind: multiple, columns: { \(own) } }")
    }
    let all = (1...banners).map { "b\($0)" }.joined(separator: ", ")
    lines.append("packs: { all: { title: All, who: everyone, banners: [\(all)] } }")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the peers are told of the columns, one a line.
  var plan: String {
    var lines = columns.map { ([$0.heading, $0.part] + $0.texts).joined(separator: "\t") }
    if isWeighted { lines.append("W\tweight") }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Responses

  /// Writes the responses, the same for the same survey.
  func write(to path: String) throws {
    try Data().write(to: URL(filePath: path))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    let columns = columns
    let texts = columns.map { $0.texts.map { Array(($0.contains(",") ? "\"\($0)\"" : $0).utf8) } }
    var state: UInt64 = 20_130_108
    func draw(_ limit: Int) -> Int {
      // Knuth (1997), The Art of Computer Programming 2, section 3.3.4, line 26; its high bits are good enough here.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    let heading = ["ID"] + columns.map(\.heading) + (isWeighted ? ["W"] : [])
    var bytes = Array((heading.joined(separator: ",") + "\n").utf8)
    for response in 1...responses {
      bytes += "\(response)".utf8
      for (index, column) in columns.enumerated() {
        bytes.append(0x2C)
        if column.part == "option" {
          bytes.append(draw(10) < 3 ? 0x31 : 0x30)
        } else if draw(32) > 0 {
          // The first ones are given more often.
          bytes += texts[index][min(draw(column.texts.count), draw(column.texts.count))]
        }
      }
      if isWeighted { bytes += ",\(draw(3)).\(draw(90) + 10)".utf8 }
      bytes.append(0x0A)
      if bytes.count > 1 << 20 {
        try file.write(contentsOf: bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(contentsOf: bytes)
  }

  /// What is counted of a file, by question, banner, answer and group as the peers print them; what is nothing is left out.
  func counts(of path: String) throws -> [String: Double] {
    let wave = try readWave(definition(), wave: "made_up: true\n")
    let survey = try TalliedSurvey(wave, responses: path)
    let tally = isWeighted ? survey.tally.weightedByColumn() : survey.tally
    let columns = columns
    let areas = columns.filter { $0.part == "banner" }
    let rows = columns.filter { $0.part != "banner" }
    var table = 0
    var counts: [String: Double] = [:]
    for row in rows {
      table += 1
      while case .patterns = tally.plan.tables[table].part { table += 1 }
      let answers = row.part == "option" ? row.texts : row.texts + [""]
      for (banner, area) in areas.enumerated() {
        for (category, answer) in answers.enumerated() {
          for (group, name) in (area.texts + [""]).enumerated() {
            var number = 0.0
            for atom in tally.atoms.indices {
              number +=
                isWeighted
                ? tally.weight(atom: atom, table: table, banner: banner, group: group, category: category)
                  .weight
                : Double(
                  tally.count(atom: atom, table: table, banner: banner, group: group, category: category))
            }
            if number != 0 { counts["\(row.heading)\t\(area.heading)\t\(answer)\t\(name)"] = number }
          }
        }
      }
    }
    return counts
  }
}

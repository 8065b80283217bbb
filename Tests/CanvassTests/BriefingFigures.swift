/// Where a briefing and the tables.csv beside it differ. Knows nothing of how either is written but what the contract says:
/// a results table names its question, labels stand in `th`, and the heads of columns name the measure.
struct BriefingFigures {
  struct Key: Hashable {
    let question: String
    let banner: String
    let group: String
    let answer: String
  }

  private static let measures = [
    "Base": "base", "Count": "count", "Per cent": "percent", "Lower": "lower", "Upper": "upper",
    "Value": "value",
  ]

  let root: PageElement
  /// What stands in the cells of each row, by measure; tables of ranks and joint displays are other tables.
  private(set) var cells: [Key: [[String: String]]] = [:]

  init(_ page: [UInt8]) throws {
    root = try PageReader.root(of: page)
    for table in root.all("table") {
      guard let question = table.attributes["data-question"], let banner = table.attributes["data-banner"]
      else {
        continue
      }
      let heads = table.all("thead")[0].all("th").map(\.text)
      guard heads.prefix(2) == ["Group", "Answer"], !heads.contains("Sessions"), heads.contains("Count")
      else { continue }
      for body in table.all("tbody") {
        let group = body.all("tr")[0].all("th")[0].text
        for (index, row) in body.all("tr").enumerated() {
          let answer = row.all("th")[index == 0 ? 1 : 0].text
          let texts = row.all("td").map(\.text)
          guard texts.count == heads.count - 2 else {
            throw PageReader.Fault(words: "a row of \(texts.count) cells")
          }
          var figures: [String: String] = [:]
          for (head, text) in zip(heads.dropFirst(2), texts) { figures[Self.measures[head] ?? head] = text }
          cells[Key(question: question, banner: banner, group: group, answer: answer), default: []].append(
            figures)
        }
      }
    }
  }

  /// Every row of tables.csv is a row of the page with the same figures, and the page has no other.
  func differences(from tables: [UInt8]) -> [String] {
    let csv = CSVRecords(tables)
    var differences: [String] = []
    var left = cells
    for row in 0..<csv.count {
      func field(_ name: String) -> String { csv.cell(row, name) }
      let key = Key(
        question: field("question"), banner: field("banner"), group: field("group"), answer: field("answer"))
      // A group of which nothing is told may be told in one sentence.
      guard var rows = left[key], !rows.isEmpty else {
        if field("base").isEmpty, field("marker") == "c" { continue }
        // So may one of nobody.
        if field("base") == "0", field("marker") == "z", field("banner") != "total", isTold(field("group")) {
          continue
        }
        differences.append("\(key) is not on the page")
        continue
      }
      let found = rows.removeFirst()
      left[key] = rows
      for measure in ["base", "count", "percent", "lower", "upper", "value"] {
        guard let text = found[measure] else {
          if !field(measure).isEmpty { differences.append("\(key) shows no \(measure)") }
          continue
        }
        let shown = text.replacing(" [u]", with: "")
        if shown == "[c]" || shown == "[z]" || shown.isEmpty {
          if !field(measure).isEmpty {
            differences.append("\(key): \(measure) is \(field(measure)), shown \(text)")
          }
          if shown == "[c]", field("marker") != "c" {
            differences.append("\(key): \(measure) is not withheld")
          }
        } else if shown != field(measure) {
          differences.append("\(key): \(measure) is \(field(measure)), shown \(text)")
        }
      }
      if field("marker") == "c", !found.values.contains("[c]") { differences.append("\(key) has no [c]") }
      if field("marker") == "u", !found.values.contains(where: { $0.hasSuffix(" [u]") }) {
        differences.append("\(key) has no [u]")
      }
    }
    differences += left.filter { !$0.value.isEmpty }.map { "\($0.key) is not in tables.csv" }
    return differences
  }

  /// Whether a sentence names a group of which nobody is in a base.
  private func isTold(_ group: String) -> Bool {
    root.all("p").contains {
      $0.text.hasPrefix("Not in the table") && $0.all("bdi").map(\.text).contains(group)
    }
  }

  /// Numbers with a decimal or a per cent sign in charts and sentences that no figure of the tables is.
  func strangers(to tables: [UInt8], besides allowed: Set<String>) -> [String] {
    let csv = CSVRecords(tables)
    var known = allowed
    for row in 0..<csv.count {
      for measure in ["percent", "lower", "upper", "value"] { known.insert(csv.cell(row, measure)) }
    }
    return shownOutsideTables.filter { !known.contains($0) }
  }

  private var shownOutsideTables: [String] {
    var texts = root.all("text").map(\.text) + root.all("figcaption").map(\.text)
    let told = root.all("section").filter { section in
      let id = section.attributes["id"] ?? ""
      return ["findings", "changes", "rates", "indices"].contains(id)
        || ["differences-", "q-"].contains { id.hasPrefix($0) }
    }
    texts += told.flatMap { $0.all("ul") + $0.all("p").filter { $0.attributes["class"] != "note" } }.map(
      \.text)
    texts += root.all("table").filter { $0.attributes["data-question"] == nil }.flatMap { $0.all("td") }.map(
      \.text)
    return texts.flatMap(Self.decimals)
  }

  /// The numbers with a decimal point in a text.
  static func decimals(_ text: String) -> [String] {
    text.split { !$0.isNumber && $0 != "." }.map(String.init).filter { part in
      let halves = part.split(separator: ".", omittingEmptySubsequences: false)
      return halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
    }
  }
}

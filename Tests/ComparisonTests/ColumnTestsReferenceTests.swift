import FoundationEssentials
@_spi(Protection) import ReleaseModel
import Testing

@testable import Comparison

/// Pairs of groups as R computed them: column-tests-wave1.json of the reference values (reference.R, `p.adjust`).
@Suite(.enabled(if: ColumnTests.folder != nil)) struct ColumnTestsReferenceTests {
  @Test(arguments: ["table", "table_area"]) func `pairs have R's probabilities, adjusted as R does`(
    name: String
  ) throws {
    let families = try ColumnTests.families(name)
    #expect(families.count > 5)
    for pairs in families {
      var cells: MadeUpPack.Cells = []
      for pair in pairs {
        for (group, count, base) in [
          (pair.first, pair.firstCount, pair.firstBase), (pair.second, pair.secondCount, pair.secondBase),
        ]
        where !cells.contains(where: { $0.group == group }) {
          cells.append((group, (count, base)))
        }
      }
      for (method, expected) in [
        ("holm", \ColumnTests.Pair.holm), ("benjamini-hochberg", \.hochberg), ("none", \.p),
      ] {
        let release = MadeUpPack.release(
          [MadeUpPack.table("area", [(.answer("Yes"), cells)])], comparisons: method)
        let found = groupPairs(of: release.packs[0], in: release)
        for pair in pairs {
          let difference = try #require(
            found.first { $0.row.key.group == pair.first && $0.other == .group(pair.second) }
              ?? found.first { $0.row.key.group == pair.second && $0.other == .group(pair.first) })
          guard let probability = pair[keyPath: expected] else {
            #expect(difference.contrast.adjusted == nil)
            continue
          }
          let adjusted = try #require(difference.contrast.adjusted)
          #expect(
            abs(adjusted - probability) <= 1e-9 * max(probability, 1e-12), "\(pair.first), \(pair.second)")
        }
      }
    }
  }
}

private enum ColumnTests {
  static let folder: String? = {
    guard let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"],
      FileManager.default.fileExists(atPath: path + "/reference/stats/expected/column-tests-wave1.json")
    else { return nil }
    return path + "/reference/stats/expected/column-tests-wave1.json"
  }()

  struct Pair {
    let first: String
    let second: String
    let firstCount: Int
    let firstBase: Int
    let secondCount: Int
    let secondBase: Int
    let p: Double?
    let holm: Double?
    let hochberg: Double?
  }

  private struct Table: Decodable {
    let columns: [String]
    let rows: [[Cell]]
  }

  private enum Cell: Decodable {
    case number(Double)
    case text(String)
    case none

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = (try? container.decode(String.self)).map(Cell.text) ?? .none
      }
    }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var text: String { if case .text(let text) = self { text } else { "" } }
  }

  private struct File: Decodable {
    let table: Table
    let tableOfAreas: Table

    enum CodingKeys: String, CodingKey {
      case table
      case tableOfAreas = "table_area"
    }
  }

  /// The pairs of one answer under one banner. A group whose name is reserved in releases has another here.
  static func families(_ name: String) throws -> [[Pair]] {
    let data = try Data(contentsOf: URL(filePath: folder ?? ""))
    let file = try JSONDecoder().decode(File.self, from: data)
    let table = name == "table" ? file.table : file.tableOfAreas
    let place = Dictionary(uniqueKeysWithValues: table.columns.enumerated().map { ($1, $0) })
    var order: [[String]] = []
    var families: [[String]: [Pair]] = [:]
    for row in table.rows {
      func cell(_ column: String) -> Cell { place[column].map { row[$0] } ?? .none }
      func whole(_ column: String) -> Int { Int(cell(column).number ?? 0) }
      func group(_ column: String) -> String {
        cell(column).text == "Not stated" ? "Did not say" : cell(column).text
      }
      let family = ["question", "base_rule", "answer", "banner"].map { cell($0).text }
      if families[family] == nil { order.append(family) }
      families[family, default: []].append(
        Pair(
          first: group("a"), second: group("b"), firstCount: whole("x_a"), firstBase: whole("n_a"),
          secondCount: whole("x_b"), secondBase: whole("n_b"), p: cell("p").number,
          holm: cell("p_holm").number, hochberg: cell("p_BH").number))
    }
    return order.compactMap { families[$0] }
  }
}

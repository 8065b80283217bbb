import ReleaseModel
import Testing

@testable import Rendering

/// A format as its readers read it: what the conformance suite needs to know of it. A further writer joins with one value in
/// `all`.
struct PackFormat: Sendable, CustomTestStringConvertible {
  let writer: any PackWriter
  /// The figures that a file shows, by their place. Nothing may stand in a place twice.
  let read: @Sendable ([UInt8], Release) throws -> [FigurePlace: ShownFigure]
  /// How the format writes a label, where it cannot hold the label as it is.
  var label: @Sendable (String) -> String = { $0 }

  var testDescription: String { writer.format }

  static let all: [PackFormat] = [
    PackFormat(writer: TablesCSV(), read: { bytes, _ in try readTablesCSV(bytes) }),
    PackFormat(
      writer: TablesXLSX(),
      read: { bytes, release in try readTables(ReadWorkbook(officeOpenXML: bytes), of: release) },
      label: shownInWorkbook),
    PackFormat(
      writer: TablesODS(),
      read: { bytes, release in try readTables(ReadWorkbook(openDocument: bytes), of: release) },
      label: shownInWorkbook),
    PackFormat(writer: TablesJSON(), read: { bytes, _ in try readTablesJSON(bytes) }),
  ]
}

/// Where a figure stands, as all formats tell it.
struct FigurePlace: Hashable {
  var question: String
  var answer: String
  var banner: String
  var group: String
}

/// What stands there: the text of a number in the form of tables.csv by the name of its column, and the marker. A column
/// that shows nothing is left out.
struct ShownFigure: Equatable {
  var numbers: [String: String] = [:]
  /// `c` and `u`; that something is not applicable some formats say of single columns.
  var marker = ""
}

/// Holds every writer to the release: the figures of all formats are the release's, each in its place, and there are no
/// others.
@Suite struct PackConformance {
  /// What a row of a release shows, told from the model alone.
  private static func expected(_ row: ReleasedRow) -> ShownFigure {
    var shown = ShownFigure(marker: ["c", "u"].contains(row.figure.marker) ? row.figure.marker : "")
    shown.numbers["base"] = row.base.map(String.init)
    func decimal(_ number: Int64?, _ decimals: Int) -> String? {
      guard let number else { return nil }
      let digits = String(String(number.magnitude).reversed()) + "000"
      let places = Array(digits.prefix(max(String(number.magnitude).count, decimals + 1)))
      return (number < 0 ? "-" : "") + String(places[decimals...].reversed()) + "."
        + String(places[..<decimals].reversed())
    }
    switch row.figure {
    case .withheld: break
    case .base(let count), .sessions(let count): shown.numbers["count"] = String(count)
    case .share(let count, let percent, let lower, let upper, _):
      shown.numbers["count"] = String(count)
      shown.numbers["percent"] = decimal(Int64(percent), 1)
      shown.numbers["lower"] = decimal(Int64(lower), 1)
      shown.numbers["upper"] = decimal(Int64(upper), 1)
    case .notApplicable:
      if row.key.row != .mean, row.key.row != .median { shown.numbers["count"] = "0" }
    case .value(let value, let lower, let upper, _):
      shown.numbers["value"] = decimal(value, 2)
      shown.numbers["lower"] = decimal(lower, 2)
      shown.numbers["upper"] = decimal(upper, 2)
    }
    return shown
  }

  @Test(arguments: PackFormat.all, MadeRelease.all)
  func `every figure of the release is shown in its place, and no other`(
    _ format: PackFormat, _ made: MadeRelease.Named
  ) throws {
    for pack in made.release.packs {
      let found = try format.read(format.writer.bytes(of: pack, in: made.release), made.release)
      let rows = pack.tables.flatMap(\.rows)
      #expect(found.count == rows.count)
      for row in rows {
        let place = FigurePlace(
          question: row.key.question, answer: format.label(row.key.row.text), banner: row.key.banner,
          group: format.label(row.key.group))
        #expect(found[place] == Self.expected(row), "\(place)")
      }
    }
  }

  @Test(arguments: PackFormat.all, MadeRelease.all)
  func `the same release gives the same bytes`(_ format: PackFormat, _ made: MadeRelease.Named) {
    for pack in made.release.packs {
      let bytes = format.writer.bytes(of: pack, in: made.release)
      #expect(bytes == format.writer.bytes(of: pack, in: made.release))
    }
  }

  @Test func `the suite has every writer`() {
    #expect(PackFormat.all.map(\.writer.format) == packWriters.map(\.format))
  }

  @Test func `a figure in another place, a changed one and one too many are found`() throws {
    let pack = try #require(MadeRelease.release.packs.first)
    let rows = pack.tables.flatMap(\.rows)
    let bytes = TablesCSV().bytes(of: pack, in: MadeRelease.release)
    let text = String(decoding: bytes, as: UTF8.self)
    let changed = try readTablesCSV(Array(text.replacing(",48.3,", with: ",48.4,").utf8))
    let wrong = rows.count { row in
      let place = FigurePlace(
        question: row.key.question, answer: row.key.row.text, banner: row.key.banner, group: row.key.group)
      return changed[place] != Self.expected(row)
    }
    #expect(wrong == 1)
  }
}

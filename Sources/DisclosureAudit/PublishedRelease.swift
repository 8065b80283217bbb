import FoundationEssentials

/// The files of a release folder that a reader needs: nothing else is looked at.
public struct ReleaseContents: Sendable {
  /// The bytes of definition.json and manifest.json.
  public var definition: [UInt8]
  public var manifest: [UInt8]
  /// The records of each pack's tables.csv, the heading first.
  public var tables: [(pack: String, records: [[String]])]
  /// The files of figures beside them.
  public var companions: [Companion]

  /// A file beside a tables.csv, the heading first.
  public struct Companion: Sendable {
    public var pack: String
    public var name: String
    public var records: [[String]]

    public init(pack: String, name: String, records: [[String]]) {
      self.pack = pack
      self.name = name
      self.records = records
    }
  }

  public init(
    definition: [UInt8], manifest: [UInt8], tables: [(pack: String, records: [[String]])],
    companions: [Companion] = []
  ) {
    self.definition = definition
    self.manifest = manifest
    self.tables = tables
    self.companions = companions
  }
}

/// A release as its readers know it, before anything is concluded from it.
struct PublishedRelease {
  let definition: PublishedDefinition
  let manifest: PublishedManifest
  let intervals: IntervalRule
  /// Packs of the definition that the folder holds, in the definition's order.
  let packs: [PublishedDefinition.Pack]
  let rows: [PublishedRow]
  /// Sentences about rows that are missing, twice there, or of nothing that the definition knows.
  private(set) var faults: [String] = []

  /// Where a figure is printed.
  struct Key: Hashable {
    var pack: String
    var question: String
    var answer: String
    var banner: String
    var group: String
  }

  let rowOfKey: [Key: Int]
  /// Banners that have a group `Not stated` somewhere in the release.
  let bannersWithNotStated: Set<String>

  init(_ contents: ReleaseContents) throws(UnreadableRelease) {
    do {
      definition = try JSONDecoder().decode(PublishedDefinition.self, from: Data(contents.definition))
    } catch { throw UnreadableRelease("definition.json is not one that canvass writes") }
    do {
      manifest = try JSONDecoder().decode(PublishedManifest.self, from: Data(contents.manifest))
    } catch { throw UnreadableRelease("manifest.json is not one that canvass writes") }
    intervals = IntervalRule(definition, responses: manifest.responses)
    let known = Set(definition.packs.map(\.id))
    var rows: [PublishedRow] = []
    for table in contents.tables {
      guard known.contains(table.pack) else {
        throw UnreadableRelease("definition.json knows no pack `\(table.pack)`")
      }
      rows += try Self.rows(of: table.pack, table.records)
    }
    guard !rows.isEmpty else { throw UnreadableRelease("the folder holds no tables.csv with figures") }
    self.rows = rows
    let present = Set(contents.tables.map(\.pack))
    packs = definition.packs.filter { present.contains($0.id) }

    var rowOfKey: [Key: Int] = [:]
    var twice: [String] = []
    for (index, row) in rows.enumerated() {
      let key = Key(
        pack: row.pack, question: row.question, answer: row.answer, banner: row.banner, group: row.group)
      if rowOfKey.updateValue(index, forKey: key) != nil {
        twice.append("\(row.pack)/tables.csv:\(row.line): the same figure stands in an earlier row")
      }
    }
    self.rowOfKey = rowOfKey
    bannersWithNotStated = Set(rows.filter { $0.group == "Not stated" }.map(\.banner))
    faults = twice
  }

  private static func rows(of pack: String, _ records: [[String]]) throws(UnreadableRelease) -> [PublishedRow]
  {
    guard let head = records.first, head.starts(with: PublishedRow.columns) else {
      throw UnreadableRelease("\(pack)/tables.csv does not have the columns of a table that canvass writes")
    }
    let columns = Dictionary(head.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [PublishedRow] = []
    for (index, record) in records.dropFirst().enumerated() {
      let line = index + 2
      guard record.count == head.count else {
        throw UnreadableRelease("\(pack)/tables.csv:\(line): another number of fields than the heading has")
      }
      guard PublishedRow.label(record[0]) == pack else {
        throw UnreadableRelease("\(pack)/tables.csv:\(line): a row of another pack")
      }
      rows.append(try PublishedRow.read(record, columns: columns, pack: pack, line: line).get())
    }
    return rows
  }

  func row(_ pack: String, _ question: String, _ answer: String, _ banner: String, _ group: String)
    -> PublishedRow?
  {
    let key = Key(pack: pack, question: question, answer: answer, banner: banner, group: group)
    return rowOfKey[key].map { rows[$0] }
  }
}

/// What files beside tables.csv are read with.
extension PublishedRelease {
  /// Of a group, those who gave any answer, or whose text was coded; nil where that is not told.
  func answered(
    _ question: PublishedDefinition.Question, _ pack: String, _ banner: String, _ group: String
  ) -> Int? {
    guard let base = row(pack, question.id, "(base)", banner, group)?.count else { return nil }
    if question.base != "asked" { return base }
    return row(pack, question.id, "(no answer)", banner, group)?.count.map { base - $0 }
  }

  /// The groups of a banner as tables.csv has them; `Total` of the total.
  func groupLabels(of banner: String) -> [String] {
    if banner == "total" { return ["Total"] }
    let labels = (try? AudienceAtoms.labels(of: banner, definition)) ?? []
    return bannersWithNotStated.contains(banner) ? labels + ["Not stated"] : labels
  }
}

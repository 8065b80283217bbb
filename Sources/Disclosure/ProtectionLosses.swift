import ReleaseModel
public import SurveyDefinition
public import Tabulation

/// What protecting a wave would withhold, where and why: exact and confidential, for the analyst alone.
///
/// It is no release, and no writer can be given it.
public struct ProtectionLosses: Sendable {
  public let packs: [Pack]

  /// What one pack loses.
  public struct Pack: Sendable {
    public let id: String
    public let title: String
    public fileprivate(set) var cells = Cells()
    public fileprivate(set) var reasons: [LossReason: Int] = [:]
    /// How many people the withheld cells count, each as often as cells count them.
    public fileprivate(set) var people = 0
    /// In the order in which they are printed.
    public fileprivate(set) var tables: [Table] = []
    /// Groups of which anything is withheld, banner by banner.
    public fileprivate(set) var groups: [Group] = []
  }

  /// Printed cells, and how many of them are withheld.
  public struct Cells: Sendable, Hashable {
    public fileprivate(set) var printed = 0
    public fileprivate(set) var withheld = 0
    public var shown: Int { printed - withheld }

    fileprivate mutating func add(_ other: Cells) {
      printed += other.printed
      withheld += other.withheld
    }
  }

  public struct Table: Sendable, Hashable {
    public let question: String
    public let banner: String
    public let cells: Cells
  }

  public struct Group: Sendable {
    /// The variable or question across the top, and the group's position under it.
    public let item: Item
    public let position: Int
    public let banner: String
    public let label: String
    public let people: Int
    /// Over all questions of the pack.
    public fileprivate(set) var cells = Cells()
    /// Not even how many people the group has is shown.
    public fileprivate(set) var isSizeWithheld = false

    public var losesMost: Bool { 2 * cells.withheld > cells.printed }
  }

  /// All packs together.
  public var cells: Cells { packs.reduce(into: Cells()) { $0.add($1.cells) } }

  /// Protects the wave as a run would, and compares what came out with what went in.
  /// - Parameter places: What is withheld besides.
  public init(_ tally: Tally, of wave: Wave, withholding places: Set<PlaceToWithhold> = []) {
    let release = protect(tally, of: wave, withholding: places).release
    var shown: Set<FigureKey> = []
    for row in release.packs.joinedRows where !row.figure.isWithheld { shown.insert(row.key) }
    let raw = RawFigures(tally)
    packs = declare(tally).packs.map { Pack($0, raw, isShown: shown.contains) }
  }
}

extension [ReleasedPack] {
  fileprivate var joinedRows: [ReleasedRow] { flatMap { $0.tables.flatMap(\.rows) } }
}

extension ProtectionLosses.Pack {
  fileprivate init(_ pack: DeclaredPack, _ raw: RawFigures, isShown: (FigureKey) -> Bool) {
    id = pack.id
    title = pack.title
    var places: [[String]: Int] = [:]
    for table in pack.tables {
      let isSensitive = raw.tally.plan.survey.questions.contains { $0.id == table.question && $0.isSensitive }
      var cells = ProtectionLosses.Cells()
      for column in table.columns {
        guard let first = column.first else { continue }
        let group = place(of: first, raw, &places)
        let isWhole =
          group.map { groups[$0].isSizeWithheld || (isSizeRow(first) && !isShown(first.key)) } ?? false
        if let group { groups[group].isSizeWithheld = isWhole }
        var own = ProtectionLosses.Cells()
        let reasons = raw.thresholdReasons(column, isSensitive: isSensitive)
        for (figure, reason) in zip(column, reasons) {
          own.printed += 1
          guard !isShown(figure.key) else { continue }
          own.withheld += 1
          people += raw.people(figure.form)
          self.reasons[reason ?? (isWhole ? .group : .others), default: 0] += 1
        }
        if let group { groups[group].cells.add(own) }
        cells.add(own)
      }
      let banner = table.columns.first?.first?.key.banner ?? "total"
      tables.append(ProtectionLosses.Table(question: table.question, banner: banner, cells: cells))
      self.cells.add(cells)
    }
    groups.removeAll { $0.cells.withheld == 0 }
  }

  /// The first table of every banner holds the sizes of its groups.
  private func isSizeRow(_ figure: Figure) -> Bool { figure.key.question == "respondents" }

  /// Where a column's group stands in `groups`; nil for the total, which is no group.
  private mutating func place(of figure: Figure, _ raw: RawFigures, _ places: inout [[String]: Int]) -> Int? {
    guard case .base(let form) = figure.form, let banner = form.banner else { return nil }
    let key = [figure.key.banner, figure.key.group]
    if let known = places[key] { return known }
    let size = CountForm(
      audience: form.audience, table: 0, banner: banner, group: form.group, categories: [0])
    groups.append(
      ProtectionLosses.Group(
        item: raw.tally.plan.banners[banner].item, position: form.group, banner: figure.key.banner,
        label: figure.key.group, people: raw.value(size)))
    places[key] = groups.count - 1
    return groups.count - 1
  }
}

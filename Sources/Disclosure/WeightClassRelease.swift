public import ReleaseModel
import SurveyDefinition
import Tabulation

/// What makes a release of figures; only `protect` has one.
struct ReleaseMaker {
  var row: (FigureKey, _ base: Int?, ReleasedFigure) -> ReleasedRow
  /// The same question, kind, source and banner as of another table.
  var table: (ReleasedTable, [ReleasedRow]) -> ReleasedTable
  var pack: (_ id: String, _ title: String, [ReleasedTable]) -> ReleasedPack
  /// The same wave as of another release.
  var release: (Release, PublicDefinition, [ReleasedPack]) -> Release
}

/// A pack as a reader has it at most who knows which weights there are: beside it one for the respondents of each class of weights,
/// which tells of these what the pack tells of all.
///
/// A count and a weighted percentage of the same people are two equations; with two classes of weights they say how many of each
/// class there are, and with a few more mostly, too. So all of it is taken as told. This is for the audit alone and is
/// never written.
public struct WeightClassRelease: Sendable {
  /// Unweighted figures: those of the packs, and those of the classes in packs of their own.
  public let release: Release
  /// The id of the item whose groups the classes are; nil where they are different weights, whatever they stand for.
  public let item: String?
  /// By id of a pack of a class: the pack whose people it divides.
  public let packOfClass: [String: String]

  /// - Parameter pack: The position of the pack that is divided.
  init(
    _ partition: WeightPartition, ofPack pack: Int, in release: Release, _ declaration: Declaration,
    _ tally: Tally, _ wave: Wave, _ make: ReleaseMaker
  ) {
    let declared = declaration.packs[pack]
    let published = release.packs[pack]
    // Groups of which no answer is told have nothing of weights to tell either.
    let told = Set(published.tables.filter(\.tellsShares).map(\.banner))
    var definition = ClassDefinition(partition, release.definition, of: declared.id, under: told, wave.survey)
    let intervals = IntervalRules(tally)
    var packs = [
      ClassFigures(tally: tally, intervals: intervals, make: make).pack(
        declared, as: declared.id, published, under: told)
    ]
    var packOfClass: [String: String] = [:]
    for (position, own) in partition.classes.enumerated() {
      guard let id = definition.addPack(position, own) else { continue }
      packOfClass[id] = declared.id
      packs.append(
        ClassFigures(tally: own.tally, intervals: intervals, make: make).pack(
          declared, as: id, published, under: told))
    }
    item = partition.item.map(wave.survey.id(of:))
    self.packOfClass = packOfClass
    self.release = make.release(release, definition.definition, packs)
  }
}

/// A public definition that knows packs of classes.
private struct ClassDefinition {
  private(set) var definition: PublicDefinition
  private let item: String
  private let labels: [String]

  private let pack: PublicDefinition.Pack?

  init(
    _ partition: WeightPartition, _ definition: PublicDefinition, of pack: String,
    under banners: Set<String>, _ survey: Survey
  ) {
    self.definition = definition
    self.definition.packs.removeAll { $0.id != pack }
    for index in self.definition.packs.indices {
      self.definition.packs[index].banners.removeAll { !banners.contains($0) }
    }
    self.pack = self.definition.packs.first
    // Whatever stands beside tables.csv is attacked with the release itself.
    self.definition.weighting = nil
    self.definition.population = nil
    self.definition.indices = nil
    self.definition.focusGroups = nil
    for index in self.definition.questions.indices {
      self.definition.questions[index].scores = nil
      self.definition.questions[index].coOccurrence = nil
    }
    // A class that a reader tells by its weight has nothing to do with how small a group may be that has answers.
    self.definition.protection.minimumBase = definition.protection.minimumCell
    if let own = partition.item {
      item = survey.id(of: own)
      labels = survey.groupLabels(of: own)
    } else {
      item = "class of weight"
      labels = partition.classes.indices.map { "\($0 + 1)" }
      self.definition.variables.append(.init(id: item, label: item, groups: labels))
    }
  }

  /// Adds the pack of a class; nil for those who are in no group, who are what the others leave.
  mutating func addPack(_ position: Int, _ own: WeightClass) -> String? {
    guard let group = own.group, var copy = pack else { return nil }
    let clause = PublicDefinition.Clause(item: item, answers: [labels[group]])
    copy.id += "~\(position + 1)"
    copy.who = (copy.who ?? [[]]).map { $0 + [clause] }
    definition.packs.append(copy)
    return copy.id
  }
}

/// Unweighted figures of some respondents, where the figures of all are published.
private struct ClassFigures {
  let tally: Tally
  let intervals: IntervalRules
  let make: ReleaseMaker

  /// - Parameter banners: Those that it tells anything under.
  func pack(
    _ declared: DeclaredPack, as id: String, _ published: ReleasedPack, under banners: Set<String>
  ) -> ReleasedPack {
    make.pack(
      id, declared.title,
      zip(declared.tables, published.tables).compactMap { table, shown in
        guard table.source != "focus-group", shown.banner == "total" || banners.contains(shown.banner) else {
          return nil
        }
        return self.table(table, as: id, shown)
      })
  }

  private func table(_ declared: DeclaredTable, as id: String, _ published: ReleasedTable) -> ReleasedTable {
    var rows = published.rows[...]
    return make.table(
      published,
      declared.columns.flatMap { column in
        let shown = rows.prefix(column.count)
        rows = rows.dropFirst(column.count)
        return self.column(column, as: id, Array(shown))
      })
  }

  private func column(_ figures: [Figure], as id: String, _ published: [ReleasedRow]) -> [ReleasedRow] {
    // Of a group whose answers are all withheld no weight tells anything.
    let tellsWeights = published.contains { if case .share = $0.figure { true } else { false } }
    let isSize = figures.count == 1
    return zip(figures, published).map { figure, whole in
      var key = figure.key
      key.pack = id
      func row(_ base: Int?, _ figure: ReleasedFigure) -> ReleasedRow {
        make.row(key, base, figure)
      }
      let isTold = whole.base != nil && (tellsWeights || isSize)
      switch figure.form {
      case .base(let form):
        guard isTold else { return row(nil, .withheld) }
        let base = count(form)
        return row(base, base == 0 ? .notApplicable : .base(base))
      case .share(let form, let baseForm), .firstPlace(let form, let baseForm, places: _):
        guard isTold else { return row(nil, .withheld) }
        let base = count(baseForm)
        if base == 0 { return row(0, .notApplicable) }
        guard case .share = whole.figure else { return row(base, .withheld) }
        return row(base, .share(count(form), of: base, intervals))
      case .mean(_, let baseForm), .median(_, let baseForm):
        guard isTold else { return row(nil, .withheld) }
        let base = count(baseForm)
        return row(base, base == 0 ? .notApplicable : .withheld)
      case .sessions: return row(nil, .withheld)
      }
    }
  }

  private func count(_ form: CountForm) -> Int {
    let audience = UInt64(form.audience)
    return tally.atoms.indices.reduce(0) { sum, atom in
      guard tally.atoms[atom] & (1 << audience) != 0 else { return sum }
      return sum
        + form.categories.reduce(0) {
          $0
            + tally.count(
              atom: atom, table: form.table, banner: form.banner, group: form.group, category: $1)
        }
    }
  }
}

extension ReleasedTable {
  /// Whether any share of it is shown.
  fileprivate var tellsShares: Bool {
    source != "focus-group" && rows.contains { if case .share = $0.figure { true } else { false } }
  }
}

import Solver
import SurveyDefinition
import Tabulation

/// Writes one or several tables of a question under one banner as a suppression problem, in the terms of the search for
/// witnesses: every step from the truth that an exchange could take is a table of the problem. Under several banners
/// together where none of them alone shows what a total must be.
struct SuppressionProblemBuilder {
  /// A count of one of the tables.
  struct Count: Hashable {
    /// The table's position in its question.
    var table: Int
    var target: ExchangeSearch.Target
  }

  private let search: ExchangeSearch
  private(set) var problem = SuppressionProblem()
  /// By unknown: what it stands for.
  let cells: [TableUnknowns.Cell]
  /// By banner; first a block of the totals, where there are several.
  private let blocks: [BannerBlock]
  private var bundles: [Bundle: Int] = [:]

  /// - Parameters:
  ///   - scope: The tables of the search's question that are meant.
  ///   - columns: One banner, or several together: their totals may then be anything that is not printed.
  ///   - isFine: Whether atoms that nobody can tell apart here are told apart all the same. So they are, too, where totals
  ///     are withheld that only this banner ties to anything.
  ///   - choosesSizes: Whether the sizes of groups are to be chosen too.
  ///   - combinations: Of one of the themes, those that other themes make with it and that are to stay as they are.
  init(
    search: ExchangeSearch, scope: TableScope, columns: [Int], isFine: Bool, choosesSizes: Bool = false,
    combinations: ThemeCombinations? = nil
  ) {
    let isTogether = columns.count > 1
    var known = TableUnknowns()
    var blocks: [BannerBlock] = []
    for column in isTogether ? [0] + columns : columns {
      let totals: BannerBlock.Totals =
        if isTogether {
          column == 0 ? .printed : .apart
        } else if search.opensTotals(column, scope) {
          search.isOnlyBanner(column) ? .printed : .shown
        } else {
          .known
        }
      let block = BannerBlock(
        search: search, scope: scope, column: column, first: known.bounds.count, isFine: isFine,
        totals: totals, choosesSizes: choosesSizes, combinations: combinations)
      block.add(to: &known)
      blocks.append(block)
    }
    if isTogether {
      let totals = blocks[0].partsOfTotals
      for block in blocks.dropFirst() {
        let parts = block.partsOfTotals
        for key in parts.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
          guard let own = parts[key], let total = totals[key] else { continue }
          known.relate(own, total, 0, 0)
        }
      }
    }
    self.search = search
    self.blocks = blocks
    cells = known.cells
    problem.unknowns = known.bounds
    problem.truth = known.truth
    problem.rows = known.rows
  }

  /// Whether something is to be held open that is not yet, as far as can be seen.
  var hasWork: Bool {
    problem.bundles.contains { $0.status == .open }
      && problem.targets.contains { target in
        target.figures.isEmpty
          || target.figures.contains { problem.bundles[problem.figures[$0].bundle].status == .withheld }
      }
  }

  /// The unknowns that add up to the size of a group in one atom; by atom and group.
  var sizeRows: [[Int]: [Int]] { blocks.first?.sizeRows ?? [:] }

  /// What a respondent who is counted in an unknown answered: its table, who they are, and which category.
  func answer(_ unknown: Int) -> [Int] {
    let cell = cells[unknown]
    let table = search.system.tables[cell.table]
    let row = cell.cell / table.categories
    return [cell.table, row / table.groups[cell.column], cell.cell % table.categories]
  }

  /// The group that an unknown is in.
  func group(_ unknown: Int) -> Int {
    let cell = cells[unknown]
    let table = search.system.tables[cell.table]
    return cell.cell / table.categories % table.groups[cell.column]
  }

  // MARK: - Counts

  /// A count as a form over the unknowns.
  func form(_ count: Count) -> LinearForm {
    let block = blocks.first { $0.column == count.target.column } ?? blocks.first
    var form = LinearForm()
    for unknown in block?.unknowns(of: count) ?? [] where problem.unknowns[unknown].upper > 0 {
      form.add(unknown, 1)
    }
    return form
  }

  /// Adds a printed figure; false where it can only be zero, whatever is published.
  /// - Parameter bundle: Of an open figure, with which others it is withheld or published; nil: with none.
  mutating func addFigure(
    _ figure: Count, count: Int, room: Int, status: SuppressionProblem.Status, cost: Double,
    bundle: Bundle? = nil
  ) -> Bool {
    let form = form(figure)
    guard !form.columns.isEmpty else { return false }
    let known = status == .open ? bundle.flatMap { bundles[$0] } : nil
    let index = known ?? problem.bundles.count
    if known == nil { problem.bundles.append(.init(status: status, cost: 0)) }
    if let bundle, status == .open { bundles[bundle] = index }
    problem.bundles[index].cost += cost
    problem.figures.append(.init(form: form, count: count, room: room, bundle: index))
    return true
  }

  /// All answers of a group in one audience's tables of the question.
  struct Bundle: Hashable {
    var audience: Int
    var group: Int
  }

  /// Adds a count that must be held open: always, or where one of some figures is withheld.
  mutating func addTarget(_ target: Count, _ need: WitnessBuilder.Need, figures: [Int] = []) {
    let form = form(target)
    guard !form.columns.isEmpty else { return }
    let width = max(need.width, need.insiderWidth + 1)
    problem.targets.append(
      .init(form: form, count: need.count, width: width, height: width, figures: figures))
  }
}

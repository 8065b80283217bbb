import Solver
import Testing

@testable import Disclosure

/// The search for the cheapest safe choice, against an example worked by hand and against trying every choice there is.
@Suite struct SuppressionSearchTests {
  /// A table of three activities by three regions in the manner of Fischetti and Salazar (2001), Management Science 47(7):
  /// withholding one count alone, or with another of its row alone, tells it exactly; a rectangle must be closed, and the
  /// cheapest by its counts is 8, 22, 17, 12 (37 beside the count itself; the others come to 38 and more).
  @Test func `a count is hidden by the cheapest rectangle`() throws {
    let table = [[20, 50, 10], [8, 19, 22], [17, 32, 12]]
    let made = MadeTable(table, primary: [5], costs: table.joined().map(Double.init), width: 8, height: 0)
    var search = SuppressionSearch(made.problem, programLimit: 10_000)
    let found = search.run()
    let choice = try #require(found)
    #expect(made.isSafe(choice))
    let best = try #require(made.cheapest)
    #expect(made.cost(choice) == made.cost(best))
    #expect(choice.indices.filter { choice[$0] } == [3, 5, 6, 8])
  }

  @Test(arguments: 1...60)
  func `nothing cheaper is safe`(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let rows = 3
    let columns = seed % 2 == 0 ? 3 : 4
    let cells = (0..<(rows * columns)).map { _ in Int.random(in: 0...12, using: &random) }
    let table = (0..<rows).map { Array(cells[($0 * columns)..<(($0 + 1) * columns)]) }
    let primary = cells.indices.filter { (1...4).contains(cells[$0]) }
    guard !primary.isEmpty, primary.count < cells.count else { return }
    let made = MadeTable(table, primary: primary, costs: cells.map { _ in 1 }, width: 5, height: 5)
    var search = SuppressionSearch(made.problem, programLimit: 10_000)
    let choice = search.run()
    guard let best = made.cheapest else {
      // What cannot be held open even with everything withheld is somebody else's to protect.
      if let choice { #expect(!made.isSafe(choice)) }
      return
    }
    let found = try #require(choice)
    #expect(made.isSafe(found))
    #expect(made.cost(found) == made.cost(best))
  }

  @Test func `what is bundled is withheld together`() throws {
    var made = MadeTable(
      [[20, 50, 10], [8, 19, 22], [17, 32, 12]], primary: [5], costs: Array(repeating: 1, count: 9), width: 5,
      height: 5)
    made.bundleRows()
    var search = SuppressionSearch(made.problem, programLimit: 10_000)
    let found = search.run()
    let choice = try #require(found)
    #expect(choice.count { $0 } == 2, "the row of the count itself and one other")
  }
}

/// A table with its margins published, of which some cells are withheld in any case.
private struct MadeTable {
  var problem = SuppressionProblem()
  private let cells: [Int]
  private let columns: Int

  init(_ table: [[Int]], primary: [Int], costs: [Double], width: Int, height: Int) {
    cells = Array(table.joined())
    columns = table[0].count
    problem.unknowns = cells.map { _ in (0, IntegerProgram.unbounded) }
    problem.truth = cells.map(Double.init)
    let lines =
      table.indices.map { row in (0..<columns).map { row * columns + $0 } }
      + (0..<columns).map { column in table.indices.map { $0 * columns + column } }
    for line in lines {
      let sum = Double(line.reduce(0) { $0 + cells[$1] })
      problem.rows.append((form(line), sum, sum))
    }
    for (cell, count) in cells.enumerated() {
      let row = Double(lines[cell / columns].reduce(0) { $0 + cells[$1] })
      let column = Double(lines[table.count + cell % columns].reduce(0) { $0 + cells[$1] })
      problem.figures.append(
        .init(form: form([cell]), count: count, room: Int(min(row, column)) - count, bundle: cell))
      problem.bundles.append(.init(status: primary.contains(cell) ? .withheld : .open, cost: costs[cell]))
      if primary.contains(cell) || count < 2 * width - 1 {
        problem.targets.append(
          .init(form: form([cell]), count: count, width: width, height: height, figures: [cell]))
      }
    }
  }

  /// One bundle a row; the row of a primary cell is withheld.
  mutating func bundleRows() {
    let isWithheld = (0..<(cells.count / columns)).map { row in
      (0..<columns).contains { problem.bundles[row * columns + $0].status == .withheld }
    }
    problem.bundles = isWithheld.map { .init(status: $0 ? .withheld : .open, cost: Double(columns)) }
    for cell in cells.indices { problem.figures[cell].bundle = cell / columns }
  }

  private func form(_ unknowns: [Int]) -> LinearForm {
    LinearForm(columns: unknowns.map(Int32.init), coefficients: unknowns.map { _ in 1 })
  }

  func cost(_ choice: [Bool]) -> Double {
    choice.indices.reduce(0) { $0 + (choice[$1] ? problem.bundles[$1].cost : 0) }
  }

  /// Whether every withheld count keeps its width. The tables that agree with a choice are those of a transportation
  /// problem, whose bounds are whole numbers (Dantzig 1951), so that bounds of a linear program are exact.
  func isSafe(_ choice: [Bool]) -> Bool {
    var program = IntegerProgram(
      rows: problem.rows,
      columns: cells.indices.map {
        choice[$0] ? (0, IntegerProgram.unbounded) : (Double(cells[$0]), Double(cells[$0]))
      })
    return problem.targets.allSatisfy { target in
      guard let figure = target.figures.first, choice[figure] else { return true }
      guard case .optimal(let highest, _) = program.bound(target.form, isLargest: true),
        case .optimal(let lowest, _) = program.bound(target.form, isLargest: false)
      else { return false }
      return highest - lowest >= Double(target.width) - 1e-6 && highest >= Double(target.height) - 1e-6
    }
  }

  /// The cheapest safe choice, by trying every one in the order of its cost.
  var cheapest: [Bool]? {
    let open = cells.indices.filter { problem.bundles[$0].status == .open }
    let choices = (0..<(1 << open.count)).map { pattern in
      cells.indices.map { cell in
        open.firstIndex(of: cell).map { pattern & (1 << $0) != 0 } ?? true
      }
    }
    return choices.sorted { cost($0) < cost($1) }.first(where: isSafe)
  }
}

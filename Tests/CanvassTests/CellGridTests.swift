import Foundation
import Testing

@testable import Canvass

/// Tables of cells fit the terminal.
@Suite struct CellGridTests {
  private func lines(_ headings: [String], _ rows: [CellGrid.Row], width: Int = 80) -> [String] {
    CellGrid(title: "Withheld", headings: headings, rows: rows)
      .lines(on: Console(width: width, output: { _ in }, errors: { _ in }))
  }

  @Test func `columns are as wide as they must be, and none is a dash`() {
    #expect(
      lines(
        ["force", "b"], [("equipment", [CellGrid.text(1200), CellGrid.text(0)]), ("q", ["7", ""])], width: 40)
        == [
          "Withheld                        force  b",
          "  equipment                     1,200  -",
          "  q                                 7   ",
        ])
  }

  @Test(arguments: [60, 80, 100], [1, 5, 6, 7, 20]) func `what does not fit goes below`(
    _ width: Int, _ packs: Int
  ) {
    let headings = (0..<packs).map { "a_rather_long_pack_\($0)" }
    let rows = [("a_question_with_an_id_that_is_long_too", Array(repeating: "12,345", count: packs))]
    let lines = lines(headings, rows, width: width)
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines.joined().components(separatedBy: "12,345").count == packs + 1)
  }
}

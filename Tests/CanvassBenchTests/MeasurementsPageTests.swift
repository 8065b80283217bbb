import Testing

@testable import CanvassBench

@Suite struct MeasurementsPageTests {
  private let page = """
    # Page

    | a table | of another place |

    ## One

    Words.

    | old |
    | --- |
    | 1 |

    ## Two

    | kept |

    """

  @Test func `the table below a heading is replaced and nothing else`() {
    let table = MeasurementsPage.lines([["new", "table"], ["2", "3"]])
    #expect(table == ["| new | table |", "| --- | --- |", "| 2 | 3 |"])
    let changed = MeasurementsPage.text(page, with: table, below: "One")
    let wanted = page.replacing(
      "| old |\n| --- |\n| 1 |", with: "| new | table |\n| --- | --- |\n| 2 | 3 |")
    #expect(changed == wanted)
  }

  @Test func `a heading that is missing or has no table is not written over`() {
    #expect(MeasurementsPage.text(page, with: ["| x |"], below: "Three") == nil)
    #expect(MeasurementsPage.text("# A\n\n## B\n\n| t |\n", with: ["| x |"], below: "A") == nil)
  }

  @Test func `medians and ratios`() {
    #expect(median([3, 1, 2]) == 2)
    #expect(median([4, 1, 2, 3]) == 2)
    #expect(median([]) == nil)
    #expect(ratio(3, to: 2) == "1.50" && ratio(3, to: 0) == "–")
  }

  @Test func `what optimum py says of a block is read`() throws {
    let line =
      #"{"printed": 40, "primary": 19, "ours": 40, "ours_people": 472, "proven": true, "best": 31, "best_people": 247, "note": ""}"#
    let blocks = try BlockLoss.blocks(line + "\n")
    #expect(blocks.count == 1 && blocks[0].best == 31 && blocks[0].oursPeople == 472)
    let row = LossRow.table([LossRow(name: "x", surveys: 1, blocks: blocks, gauss: nil)])[1]
    #expect(row[7] == "1.75" && row[8] == "1.29" && row[9] == "1.91" && row[10] == "–" && row[11] == "–")
    let gauss = GaussLoss(version: "1.2.3", primary: 19, suppressed: 43, people: 494)
    let compared = LossRow.table([LossRow(name: "x", surveys: 1, blocks: blocks, gauss: [gauss])])[1]
    #expect(compared[10] == "2.00" && compared[11] == "2.00")
  }
}

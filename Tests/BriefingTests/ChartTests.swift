@_spi(Protection) import ReleaseModel
import Testing

@testable import Briefing

@Suite struct ChartTests {
  private func page(_ tables: [ReleasedTable], blocks: [[String]] = []) -> String {
    let release = MadePack.release(tables, blocks: blocks)
    return String(decoding: BriefingHTML().bytes(of: release.packs[0], in: release), as: UTF8.self)
  }

  private func occurrences(of part: String, in text: String) -> Int { text.ranges(of: part).count }

  @Test func `the parts of a stacked bar are the answers' shares and fill it`() {
    let chart = StackedBars(
      answers: MadePack.scale,
      bars: [
        .init(label: nil, parts: [(1, 333), (1, 333), (1, 333)].map { .init(count: $0.0, percent: $0.1) })
      ])
    let text = String(decoding: chart.drawing(.narrow).markup.bytes, as: UTF8.self)
    #expect(text.contains("x=\"0%\" y=\"2\" width=\"33.33%\""))
    #expect(text.contains("x=\"33.33%\" y=\"2\" width=\"33.33%\""))
    #expect(text.contains("x=\"66.66%\" y=\"2\" width=\"33.34%\""))
  }

  /// The texts of a drawing.
  private func figures(_ drawing: Drawing) -> [String] {
    let text = String(decoding: drawing.markup.bytes, as: UTF8.self)
    return text.split(separator: "</text>").compactMap {
      $0.split(separator: ">").last.map(String.init)
    }
  }

  @Test func `a part has its figure where there is room, and only there`() {
    func figures(_ share: Int, _ room: Drawing.Room) -> [String] {
      let parts = [share, 1000 - share].map { StackedBars.Part(count: $0, percent: $0) }
      return self.figures(
        StackedBars(answers: ["A", "B"], bars: [.init(label: nil, parts: parts)]).drawing(room))
    }
    #expect(figures(122, .wide) == ["12.2", "87.8"])
    #expect(figures(122, .narrow) == ["87.8"])
    for room in [Drawing.Room.narrow, .wide] {
      for share in 1..<1000 {
        let found = figures(share, room)
        for (part, figure) in [(share, decimal(share)), (1000 - share, decimal(1000 - share))] {
          let pixels = Double(part * room.width) / 1000
          // Digits of Arial are 0.556 of its size, the point 0.278.
          let width = Double(figure.utf8.count - 1) * 0.556 * 14 + 0.278 * 14
          if width + 8 > pixels { #expect(!found.contains(figure), "\(figure) in \(pixels) pixels") }
          if width + 10 < pixels { #expect(found.contains(figure), "\(figure) in \(pixels) pixels") }
        }
      }
    }
  }

  @Test func `a page has a drawing for each width where figures fit on the wide one alone`() {
    let narrow = page([MadePack.table("a", [100, 300, 600])])
    #expect(occurrences(of: "class=\"chart wide\"", in: narrow) == 1)
    #expect(occurrences(of: ">10.0</text>", in: narrow) == 1)
    #expect(narrow.contains("<span class=\"note narrow\">A part too narrow for its figure"))
    let none = page([MadePack.table("a", [10, 390, 600])])
    #expect(none.contains("<span class=\"note\">A part too narrow for its figure"))
    let same = page([MadePack.table("a", [300, 300, 400])])
    #expect(occurrences(of: "class=\"chart wide\"", in: same) == 0)
    #expect(!same.contains("A part too narrow for its figure"))
  }

  /// The others would tell its length.
  @Test func `a question of which an answer is withheld has no stacked bar`() {
    #expect(page([MadePack.table("a", [500, 300, 200])]).contains("class=\"key\""))
    let partly = page([MadePack.table("a", [500, nil, 200])])
    #expect(!partly.contains("class=\"key\""))
    #expect(partly.contains(">[c]</text>"))
    // No track for what is withheld: it would read as 0.
    #expect(occurrences(of: "class=\"f-track\"", in: partly) == 2)
    #expect(occurrences(of: "class=\"f-accent\"", in: partly) == 2)
  }

  @Test func `a block leaves out the bar of a question of which an answer is withheld`() {
    let both = [MadePack.table("a", [500, 300, 200]), MadePack.table("b", [500, nil, 200])]
    let text = page(both, blocks: [["a", "b"]])
    #expect(occurrences(of: " edge\" fill=\"#0b4f8a\"", in: text) == 2, "the key and one bar")
  }

  @Test func `a chart of many answers names those that are withheld in a sentence`() {
    let answers = ["A", "B", "C", "D", "E", "F"]
    let few = page([MadePack.table("a", [100, 90, nil, nil, nil, 80], kind: "multiple", answers: answers)])
    #expect(occurrences(of: ">[c]</text>", in: few) == 3)
    let many = page([MadePack.table("a", [100, nil, nil, nil, nil, 80], kind: "multiple", answers: answers)])
    #expect(occurrences(of: "[c]</text>", in: many) == 0 && occurrences(of: ">[c]</td>", in: many) > 0)
    #expect(
      many.contains("Withheld [c]: <bdi>B</bdi>, <bdi>C</bdi>, <bdi>D</bdi> and <bdi>E</bdi>."))
    #expect(occurrences(of: "class=\"f-accent\"", in: many) == 2)
  }

  @Test func `nothing of a pack that is withheld whole is drawn`() {
    let text = page([MadePack.table("a", [nil, nil, nil])])
    #expect(!text.contains("<rect") && !text.contains("<circle"))
    #expect(text.contains("[c]"))
  }

  @Test func `a text of a chart is written as text`() {
    let text = page([
      MadePack.table("a", [1, 2, 3].map { $0 * 100 }, answers: ["<b>", "a & b", "\u{0}\u{FFFF}x"])
    ])
    #expect(text.contains("&lt;b&gt;") && text.contains("a &amp; b") && !text.contains("<b>"))
    #expect(text.contains("\u{FFFD}\u{FFFD}x"))
  }

  @Test func `a dot stands where its figure is`() {
    let plot = DotPlot(
      from: .init(value: 0, text: "0%"), to: .init(value: 1000, text: "100%"),
      rows: [.init(label: "Total", figure: .init(value: 483, lower: 455, upper: 512), text: "48.3%")])
    let text = String(decoding: plot.drawing(.wide).markup.bytes, as: UTF8.self)
    #expect(
      text.contains("cx=\"48.30%\"") && text.contains("x1=\"45.50%\"") && text.contains("x2=\"51.20%\""))
  }
}

/// A chart for paper: in light colours, and in pieces that each fit a page.
///
/// Its shapes and letters are the typesetter's own rather than a picture, so that a label in a chart is set like any other.
struct PaperChart {
  /// One drawing a piece.
  let drawings: [Drawing]
  private let accent: Colour?

  /// Pixels. A piece that is higher is divided: a page has room for about 1,000.
  private static let highest = 820

  /// - Parameter accent: Of the definition; nil for the page's own.
  init(_ chart: Chart, accent: Colour?) {
    self.accent = accent
    let pieces = max(1, (chart.drawing(.wide).height + Self.highest - 1) / Self.highest)
    drawings = chart.pieces(pieces).map { $0.drawing(.wide) }
  }

  /// A shape as a call of the template.
  /// - Parameter text: Makes code of a label.
  func code(_ shape: Drawing.Shape, text: (String) -> TypstCode) -> TypstCode {
    switch shape {
    case .rect(let paint, let x, let width, let top, let height, let isOutlined):
      .call(
        "bar", [colour(paint), .number(x), .number(width), .number(top), .number(height), .truth(isOutlined)])
    case .line(let paint, let from, let to, let width, let isDashed):
      .call(
        "segment",
        [
          colour(paint), .number(from.x), .number(from.y), .number(to.x), .number(to.y), .number(width),
          .truth(isDashed),
        ])
    case .dot(let paint, let place):
      .call("dot", [colour(paint), .number(place.x), .number(place.y), .number(Drawing.dotRadius)])
    case .text(let label, let paint, let ground, let x, let baseline, let anchor, let isBold):
      .call(
        "letters",
        [
          text(label), .string(ground?.text.light ?? hex(paint)), .number(x), .number(baseline),
          .string(anchor.rawValue), .truth(isBold),
        ])
    }
  }

  private func colour(_ paint: Paint) -> TypstCode { .string(hex(paint)) }

  private func hex(_ paint: Paint) -> String {
    paint == .accent ? accent?.hex ?? paint.colours.light : paint.colours.light
  }
}

extension Chart {
  /// The chart in so many parts, one below another.
  fileprivate func pieces(_ count: Int) -> [Chart] {
    guard count > 1 else { return [self] }
    func cut<Element>(_ bars: [Element]) -> [[Element]] {
      let count = min(count, bars.count)
      return (0..<count).map { Array(bars[$0 * bars.count / count..<($0 + 1) * bars.count / count]) }
    }
    switch self {
    case .stackedBars(let chart):
      return cut(chart.bars).map { .stackedBars(StackedBars(answers: chart.answers, bars: $0)) }
    case .rankedBars(let chart): return cut(chart.bars).map { .rankedBars(RankedBars(bars: $0)) }
    case .dotPlot: return [self]
    }
  }
}

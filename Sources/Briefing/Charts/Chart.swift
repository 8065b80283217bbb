/// A picture of published figures, and of nothing else: where one is withheld there is no mark, only the marker in words.
enum Chart: Sendable, Hashable {
  case stackedBars(StackedBars)
  case rankedBars(RankedBars)
  case dotPlot(DotPlot)

  func drawing(_ room: Drawing.Room) -> Drawing {
    switch self {
    case .stackedBars(let chart): chart.drawing(room)
    case .rankedBars(let chart): chart.drawing(room)
    case .dotPlot(let chart): chart.drawing(room)
    }
  }

  /// Whether some part of a bar has no figure on it.
  func hasPartsWithoutFigure(in room: Drawing.Room) -> Bool {
    guard case .stackedBars(let chart) = self else { return false }
    let drawing = Drawing(room)
    return chart.bars.contains { bar in
      chart.places(bar).contains { !drawing.fits(decimal($0.part.percent), from: $0.start, to: $0.end) }
    }
  }

  /// Whether a marker stands in the place of a figure, or beside it.
  func shows(_ marker: String) -> Bool {
    switch self {
    case .stackedBars: false
    case .rankedBars(let chart): chart.bars.contains { $0.text.contains(marker) }
    case .dotPlot(let chart): chart.rows.contains { $0.text.contains(marker) }
    }
  }

  /// What stands above a chart to explain its colours: in their order.
  var key: [(paint: Paint, label: String)] {
    guard case .stackedBars(let chart) = self else { return [] }
    return Array(zip(Paint.scale(chart.answers.count), chart.answers)).map { (paint: $0, label: $1) }
  }
}

/// Answers of a scale as parts of a whole, one bar a question: 100% stacked, the first answer at the left.
///
/// Stacked rather than diverging: all bars are of one length, and both ends can be compared along a straight edge. A question of
/// which an answer is withheld has no bar here, because the others would tell its length.
struct StackedBars: Sendable, Hashable {
  struct Bar: Sendable, Hashable {
    /// Nil where the chart is of one question, whose wording stands above it.
    let label: String?
    /// One count an answer, with its percentage in tenths.
    let parts: [Part]
  }

  struct Part: Sendable, Hashable {
    let count: Int
    let percent: Int
  }

  let answers: [String]
  let bars: [Bar]

  /// Where the parts of a bar lie, each from the end of the one before; those that nobody gave have no place.
  func places(_ bar: Bar) -> [(part: Part, paint: Paint, start: Int, end: Int)] {
    let total = bar.parts.reduce(0) { $0 + $1.count }
    var before = 0
    return zip(bar.parts, Paint.scale(answers.count)).compactMap { part, paint in
      guard part.count > 0 else { return nil }
      let start = before * Drawing.whole / total
      before += part.count
      return (part, paint, start, before * Drawing.whole / total)
    }
  }

  /// A figure stands on every part that has room for it. The table has the others.
  func drawing(_ room: Drawing.Room) -> Drawing {
    var drawing = Drawing(room)
    for bar in bars {
      if let label = bar.label { drawing.label(label, besideFigure: false) }
      for (part, paint, start, end) in places(bar) {
        drawing.rect(paint, from: start, to: end, top: drawing.height + 2, height: 30, outlined: true)
        let figure = decimal(part.percent)
        if drawing.fits(figure, from: start, to: end) {
          drawing.text(
            figure, on: paint, at: (start + end) / 2, baseline: drawing.height + 22, anchor: .middle)
        }
      }
      drawing.space(46)
    }
    return drawing
  }
}

/// Answers or themes by how many gave them.
struct RankedBars: Sendable, Hashable {
  struct Bar: Sendable, Hashable {
    let label: String
    /// Nil where it is withheld.
    let share: Share?
    /// What is written at its end: the percentage, or a marker.
    let text: String
  }

  let bars: [Bar]

  func drawing(_ room: Drawing.Room) -> Drawing {
    var drawing = Drawing(room)
    for bar in bars {
      drawing.text(bar.text, at: Drawing.whole, baseline: drawing.height + 14, anchor: .end, bold: true)
      drawing.label(bar.label)
      let top = drawing.height + 2
      // Where it is withheld there is no bar, not even an empty one: that would read as 0.
      if let share = bar.share {
        drawing.rect(.track, from: 0, to: Drawing.whole, top: top, height: 10)
        drawing.rect(.accent, from: 0, to: share.percent * 10, top: top, height: 10)
        drawing.interval(from: share.lower * 10, to: share.upper * 10, at: top + 15)
      }
      drawing.space(bar.share == nil ? 12 : 30)
    }
    drawing.percentAxis()
    return drawing
  }
}

/// One figure of each group with its interval, and the total as a line across.
struct DotPlot: Sendable, Hashable {
  struct Row: Sendable, Hashable {
    let label: String
    /// Nil where it is withheld. On the chart's own scale.
    let figure: Mark?
    let text: String
  }

  struct Mark: Sendable, Hashable {
    let value: Int64
    let lower: Int64
    let upper: Int64
  }

  /// An end of the scale, with what is written there.
  struct End: Sendable, Hashable {
    let value: Int64
    let text: String
  }

  let from: End
  let to: End
  /// The total first.
  let rows: [Row]

  func drawing(_ room: Drawing.Room) -> Drawing {
    var drawing = Drawing(room)
    var tracks: [(row: Row, y: Int)] = []
    for (index, row) in rows.enumerated() {
      drawing.text(row.text, at: Drawing.whole, baseline: drawing.height + 14, anchor: .end, bold: true)
      drawing.label(row.label, bold: index == 0)
      tracks.append((row, drawing.height + 7))
      drawing.space(22)
    }
    for (row, y) in tracks {
      drawing.line(.track, from: 0, y, to: Drawing.whole, y, width: 1)
      // The total goes through the tracks alone, so that no label is crossed.
      if let total = tracks.first?.row.figure {
        drawing.line(
          .quiet, from: place(total.value), y - 6, to: place(total.value), y + 12, width: 1, dashed: true)
      }
      guard let figure = row.figure else { continue }
      drawing.line(.accent, from: place(figure.lower), y, to: place(figure.upper), y, width: 3)
      drawing.dot(.accent, at: place(figure.value), y)
    }
    drawing.text(from.text, .quiet, at: 0, baseline: drawing.height + 14)
    drawing.text(to.text, .quiet, at: Drawing.whole, baseline: drawing.height + 14, anchor: .end)
    drawing.space(Drawing.lineHeight)
    return drawing
  }

  private func place(_ value: Int64) -> Int {
    let span = max(1, to.value - from.value)
    return Int(min(span, max(0, value - from.value)) * Int64(Drawing.whole) / span)
  }
}

extension Drawing {
  /// An interval as a line with two ends.
  mutating func interval(from start: Int, to end: Int, at y: Int) {
    line(.ink, from: start, y, to: end, y, width: 1)
    line(.ink, from: start, y - 3, to: start, y + 3, width: 1)
    line(.ink, from: end, y - 3, to: end, y + 3, width: 1)
  }
}

/// Tenths as `48.3`.
func decimal(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)" }

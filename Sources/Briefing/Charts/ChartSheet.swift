/// A chart as a picture of its own, for a slide or another page: with title, key, source and a ground.
///
/// Colours are attributes and the ground is part of the picture, so it looks the same wherever it is put. As no table stands
/// beside it, its description has the figures that it shows.
struct ChartSheet {
  let figure: Figure
  /// What it is of: the wording of a question, or the heading of a block.
  let subject: Sentence
  /// The title of the pack.
  let pack: String
  /// What a reader must know before anything else.
  let warnings: [Sentence]
  let words: Words

  static let width = 760
  private static let margin = 24
  private static var room: Int { width - 2 * margin }

  var bytes: [UInt8] {
    var sheet = Sheet()
    for warning in warnings { sheet.write(warning.text, size: 14, bold: true) }
    if !warnings.isEmpty { sheet.height += 8 }
    sheet.write(figure.title.text, size: 20, bold: true)
    sheet.write(subject.text, size: 15)
    sheet.write(measure.text, .quiet, size: 14)
    sheet.height += 10
    sheet.write(figure.chart.key)
    let drawing = figure.chart.drawing(.sheet)
    sheet.put(drawing)
    for note in notes { sheet.write(note.text, .quiet, size: 13) }
    return sheet.bytes(title: figure.title.text, description: description)
  }

  private var measure: Sentence {
    let measure = figure.measureAlone ?? figure.measure
    return figure.chart.hasPartsWithoutFigure(in: .sheet)
      ? measure + words.sentence(.chartNarrowAlone) : measure
  }

  /// What stands below the chart: markers that it has, source and pack.
  private var notes: [Sentence] {
    var notes: [Sentence] = []
    for (marker, meaning) in [
      (Phrase.withheldMark, Phrase.shorthandC), (.unreliableMark, .shorthandU), (.notApplicable, .shorthandZ),
    ] where figure.chart.shows(words[marker]) || figure.measure.text.contains(words[marker]) {
      notes.append(words.sentence(meaning))
    }
    let pack = words.sentence(.chartOfPack, ["pack": [.label(pack)]])
    return notes + [figure.source.map { $0 + pack } ?? pack]
  }

  /// What the chart shows, in words: the figures that it draws, and markers where there are none.
  private var description: String {
    let marks: [String]
    switch figure.chart {
    case .stackedBars(let chart):
      marks = chart.bars.map { bar in
        let parts = zip(chart.answers, bar.parts).map { "\($0) \(words.percent($1.percent))" }
        return (bar.label.map { $0 + " " } ?? "") + parts.joined(separator: ", ")
      }
    case .rankedBars(let chart): marks = chart.bars.map { "\($0.label) \($0.text)" }
    case .dotPlot(let chart): marks = chart.rows.map { "\($0.label) \($0.text)" }
    }
    let about = (warnings + [subject, figure.measureAlone ?? figure.measure]).map(\.text).joined(
      separator: " ")
    return about + " " + marks.joined(separator: "; ") + "."
  }

  /// A picture that says a sentence, for a pack of which no chart can be drawn.
  static func saying(_ sentence: Sentence, of title: Sentence, warnings: [Sentence]) -> [UInt8] {
    var sheet = Sheet()
    for line in warnings { sheet.write(line.text, size: 14, bold: true) }
    sheet.write(title.text, size: 20, bold: true)
    sheet.write(sentence.text, size: 14)
    return sheet.bytes(title: title.text, description: sentence.text)
  }

  /// A picture as it grows downwards.
  private struct Sheet {
    var height = ChartSheet.margin
    private var shapes = Markup()

    private mutating func text(
      _ text: String, _ paint: Paint, at x: Int, baseline: Int, size: Int, bold: Bool = false
    ) {
      shapes.element(
        .text,
        [
          .x: "\(x)", .y: "\(baseline)", .fill: paint.colours.light, .fontSize: "\(size)",
          .fontWeight: bold ? "bold" : nil,
        ], text: text)
    }

    /// A text in as many lines as it takes.
    mutating func write(_ text: String, _ paint: Paint = .ink, size: Int, bold: Bool = false) {
      // Bold letters are wider by about a twelfth.
      let room = bold ? ChartSheet.room * 11 / 12 : ChartSheet.room
      for line in lines(text, width: room, size: size) {
        self.text(line, paint, at: ChartSheet.margin, baseline: height + size, size: size, bold: bold)
        height += size * 13 / 10
      }
      height += 4
    }

    /// The key, in rows, each label beside its colour.
    mutating func write(_ key: [(paint: Paint, label: String)]) {
      guard !key.isEmpty else { return }
      let size = Drawing.textSize
      var x = 0
      for (paint, label) in key {
        let rows = lines(label, width: ChartSheet.room - 24, size: size)
        let width = 24 + (rows.map { textWidth($0) }.max() ?? 0) * size / 1000
        if x > 0, x + width > ChartSheet.room {
          x = 0
          height += 22
        }
        shapes.empty(
          .rect,
          [
            .x: "\(ChartSheet.margin + x)", .y: "\(height)", .width: "16", .height: "16",
            .fill: paint.colours.light,
          ])
        for (index, row) in rows.enumerated() {
          text(row, .ink, at: ChartSheet.margin + x + 24, baseline: height + 13, size: size)
          if index < rows.count - 1 { height += Drawing.lineHeight }
        }
        x += width + 20
      }
      height += 34
    }

    mutating func put(_ drawing: Drawing) {
      shapes.element(
        .svg,
        [
          .x: "\(ChartSheet.margin)", .y: "\(height)", .width: "\(ChartSheet.room)",
          .height: "\(drawing.height)",
          .overflow: "visible", .fontSize: "\(Drawing.textSize)",
        ]
      ) { $0.append(drawing.markup) }
      height += drawing.height + 8
    }

    func bytes(title: String, description: String) -> [UInt8] {
      let (width, height) = (ChartSheet.width, height + ChartSheet.margin - 8)
      var file = Markup()
      file.element(
        .svg,
        [
          .xmlns: "http://www.w3.org/2000/svg", .viewBox: "0 0 \(width) \(height)", .width: "\(width)",
          .height: "\(height)", .role: "img", .ariaLabelledBy: "title description",
          .fontFamily: "Arial, Helvetica, sans-serif",
        ]
      ) { file in
        file.element(.title, [.id: "title"], text: title)
        file.element(.desc, [.id: "description"], text: description)
        file.empty(
          .rect,
          [
            .x: "0.5", .y: "0.5", .width: "\(width - 1)", .height: "\(height - 1)", .rx: "6",
            .fill: Paint.page.colours.light, .stroke: Paint.track.colours.light,
          ])
        file.append(shapes)
      }
      return file.bytes
    }
  }
}

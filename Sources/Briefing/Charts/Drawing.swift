/// A chart as it is drawn: across in shares of its width, down in pixels.
///
/// There is no `viewBox`, so the text keeps its size on a phone while the bars give way. Each shape also carries its colour as
/// an attribute, for readers that do not take the page's style sheet into a chart.
struct Drawing {
  /// A text of a chart is never smaller than this, in pixels.
  static let textSize = 14
  /// How much room labels have, in pixels, when letters are set apart: on the narrowest page, 320 pixels wide, and on one
  /// of 640 or more. A chart whose labels need more lines on the one than on the other is drawn for both.
  enum Room {
    case narrow, wide
    /// A picture of its own, which nobody sets letters apart in.
    case sheet

    /// The least width that a chart has there, in pixels: the page less its margins.
    var width: Int {
      switch self {
      case .narrow: 288
      case .wide: 608
      case .sheet: 712
      }
    }

    func label(besideFigure: Bool) -> Int {
      switch (self, besideFigure) {
      case (.narrow, true): 160
      case (.narrow, false): 225
      case (.wide, true): 400
      case (.wide, false): 460
      case (.sheet, true): 580
      case (.sheet, false): 712
      }
    }
  }

  static let lineHeight = 19

  /// Positions across are in hundredths of a per cent of the width.
  static let whole = 10_000

  private let room: Room
  private(set) var height = 0
  private var shapes = Markup()
  var markup: Markup { shapes }

  init(_ room: Room) { self.room = room }

  /// Whether a text has room between two places, with a little air at both its ends. That is also what it needs where a
  /// reader has letters set apart (WCAG 2.2, success criterion 1.4.12).
  func fits(_ text: String, from start: Int, to end: Int) -> Bool {
    textWidth(text) * Self.textSize + 8 * 1000 <= (end - start) * room.width * 1000 / Self.whole
  }

  mutating func space(_ pixels: Int) { height += pixels }

  mutating func rect(_ paint: Paint, from x: Int, to end: Int, top: Int, height: Int, outlined: Bool = false)
  {
    shapes.empty(
      .rect,
      [
        .x: share(x), .y: "\(top)", .width: share(max(0, end - x)), .height: "\(height)",
        .cssClass: paint.fillClass + (outlined ? " edge" : ""), .fill: paint.colours.light,
      ])
  }

  mutating func line(
    _ paint: Paint, from x: Int, _ y: Int, to endX: Int, _ endY: Int, width: Int, dashed: Bool = false
  ) {
    shapes.empty(
      .line,
      [
        .x1: share(x), .y1: "\(y)", .x2: share(endX), .y2: "\(endY)", .cssClass: paint.strokeClass,
        .stroke: paint.colours.light, .strokeWidth: "\(width)", .strokeDashes: dashed ? "3 4" : nil,
      ])
  }

  mutating func dot(_ paint: Paint, at x: Int, _ y: Int) {
    shapes.empty(
      .circle,
      [
        .cx: share(x), .cy: "\(y)", .r: "6", .cssClass: paint.fillClass, .fill: paint.colours.light,
      ])
  }

  /// - Parameters:
  ///   - paint: What it is painted with; on another paint, `on` that one.
  ///   - anchor: `start`, `middle` or `end`.
  mutating func text(
    _ text: String, _ paint: Paint = .ink, on ground: Paint? = nil, at x: Int, baseline: Int,
    anchor: String = "start",
    bold: Bool = false
  ) {
    shapes.element(
      .text,
      [
        .x: share(x), .y: "\(baseline)", .textAnchor: anchor == "start" ? nil : anchor,
        .cssClass: ground?.textClass ?? paint.fillClass, .fill: ground?.text.light ?? paint.colours.light,
        .fontWeight: bold ? "bold" : nil,
      ], text: text)
  }

  /// Lines of text one below another, from where the drawing has come to.
  mutating func label(_ text: String, besideFigure: Bool = true, bold: Bool = false) {
    for line in lines(text, width: room.label(besideFigure: besideFigure), size: Self.textSize) {
      self.text(line, at: 0, baseline: height + 14, bold: bold)
      height += Self.lineHeight
    }
  }

  /// An axis of per cent below what was drawn.
  mutating func percentAxis() {
    for (share, label, anchor) in [(0, "0%", "start"), (5000, "50%", "middle"), (10_000, "100%", "end")] {
      text(label, .quiet, at: share, baseline: height + 14, anchor: anchor)
    }
    height += Self.lineHeight
  }

  private func share(_ hundredths: Int) -> String {
    let digits = String(hundredths % 100)
    let whole = "\(hundredths / 100)"
    return hundredths % 100 == 0 ? whole + "%" : whole + "." + (digits.count == 1 ? "0" : "") + digits + "%"
  }
}

/// A chart as it is drawn: across in shares of its width, down in pixels.
///
/// A page and a sheet of paper each paint its shapes in their own way.
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

  /// What of a text stands at its place.
  enum Anchor: String { case start, middle, end }

  /// What a drawing is made of. Across, places are in hundredths of a per cent of the width.
  enum Shape {
    case rect(Paint, x: Int, width: Int, top: Int, height: Int, isOutlined: Bool)
    case line(Paint, from: (x: Int, y: Int), to: (x: Int, y: Int), width: Int, isDashed: Bool)
    case dot(Paint, at: (x: Int, y: Int))
    /// Written upon `ground` where that is given.
    case text(
      String, Paint, ground: Paint?, x: Int, baseline: Int, anchor: Anchor, isBold: Bool)
  }

  static let lineHeight = 19
  static let dotRadius = 6

  /// Positions across are in hundredths of a per cent of the width.
  static let whole = 10_000

  private let room: Room
  private(set) var height = 0
  /// In the order in which they are painted.
  private(set) var shapes: [Shape] = []

  init(_ room: Room) { self.room = room }

  /// Whether a text has room between two places, with a little air at both its ends. That is also what it needs where a
  /// reader has letters set apart (WCAG 2.2, success criterion 1.4.12).
  func fits(_ text: String, from start: Int, to end: Int) -> Bool {
    textWidth(text) * Self.textSize + 8 * 1000 <= (end - start) * room.width * 1000 / Self.whole
  }

  mutating func space(_ pixels: Int) { height += pixels }

  mutating func rect(_ paint: Paint, from x: Int, to end: Int, top: Int, height: Int, outlined: Bool = false)
  {
    shapes.append(
      .rect(paint, x: x, width: max(0, end - x), top: top, height: height, isOutlined: outlined))
  }

  mutating func line(
    _ paint: Paint, from x: Int, _ y: Int, to endX: Int, _ endY: Int, width: Int, dashed: Bool = false
  ) {
    shapes.append(.line(paint, from: (x, y), to: (endX, endY), width: width, isDashed: dashed))
  }

  mutating func dot(_ paint: Paint, at x: Int, _ y: Int) {
    shapes.append(.dot(paint, at: (x, y)))
  }

  /// - Parameters:
  ///   - paint: What it is painted with; on another paint, `on` that one.
  mutating func text(
    _ text: String, _ paint: Paint = .ink, on ground: Paint? = nil, at x: Int, baseline: Int,
    anchor: Anchor = .start, bold: Bool = false
  ) {
    shapes.append(
      .text(text, paint, ground: ground, x: x, baseline: baseline, anchor: anchor, isBold: bold))
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
    for (share, label, anchor) in [(0, "0%", Anchor.start), (5000, "50%", .middle), (10_000, "100%", .end)] {
      text(label, .quiet, at: share, baseline: height + 14, anchor: anchor)
    }
    height += Self.lineHeight
  }
}

/// A drawing as SVG.
///
/// There is no `viewBox`, so the text keeps its size on a phone while the bars give way. Each shape also carries its colour as
/// an attribute, for readers that do not take the page's style sheet into a chart.
extension Drawing {
  var markup: Markup {
    var markup = Markup()
    for shape in shapes { write(shape, to: &markup) }
    return markup
  }

  private func write(_ shape: Shape, to markup: inout Markup) {
    switch shape {
    case .rect(let paint, let x, let width, let top, let height, let isOutlined):
      markup.empty(
        .rect,
        [
          .x: share(x), .y: "\(top)", .width: share(width), .height: "\(height)",
          .cssClass: paint.fillClass + (isOutlined ? " edge" : ""), .fill: paint.colours.light,
        ])
    case .line(let paint, let from, let to, let width, let isDashed):
      markup.empty(
        .line,
        [
          .x1: share(from.x), .y1: "\(from.y)", .x2: share(to.x), .y2: "\(to.y)",
          .cssClass: paint.strokeClass, .stroke: paint.colours.light, .strokeWidth: "\(width)",
          .strokeDashes: isDashed ? "3 4" : nil,
        ])
    case .dot(let paint, let place):
      markup.empty(
        .circle,
        [
          .cx: share(place.x), .cy: "\(place.y)", .r: "\(Self.dotRadius)", .cssClass: paint.fillClass,
          .fill: paint.colours.light,
        ])
    case .text(let text, let paint, let ground, let x, let baseline, let anchor, let isBold):
      markup.element(
        .text,
        [
          .x: share(x), .y: "\(baseline)", .textAnchor: anchor == .start ? nil : anchor.rawValue,
          .cssClass: ground?.textClass ?? paint.fillClass,
          .fill: ground?.text.light ?? paint.colours.light, .fontWeight: isBold ? "bold" : nil,
        ], text: text)
    }
  }

  private func share(_ hundredths: Int) -> String {
    let digits = String(hundredths % 100)
    let whole = "\(hundredths / 100)"
    return hundredths % 100 == 0 ? whole + "%" : whole + "." + (digits.count == 1 ? "0" : "") + digits + "%"
  }
}

/// How high something will stand on paper, in points: an estimate on the generous side, by the widths that `textWidth` gives.
///
/// What surely fits a page is not broken over two. What may not fit has to be broken, or it would run off the page.
enum PaperHeight {
  /// Of the text on an upright page, less what stands above a table; and of a page of the annex.
  static let page = 640
  static let annexPage = 530
  /// Of an upright page's column.
  static let column = 480

  /// Texts one below another, each in as many lines as it needs.
  /// - Parameters:
  ///   - size: Of the letters, in points.
  ///   - width: In points.
  static func lines(_ texts: [String], size: Int, width: Int) -> Int {
    texts.reduce(0) { $0 + lines($1, size: size, width: width) * size * 3 / 2 }
  }

  /// Rows of a table, each as high as its highest cell.
  /// - Parameter rows: Of each row, its texts with the widths of their columns in points.
  static func rows(_ rows: [[(text: String, width: Int)]], size: Int) -> Int {
    rows.reduce(0) { sum, cells in
      let most = cells.map { lines($0.text, size: size, width: $0.width) }.max() ?? 1
      return sum + most * size * 3 / 2 + 6
    }
  }

  private static func lines(_ text: String, size: Int, width: Int) -> Int {
    // A line is seldom full: words are not broken.
    max(1, (textWidth(text) * size * 5 / 4 + width * 1000 - 1) / (width * 1000))
  }
}

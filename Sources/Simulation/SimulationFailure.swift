/// Why a wave could not be made, where neither definition nor shares is at fault by itself.
public enum SimulationFailure: Error, Sendable, Hashable {
  /// These items depend on each other in a circle: none can be drawn first.
  case circle([String])
  /// Two things of the definition are read from one column, which cannot hold both.
  case sharedColumn(String)
  /// The definition's encoding has no way to write this, or is not written at all yet.
  case encoding(String)
  /// A text of the definition needs quotes, and the definition says that there are none.
  case quoting
  /// Shares name an open text to be coded that no column of `free_text` has.
  case noSuchText(String)
  /// The definition names columns of a file of codings by number.
  case numberedCodings(String)

  /// The failure as a sentence without its final stop.
  public var message: String {
    switch self {
    case .circle(let ids):
      "These depend on each other in a circle, so that none can be drawn first: \(ids.joined(separator: ", "))"
    case .sharedColumn(let column):
      "Column \(column) is read for two things at once; made-up responses need a column for each"
    case .encoding(let name):
      "Made-up responses cannot be written in \(name) with the texts of this definition; use utf-8"
    case .noSuchText(let heading):
      "Shares have the open text of \"\(heading)\" coded, and `free_text` has no such column"
    case .numberedCodings(let file):
      "Made-up codings need headings, and the definition names columns of \(file) by their number"
    case .quoting:
      "A text of the definition holds the separator or a line break, and `quoting: false` leaves no way to write it"
    }
  }
}

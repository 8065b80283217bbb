/// How a share is spoken of, decided by its 95% interval alone: a word is used only where the whole interval carries it.
///
/// Bounds are in tenths of a per cent, as tables.csv prints them. What fits no word is told as a number alone.
enum ShareWord: Sendable, Hashable, CaseIterable {
  /// The interval lies above nine in ten.
  case nearlyAll
  /// Above two thirds.
  case most
  /// Above a half.
  case overHalf
  /// It holds a half, and lies within 45 and 55 per cent.
  case aboutHalf
  /// From 40 per cent up to below a half.
  case nearlyHalf
  /// Above a third, below a half.
  case overThird
  /// It holds a third, and lies within 28 and 38 per cent.
  case aboutThird
  /// Above a quarter, below a half.
  case overQuarter
  /// It holds a quarter, and lies within 20 and 30 per cent.
  case aboutQuarter
  /// Below one in ten.
  case fewerThanTenth
  /// Below a quarter.
  case fewerThanQuarter
  /// Below a half, and nothing narrower.
  case fewerThanHalf

  /// - Returns: nil where the interval is too wide for any word, or the figure is marked as unreliable.
  init?(_ share: Share) {
    guard !share.isUnreliable else { return nil }
    let (lower, upper) = (share.lower, share.upper)
    func holds(_ point: Int, within range: ClosedRange<Int>) -> Bool {
      lower <= point && point <= upper && range.contains(lower) && range.contains(upper)
    }
    switch true {
    case lower > 900: self = .nearlyAll
    case lower > 667: self = .most
    case lower > 500: self = .overHalf
    case holds(500, within: 450...550): self = .aboutHalf
    case upper >= 500: return nil
    case lower >= 400: self = .nearlyHalf
    case lower > 334: self = .overThird
    case holds(333, within: 280...380): self = .aboutThird
    case lower > 250: self = .overQuarter
    case holds(250, within: 200...300): self = .aboutQuarter
    case upper < 100: self = .fewerThanTenth
    case upper < 250: self = .fewerThanQuarter
    default: self = .fewerThanHalf
    }
  }

  var phrase: Phrase {
    switch self {
    case .nearlyAll: .nearlyAll
    case .most: .most
    case .overHalf: .overHalf
    case .aboutHalf: .aboutHalf
    case .nearlyHalf: .nearlyHalf
    case .overThird: .overThird
    case .aboutThird: .aboutThird
    case .overQuarter: .overQuarter
    case .aboutQuarter: .aboutQuarter
    case .fewerThanTenth: .fewerThanTenth
    case .fewerThanQuarter: .fewerThanQuarter
    case .fewerThanHalf: .fewerThanHalf
    }
  }
}

import ReleaseModel
import SurveyDefinition
import Tabulation

/// Why one printed cell is withheld: the first of these that holds. For the analyst alone.
public enum LossReason: Int, Sendable, Hashable, CaseIterable {
  /// The base is below `minimum_base`; of a base itself, below `minimum_cell`.
  case smallBase
  /// The count is 1 to `minimum_cell` - 1.
  case smallCount
  /// All of the base but 1 to `minimum_cell` - 1 are counted.
  case smallComplement
  /// A sensitive question to which everyone in the group gave the same answer.
  case sameAnswer
  /// Nothing small in itself: its group is withheld whole, size and all.
  case group
  /// Nothing small in itself: it is withheld so that others cannot be worked out.
  case others

  /// Whether the thresholds alone withhold it.
  public var isThreshold: Bool {
    switch self {
    case .smallBase, .smallCount, .smallComplement, .sameAnswer: true
    case .group, .others: false
    }
  }
}

/// What the declared figures come to, before anything is withheld.
struct RawFigures {
  let tally: Tally
  private let atoms: [[Int]]
  private let thresholds: ProtectionThresholds

  init(_ tally: Tally) {
    self.tally = tally
    thresholds = tally.plan.survey.protection
    atoms = tally.plan.audiences.indices.map { audience in
      tally.atoms.indices.filter { tally.atoms[$0] & (1 << UInt64(audience)) != 0 }
    }
  }

  func value(_ form: CountForm) -> Int {
    var sum = 0
    for atom in atoms[form.audience] {
      for category in form.categories {
        sum += tally.count(
          atom: atom, table: form.table, banner: form.banner, group: form.group, category: category)
      }
    }
    return sum
  }

  /// How many people a cell counts; a mean or a median counts nobody.
  func people(_ form: FigureForm) -> Int {
    switch form {
    case .base(let count), .share(let count, of: _), .firstPlace(let count, of: _, places: _): value(count)
    case .mean, .median, .sessions: 0
    }
  }

  /// What the thresholds alone have against each figure of one group's column; nil where nothing.
  func thresholdReasons(_ column: [Figure], isSensitive: Bool) -> [LossReason?] {
    let counts = column.map { people($0.form) }
    let base = zip(column, counts).first { $0.0.key.row == .base }?.1 ?? 0
    let hasSameAnswer =
      isSensitive && base > 0
      && zip(column, counts).contains { figure, count in
        figure.form.isShare && count == base
      }
    return zip(column, counts).map { figure, count in
      switch figure.form {
      case .sessions: return nil
      case .base: return isSmall(base) ? .smallBase : nil
      case .share, .firstPlace, .mean, .median:
        if base > 0, base < thresholds.minimumBase { return .smallBase }
        if figure.form.isShare {
          if isSmall(count) { return .smallCount }
          if isSmall(base - count) { return .smallComplement }
        }
        return hasSameAnswer ? .sameAnswer : nil
      }
    }
  }

  private func isSmall(_ count: Int) -> Bool { count > 0 && count < thresholds.minimumCell }
}

extension FigureForm {
  /// Whether it is a share of a base.
  fileprivate var isShare: Bool {
    switch self {
    case .share, .firstPlace: true
    case .base, .mean, .median, .sessions: false
    }
  }
}

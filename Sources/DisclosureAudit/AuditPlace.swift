/// Where in a release a count stands, by the names that its rows go by.
public struct AuditPlace: Sendable, Hashable {
  /// The packs whose figures it follows from: one, or a larger one and those taken from it.
  public var packs: [String]
  /// nil: the respondents themselves.
  public var question: String?
  /// nil: the total.
  public var banner: String?
  /// The group under the banner; nil of the total.
  public var group: String?
  /// Whether it follows from what stands beside the tables, pairs of themes or places of a ranking, and not from them alone.
  public var isOfCompanion: Bool

  /// - Parameters:
  ///   - packs: The packs whose figures the count follows from.
  ///   - question: nil: the respondents themselves.
  ///   - banner: nil: the total.
  ///   - group: The group under the banner; nil of the total.
  ///   - isOfCompanion: Whether it follows from what stands beside the tables, pairs of themes or places of a ranking, and not from them alone.
  public init(
    packs: [String], question: String?, banner: String?, group: String?, isOfCompanion: Bool = false
  ) {
    self.packs = packs
    self.question = question
    self.banner = banner
    self.group = group
    self.isOfCompanion = isOfCompanion
  }
}

/// A count for which neither a break nor safety could be shown within the limits of work.
public struct AuditUndecided: Sendable, CustomStringConvertible {
  /// Whose count it is, and for whom it is undecided, in words.
  public var description: String
  /// Where it stands, by name.
  public var coordinates: AuditPlace
}

extension CountTables {
  /// Where a target stands.
  func place(of target: AuditTarget) -> AuditPlace {
    let isTotal = target.column == 0
    return AuditPlace(
      packs: target.composition.map { release.packs[$0.pack].id },
      question: target.question < 0 ? nil : questions[target.question].id,
      banner: isTotal ? nil : columns[target.column].id,
      group: isTotal ? nil : columns[target.column].groups[target.group])
  }
}

/// Everyone who could have taken part in a survey: the workforce, or the members of an organisation.
public struct Population: Sendable, Equatable {
  /// How many people there are in each group of an item.
  public struct Groups: Sendable, Equatable {
    public var item: Item
    /// By position of the group; nil for one of which it is not known. `Not stated` has none.
    public var counts: [Int?]

    public init(item: Item, counts: [Int?]) {
      self.item = item
      self.counts = counts
    }

    /// How many people all groups have together; nil where one is not known.
    public var sum: Int? {
      let known = counts.compactMap(\.self)
      return known.count == counts.count ? known.reduce(0, +) : nil
    }
  }

  /// How many people there are; nil where the definition does not say.
  public var total: Int?
  public var groups: [Groups]
  /// The file beside survey.yaml that holds more of them, until it is read.
  public var file: File?

  /// A file that the definition names, and where it does.
  public struct File: Sendable, Equatable {
    public var name: String
    public var place: Place
  }

  public init(total: Int? = nil, groups: [Groups] = [], file: File? = nil) {
    self.total = total
    self.groups = groups
    self.file = file
  }

  /// How many people there are in all: what the definition says, or else what the groups of an item add up to where all of
  /// them are known; nil where neither tells.
  public var people: Int? {
    total ?? groups.lazy.compactMap(\.sum).first
  }

  /// How many people there are in a group of an item; nil where that is not known.
  public func count(_ item: Item, group: Int) -> Int? {
    guard let groups = groups.first(where: { $0.item == item }), groups.counts.indices.contains(group) else {
      return nil
    }
    return groups.counts[group]
  }
}

/// How the interval of a percentage is found.
public enum IntervalMethod: String, Sendable, Hashable, CaseIterable {
  case wilson
  case logit
  case clopperPearson = "clopper-pearson"
}

/// How probabilities are adjusted where many differences are tested together.
public enum ComparisonAdjustment: String, Sendable, Hashable, CaseIterable {
  case holm
  case benjaminiHochberg = "benjamini-hochberg"
  case none
}

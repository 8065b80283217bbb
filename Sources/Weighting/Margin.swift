/// A variable whose distribution in the population is known, and what the weighted respondents are to show of it:
/// staff category, say, with the head count of each.
public struct Margin: Sendable, Equatable {
  /// What the targets of a margin are.
  public enum Scale: Sendable, Equatable {
    /// People in the population. Totals of margins on this scale must agree.
    case counts
    /// Fractions of the population, which add up to 1.
    case shares
  }

  /// One category of the variable.
  public struct Category: Sendable, Equatable {
    /// Names the category in faults and in diagnostics.
    public let label: String

    /// On the margin's scale, at least 0; nil where none is given, which is a fault as soon as a respondent has the
    /// category.
    public let target: Double?

    /// A category with its target.
    public init(_ label: String, target: Double?) {
      self.label = label
      self.target = target
    }
  }

  /// Names the variable in faults and in diagnostics.
  public let name: String

  /// A respondent's category is told by its place here. "Not stated" is none of them: it is nil.
  public let categories: [Category]

  /// What the targets are.
  public let scale: Scale

  /// A variable with its targets.
  public init(_ name: String, _ scale: Scale, _ categories: [Category]) {
    self.name = name
    self.categories = categories
    self.scale = scale
  }
}

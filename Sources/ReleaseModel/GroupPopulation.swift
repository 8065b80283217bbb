/// How many people a group of a pack has, who could have taken part.
public struct GroupPopulation: Sendable, Hashable {
  /// The row of those who responded: `respondents`, `(base)`.
  public let row: ReleasedRow
  /// Above 0.
  public let people: Int

  @_spi(Protection)
  public init(row: ReleasedRow, people: Int) {
    self.row = row
    self.people = people
  }
}

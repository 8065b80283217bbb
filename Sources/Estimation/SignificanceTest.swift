/// What a test of a difference says.
public struct SignificanceTest: Sendable, Equatable {
  /// The difference in standard errors: z or t.
  public let statistic: Double
  /// Of Student's t; nil where the normal distribution is taken.
  public let degreesOfFreedom: Double?
  /// The probability of a difference at least as large, in either direction, where there is none.
  public let p: Double

  init(statistic: Double, _ distribution: ReferenceDistribution) {
    self.statistic = statistic
    p = distribution.twoSided(statistic)
    switch distribution {
    case .normal: degreesOfFreedom = nil
    case .student(let degrees): degreesOfFreedom = degrees
    }
  }
}

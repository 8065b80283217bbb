/// A difference with its standard error, and what it is judged by.
public struct EstimatedDifference: Sendable, Equatable {
  public let value: Double
  /// Of `value`, in its unit; above 0.
  public let standardError: Double
  /// Of Student's t; nil where the normal distribution is taken.
  public let degreesOfFreedom: Double?

  /// Nil without spread or degrees of freedom.
  init?(value: Double, standardError: Double?, degreesOfFreedom: Double?) {
    guard let standardError, standardError > 0, degreesOfFreedom.map({ $0 > 0 }) ?? true else { return nil }
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  private var distribution: ReferenceDistribution {
    degreesOfFreedom.map { .student(degreesOfFreedom: $0) } ?? .normal
  }

  /// Value ± quantile · standard error.
  /// - Parameter level: How often such intervals are to hold the true difference, between 0 and 1: 0.95.
  public func interval(level: Double) -> ClosedRange<Double> {
    Estimation.interval(around: value, by: distribution.reach(level: level) * standardError)
  }

  /// Of the hypothesis that there is no difference.
  public func test() -> SignificanceTest {
    SignificanceTest(statistic: value / standardError, distribution)
  }
}

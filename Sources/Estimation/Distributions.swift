import CRmath

/// The distribution that an estimate, divided by its standard error, is taken to follow.
enum ReferenceDistribution {
  case normal
  /// Student's t; its degrees of freedom are above 0 and need not be whole.
  case student(degreesOfFreedom: Double)

  /// How many standard errors an interval reaches to either side: 1.96 for the normal distribution and a level of 0.95.
  ///
  /// Computed by libRmath, R's own library, as its `qnorm` and `qt`.
  func reach(level: Double) -> Double {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    let probability = 1 - (1 - level) / 2
    switch self {
    case .normal: return canvass_normal_quantile(probability)
    case .student(let degrees): return canvass_student_quantile(probability, degrees)
    }
  }

  /// The probability of a value at least as far from 0, in either direction.
  func twoSided(_ value: Double) -> Double {
    switch self {
    case .normal: 2 * canvass_normal_upper_tail(value.magnitude)
    case .student(let degrees): 2 * canvass_student_upper_tail(value.magnitude, degrees)
    }
  }
}

/// How many standard errors an interval by Student's t reaches to either side.
/// - Parameters:
///   - level: How often such intervals are to hold the true value, between 0 and 1: 0.95.
///   - degreesOfFreedom: At least 1.
public func studentReach(level: Double, degreesOfFreedom: Int) -> Double {
  precondition(degreesOfFreedom >= 1, "Student's t has at least one degree of freedom")
  return ReferenceDistribution.student(degreesOfFreedom: Double(degreesOfFreedom)).reach(level: level)
}

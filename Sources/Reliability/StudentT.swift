import CRmath

/// The quantile 0.975 of Student's t distribution, for intervals of 95%.
///
/// Computed by libRmath, R's own library, as its `qt`.
/// - Parameter degreesOfFreedom: At least 1.
func studentQuantile975(degreesOfFreedom: Int) -> Double {
  precondition(degreesOfFreedom >= 1, "Student's t has at least one degree of freedom")
  return canvass_student_quantile(0.975, Double(degreesOfFreedom))
}

/// The version of libRmath that this was built with; the library cannot be asked.
public var rmathVersion: String { unsafe String(cString: canvass_rmath_version()) }

/// The quantile 0.975 of the standard normal distribution, for intervals of 95%.
/// Source: Wichura (1988), Algorithm AS 241, Applied Statistics 37(3), 477-484, to double precision.
let normalQuantile975 = 1.959963984540054

/// The interval of 95% that holds a proportion, as fractions of the base, by Wilson's score method.
///
/// Unlike the normal approximation it is defined at 0% and 100% and stays within 0...1.
/// - Parameters:
///   - count: Respondents who gave the answer, `0...base`.
///   - base: Respondents who were asked and answered, at least 1.
/// Source: Wilson (1927), JASA 22(158), 209-212; formula (method 3) as in Newcombe (1998), Statistics in
/// Medicine 17, 857-872.
public func wilsonInterval(count: Int, base: Int) -> (lower: Double, upper: Double) {
  precondition(base > 0 && count >= 0 && count <= base, "a count lies between 0 and its base")
  let n = Double(base)
  let p = Double(count) / n
  let z = normalQuantile975
  let centre = 2 * n * p + z * z
  let spread = z * (z * z + 4 * n * p * (1 - p)).squareRoot()
  let scale = 2 * (n + z * z)
  let lower = count == 0 ? 0 : max(0, (centre - spread) / scale)
  let upper = count == base ? 1 : min(1, (centre + spread) / scale)
  return (lower, upper)
}

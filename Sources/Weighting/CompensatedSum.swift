/// A sum that keeps what rounding takes from each addition, so that its error does not grow with the number of terms.
///
/// Source: Neumaier (1974), Zeitschrift für Angewandte Mathematik und Mechanik 54(1), 39-51.
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  var value: Double { sum + lost }

  static func += (total: inout CompensatedSum, term: Double) {
    let next = total.sum + term
    total.lost += abs(total.sum) >= abs(term) ? (total.sum - next) + term : (term - next) + total.sum
    total.sum = next
  }
}

extension Sequence<Double> {
  /// Their sum, in the order given.
  func compensatedSum() -> Double {
    var total = CompensatedSum()
    for term in self { total += term }
    return total.value
  }
}

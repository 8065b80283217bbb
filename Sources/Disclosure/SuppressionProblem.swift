import Solver

/// Which printed counts of one table under one banner to withhold: the cell suppression problem over all packs at once.
///
/// The unknowns are whole counts; what is known in any case holds between them (`rows`), and each figure is a form over
/// them, known exactly where it is published. A choice is safe where every target keeps its width.
struct SuppressionProblem: Sendable {
  /// A printed count.
  struct Figure: Sendable, Equatable {
    var form: LinearForm
    /// The true count.
    var count: Int
    /// How far above the truth it could lie for all that the base says.
    var room: Int
    /// What is withheld together: figures of one bundle are all published or all withheld.
    var bundle: Int
  }

  /// What may be done with a bundle of figures.
  enum Status: Sendable { case open, published, withheld }

  struct Bundle: Sendable, Equatable {
    var status: Status
    /// What withholding it costs.
    var cost: Double
  }

  /// A count that must not be known too closely.
  struct Target: Sendable, Equatable {
    var form: LinearForm
    var count: Int
    /// How far the largest and the smallest possible count must lie apart.
    var width: Int
    /// What the largest must reach.
    var height: Int
    /// Figures of which it is held open where one is withheld: the figure that it is, or those it follows from; none where
    /// it must be held open in any case.
    var figures: [Int]
  }

  /// Bounds of the unknowns.
  var unknowns: [(lower: Double, upper: Double)] = []
  /// The true counts.
  var truth: [Double] = []
  var rows: [(form: LinearForm, lower: Double, upper: Double)] = []
  var figures: [Figure] = []
  var bundles: [Bundle] = []
  var targets: [Target] = []
  /// By bundle, those that are withheld wherever it is.
  var implied: [Int: [Int]] = [:]

  /// By bundle, how long a chain of others implies it at most.
  var depths: [Int] {
    var depths = bundles.map { _ in 0 }
    for _ in bundles.indices {
      var grew = false
      for (bundle, others) in implied {
        for other in others where depths[other] <= depths[bundle] {
          depths[other] = depths[bundle] + 1
          grew = true
        }
      }
      if !grew { break }
    }
    return depths
  }

  /// A bundle with everything that is withheld where it is.
  func closure(_ bundle: Int) -> [Int] {
    var closure = [bundle]
    var next = 0
    while next < closure.count {
      for bundle in implied[closure[next]] ?? [] where !closure.contains(bundle) { closure.append(bundle) }
      next += 1
    }
    return closure
  }
}

extension SuppressionProblem: Equatable {
  static func == (first: SuppressionProblem, second: SuppressionProblem) -> Bool {
    first.truth == second.truth && first.bundles == second.bundles && first.figures == second.figures
      && first.targets == second.targets && first.implied == second.implied
      && first.unknowns.elementsEqual(second.unknowns, by: ==)
      && first.rows.elementsEqual(second.rows, by: ==)
  }
}

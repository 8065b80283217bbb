import Glibc

/// The percentages of a release that are weighted. Nobody can work them out from counts; they must go with these, with their intervals
/// and with each other all the same.
struct WeightedFigures {
  private(set) var faults: [String] = []
  private let release: PublishedRelease

  init(_ release: PublishedRelease) {
    self.release = release
    guard release.definition.weighting != nil else { return }
    for row in release.rows where !row.isNumberRow {
      if let fault = row.weightedFault(release.intervals) {
        faults.append("\(row.pack)/tables.csv:\(row.line): \(fault)")
      }
    }
    for question in release.definition.questions where ["single", "scale", "number"].contains(question.kind) {
      for pack in release.packs where pack.questions.contains(question.id) {
        for banner in ["total"] + pack.banners {
          for group in release.groupLabels(of: banner) { add(question, pack.id, banner, group) }
        }
      }
    }
  }

  /// Answers to their base, and answers to a net: within what each was rounded by.
  private mutating func add(
    _ question: PublishedDefinition.Question, _ pack: String, _ banner: String, _ group: String
  ) {
    func percent(_ answer: String) -> Int? { release.row(pack, question.id, answer, banner, group)?.percent }
    func check(_ parts: [Int?], _ whole: Int?, _ name: String, roundings: Int) {
      let shown = parts.compactMap(\.self)
      guard let whole, shown.count == parts.count, !shown.isEmpty else { return }
      if 2 * abs(shown.reduce(0, +) - whole) > roundings {
        faults.append(
          "\(pack), `\(question.id)`, \(group): the weighted percentages of the answers do not add up to \(name)"
        )
      }
    }
    let none = question.base == "asked" ? ["(no answer)"] : []
    let answers = (question.answers + none).map(percent)
    check(answers, 1_000, "100%", roundings: answers.count)
    for net in question.nets {
      check(
        net.answers.map(percent), percent("(net) \(net.label)"), "the net \u{201C}\(net.label)\u{201D}",
        roundings: net.answers.count + 1)
    }
  }
}

extension PublishedRow {
  /// What is wrong with the weighted percentage of a row and what stands beside it; nil where nothing is.
  func weightedFault(_ intervals: IntervalRule) -> String? {
    guard let percent else {
      return lower == nil && upper == nil && effectiveBase == nil
        ? nil : "an interval or an effective base without a percentage"
    }
    guard let base, let count, base > 0, count <= base else {
      return "a weighted percentage without its count and base"
    }
    guard count > 0 || percent == 0, count < base || percent == 1_000 else {
      return "\(count) of \(base) cannot weigh \(percent / 10).\(percent % 10)%"
    }
    guard (0...1_000).contains(percent), let lower, let upper, lower <= percent, percent <= upper else {
      return "the percentage does not lie in its interval"
    }
    guard let size = effectiveBase, size > 0, size <= 10 * base else {
      return "the effective base is more than \(base), or none"
    }
    // Each is known to half a unit.
    let shares = [Double(percent) - 0.5, Double(percent) + 0.5].map { min(1_000, max(0, $0)) / 1_000 }
    let sizes = [Double(size) - 0.5, Double(size) + 0.5].map { max(0.05, $0) / 10 }
    var bounds: [(lower: Double, upper: Double)] = []
    for share in shares + (percent == 0 || percent == 1_000 ? [Double(percent) / 1_000] : []) {
      for size in sizes { bounds.append(intervals.thousandths(share: share, size: size)) }
    }
    func goes(_ number: Int, _ ends: [Double]) -> Bool {
      guard let least = ends.min(), let most = ends.max() else { return false }
      return Double(number) >= least - 0.5 - 1e-6 && Double(number) <= most + 0.5 + 1e-6
    }
    guard goes(lower, bounds.map(\.lower)), goes(upper, bounds.map(\.upper)) else {
      return "the interval is not that of \(percent / 10).\(percent % 10)% on the effective base"
    }
    guard marker == (size < 300 ? "u" : "") else { return "the marker is not that of the effective base" }
    return nil
  }
}

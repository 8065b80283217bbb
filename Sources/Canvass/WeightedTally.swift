import Rendering
import SurveyDefinition
import Tabulation
import Weighting

/// Why a wave has no weights, as faults at the definition.
struct FaultyWeights: Error {
  let findings: [Finding]
}

/// The tally of a wave's responses by the weights of its definition, and a remark on what these cost: as it is where there are none.
func weightedTally(
  _ tally: Tally, of defined: DefinedWave
) throws(FaultyWeights) -> (tally: Tally, remark: Finding?) {
  switch defined.wave.survey.weights {
  case nil: return (tally, nil)
  case .column:
    let weighted = tally.weightedByColumn()
    guard tally.responses > 0, weighted.weights?.everyone.units == 0, let place = defined.places.weights
    else { return (weighted, remark(on: weighted, "", defined)) }
    throw FaultyWeights(findings: [
      Finding(
        .fault, code: "weights-all-zero", at: place,
        "every response of wave \(defined.wave.id) has a weight of 0",
        remedy: "see whether the column is the right one")
    ])
  case .rake(let margins, let trim):
    guard tally.responses > 0 else { return (tally, nil) }
    let plan = WeightingPlan(
      margins: margins.map { Margin($0, of: defined.wave.survey) },
      trimming: trim.map { Trimming(lower: $0.lower.map(fraction), upper: $0.upper.map(fraction)) },
      // The definition was read with a tolerance of its own; what is left is made up for here.
      shareTolerance: 1)
    let sample = tally.rakingCombinations.map { Combination($0.groups, respondents: $0.respondents) }
    do throws(WeightingRefusal) {
      let weights = try plan.weights(for: sample)
      let weighted = tally.weighted { weights.weight(of: $0)?.units ?? 0 }
      let rounds = weights.diagnostics.iterations
      let trimmed = weights.diagnostics.trimming?.trimmed ?? 0
      let bounded = trim == nil ? "" : "\(trimmed) trimmed, "
      return (
        weighted,
        remark(
          on: weighted,
          "every margin is met after \(rounds) round\(rounds == 1 ? "" : "s") of raking, \(bounded)by weights from \(decimal(weights.diagnostics.summary.range.lowerBound)) to \(decimal(weights.diagnostics.summary.range.upperBound)); ",
          defined)
      )
    } catch {
      throw FaultyWeights(findings: error.faults.map { finding($0, margins, defined) })
    }
  }
}

/// What weights cost in precision (Kish, 1992, Journal of Official Statistics 8(2), 183-200), for the analyst.
private func remark(on tally: Tally, _ raking: String, _ defined: DefinedWave) -> Finding? {
  guard let everyone = tally.weights?.everyone, everyone.units > 0, let place = defined.places.weights else {
    return nil
  }
  let size = everyone.effectiveSize
  let effect = Int((Double(tally.responses) / size * 100).rounded(.toNearestOrAwayFromZero))
  return Finding(
    .remark, code: "weighted", at: place,
    "wave \(defined.wave.id): \(raking)\(tally.responses) weighted responses tell as much as \(Int(size.rounded(.toNearestOrAwayFromZero))) of equal weight, a design effect of \(fixedPoint(Int64(effect), decimals: 2))"
  )
}

private func decimal(_ weight: Weight) -> String {
  fixedPoint(Int64((weight.value * 100).rounded(.toNearestOrAwayFromZero)), decimals: 2)
}

private func fraction(_ number: Decimal6) -> Double { Double(number.millionths) / Double(Decimal6.scale) }

extension Margin {
  fileprivate init(_ margin: RakingMargin, of survey: Survey) {
    let labels = survey.groupLabels(of: margin.item)
    self.init(
      survey.id(of: margin.item), .shares,
      zip(labels, margin.shares).map { label, share in
        Category(label, target: fraction(share))
      })
  }
}

private func finding(_ fault: WeightingFault, _ margins: [RakingMargin], _ defined: DefinedWave) -> Finding {
  let survey = defined.wave.survey
  func place(_ margin: String) -> Place {
    let position = margins.firstIndex { survey.id(of: $0.item) == margin }
    let places = defined.places.margins
    return position.flatMap { $0 < places.count ? places[$0] : nil } ?? defined.places.weights
      ?? Place(file: defined.folder.definitionFile)
  }
  func quoted(_ labels: [String?]) -> String {
    labels.map { $0.map { "`\($0)`" } ?? "`Not stated`" }.joined(separator: ", ")
  }
  func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
  }
  func unmet(_ target: UnmetTarget, _ reason: String) -> Finding {
    let held = target.confinedTo.map {
      "\(quoted($0.categories)) of `\($0.margin)` (\(percent($0.target)))"
    }.joined(separator: " and ")
    let with = target.mergeWith.map { "`\($0)`" }.joined(separator: ", ")
    return Finding(
      .fault, code: "unmet-margin", at: place(target.margin),
      "\(quoted(target.categories)) of `\(target.margin)` cannot have \(percent(target.target)) in wave \(defined.wave.id): \(reason)"
        + (held.isEmpty ? "" : "; its respondents are all in \(held)"),
      remedy: with.isEmpty
        ? "correct the shares, or leave one of the margins out"
        : "merge \(quoted(target.categories)) with one of \(with), or correct the shares")
  }
  switch fault {
  case .targetWithoutRespondents(let margin, let category, let target),
    .targetWithoutWeight(let margin, let category, let target, _):
    return Finding(
      .fault, code: "empty-margin-group", at: place(margin),
      "nobody of wave \(defined.wave.id) is in `\(category)` of `\(margin)`, which is to have \(percent(target))",
      remedy: "nobody can stand for these people: merge the group with another, in the variable and here")
  case .targetsContradict(let target):
    return unmet(target, "weights reach at most \(percent(target.reached)) while the other margins are met")
  case .targetLeavesOutOthers(let target):
    return unmet(target, "weights reach it only where others who answered count for nothing")
  case .targetNotReached(let target, let iterations):
    return unmet(target, "raking came to \(percent(target.reached)) in \(iterations) rounds")
  case .weightOutOfRange(let categories, _, let weight):
    return Finding(
      .fault, code: "extreme-weight", at: defined.places.weights ?? place(""),
      "respondents in \(quoted(categories)) would need a weight of \(weight) in wave \(defined.wave.id)",
      remedy: "merge small groups with others, or correct the shares")
  case .boundsNotMet:
    return Finding(
      .fault, code: "unmet-trim", at: defined.places.trim ?? place(""),
      "no weights of wave \(defined.wave.id) were found that lie within `trim` and meet every margin",
      remedy: "take wider bounds, or merge small groups with others")
  case .noRespondents, .baseWeightsUnusable, .baseWeightsWithoutSum, .marginTwice, .categoryTwice,
    .targetUnusable, .targetsWithoutSum, .sharesNotOne, .totalsContradict, .respondentsWithoutTarget,
    .boundsUnusable:
    preconditionFailure("the definition was read without such faults: \(fault)")
  }
}

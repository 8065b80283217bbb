import SurveyDefinition

/// One column of open text: who wrote something is a quota, what they wrote is chance.
struct FreeText: Sendable {
  private let texts: [[UInt8]]
  private var writers: Urn
  private var generator: SplitMix64

  init(
    _ column: FreeTextColumn, responses: Int, seed: UInt64, encoder: CellEncoder
  ) throws(SimulationFailure) {
    texts = try column.texts.map { text throws(SimulationFailure) in try encoder.encodeFreely(text) }
    let share = Int(column.share.millionths)
    writers = Urn(largestRemainder(of: responses, by: [share, Int(Decimal6.scale) - share]))
    generator = SplitMix64(seed: seed, stream: "TEXT " + column.heading)
  }

  mutating func next() -> [UInt8] {
    guard writers.draw(using: &generator) == 0, !texts.isEmpty else { return [] }
    let first = generator.below(texts.count)
    guard texts.count > 1, generator.below(3) == 0 else { return texts[first] }
    // Another than the first, all others equally often.
    let second = (first + 1 + generator.below(texts.count - 1)) % texts.count
    return texts[first] + [UInt8(ascii: " ")] + texts[second]
  }
}

public import SurveyDefinition

/// Makes the responses file of a wave that nobody answered, for trying a survey before fieldwork.
///
/// The bytes depend on the definition, the shares, the number of responses and the seed alone. They are handed on
/// in pieces of about 64 KiB, in order, and memory does not grow with the number of responses; time grows with
/// it, times one more for each step in the longest chain of items that depend on each other.
/// - Parameters:
///   - wave: Whose definition is answered.
///   - shares: What the answers should come out like; `Shares.equal(for:)` where nobody said.
///   - responses: How many, 0 or more.
///   - seed: Another seed, another order of the same quotas.
///   - write: Takes the next piece; what it throws stops the simulation and is thrown on.
/// - Throws: ``SimulationFailure``, or what `write` throws.
public func simulateResponses(
  wave: Wave, shares: Shares, responses: Int, seed: UInt64, write: (borrowing [UInt8]) throws -> Void
) throws {
  precondition(responses >= 0, "a wave has no negative number of responses")
  var plan = try SimulationPlan(for: wave.survey, shares: shares, responses: responses, seed: seed)
  var writer = try ResponseWriter(for: wave.survey, shares: shares, responses: responses, seed: seed)
  var response = plan.draws.map { _ in MadeAnswer() }
  for number in 0..<responses {
    plan.draw(into: &response)
    writer.append(response, number: number + 1)
    if writer.buffer.count >= 1 << 16 {
      try write(writer.buffer)
      writer.forgetWritten()
    }
  }
  try write(writer.buffer)
}

/// The wave.yaml of a simulated wave: it says that the wave is made up and how to make it again, and has no dates,
/// because there was no fieldwork.
public func waveYAML(responses: Int, seed: UInt64) -> String {
  """
  # Made by `canvass simulate --responses \(responses) --seed \(seed)`: nobody answered this.
  made_up: true

  """
}

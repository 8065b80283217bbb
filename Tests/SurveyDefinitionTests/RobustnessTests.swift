import SurveyDefinition
import Testing

/// Whatever stands in a file, reading it ends, and gives a wave exactly where there is no fault.
@Suite struct RobustnessTests {
  private func expectVerdict(_ survey: String, wave: String? = nil, _ what: @autoclosure () -> String) {
    let reading = readDefinition(
      surveyYAML: survey, surveyFile: "survey.yaml", waveYAML: wave, waveFile: "wave.yaml", waveID: "1")
    #expect((reading.wave == nil) == reading.findings.contains { !$0.isRemark }, "\(what())")
    #expect(reading.findings == reading.findings.sorted(), "\(what())")
    #expect(
      reading.findings.allSatisfy {
        ($0.place.line ?? 0) >= 1 && ($0.place.column ?? 0) >= 1 && !$0.message.isEmpty
          && !$0.message.hasSuffix(".")
      }, "\(what())")
  }

  @Test func `any beginning of a definition`() {
    let characters = Array(definitionExample)
    for length in stride(from: 0, to: characters.count, by: 17) {
      expectVerdict(String(characters[..<length]), "the first \(length) characters")
    }
  }

  @Test func `a definition without any one of its lines, and as a wave of itself`() {
    let lines = definitionExample.split(separator: "\n", omittingEmptySubsequences: false)
    for left in lines.indices {
      var rest = lines
      rest.remove(at: left)
      expectVerdict(rest.joined(separator: "\n"), "without line \(left + 1)")
      guard left.isMultiple(of: 3) else { continue }
      expectVerdict(
        definitionExample, wave: rest.joined(separator: "\n"), "with a wave without line \(left + 1)")
    }
  }

  @Test(arguments: 1...12) func `a definition with parts exchanged`(seed: UInt64) {
    var random = Lcg(state: seed)
    let separators: Set<Character> = [" ", "\n", ",", "{", "}", "[", "]", ":"]
    var words: [String] = []
    for character in definitionExample {
      if separators.contains(character) || words.isEmpty
        || words.last.map({ separators.contains(Character(String($0.suffix(1)))) }) == true
      {
        words.append(String(character))
      } else {
        words[words.count - 1].append(character)
      }
    }
    let places = words.indices.filter { !words[$0].allSatisfy(separators.contains) }
    for _ in 0..<6 {
      let one = places[Int.random(in: places.indices, using: &random)]
      let other = places[Int.random(in: places.indices, using: &random)]
      words.swapAt(one, other)
      expectVerdict(words.joined(), "seed \(seed)")
      expectVerdict(definitionExample, wave: words.joined(), "seed \(seed), as a wave")
    }
  }
}

/// A small generator whose sequence is the same everywhere (Knuth's MMIX constants).
private struct Lcg: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 33)
  }
}

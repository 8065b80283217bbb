import SurveyDefinition
import Testing

/// Groups that a definition could pool, and the YAML that does it.
@Suite struct PoolingTests {
  @Test func `pooled groups stand where the first of them stood`() {
    let pooling = Pooling(item: .variable(0), sets: [[4, 2], [1, 5]])
    #expect(pooling.sets == [[1, 5], [2, 4]])
    #expect(pooling.positions(of: 7) == [0, 1, 2, 3, 2, 1, 4])
  }

  @Test func `what something else of the definition names cannot be pooled`() throws {
    let survey = try survey(
      small(
        variables: """
          area: { groups: [A, B, C, D, E], other: E }
            grade: { groups: [1, 2], other: Others }
          """,
        questions: """
          hours: { kind: number, valid: [0, 4], bands: { a: [0, 1], b: [1, 2], c: [2, 3], d: [3, 4] }, nets: { N: d } }
            q3: { kind: single, answers: [X, Y], asked_if: { area: B, hours: a } }
          """, packs: "b: { who: [{ area: C }, { role: Staff }] }"))
    #expect(survey.poolableGroups(of: .variable(0)) == [0])
    #expect(survey.poolableGroups(of: .variable(1)) == [0, 3])
    #expect(survey.poolableGroups(of: .variable(2)) == [0, 1])
    #expect(survey.poolableGroups(of: .question(1)) == [1, 2])
    #expect(survey.poolableGroups(of: .question(0)) == [])
  }

  @Test func `labels that count upwards are in order, and so are bands`() throws {
    let survey = try survey(
      small(
        variables: """
          service: { groups: [Under 2 years, 2 to 4 years, 5 years or more] }
            area: { groups: [Area 2, Area 1] }
            part: { groups: [1 North, South] }
          """))
    #expect([1, 2, 3].map { survey.isOrdered(.variable($0)) } == [true, false, false])
  }

  /// What the definition has in the place of the marker, and which groups are pooled.
  private static let written: [(groups: String, sets: [[Int]])] = [
    ("[Custody, OSD, Contact]", [[0, 1]]),
    ("{ Custody: [Custody, c1], OSD: [2, Operational Support], Contact: Contact }", [[1, 2]]),
    ("{ A: 1, B: [2, A], C: [C, null, \"no\"] }", [[0, 1]]),
    ("{ A: 1, B: [2, A], C: [C, null, \"no\"] }", [[0, 2]]),
    ("[\"(a), b\", \"c (d)\", d, e, \"f: g\", \"#h\"]", [[0, 1], [2, 3, 4, 5]]),
    ("[a, b, \"a, b\", c]", [[0, 1]]),
    ("[a, b, c, d, e, \"a, b and 2 more\", \"Together: a, b and 2 more\"]", [[0, 1, 2, 3]]),
    (
      "{ \"quote \\\" and \\\\\": [\"[x]\", \"{y}\", \"a,b\"], \"-\": \"-1\", \"é \\u0085 \\t\": ~x, \"true\": yes }",
      [[0, 1], [2, 3]]
    ),
    ("{ Missing: [m], Gone: [g], \"- \": [\"%\"] }", [[0, 1]]),
  ]

  @Test(
    arguments: written.indices,
    ["  area: { label: Area, %@, column: x }", "  area:\n    label: Area\n    column: x\n    %@"])
  func `the snippet is read as the pooled survey`(_ number: Int, _ form: String) throws {
    let (groups, sets) = Self.written[number]
    func definition(_ groups: String) -> String {
      "survey: s\ntitle: S\ninput: { missing: [\"\", \"Missing, Gone\"] }\nvariables:\n"
        + form.replacing("%@", with: groups)
        + "\npacks: { all: { who: everyone } }\nquestions: { q: { kind: single, answers: [X] } }\n"
    }
    let before = try survey(definition("groups: " + groups))
    let pooled = before.pooled(Pooling(item: .variable(0), sets: sets))
    let indented = pooled.groupsYAML(of: .variable(0)).replacing("\n", with: "\n    ")
    let after = try survey(definition(indented))
    #expect(
      Set(pooled.variables[0].groups.flatMap(\.texts)) == Set(after.variables[0].groups.flatMap(\.texts)))
    #expect(pooled.variables[0].groupLabels == after.variables[0].groupLabels)
    for (mine, read) in zip(pooled.variables[0].groups, after.variables[0].groups) {
      #expect(Set(mine.texts) == Set(read.texts), "\(mine.label)")
    }
    #expect(
      pooled.variables[0].groups.count == before.variables[0].groups.count
        - sets.reduce(0) { $0 + $1.count - 1 })
    #expect(
      Set(before.variables[0].groups.flatMap(\.texts)).isSubset(
        of: pooled.variables[0].groups.flatMap(\.texts)))
  }

  @Test func `bands that are pooled span what they spanned, and conditions name the same`() throws {
    func definition(_ bands: String) -> String {
      small(
        questions: """
          hours: { kind: number, valid: [-0.5, 4], \(bands), nets: { N: d } }
            q3: { kind: single, answers: [X, Y], asked_if: { hours: d } }
          """)
    }
    let before = try survey(
      definition("bands: { a: [-0.5, 1.25], b: [1.25, 2], c: [2, 3], d: [3, 4] }"))
    let pooled = before.pooled(Pooling(item: .question(1), sets: [[0, 1, 2]]))
    #expect(try survey(definition(pooled.groupsYAML(of: .question(1)))) == pooled)
    #expect(pooled.questions[1].answerLabels == ["a, b, c", "d"])
  }
}

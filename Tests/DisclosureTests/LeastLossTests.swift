import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Disclosure

/// Surveys of one question under one banner, in a pack for everyone and one for the staff, so small that the least that any
/// release could withhold is known.
@Suite struct LeastLossTests {
  /// Made by `plain_survey.py SEED`; the least is what `optimum.py --groups whole --derived wide` proves with HiGHS 1.15.1:
  /// sizes, totals and answers are all chosen, and no pattern with fewer cells is safe.
  @Test func `no more is withheld than must be`() {
    let second = SmallSurvey(
      answers: ["Very good", "Good", "Fair"], nets: [],
      staff: [[3, 3, 4, 0], [8, 3, 10, 1], [3, 0, 4, 2], [11, 6, 18, 2]],
      officers: [[7, 0, 3, 0], [5, 3, 2, 0], [2, 0, 5, 1], [8, 3, 3, 0]])
    #expect(second.withheldCells == 15)
    let seventh = SmallSurvey(
      answers: ["Very good", "Good", "Fair", "Poor"],
      nets: [Net(label: "Any good", members: .answers([0, 1]))],
      staff: [
        [7, 1, 3, 12, 0], [5, 0, 4, 3, 0], [8, 2, 3, 11, 0], [6, 2, 3, 15, 1], [1, 0, 1, 2, 0],
        [6, 1, 7, 14, 1],
      ],
      officers: [
        [2, 2, 3, 7, 1], [3, 0, 0, 6, 0], [3, 1, 0, 5, 0], [2, 0, 1, 9, 0], [1, 1, 0, 1, 0], [5, 0, 3, 3, 2],
      ])
    #expect(seventh.withheldCells == 48)
  }

  /// Everywhere the officers are few, whose answers follow from the two packs: with a base of 5 to 9 that follows as well, they
  /// need to be no more open than that base allows.
  @Test func `a remainder with a known base costs no base`() {
    let twentyFifth = SmallSurvey(
      answers: ["Very good", "Good", "Fair"], nets: [],
      staff: [
        [18, 6, 5, 0], [22, 9, 11, 2], [10, 3, 4, 2], [15, 5, 4, 3], [15, 1, 1, 0], [17, 3, 2, 2],
        [30, 8, 7, 1],
      ],
      officers: [
        [15, 2, 2, 1], [5, 1, 2, 2], [7, 0, 2, 1], [13, 4, 1, 2], [3, 0, 2, 0], [8, 4, 3, 0], [20, 4, 5, 0],
      ])
    #expect(twentyFifth.withheldCells == 27)
    let fourteenth = SmallSurvey(
      answers: ["Very good", "Good", "Fair", "Poor"],
      nets: [Net(label: "Any good", members: .answers([0, 1]))],
      staff: [[4, 1, 1, 3, 0], [5, 5, 1, 4, 2], [6, 6, 0, 2, 0], [5, 4, 0, 5, 0]],
      officers: [[0, 1, 1, 1, 0], [2, 5, 3, 0, 2], [2, 3, 0, 0, 0], [4, 1, 0, 1, 0]])
    #expect(fourteenth.withheldCells == 35)
  }

  /// A staff consultation by area, told by how many of each area gave each answer, and none last.
  private struct SmallSurvey {
    var answers: [String]
    var nets: [Net]
    var staff: [[Int]]
    var officers: [[Int]]

    var withheldCells: Int {
      func options(_ labels: [String]) -> [AnswerOption] {
        labels.map { AnswerOption(label: $0, texts: [$0]) }
      }
      func choice(_ heading: String, _ labels: [String]) -> Choice {
        Choice(source: .column(.heading(heading)), answers: options(labels))
      }
      let areas = staff.indices.map { "Area \($0 + 1)" }
      let staffOnly = Condition(alternatives: [[.init(item: .variable(0), accepted: [1])]])
      let survey = Survey(
        id: "plain", title: "A made-up table",
        protection: ProtectionThresholds(minimumCell: 5, minimumBase: 10),
        variables: [
          Variable(
            id: "role", label: "Role", source: .column(.heading("role")),
            groups: options(["Officer", "Staff"])),
          Variable(id: "area", label: "Area", source: .column(.heading("area")), groups: options(areas)),
        ],
        questions: [
          Question(id: "quality", text: "Quality", kind: .scale(choice("quality", answers)), nets: nets)
        ],
        packs: [
          Pack(id: "all", title: "All", who: nil, banners: [.variable(1)], questions: [0]),
          Pack(id: "staff", title: "Staff", who: staffOnly, banners: [.variable(1)], questions: [0]),
        ])
      let layout = CodeLayout(survey)
      var tally = Tally(TabulationPlan(survey))
      for (role, table) in [officers, staff].enumerated() {
        for (area, counts) in table.enumerated() {
          for (answer, count) in counts.enumerated() {
            var response = CodedResponse(layout)
            response.codes[layout.variables[0]] = Int32(role)
            response.codes[layout.variables[1]] = Int32(area)
            if answer < answers.count, let slot = layout.questions[0] { response.codes[slot] = Int32(answer) }
            for _ in 0..<count { tally.add(response) }
          }
        }
      }
      let release = protect(tally, of: Wave(id: "w", survey: survey)).release
      return release.packs.flatMap(\.tables).reduce(0) { $0 + $1.withheldRows }
    }
  }
}

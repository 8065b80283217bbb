import DisclosureAudit
import Testing

/// Nets, complements, routing and sensitive questions: what follows from how a question is made.
@Suite struct WithinOneQuestionTests {
  private static let areas = ["North", "South", "East"]

  // MARK: - Nets

  private func scale(_ north: [Int]) -> PrintedRelease {
    let question = MadeUpWave.Question(
      id: "tools", answers: [],
      nets: [("Good", ["Very good", "Fairly good"]), ("Known", ["Very good", "Fairly good", "Poor"])])
    return PrintedRelease(
      MadeUpWave(
        ["Very good", "Fairly good", "Poor", "Unknown"],
        [("North", north), ("South", [30, 20, 20, 20]), ("East", [30, 20, 20, 20])], question: question))
  }

  @Test func `a net less its other part is the part`() throws {
    // 33 good less 30 very good.
    let all = ["Very good", "Fairly good", "Poor", "Unknown", "(net) Good", "(net) Known"]
    let release = scale([30, 3, 20, 20]).withholding(["Fairly good", "Poor"], in: ["North", "South"])
    try release.expectBreak(
      "force, tools “Fairly good”, area North", 3...3,
      arithmetic: [
        "+ 33  force, tools “(net) Good”, area North", "− 30  force, tools “Very good”, area North",
      ])
    try scale([30, 3, 20, 20]).withholding(all, in: ["North", "South"]).expectSafe()
  }

  @Test func `a net less a net within it is what lies between`() throws {
    // 53 known less 50 good.
    let release = scale([30, 20, 3, 20])
      .withholding(["Very good", "Fairly good", "Poor", "Unknown"], in: ["North", "South"])
    try release.expectBreak(
      "force, tools “Poor”, area North", 3...3,
      arithmetic: [
        "+ 53  force, tools “(net) Known”, area North", "− 50  force, tools “(net) Good”, area North",
      ])
    try release.withholding(["(net) Good", "(net) Known"], in: ["North", "South"]).expectSafe()
  }

  // MARK: - Several answers

  private func items(_ north: [(options: [String], count: Int)], nets: [(String, [String])]) -> PrintedRelease
  {
    let others: [(options: [String], count: Int)] = [
      (["Phone"], 30), (["Laptop"], 30), (["Camera"], 30), (["Phone", "Laptop", "Camera"], 30), ([], 30),
    ]
    return PrintedRelease(
      MadeUpWave(
        variables: [("area", Self.areas)],
        questions: [
          .init(id: "items", kind: "multiple", answers: ["Phone", "Laptop", "Camera"], nets: nets)
        ],
        packs: [.init(id: "force", banners: ["area"], questions: ["items"])],
        kinds: zip(Self.areas, [north, others, others]).flatMap { area, answers in
          answers.map { MadeUpWave.Kind($0.count, ["area": area], chose: ["items": $0.options]) }
        }))
  }

  @Test func `everyone but those who chose an option`() throws {
    // 60 answered, 57 chose a phone.
    let release = items([(["Phone"], 27), (["Phone", "Laptop", "Camera"], 30), (["Laptop"], 3)], nets: [])
    try release.expectBreak(
      "force, items all but “Phone”, area North", 3...3,
      arithmetic: ["+ 60  force, items “(base)”, area North", "− 57  force, items “Phone”, area North"])
    try release.withholding(["Phone"], of: "items", in: ["North", "South"]).expectSafe()
  }

  @Test func `everyone but those who chose anything`() throws {
    // 63 answered, 60 chose one item or more.
    let release = items(
      [(["Phone"], 30), (["Phone", "Laptop", "Camera"], 30), ([], 3)],
      nets: [("Any", ["Phone", "Laptop", "Camera"])])
    try release.expectBreak(
      "force, items all but “(net) Any”, area North", 3...3,
      arithmetic: ["+ 63  force, items “(base)”, area North", "− 60  force, items “(net) Any”, area North"])
    try release.withholding(["(net) Any", "Phone", "Laptop", "Camera"], of: "items", in: ["North", "South"])
      .expectSafe()
  }

  @Test func `a net within a net tells at least how many chose the rest`() throws {
    // 124 - 60 = 64 in North and East chose a camera. Of North's 64 who chose anything 60 chose a phone or a laptop, so
    // that 4 or more chose a camera; of East's 120 all but 60, so that 60 or more did: 4 in North.
    let nets = [("Any", ["Phone", "Laptop", "Camera"]), ("Desk", ["Phone", "Laptop"])]
    var wave = items([(["Phone", "Laptop"], 60), (["Camera"], 4), ([], 30)], nets: nets).wave
    for index in wave.kinds.indices where wave.kinds[index].answers["area"] == ["East"] {
      switch wave.kinds[index].answers["items"] {
      case ["Phone"], ["Laptop"]: wave.kinds[index].answers["items"] = ["Phone", "Laptop"]
      case ["Phone", "Laptop", "Camera"]: wave.kinds[index].answers["items"] = ["Camera"]
      default: break
      }
    }
    let release = PrintedRelease(wave).withholding(["Camera"], of: "items", in: ["North", "East"])
    try release.expectBreak(
      "force, items “Camera”, area North", 4...4,
      arithmetic: [
        "+ 64  force, items “(net) Any”, area North", "− 60  force, items “(net) Desk”, area North",
        "+ 124  force, items “Camera”, total", "− 60  force, items “Camera”, area South", "= exactly 4",
      ])
    try release.withholding(["(net) Any", "(net) Desk"], of: "items", in: ["North", "East"]).expectSafe()
  }

  // MARK: - Routing

  private func routed(base: String, cost: Int, time: Int, silent: Int) -> PrintedRelease {
    func kinds(_ area: String, _ counts: [Int]) -> [MadeUpWave.Kind] {
      [
        .init(60, ["area": area, "tools": "Yes"]),
        .init(counts[0], ["area": area, "tools": "No", "why": "Cost"]),
        .init(counts[1], ["area": area, "tools": "No", "why": "Time"]),
        .init(counts[2], ["area": area, "tools": "No"]),
      ]
    }
    return PrintedRelease(
      MadeUpWave(
        variables: [("area", Self.areas)],
        questions: [
          .init(id: "tools", answers: ["Yes", "No"]),
          .init(
            id: "why", answers: ["Cost", "Time"], askedIf: [.init(item: "tools", answers: ["No"])], base: base
          ),
        ],
        packs: [.init(id: "force", banners: ["area"], questions: ["tools", "why"])],
        kinds: kinds("North", [cost, time, silent]) + kinds("South", [20, 20, 10])
          + kinds("East", [20, 20, 10])))
  }

  @Test func `the base of everyone asked is the answer that leads there`() throws {
    // No in two areas is withheld; the base of those asked why is 3.
    let answers = ["Cost", "Time", "(no answer)"]
    let release = routed(base: "asked", cost: 3, time: 0, silent: 0).withholding(
      ["Yes", "No"], in: ["North", "South"]
    )
    .withholding(answers, of: "why", in: ["North", "South"])
    try release.expectBreak(
      "force, tools “No”, area North", 3...3, arithmetic: ["+ 3  force, why “(base)”, area North"])
    try release.withholdingAll(of: "why", in: ["North", "South"]).expectSafe()
  }

  @Test func `the base of those who answered is at most the answer that leads there`() throws {
    // 10 in North, 7 of whom said why they said No: at most 10 - 7 = 3 said Yes.
    var wave = routed(base: "answered", cost: 4, time: 3, silent: 1).wave
    wave.kinds[0].count = 2
    let release = PrintedRelease(wave).withholding(["Yes", "No"], in: ["North", "South"])
      .withholding(["Cost", "Time"], of: "why", in: ["North", "South"])
    try release.expectBreak(
      "force, tools “Yes”, area North", 0...3,
      arithmetic: [
        "+ 10  force, tools “(base)”, area North", "− 7  force, why “(base)”, area North", "= at most 3",
      ])
    // Each row tells the base: withheld on its own row alone it is not withheld.
    try release.withholding(["(base)"], of: "why", in: ["North", "South"])
      .expectBreak("force, tools “Yes”, area North", 0...3)
    try release.withholdingAll(of: "why", in: ["North", "South"]).expectSafe()
  }

  // MARK: - Sensitive questions

  private func sensitive(_ north: [Int], _ south: [Int]) -> PrintedRelease {
    PrintedRelease(
      MadeUpWave(
        ["Yes", "No"], [("North", north), ("South", south), ("East", [30, 30])],
        question: .init(id: "tools", answers: [], isSensitive: true)))
  }

  @Test func `a group whose members all answered the same is told of, though no count is small`() throws {
    // 20 of 20 said Yes: anyone in North did.
    try sensitive([20, 0], [30, 30]).expectBreak("force, tools all but “Yes”, area North", 0...0)
    try sensitive([20, 0], [30, 30]).withholding(["Yes", "No"], in: ["North", "South"]).expectSafe()
    // Of a question that is not sensitive nothing is told.
    try PrintedRelease(
      MadeUpWave(["Yes", "No"], [("North", [20, 0]), ("South", [30, 30]), ("East", [30, 30])])
    ).expectSafe()
  }

  @Test func `that all answered the same is told also by the lines of a table taken together`() throws {
    // 20 in North and 20 in South, whose answers both packs withhold; 70 - 30 = 40 of both said Yes.
    func kinds(_ role: String, _ area: String, _ yes: Int, _ no: Int) -> [MadeUpWave.Kind] {
      [
        .init(yes, ["role": role, "area": area, "tools": "Yes"]),
        .init(no, ["role": role, "area": area, "tools": "No"]),
      ]
    }
    let wave = MadeUpWave(
      variables: [("role", ["Staff", "Officer"]), ("area", Self.areas)],
      questions: [.init(id: "tools", answers: ["Yes", "No"], isSensitive: true)],
      packs: [
        .init(id: "force", banners: ["area"], questions: ["tools"]),
        .init(
          id: "staff", who: [.init(item: "role", answers: ["Staff"])], banners: ["area"], questions: ["tools"]
        ),
      ],
      kinds: kinds("Staff", "North", 10, 0) + kinds("Officer", "North", 10, 0)
        + kinds("Staff", "South", 10, 0)
        + kinds("Officer", "South", 10, 0) + kinds("Staff", "East", 15, 15) + kinds("Officer", "East", 15, 15)
    )
    let release = PrintedRelease(wave).withholding(["Yes", "No"], in: ["North", "South"])
    try release.expectBreak("force, tools all but “Yes”, area North", 0...0)
    try release.withholding(["Yes", "No"], in: ["Total"]).expectSafe()
  }

  @Test func `who did not answer a sensitive question is told like an answer`() throws {
    // 63 in North, 60 of whom answered.
    var wave = MadeUpWave(
      ["Yes", "No"], [("North", [30, 30]), ("South", [30, 30]), ("East", [30, 30])],
      question: .init(id: "tools", answers: [], isSensitive: true))
    wave.kinds.append(.init(3, ["area": "North"]))
    wave.kinds.append(.init(20, ["area": "South"]))
    try PrintedRelease(wave).expectBreak(
      "force, tools not answering, area North", 3...3,
      arithmetic: [
        "+ 63  force, respondents “(base)”, area North", "− 60  force, tools “(base)”, area North",
      ])
    try PrintedRelease(wave).withholdingAll(in: ["North", "South"]).expectSafe()
  }
}

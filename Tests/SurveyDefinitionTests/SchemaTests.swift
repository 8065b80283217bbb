import Foundation
import Testing

@testable import SurveyDefinition

/// The schemas for editors say what the reader says: the same keys at every level, and the same of real definitions.
@Suite struct SchemaTests {
  /// The map that a schema's definition describes, and the reader's table of its keys.
  private static let tables: [(name: String, keys: [String])] = [
    ("protection", DefinitionKeys.protection), ("input", DefinitionKeys.input),
    ("variable", DefinitionKeys.variable), ("question", DefinitionKeys.question),
    ("option_column", DefinitionKeys.optionColumn), ("block", DefinitionKeys.block),
    ("index", DefinitionKeys.index),
    ("theme", DefinitionKeys.theme), ("codings", DefinitionKeys.codings),
    ("open_text_codings", DefinitionKeys.openTextCodings),
    ("open_text_columns", DefinitionKeys.openTextColumns),
    ("focus_group_codings", DefinitionKeys.focusGroupCodings),
    ("focus_group_columns", DefinitionKeys.focusGroupColumns), ("pack", DefinitionKeys.pack),
    ("weights", DefinitionKeys.weights), ("trim", DefinitionKeys.trim),
    ("population", DefinitionKeys.population),
    ("briefing", DefinitionKeys.briefing),
    ("pack_briefing", DefinitionKeys.packBriefing), ("accent", DefinitionKeys.accent),
    ("logo", DefinitionKeys.logo),
    ("briefing_words", BriefingWords.names),
  ]
  private static let waveTables = [
    ("fieldwork", DefinitionKeys.fieldwork), ("session", DefinitionKeys.session),
  ]

  @Test func `the schema of survey.yaml has the reader's keys at every level`() throws {
    let schema = try Schema.named("survey")
    expectKeys(DefinitionKeys.survey, in: schema.root, "survey.yaml")
    for table in Self.tables { expectKeys(table.keys, in: try schema.definition(table.name), table.name) }
    #expect(Set(schema.closedMaps) == Set(Self.tables.map(\.name)))
  }

  @Test func `the schema of wave.yaml has the reader's keys at every level`() throws {
    let schema = try Schema.named("wave")
    expectKeys(DefinitionKeys.survey + DefinitionKeys.wave, in: schema.root, "wave.yaml")
    for table in Self.tables + Self.waveTables {
      expectKeys(table.keys, in: try schema.definition(table.name), table.name)
    }
    #expect(Set(schema.closedMaps) == Set((Self.tables + Self.waveTables).map(\.name)))
  }

  private func expectKeys(_ keys: [String], in map: YAMLNode, _ what: String) {
    let properties = map["properties"]?.entries ?? []
    #expect(properties.map(\.key).sorted() == keys.sorted(), "\(what)")
    #expect(map["additionalProperties"]?.rawText == "false", "\(what)")
    for property in properties {
      #expect(
        property.value["description"]?.rawText?.isEmpty == false, "no help for \(property.key) of \(what)")
    }
  }

  @Test(arguments: Fixture.all) func `schema and reader call the same keys unknown`(fixture: Fixture) throws {
    let definition = MarkedDefinition(fixture.survey, wave: fixture.wave)
    let told = definition.reading.findings.filter { $0.code == "unknown-key" }.map(\.place)
    var found: [Place] = []
    for (schema, file) in try fixture.files() {
      let node = try #require(Schema.parse(file.text, file: file.name))
      found += schema.unknownKeys(in: node, schema.root)
    }
    #expect(found.sorted() == told)
    #expect(told.count == fixture.unknownKeys)
  }

  /// A real validator reads the schemas as editors do. It is not needed to build or test canvass, so its absence is
  /// told and is no failure.
  @Test func `a validator of JSON Schema says of the fixtures what the reader says`() throws {
    var jobs: [[String: String]] = []
    for fixture in Fixture.all {
      for (schema, file) in try fixture.files() {
        let reading = Schema.parse(file.text, file: file.name).map { schema.unknownKeys(in: $0, schema.root) }
        jobs.append([
          "schema": schema.path, "text": file.text, "valid": reading?.isEmpty == true ? "yes" : "no",
          "name": "\(fixture.name) \(file.name)",
        ])
      }
    }
    guard let verdicts = try Validator.disagreements(jobs) else {
      print("schemas: \(jobs.count) checks skipped, python3 with jsonschema and yaml is not installed")
      return
    }
    #expect(verdicts == [])
  }
}

/// Definitions that both sides judge.
struct Fixture: Sendable, CustomTestStringConvertible {
  var name: String
  var survey: String
  var wave: String?
  var unknownKeys = 0
  var testDescription: String { name }

  static let all: [Fixture] = [
    Fixture(name: "the example", survey: definitionExample),
    Fixture(name: "the smallest", survey: small()),
    Fixture(
      name: "conditions, lists of one and columns",
      survey: small(
        top:
          "scales: { s: { A: 1, B: [2, b], C: }, t: [A] }\nprotection: { minimum_cell: '3' }\nbanners: role",
        variables: "area: { columns: { A: '#3', B: { column: x, chosen: any } } }",
        questions: """
          q2: { kind: scale, answers: s, asked_if: [{ role: Staff }, { q1: [Suitable] }], sensitive: yes, base: asked }
            q3: { kind: number, column: 7, valid: [0, 1.5], bands: { A: [0, '1'], B: [1, 1.5] }, missing: 99 }
            q4: { kind: ranking, columns: { A: a, B: b } }
            q6: { kind: ranking, columns: { A: a2, B: b2, C: c2, D: d2 }, places: 3, top: '2' }
            q5: { kind: theme, agreed: any }
          """, packs: "two: { who: { role: [Staff] }, banners: [], questions: q1 }")),
    Fixture(
      name: "a wave", survey: small(questions: "q2: { kind: number }"),
      wave: """
        fieldwork: { from: 2012-12-20, to: 2013-01-08 }
        made_up: true
        sessions: { FG1: { audience: staff } }
        title: null
        questions: { q2: null, q1: { text: Other, missing: [NA] } }
        packs: { all: { title: ~ } }
        protection: { minimum_cell: 3 }
        themes: { t: { label: T, themes: { u: { label: U } } } }
        """),
    Fixture(
      name: "unknown keys of every level of survey.yaml",
      survey: small(
        top: """
          titel: x
          protection: { minimum: 1 }
          input: { delimiter: "," }
          blocks: { b: { title: B, questions: [q1] } }
          themes: { t: { label: T, themes: { u: { labl: U } } } }
          weights: { collumn: w }
          """,
        variables: "area: { groups: [A], colour: red }\n  sex: { columns: { M: { column: x, chosn: any } } }",
        questions: "q2: { kind: multiple, columns: { M: { column: y, chose: any } }, option: 1 }",
        packs: "two: { who: everyone, banner: role }"),
      unknownKeys: 11),
    Fixture(
      name: "unknown keys of wave.yaml", survey: small(),
      wave: """
        fieldwork: { from: 2012-12-20, to: 2013-01-08, until: x }
        session: {}
        sessions: { FG1: { audience: staff, room: 2 } }
        questions: { q1: { txt: Other } }
        """, unknownKeys: 4),
    Fixture(
      name: "scores",
      survey: small(
        top: "scales: { s: [A, B] }\nscores: { s: { A: 1, B: '-0.5' } }",
        questions: "q2: { kind: single, answers: [A, B], scores: { A: 2, B: 1 } }"),
      wave: "scores: { s: null }\nquestions: { q2: { scores: { A: 1, B: 0 } } }"),
    Fixture(
      name: "indices",
      survey: small(
        top:
          "scales: { s: [A, B] }\nscores: { s: { A: 1, B: 0 } }\nindices: { i: { text: I, questions: [q2, q3] } }",
        questions: "q2: { kind: scale, answers: s }\n  q3: { kind: scale, answers: s }"),
      wave: "indices: { i: { txt: Other, questions: [q3, q2] } }", unknownKeys: 1),
    Fixture(
      name: "a worded briefing",
      survey: small(
        top: """
          briefing:
            { language: en-GB, title: T, contact: C, notes: [One, Two], order: q1,
              accent: { light: "#0b4f8a", dark: "#8cc4f5" }, words: { findings: Key messages } }
          """, packs: "two: { who: { role: [Staff] }, briefing: { title: Two, order: [q1] } }"),
      wave: "briefing: { title: ~, words: { findings: null, method: How } }"),
    Fixture(
      name: "unknown keys of a briefing",
      survey: small(
        top: """
          briefing: { titel: T, accent: { light: "#0b4f8a", dark: "#8cc4f5", grey: 1 }, words: { finding: x } }
          """, packs: "two: { who: { role: [Staff] }, briefing: { language: en-GB } }"), unknownKeys: 4),
    Fixture(
      name: "keys of a wave in survey.yaml", survey: small(top: "made_up: true\nsessions: {}"), unknownKeys: 2
    ),
    Fixture(
      name: "labels and ids that look like keys",
      survey: small(
        variables: "text: { groups: { kind: 1, titel: 2 } }",
        questions: "column: { kind: multiple, columns: { column: x, chosen: y } }")),
  ]

  func files() throws -> [(schema: Schema, file: (name: String, text: String))] {
    var files = [(try Schema.named("survey"), ("survey.yaml", survey))]
    if let wave { files.append((try Schema.named("wave"), ("2012-12/wave.yaml", wave))) }
    return files
  }
}

/// A schema, read with our own reader of YAML, of which JSON is a part.
struct Schema {
  var path: String
  var root: YAMLNode

  static func named(_ name: String) throws -> Schema {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Sources/SurveyDefinition/Schema/\(name).schema.json"
    ).standardized.path()
    return Schema(
      path: path, root: try #require(parse(try String(contentsOfFile: path, encoding: .utf8), file: path)))
  }

  static func parse(_ text: String, file: String) -> YAMLNode? {
    guard case .root(let node) = readYAML(text, file: file, log: FindingLog()) else { return nil }
    return node
  }

  func definition(_ name: String) throws -> YAMLNode { try #require(root["$defs"]?[name]) }

  /// Names of the definitions that allow no other key.
  var closedMaps: [String] {
    (root["$defs"]?.entries ?? []).filter { $0.value["additionalProperties"]?.rawText == "false" }.map(\.key)
  }

  /// The keys of a tree that a schema has no place for.
  func unknownKeys(in node: YAMLNode, _ schema: YAMLNode) -> [Place] {
    if let reference = schema["$ref"]?.rawText, let name = reference.split(separator: "/").last {
      return root["$defs"]?[String(name)].map { unknownKeys(in: node, $0) } ?? []
    }
    if case .list(let branches)? = schema["anyOf"]?.content {
      // A map is judged by the branch that describes maps.
      return branches.map { unknownKeys(in: node, $0) }.max { $0.count < $1.count } ?? []
    }
    guard let entries = node.entries else { return [] }
    return entries.flatMap { entry in
      if let property = schema["properties"]?[entry.key] { return unknownKeys(in: entry.value, property) }
      guard let others = schema["additionalProperties"] else { return [] }
      return others.rawText == "false" ? [entry.keyPlace] : unknownKeys(in: entry.value, others)
    }
  }
}

extension YAMLNode {
  fileprivate subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }
}

/// Python's `jsonschema`, where it is installed.
enum Validator {
  /// The names of the jobs on which it disagrees, nil where it is not installed.
  static func disagreements(_ jobs: [[String: String]]) throws -> [String]? {
    let script = """
      import json, sys
      try:
          import jsonschema, yaml
      except ImportError:
          sys.exit(9)
      class Loader(yaml.SafeLoader):
          pass
      # Dates are texts, as in JSON; keys are texts always.
      Loader.yaml_implicit_resolvers = {
          k: [(t, r) for t, r in v if not t.endswith("timestamp")]
          for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()}
      def plain(x):
          if isinstance(x, dict):
              return {str(k): plain(v) for k, v in x.items()}
          return [plain(v) for v in x] if isinstance(x, list) else x
      for job in json.load(sys.stdin):
          schema = json.load(open(job["schema"]))
          jsonschema.Draft202012Validator.check_schema(schema)
          faults = list(jsonschema.Draft202012Validator(schema).iter_errors(plain(yaml.load(job["text"], Loader))))
          if ("no" if faults else "yes") != job["valid"]:
              print(job["name"], [f.message[:120] for f in faults][:3])
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(jobs))
    try input.fileHandleForWriting.close()
    let told = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    if [9, 127].contains(process.terminationStatus) { return nil }
    #expect(process.terminationStatus == 0)
    return String(decoding: told, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

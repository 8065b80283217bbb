import Foundation
import Testing

@_spi(Protection) @testable import ReleaseModel
@testable import Rendering

@Suite struct JSONTests {
  private func object(_ bytes: [UInt8]) throws -> NSDictionary {
    try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary)
  }

  @Test func `keys are sorted, text is escaped and the file ends with a line feed`() {
    let json = JSONText.object([
      "b": .list([1, 2]), "a": "q\"\\\n\t\u{1}é", "c": .object([:]), "d": .list([.object(["x": true])]),
      "e": .list([]),
    ])
    #expect(
      String(decoding: json.bytes, as: UTF8.self) == """
        {
          "a": "q\\"\\\\\\n\\t\\u0001é",
          "b": [1, 2],
          "c": {},
          "d": [
            {
              "x": true
            }
          ],
          "e": []
        }

        """)
  }

  @Test func `definition json has every field of the public definition, under the survey's own keys`() throws
  {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let encoded = try object(Array(encoder.encode(MadeRelease.definition)))
    #expect(try object(definitionJSON(MadeRelease.definition)) == encoded)
  }

  @Test func `the manifest counts cells and names outputs, and has no number of people but the responses`()
    throws
  {
    let manifest = Manifest(
      tool: "canvass", version: "1.2.3", formats: ["csv"],
      outputs: [.init(path: "all/tables.csv", sha256: "abc")], release: MadeRelease.release)
    let read = try object(manifest.bytes)
    #expect(
      read == [
        "tool": ["name": "canvass", "version": "1.2.3"], "survey": "tiny", "wave": "2026", "made_up": true,
        "responses": 1200, "rules": ["minimum_cell": 5, "minimum_base": 10, "prefer": "cells"],
        "formats": ["csv"],
        "cells": ["all": 14], "withheld": ["all": 3],
        "outputs": ["all/tables.csv": ["sha256": "abc"]],
      ] as NSDictionary)
  }
}

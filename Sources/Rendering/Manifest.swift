public import ReleaseModel

/// manifest.json: what made a release, what is in it and how much was withheld.
///
/// It holds no clock, host or path, and no number of respondents but `responses`; `cells` and `withheld` count cells
/// of the tables, by pack.
public struct Manifest: Sendable {
  /// One file of the release, by its place in the release folder.
  public struct Output: Sendable, Hashable {
    public let path: String
    /// In lower-case hexadecimal.
    public let sha256: String

    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// What made the files that canvass does not write itself.
  public struct Renderer: Sendable, Hashable {
    public let name: String
    public let version: String
    /// The digest of the fonts it has, which have a part in what it makes.
    public let fonts: String

    public init(name: String, version: String, fonts: String) {
      self.name = name
      self.version = version
      self.fonts = fonts
    }
  }

  private let tool: String
  private let version: String
  private let formats: [String]
  private let renderer: Renderer?
  private let outputs: [Output]
  private let release: Release

  /// - Parameters:
  ///   - renderer: Nil where no file was made by one.
  ///   - outputs: Every file of the release but the manifest itself.
  public init(
    tool: String, version: String, formats: [String], renderer: Renderer? = nil, outputs: [Output],
    release: Release
  ) {
    self.tool = tool
    self.version = version
    self.formats = formats
    self.renderer = renderer
    self.outputs = outputs
    self.release = release
  }

  public var bytes: [UInt8] {
    var members: [String: JSONText] = [
      "tool": .object(["name": .text(tool), "version": .text(version)]),
      "survey": .text(release.survey),
      "wave": .text(release.wave),
      "made_up": .boolean(release.definition.madeUp),
      "responses": .number(release.responses),
      "rules": rules,
      "formats": .texts(formats),
      "cells": byPack(\.rowCount),
      "withheld": byPack(\.withheldRows),
      "outputs": .object(
        Dictionary(uniqueKeysWithValues: outputs.map { ($0.path, .object(["sha256": .text($0.sha256)])) })),
    ]
    if let renderer {
      members["renderer"] = .object([
        "name": .text(renderer.name), "version": .text(renderer.version), "fonts": .text(renderer.fonts),
      ])
    }
    if !release.earlierWaves.isEmpty {
      members["compared_with"] = .object(
        Dictionary(
          uniqueKeysWithValues: release.earlierWaves.map {
            ($0.wave, .object(["manifest_sha256": .text($0.digest)]))
          }))
    }
    switch release.excludedRows {
    case .count(let count)?: members["excluded_rows"] = .number(count)
    case .fewer(than: let minimum)?: members["excluded_rows"] = .text("fewer than \(minimum)")
    case nil: break
    }
    return JSONText.object(members).bytes
  }

  private var rules: JSONText {
    let rules = release.definition.protection
    return .object([
      "minimum_cell": .number(rules.minimumCell), "minimum_base": .number(rules.minimumBase),
      "prefer": .text(rules.prefer),
    ])
  }

  /// A number of cells per pack.
  private func byPack(_ cells: (ReleasedPack) -> Int) -> JSONText {
    .object(Dictionary(uniqueKeysWithValues: release.packs.map { ($0.id, .number(cells($0))) }))
  }
}

import FoundationEssentials

/// A release as it stands in its folder, for whatever reads releases back: its two JSON files, which must go together, and the files
/// that it has.
///
/// What is read is a type of its own. Nothing of it can become a `Release`, which only protection makes.
struct ReleaseFolder {
  /// Why a folder is no release, or not a whole one; the words go on from its name.
  struct Damage: Error {
    let words: String
    /// What the system says, where it is that which failed: the folder itself may be whole.
    var failure: FileFailure?
  }

  let path: String
  let manifest: Manifest
  let definition: Definition
  /// The digest of manifest.json, by which the release can be known again.
  let digest: String
  /// By the place in the folder of each file that the manifest lists: its size in bytes.
  let sizes: [String: Int]

  /// Larger than any file of a release of ours that is read, and no more than can be read at once.
  static let largestFile = 1 << 28
  /// What a wave can have: more could not be reckoned with.
  private static let mostResponses = Int(Int32.max)

  init(_ path: String) throws(Damage) {
    let decoder = JSONDecoder()
    guard let manifestBytes = try Self.bytes("manifest.json", in: path),
      let manifest = try? decoder.decode(Manifest.self, from: Data(manifestBytes)),
      manifest.tool.name == "canvass", (0...Self.mostResponses).contains(manifest.responses)
    else { throw Damage(words: "its manifest.json cannot be read") }
    var sizes: [String: Int] = [:]
    for file in manifest.outputs.keys.sorted() {
      // Some other program's way out of the folder, or a file that is gone.
      let parts = file.split(separator: "/", omittingEmptySubsequences: false)
      guard !parts.contains(where: { $0.isEmpty || $0 == ".." }),
        let size = try Self.size(of: file, in: path)
      else { throw Damage(words: "not all of its files are there; run it again") }
      sizes[file] = size
    }
    self.path = path
    self.manifest = manifest
    self.sizes = sizes
    digest = sha256(manifestBytes)
    guard let definitionBytes = try Self.listed("definition.json", manifest, in: path),
      let definition = try? decoder.decode(Definition.self, from: Data(definitionBytes)),
      definition.survey == manifest.survey, definition.wave == manifest.wave
    else { throw Damage(words: "its definition.json cannot be read") }
    self.definition = definition
  }

  /// A file of the release, the very one that was released; nil where the manifest lists none of that name.
  func listed(_ name: String) throws(Damage) -> [UInt8]? {
    try Self.listed(name, manifest, in: path)
  }

  private static func listed(_ name: String, _ manifest: Manifest, in path: String) throws(Damage) -> [UInt8]?
  {
    guard let digest = manifest.outputs[name]?.sha256 else { return nil }
    guard let bytes = try bytes(name, in: path), sha256(bytes) == digest else {
      throw Damage(words: "its \(name) is not the one that was released; run it again")
    }
    return bytes
  }

  private static func bytes(_ name: String, in path: String) throws(Damage) -> [UInt8]? {
    guard let size = try size(of: name, in: path), size <= largestFile else { return nil }
    return try read(name) { () throws(FileFailure) in
      try FileSystem.read(FileSystem.path(path, name), upTo: largestFile)
    }
  }

  /// How many bytes a file has; nil where there is none of that name.
  private static func size(of name: String, in path: String) throws(Damage) -> Int? {
    let file = FileSystem.path(path, name)
    return try read(name) { () throws(FileFailure) in
      try FileSystem.found(at: file) == .file ? try FileSystem.stamp(of: file)?.size : nil
    }
  }

  private static func read<Value>(
    _ name: String, _ body: () throws(FileFailure) -> Value
  ) throws(Damage) -> Value {
    do { return try body() } catch { throw Damage(words: "its \(name) cannot be read", failure: error) }
  }
}

extension ReleaseFolder {
  /// What is read of manifest.json.
  struct Manifest: Decodable {
    struct Tool: Decodable {
      let name: String
      let version: String?
    }
    struct Renderer: Decodable {
      let name: String
      let version: String
      let fonts: String
    }
    struct Output: Decodable { let sha256: String }
    struct Compared: Decodable {
      let digest: String
      enum CodingKeys: String, CodingKey { case digest = "manifest_sha256" }
    }

    let tool: Tool
    let survey: String
    let wave: String
    let responses: Int
    let formats: [String]?
    let renderer: Renderer?
    let cells: [String: Int]
    let withheld: [String: Int]
    let outputs: [String: Output]
    /// By wave, the releases that it was compared with; nil for none.
    let comparedWith: [String: Compared]?

    enum CodingKeys: String, CodingKey {
      case tool, survey, wave, responses, formats, renderer, cells, withheld, outputs
      case comparedWith = "compared_with"
    }
  }
}

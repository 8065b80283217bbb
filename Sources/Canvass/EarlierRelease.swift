/// How a new release of a wave differs from the one that stood in its place.
///
/// Whoever has both can subtract one from the other, so a person who is told of nothing here published nothing twice.
struct ReleaseChanges {
  /// The figures of one pack that differ.
  struct Pack {
    let id: String
    var changed = 0
    var newlyShown = 0
    var newlyWithheld = 0
    /// Rows that one of the two releases does not have.
    var added = 0
    var gone = 0
    /// The first few that differ, in words.
    var examples: [String] = []

    var total: Int { changed + newlyShown + newlyWithheld + added + gone }

    init(id: String) { self.id = id }
  }

  /// Packs with at least one difference, in the order of the new release, then those that are gone.
  var packs: [Pack] = []
  /// Files of the earlier release that could not be compared.
  var damaged: [String] = []

  var total: Int { packs.reduce(0) { $0 + $1.total } }
}

extension ReleaseChanges {
  /// Compares what stands in a release folder with the files that will replace it; nil where none stands there.
  init?(from folder: String, to release: ReleaseFiles) {
    guard FileSystem.entry(at: folder) == .folder, let names = try? FileSystem.names(in: folder) else {
      return nil
    }
    let earlier = names.map { "\($0)/tables.csv" }.filter {
      FileSystem.entry(at: FileSystem.path(folder, $0)) == .file
    }
    let new = release.files.map(\.path).filter { $0.hasSuffix("/tables.csv") }
    for path in new + earlier.filter({ !new.contains($0) }) {
      compare(path, in: folder, with: release[path])
    }
  }

  private mutating func compare(_ path: String, in folder: String, with newBytes: [UInt8]?) {
    var pack = Pack(id: String(path.prefix { $0 != "/" }))
    let place = FileSystem.path(folder, path)
    var old: PublishedTable?
    if FileSystem.entry(at: place) == .file {
      guard let oldBytes = try? FileSystem.read(place) else {
        damaged.append(path)
        return
      }
      if oldBytes == newBytes { return }
      guard let table = PublishedTable(oldBytes) else {
        damaged.append(path)
        return
      }
      old = table
    }
    let new = newBytes.flatMap(PublishedTable.init)
    for key in new?.keys ?? [] { pack.note(key, old: old?.cells[key], new: new?.cells[key]) }
    for key in old?.keys ?? [] where new?.cells[key] == nil { pack.note(key, old: old?.cells[key], new: nil) }
    if pack.total > 0 { packs.append(pack) }
  }
}

extension ReleaseChanges.Pack {
  fileprivate mutating func note(
    _ key: PublishedTable.Key, old: PublishedTable.Cell?, new: PublishedTable.Cell?
  ) {
    guard old != new else { return }
    let what: String
    switch (old, new) {
    case (nil, _):
      added += 1
      what = "is new"
    case (_, nil):
      gone += 1
      what = "is gone"
    case (let old?, let new?) where old.isWithheld && !new.isWithheld:
      newlyShown += 1
      what = "was withheld and is shown"
    case (let old?, let new?) where !old.isWithheld && new.isWithheld:
      newlyWithheld += 1
      what = "was shown and is withheld"
    default:
      changed += 1
      what = "has another value"
    }
    if examples.count < 3 {
      examples.append("\(key.question), \(key.answer), \(key.banner) \(key.group): \(what)")
    }
  }
}

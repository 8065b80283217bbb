/// What became of the themes of one codebook in a later one, and which of them can be compared.
///
/// A theme of the earlier codebook is the later one that has its id, or has it under `was`. Figures of a theme hold those
/// of all themes below it, so two themes are comparable only where they hold the same ones.
public struct ThemeConcordance: Sendable, Hashable {
  /// One theme of the later codebook, or one that the later codebook no longer has.
  public struct Entry: Sendable, Hashable {
    /// How a theme stands to the earlier codebook.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// It had the same id.
      case same
      /// It had another id.
      case renamed
      /// It was several themes. Their figures do not add up to it, as a respondent may have been given two of them: the
      /// earlier codings have to be counted by the later codebook.
      case merged
      /// It was none: it begins with the later codebook.
      case new
      /// It is none: its codings count for nothing.
      case ended
    }

    public var kind: Kind
    /// The ids that it had in the earlier codebook, in its order; empty for a new theme.
    public var earlier: [String]
    /// Its id in the later codebook; nil for a theme that ended.
    public var later: String?
    /// The id of the earlier theme whose figures stand for the same as those of the later one; nil for none.
    public var comparable: String?
    /// Of a new theme, the id of the nearest one above it, in the later codebook, that can be compared: of a theme that was
    /// split this is the whole.
    public var within: String?
    /// Ids of earlier themes that are counted in the later theme, and were not before.
    public var gained: [String]
    /// Ids of earlier themes that were counted in it, and now are in another one.
    public var lost: [String]

    public init(
      _ kind: Kind, earlier: [String] = [], later: String? = nil, comparable: String? = nil,
      within: String? = nil, gained: [String] = [], lost: [String] = []
    ) {
      self.kind = kind
      self.earlier = earlier
      self.later = later
      self.comparable = comparable
      self.within = within
      self.gained = gained
      self.lost = lost
    }
  }

  /// The themes of the later codebook, each before those below it; then those that ended, in the order of the earlier one.
  public let entries: [Entry]

  /// Whether each theme of both codebooks can be compared under its own id.
  public var isIdentity: Bool {
    entries.allSatisfy { $0.kind == .same && $0.comparable == $0.later }
  }

  /// Compares two codebooks. Both must be free of faults: no id, earlier or current, stands twice in one of them.
  public init(from earlier: [Theme], to later: [Theme]) {
    let before = CodebookTree(earlier)
    let after = CodebookTree(later)
    var became: [String: String] = [:]
    for id in before.ids { if after.themes[id] != nil { became[id] = id } }
    for id in after.ids {
      for old in after.themes[id]?.was ?? [] where before.themes[old] != nil && became[old] == nil {
        became[old] = id
      }
    }
    var sources: [String: [String]] = [:]
    for old in before.ids { if let id = became[old] { sources[id, default: []].append(old) } }

    var entries: [Entry] = []
    var comparable: Set<String> = []
    for id in after.ids {
      let own = sources[id] ?? []
      guard !own.isEmpty else {
        entries.append(Entry(.new, later: id))
        continue
      }
      // What ended counts nowhere in the later codebook, and nobody can say what it would count for.
      let held = Set(own.flatMap(before.below)).filter { became[$0] != nil }
      let holds = Set(after.below(id).flatMap { sources[$0] ?? [] })
      let tops = own.filter { old in own.allSatisfy { $0 == old || !before.below($0).contains(old) } }
      var entry = Entry(
        own == [id] ? .same : own.count == 1 ? .renamed : .merged, earlier: own, later: id,
        gained: before.ids.filter { holds.contains($0) && !held.contains($0) },
        lost: before.ids.filter { held.contains($0) && !holds.contains($0) })
      if tops.count == 1, held == holds {
        entry.comparable = tops[0]
        comparable.insert(id)
      }
      entries.append(entry)
    }
    for index in entries.indices where entries[index].kind == .new {
      entries[index].within = entries[index].later.flatMap {
        after.above($0).first(where: comparable.contains)
      }
    }
    self.entries = entries + before.ids.filter { became[$0] == nil }.map { Entry(.ended, earlier: [$0]) }
  }
}

/// A codebook by id.
private struct CodebookTree {
  /// Each theme before those below it.
  private(set) var ids: [String] = []
  private(set) var themes: [String: Theme] = [:]
  private var parents: [String: String] = [:]

  init(_ codebook: [Theme]) { add(codebook, under: nil) }

  private mutating func add(_ list: [Theme], under parent: String?) {
    for theme in list {
      ids.append(theme.id)
      themes[theme.id] = theme
      parents[theme.id] = parent
      add(theme.themes, under: theme.id)
    }
  }

  /// A theme with all below it.
  func below(_ id: String) -> [String] {
    guard let theme = themes[id] else { return [] }
    return [id] + theme.themes.flatMap { below($0.id) }
  }

  /// The themes above one, the nearest first.
  func above(_ id: String) -> [String] {
    guard let parent = parents[id] else { return [] }
    return [parent] + above(parent)
  }
}

public import SurveyDefinition

/// Which themes of the codebook codings name, whoever coded and whether or not their codes count, and whether by ids of an
/// earlier codebook.
public struct CodebookUsage: Sendable, Hashable {
  /// The positions of all themes that are named, each theme before those below it.
  public private(set) var named: Set<Int> = []
  /// Those that are named by their own id.
  public private(set) var namedByID: Set<Int> = []
  /// Where a theme is first named by an id that it had earlier.
  public private(set) var namedByEarlierID: [Int: Place] = [:]

  public init() {}

  mutating func note(_ name: ThemeNames.Name, at place: Place) {
    named.insert(name.theme)
    switch name.kind {
    case .id: namedByID.insert(name.theme)
    case .earlierID:
      if namedByEarlierID[name.theme] == nil { namedByEarlierID[name.theme] = place }
    case .other: break
    }
  }

  /// What both codings name: those of open text, and those of focus groups.
  public func union(_ other: CodebookUsage) -> CodebookUsage {
    var both = self
    both.named.formUnion(other.named)
    both.namedByID.formUnion(other.namedByID)
    both.namedByEarlierID.merge(other.namedByEarlierID) { own, _ in own }
    return both
  }

  /// The themes that the wave's own codebook may not have had: those below a theme that is named by an earlier id alone,
  /// where no coding names them or one below them, and none of these existed under another id.
  ///
  /// What nobody raised and what nobody could code look the same in codings, so this is for a remark, not a rule. A theme
  /// with an earlier id of its own did exist, and whoever uses a theme's present id had the present codebook.
  /// - Returns: In the order of the codebook, without those below one of them.
  public func doubtfulThemes(of codebook: [Theme]) -> [DoubtfulTheme] {
    let themes = codebook.coded
    // Whether it, or a theme below it, is known to have been there.
    var wasThere = codebook.earlierIDs.enumerated().map { named.contains($0) || !$1.isEmpty }
    for (position, theme) in themes.enumerated().reversed() where wasThere[position] {
      if let parent = theme.parent { wasThere[parent] = true }
    }
    var doubtful: [DoubtfulTheme] = []
    // By position: the nearest theme, itself or above, that is named by an earlier id alone; and the ids down to it.
    var earlier: [Int?] = []
    var paths: [[String]] = []
    for (position, theme) in themes.enumerated() {
      let above = theme.parent.flatMap { earlier[$0] }
      paths.append((theme.parent.map { paths[$0] } ?? []) + [theme.id])
      earlier.append(
        namedByEarlierID[position] != nil && !namedByID.contains(position) ? position : above)
      guard let above, !wasThere[position], theme.parent.map({ wasThere[$0] }) ?? true,
        let place = namedByEarlierID[above]
      else { continue }
      doubtful.append(DoubtfulTheme(path: paths[position], whole: themes[above].id, place: place))
    }
    return doubtful
  }
}

/// A theme that the codebook of a wave may not have had.
public struct DoubtfulTheme: Sendable, Hashable {
  /// The ids of the themes above it, the top one first, and its own.
  public let path: [String]
  /// The theme above it that codings name by an earlier id.
  public let whole: String
  /// Where they first do.
  public let place: Place

  public var id: String { path.last ?? "" }
}

extension [Theme] {
  /// By position in the codebook, each theme before those below it: its earlier ids.
  fileprivate var earlierIDs: [[String]] { flatMap { [$0.was] + $0.themes.earlierIDs } }
}

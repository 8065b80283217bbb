/// A theme of the codebook, with the themes below it.
public struct Theme: Sendable, Hashable {
  public var id: String
  public var label: String
  /// When it is to be given, as the coders agreed.
  public var definition: String?
  /// Other names that codings may have for it.
  public var aliases: [String]
  /// The ids that it had in the codebook of earlier waves, and those of themes that were merged into it.
  public var was: [String]
  public var themes: [Theme]

  public init(
    id: String, label: String, definition: String? = nil, aliases: [String] = [], was: [String] = [],
    themes: [Theme] = []
  ) {
    self.id = id
    self.label = label
    self.definition = definition
    self.aliases = aliases
    self.was = was
    self.themes = themes
  }
}

extension [Theme] {
  /// The whole tree as one list, each theme before those below it.
  public var coded: [CodedTheme] {
    var list: [CodedTheme] = []
    func add(_ themes: [Theme], under parent: Int?) {
      for theme in themes {
        let path = parent.map { "\(list[$0].label) / " } ?? ""
        list.append(CodedTheme(id: theme.id, label: path + theme.label, parent: parent))
        add(theme.themes, under: list.count - 1)
      }
    }
    add(self, under: nil)
    return list
  }
}

/// How a theme question is coded.
public struct ThemeCoding: Sendable, Hashable {
  /// The themes that are tabulated, in the order of the codebook: each before those below it.
  public var themes: [CodedTheme]
  /// Whose codes count where several coders read the texts.
  public var coders: CoderRule?
  /// The positions, ascending, of themes of which it is told how many raised two of them; none of these lies in another.
  public var coOccurring: [Int]

  public init(themes: [CodedTheme] = [], coders: CoderRule? = nil, coOccurring: [Int] = []) {
    self.themes = themes
    self.coders = coders
    self.coOccurring = coOccurring
  }

  /// Themes of which every combination is counted: with more there would be more combinations than any survey fills.
  public static let coOccurrenceLimit = 5
}

/// A theme that a question is tabulated by.
public struct CodedTheme: Sendable, Hashable {
  public var id: String
  /// What tables call it: `PARENT / CHILD` below another.
  public var label: String
  /// The position, among the tabulated themes, of the nearest one that it lies in; nil for none.
  public var parent: Int?

  public init(id: String, label: String, parent: Int? = nil) {
    self.id = id
    self.label = label
    self.parent = parent
  }
}

public enum CoderRule: Sendable, Hashable {
  case coder(String)
  case agreedByAny
  case agreedByAll
}

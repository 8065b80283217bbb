/// Where the parts of a definition that later findings speak of are written, by the id of their item or pack.
public struct DefinitionPlaces: Sendable, Hashable {
  /// Where `groups` of a variable or `bands` of a number stand.
  public var groups: [String: Place] = [:]
  /// Where packs are declared: the key `who`, or that of the pack where it has none.
  public var packs: [String: Place] = [:]
  /// Where `population` stands; nil where it does not.
  public var population: Place?
  /// Where `weights` stands; nil where it does not.
  public var weights: Place?
  /// Where `trim` of `weights` stands.
  public var trim: Place?
  /// By position of the margin: where a margin of `rake` stands.
  public var margins: [Place] = []
  /// Where files are named, by name.
  public var files: [String: Place] = [:]
  /// Where `asked_if` of a question stands.
  var routes: [String: Place] = [:]

  public init() {}
}

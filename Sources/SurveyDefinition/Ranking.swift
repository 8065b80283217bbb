/// What a ranking is answered with: options in columns of their own, whose cells hold the place that each was given.
public struct Ranking: Sendable, Hashable {
  /// More options than this are refused: any of them can stand at any place, and few people would share one.
  public static let optionLimit = 30

  public var options: [OptionColumn]
  /// How many places can be given, from the first without a gap; nobody need give all of them.
  public var places: Int
  /// The share that placed an option within the first so many is told; nil where there are too few places for that.
  public var top: Int?

  /// - Parameters:
  ///   - places: nil: as many as there are options.
  ///   - top: nil: 3 where there are more places than that, else all but one of them; none of two or fewer.
  public init(options: [OptionColumn], places: Int? = nil, top: Int? = nil) {
    self.options = options
    let places = places ?? options.count
    self.places = places
    self.top = top ?? (places > 2 ? min(3, places - 1) : nil)
  }
}

extension SurveyReader {
  /// Reads what only a ranking has.
  func ranking(_ fields: Fields) -> Ranking? {
    guard let entry = fields.required("columns"), let options = optionColumns(entry) else { return nil }
    for (option, column) in zip(options, entry.value.entries ?? []) where option.chosen != .inherited {
      log.fault(
        "key-of-other-kind", at: column.value.place,
        "the cells of a ranking hold places: there is nothing `chosen`",
        remedy: "leave `chosen` out; list cells that mean not ranked under `missing`")
    }
    if options.count > Ranking.optionLimit {
      log.fault(
        "too-many-options", at: entry.keyPlace,
        "a ranking has at most \(Ranking.optionLimit) options, and this one has \(options.count)",
        remedy: "few people share a place among so many: ask which options were chosen, as `kind: multiple`")
      return nil
    }
    if options.count < 2 {
      log.fault("too-few-options", at: entry.keyPlace, "a ranking has at least two options")
      return nil
    }
    let places = fields.integer("places", in: 1...options.count) ?? options.count
    guard fields.has("top") else { return Ranking(options: options, places: places) }
    guard places > 2 else {
      log.fault(
        "out-of-range", at: fields.entry("top")?.value.place ?? entry.keyPlace,
        "`top` is told of three places or more, and this ranking has \(places)", remedy: "leave `top` out")
      return Ranking(options: options, places: places)
    }
    return Ranking(options: options, places: places, top: fields.integer("top", in: 2...(places - 1)))
  }
}

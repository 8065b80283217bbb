import Tabulation

/// Finds the cheapest exchange that raises or lowers one figure.
struct ExchangeSearch {
  let plan: TabulationPlan
  let model: AudienceModel
  let units: ColumnUnits
  let system: QuestionSystem
  let table: TableSystem
  /// The table's position in its question.
  let position: Int
  let visibility: GroupVisibility
  /// By column and `unit * groups + group`: the size of each group in each unit; nobody can be thought to be where
  /// nobody is.
  let sizes: [[Int]]

  /// The figure that is to change: a set of categories in one group of a column, for one part.
  struct Target: Hashable {
    var column: Int
    var part: Int
    var group: Int
    var set: Int
  }

  /// A layer as one column sees it: its units there.
  struct Place {
    var column: Int
    var layer: AudienceModel.Layer
    var plus: Int
    var minus: Int?

    /// By audience, what happens to its counts where the unit `plus` rises by one.
    var effect: [Int]
    /// By group: whether people may be thought to move between it and others.
    var isFree: [Bool]

    func change(_ group: Int, _ category: Int, _ sign: Int) -> Exchange.Change {
      Exchange.Change(
        column: column, group: group, category: category, sign: sign * layer.direction, plus: plus,
        minus: minus,
        isBound: !isFree[group], effect: effect)
    }
  }

  /// Where a layer acts under a column, or nil where nobody could see that it does.
  func place(_ layer: AudienceModel.Layer, _ column: Int, isFine: Bool) -> Place? {
    let free = (0..<table.groups[column]).map { isFree(column, $0, layer) }
    let effect = model.audiences.indices.map { layer.effect[$0] * layer.direction }
    if isFine {
      return Place(
        column: column, layer: layer, plus: layer.plus, minus: layer.minus, effect: effect, isFree: free)
    }
    let plus = units.classUnit[column][layer.plus]
    let minus = layer.minus.map { units.classUnit[column][$0] }
    return plus == minus
      ? nil : Place(column: column, layer: layer, plus: plus, minus: minus, effect: effect, isFree: free)
  }

  /// What an exchange is wanted for.
  struct Demand {
    /// 1 to raise the target, -1 to lower it.
    var sign: Int
    /// How many respondents are to be moved, over several exchanges if need be.
    var amount: Int
    /// Exchanges that cost more are of no use; 0 asks for one that changes nothing that is published.
    var limit: Int
  }

  /// The cheapest exchange that meets a demand, or nil where there is none.
  func cheapest(
    _ target: Target, _ demand: Demand, beside difference: TableDifference
  ) -> Exchange? {
    let sign = demand.sign
    let isFine = !units.isWhole(model.parts[target.part].atoms, target.column)
    var best: Exchange?
    for layer in model.layers where layer.effect[target.part] == sign && target.column > 0 {
      let leads = units.isRepresentative[target.column]
      guard isFine || (leads[layer.plus] && (layer.minus.map { leads[$0] } ?? true)) else { continue }
      guard let place = place(layer, target.column, isFine: isFine) else { continue }
      if let cycle = cycle(target, place, demand, difference), best.map({ cycle.cost < $0.cost }) ?? true {
        best = cycle
      }
      if best?.cost == 0 { return best }
    }
    if best != nil { return best }
    for layer in model.layers where shifts(target, layer, sign) {
      // A total joins all banners: it is touched for its own sake, where nothing of the banner is left to withhold, or under
      // a banner that packs are made by, whose rows are totals of packs themselves.
      guard
        target.column == 0 || units.isStructural[target.column] || totalsAreOpen(layer)
          || isAllHidden(target.column, layer)
      else { continue }
      if let shift = shiftOfTotals(target, layer, demand, isFine: isFine, difference),
        best.map({ shift.cost < $0.cost }) ?? true
      {
        best = shift
      }
      if best?.cost == 0 { return best }
    }
    return best
  }

  /// How many respondents an exchange can move before a cell runs out.
  func capacity(_ exchange: Exchange, beside difference: TableDifference) -> Int {
    var capacity = TableSystem.unlimited
    for change in exchange.netChanges {
      capacity = min(capacity, room(change, difference) / abs(change.sign))
    }
    for bound in table.bounds { capacity = min(capacity, boundRoom(bound, exchange, difference)) }
    return min(capacity, askedRoom(exchange, difference))
  }
}

/// How often each category was given to a unit, whoever gave it, and how many units share that.
struct UnitProfile {
  /// The categories that were given, by their place among those in use, and how many coders gave each.
  let counts: [(category: Int, coders: Int)]
  /// How many coders coded the unit, at least 1.
  let coders: Int
  let units: Int

  /// The pairs of coders, taken in both orders, that gave the same category: ∑ r(r - 1).
  var agreeingPairs: Int { counts.reduce(0) { $0 + $1.coders * ($1.coders - 1) } }

  /// Among the pairs of coders who coded the unit, the share that gave the same category; nil for a single coder.
  var agreement: Double? {
    coders < 2 ? nil : Double(agreeingPairs) / Double(coders * (coders - 1))
  }
}

extension Ratings {
  /// Units by what they were given, in an order that depends neither on that of the units nor on that of the coders, so
  /// that the sums over it are the same to the last bit.
  func profiles() -> (profiles: [UnitProfile], categories: Int) {
    var unitsByCodes: [[Int]: Int] = [:]
    for (row, units) in rows {
      unitsByCodes[row.compactMap(\.self).sorted(), default: 0] += units
    }
    let categories = Set(unitsByCodes.keys.joined()).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(categories, categories.indices))
    let profiles = unitsByCodes.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { codes, units in
      var counts: [(category: Int, coders: Int)] = []
      for code in codes {
        guard let place = places[code] else { preconditionFailure("every category in use has a place") }
        if counts.last?.category == place {
          counts[counts.count - 1].coders += 1
        } else {
          counts.append((place, 1))
        }
      }
      return UnitProfile(counts: counts, coders: codes.count, units: units)
    }
    return (profiles, categories.count)
  }
}

/// The share of each category: the mean over units of the share of their coders who gave it.
func categoryShares(_ profiles: [UnitProfile], categories: Int) -> [Double] {
  var sums = [Double](repeating: 0, count: categories)
  var units = 0
  for profile in profiles {
    units += profile.units
    for (category, coders) in profile.counts {
      sums[category] += Double(profile.units) * (Double(coders) / Double(profile.coders))
    }
  }
  return sums.map { $0 / Double(units) }
}

import SurveyDefinition
import Tabulation

/// What a reader can tell apart under each column of banners.
///
/// Atoms that no printed pack tells apart under a column are one class there: who of the class is in which atom can be
/// thought to be otherwise at will, as long as each atom's totals stay, so an exchange may draw on all of them. Atoms that
/// differ in a pack that is made by the banner itself are never one class: the definition says which groups they are in.
/// Counts are kept per *unit*: each atom by itself first, then each class of several atoms.
struct ColumnUnits {
  /// By column, the atoms of each unit.
  let atoms: [[[Int]]]
  /// By column and atom: the unit of its class.
  let classUnit: [[Int]]
  /// By column: whether some pack is made by the banner, so that atoms in it and others have rows of their own.
  let isStructural: [Bool]
  /// By column and atom: whether it stands for its class.
  let isRepresentative: [[Bool]]

  init(_ model: AudienceModel, _ visibility: GroupVisibility, _ plan: TabulationPlan) {
    // What makes a pack is known of every item that is read from the same column.
    let makers = plan.audiences.map { who in
      (who?.alternatives ?? []).joined().reduce(into: Set()) { $0.formUnion(plan.items(sharing: $1.item)) }
    }
    var atoms: [[[Int]]] = []
    var classUnit: [[Int]] = []
    var isRepresentative: [[Bool]] = []
    for column in visibility.hasSizes.indices {
      let visible = model.audiences.indices.filter { audience in
        column == 0
          || (visibility.hasSizes[column][audience] && visibility.isDropped[column][audience].contains(false))
      }
      let made = model.audiences.indices.filter { audience in
        column > 0 && makers[model.audiences[audience]].contains(plan.banners[column - 1].item)
      }
      func signature(_ atom: Int) -> [Bool] { (visible + made).map { model.parts[$0].atoms[atom] } }
      var units = (0..<model.atomCount).map { [$0] }
      var unitOf = Array(0..<model.atomCount)
      var leads = Array(repeating: true, count: model.atomCount)
      if column > 0 {
        for atom in 0..<model.atomCount {
          guard let first = (0..<atom).first(where: { signature($0) == signature(atom) }) else { continue }
          leads[atom] = false
          if unitOf[first] == first {
            unitOf[first] = units.count
            units.append([first])
          }
          units[unitOf[first]].append(atom)
          unitOf[atom] = unitOf[first]
        }
      }
      atoms.append(units)
      classUnit.append(unitOf)
      isRepresentative.append(leads)
    }
    self.atoms = atoms
    isStructural = visibility.hasSizes.indices.map { column in
      column > 0 && makers.contains { $0.contains(plan.banners[column - 1].item) }
    }
    self.classUnit = classUnit
    self.isRepresentative = isRepresentative
  }

  /// Whether two atoms have rows of their own under a banner, as a pack is made by it that one of them is in.
  func areSeparate(_ atom: Int, _ other: Int, _ column: Int) -> Bool {
    isStructural[column] && classUnit[column][atom] != classUnit[column][other]
  }

  /// Whether a group of people is made of whole classes under a column.
  func isWhole(_ atoms: [Bool], _ column: Int) -> Bool {
    self.atoms[column].allSatisfy { unit in
      unit.count == 1 || unit.allSatisfy { atoms[$0] } || !unit.contains { atoms[$0] }
    }
  }
}

import SurveyDefinition
import Tabulation

/// Cells that nobody can be in, as items of one column do not go together: no reader can be made to think otherwise.
///
/// Where nobody is in a whole row, that is known from its size; these are the answers of a question among the people of a
/// pack that is made by an item of the question's own column (structural zeros: Bishop, Fienberg and Holland, 1975, Discrete
/// Multivariate Analysis, chapter 5).
struct StructuralZeros {
  private let plan: TabulationPlan
  private let shared: SharedColumn
  private let item: Int
  private let answers: Int
  /// By atom: the combinations that its people can have.
  private let possible: [[[Int?]]]

  /// nil for a question that is read from a column of its own, or whose column makes no audience.
  init?(of question: Int, _ tally: Tally) {
    let plan = tally.plan
    self.plan = plan
    guard let shared = plan.sharedColumns.first(where: { $0.items.contains(.question(question)) }),
      let item = shared.items.firstIndex(of: .question(question))
    else { return nil }
    self.shared = shared
    self.item = item
    answers = plan.survey.questions[question].answerLabels.count
    let makers = plan.audiences.indices.filter { audience in
      (plan.audiences[audience]?.alternatives ?? []).joined().contains { shared.items.contains($0.item) }
    }
    guard !makers.isEmpty else { return nil }
    possible = tally.atoms.map { atom in
      shared.combinations.filter { combination in
        makers.allSatisfy { audience in
          let isMember = atom & (1 << UInt64(audience)) != 0
          let belongs = plan.audiences[audience]?.holds(combination, of: shared.items)
          return belongs.map { $0 == isMember } ?? true
        }
      }
    }
  }

  /// Whether nobody of some atoms can give an answer in a group.
  /// - Parameters:
  ///   - banner: nil: the total.
  ///   - category: An answer's position; the last is none.
  func isZero(atoms: [Int], banner: Int?, group: Int, category: Int) -> Bool {
    let across = banner.flatMap { shared.items.firstIndex(of: plan.banners[$0].item) }
    let notStated = banner.map { plan.banners[$0].notStated } ?? 0
    return !atoms.contains { atom in
      possible[atom].contains { combination in
        (across.map { (combination[$0] ?? notStated) == group } ?? true)
          && combination[item] == (category < answers ? category : nil)
      }
    }
  }
}

extension Condition {
  /// Whether people of a combination of some items meet it; nil where that depends on other items.
  func holds(_ combination: [Int?], of items: [Item]) -> Bool? {
    let alternatives = alternatives.map { clauses in
      Self.all(
        clauses.map { clause in
          items.firstIndex(of: clause.item).map { position in
            combination[position].map(clause.accepted.contains) ?? false
          }
        })
    }
    return Self.all(alternatives.map { $0.map { !$0 } }).map { !$0 }
  }

  /// Whether all hold, in the logic of three values of Kleene (1938), Journal of Symbolic Logic 3(4), 150-155.
  private static func all(_ values: [Bool?]) -> Bool? {
    if values.contains(false) { return false }
    return values.contains { $0 == nil } ? nil : true
  }
}

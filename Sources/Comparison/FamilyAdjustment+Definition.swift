import Estimation
import ReleaseModel

extension FamilyAdjustment {
  /// How a definition has probabilities adjusted.
  init(_ definition: PublicDefinition) { self.init(named: definition.comparisons) }

  /// As definition.json names it.
  init(named name: String) {
    switch name {
    case "benjamini-hochberg": self = .benjaminiHochberg
    case "none": self = .unadjusted
    default: self = .holm
    }
  }
}

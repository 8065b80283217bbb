@_spi(Protection) public import ReleaseModel
public import SurveyDefinition
public import Tabulation

/// What the protector gives the pipeline: the release, and what only the analyst may know.
public struct Protection: Sendable {
  public let release: Release
  /// For the analyst alone: remarks such as packs whose difference is a small group.
  public let remarks: [String]
}

/// The single door between raw tallies and anything that can be published.
public func protect(_ tally: Tally, of wave: Wave) -> Protection {
  preconditionFailure("being written")
}

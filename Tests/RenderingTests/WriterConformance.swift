import Testing

@_spi(Protection) @testable import ReleaseModel
@testable import Rendering

/// What every writer must keep, whatever it writes; `PackConformance` holds their figures to the release.
@Suite struct WriterConformance {
  @Test func `formats and file names are each one writer's`() {
    #expect(Set(packWriters.map(\.format)).count == packWriters.count)
    #expect(Set(packWriters.map(\.fileName)).count == packWriters.count)
  }
}

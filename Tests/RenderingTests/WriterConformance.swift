import Testing

@_spi(Protection) @testable import ReleaseModel
@testable import Rendering

/// What every writer must keep, whatever it writes; a new format joins by joining `packWriters`.
@Suite struct WriterConformance {
  /// A release in which every number is one that no other place would give.
  private static func marked(_ figure: ReleasedFigure, base: Int?) -> ReleasedPack {
    let rows = [MadeRelease.row(.answer("No"), "Total", base: base, figure)]
    return ReleasedPack(
      id: "all", title: "Everyone",
      tables: [
        ReleasedTable(question: "tools", kind: "single", source: "survey", banner: "total", rows: rows)
      ])
  }

  private static func text(_ writer: any PackWriter, _ pack: ReleasedPack) -> String {
    String(decoding: writer.bytes(of: pack, in: MadeRelease.release), as: UTF8.self)
  }

  @Test(arguments: packWriters.indices)
  func `every figure shown is the release's`(_ index: Int) {
    let shown = Self.marked(
      .share(count: 31_337, percent: 777, lower: 666, upper: 888, isUnreliable: false), base: 40_414)
    let text = Self.text(packWriters[index], shown)
    for figure in ["31337", "77.7", "66.6", "88.8", "40414"] { #expect(text.contains(figure)) }
  }

  @Test(arguments: packWriters.indices)
  func `nothing but the marker stands for what is withheld`(_ index: Int) {
    let header = Self.text(packWriters[index], ReleasedPack(id: "all", title: "Everyone", tables: []))
    let withheld = Self.text(packWriters[index], Self.marked(.withheld, base: nil)).dropFirst(header.count)
    let fields = withheld.replacing("2026", with: "").filter { $0.isNumber }
    #expect(fields.isEmpty, "a withheld figure left digits behind: \(fields)")
  }

  @Test(arguments: packWriters.indices)
  func `the same release gives the same bytes`(_ index: Int) {
    let writer = packWriters[index]
    #expect(
      writer.bytes(of: MadeRelease.pack, in: MadeRelease.release)
        == writer.bytes(of: MadeRelease.pack, in: MadeRelease.release))
  }

  @Test func `formats and file names are each one writer's`() {
    #expect(Set(packWriters.map(\.format)).count == packWriters.count)
    #expect(Set(packWriters.map(\.fileName)).count == packWriters.count)
  }
}

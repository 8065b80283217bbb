import Testing

@testable import CanvassBench

/// The measurement itself, on cases that can be worked by hand.
@Suite struct MinimalityTests {
  /// Two answers of one group of four, whose base is shown: both are withheld where either is 1 or 2.
  private func hidesBoth(_ data: [Int]) -> TinyRelease {
    let isHidden = data.contains { (1...2).contains($0) }
    return TinyRelease(counts: [
      .init(cells: [0, 1], value: data[0] + data[1], base: nil),
      .init(cells: [0], value: isHidden ? nil : data[0], base: data[0] + data[1]),
      .init(cells: [1], value: isHidden ? nil : data[1], base: data[0] + data[1]),
    ])
  }

  @Test func `of four people in two cells, none is known to be in neither`() throws {
    let attack = try #require(MinimalityAttack(truth: [1, 3], limit: 100, release: hidesBoth))
    // 0 to 4 agrees with the base; but 0 + 4 and 4 + 0 would have been shown.
    #expect(attack.agreeing == 5 && attack.same == 3)
    #expect(Set(attack.known.map(\.truth)) == [1, 3])
    for known in attack.known {
      #expect(known.plain == 0...4 && known.informed == 1...3 && known.values == 3)
      #expect(known.keepsPromise(known.plain, minimumCell: 3))
      #expect(!known.keepsPromise(known.informed, minimumCell: 3))
    }
  }

  @Test func `a protector that hides all the same tells nothing by it`() throws {
    let attack = try #require(
      MinimalityAttack(truth: [1, 3], limit: 100) { data in
        TinyRelease(counts: [
          .init(cells: [0, 1], value: data[0] + data[1], base: nil), .init(cells: [0], value: nil, base: nil),
        ])
      })
    #expect(attack.agreeing == 5 && attack.same == 5)
    #expect(attack.known.allSatisfy { $0.plain == $0.informed })
  }

  /// Two groups and two answers with every sum shown: one number decides all four.
  @Test func `all data that agree are found, and no others`() throws {
    let truth = [1, 4, 3, 2]
    let attack = try #require(
      MinimalityAttack(truth: truth, limit: 100) { data in
        TinyRelease(counts: [
          .init(cells: [0, 1], value: data[0] + data[1], base: nil),
          .init(cells: [2, 3], value: data[2] + data[3], base: nil),
          .init(cells: [0, 2], value: data[0] + data[2], base: nil),
          .init(cells: [1, 3], value: data[1] + data[3], base: nil),
          .init(cells: [0], value: nil, base: data[0] + data[1]),
        ])
      })
    // The first cell is one of 0 to 4: 5 would leave -1 for the third.
    #expect(attack.agreeing == 5)
    #expect(attack.known.map(\.plain) == [0...4])
  }

  @Test func `the protector's own release holds the data that it was made of`() throws {
    for packs in 1...2 {
      let shape = TinyShape(groups: 2, answers: 2, packs: packs)
      let protector = try TinyProtector(shape)
      for seed in 1...3 {
        let data = shape.data(seed: seed)
        guard let attack = MinimalityAttack(truth: data, limit: 150, release: protector.release) else {
          continue
        }
        #expect(attack.same >= 1 && attack.same <= attack.agreeing)
        for known in attack.known {
          #expect(known.plain.contains(known.truth) && known.informed.contains(known.truth))
          #expect(known.keepsPromise(known.plain, minimumCell: TinyShape.minimumCell), "seed \(seed)")
        }
      }
    }
  }
}

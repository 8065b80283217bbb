/// A set of positions.
struct BitSet: Equatable {
  private(set) var words: [UInt64]

  /// Nothing, of so many positions.
  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  subscript(position: Int) -> Bool {
    get { words[position / 64] & (1 << UInt64(position % 64)) != 0 }
    set {
      if newValue {
        words[position / 64] |= 1 << UInt64(position % 64)
      } else {
        words[position / 64] &= ~(1 << UInt64(position % 64))
      }
    }
  }

  mutating func formUnion(_ other: BitSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  mutating func formIntersection(_ other: BitSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func subtract(_ other: BitSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  func intersects(_ other: BitSet) -> Bool {
    for index in words.indices where words[index] & other.words[index] != 0 { return true }
    return false
  }

  func isSubset(of other: BitSet) -> Bool {
    for index in words.indices where words[index] & ~other.words[index] != 0 { return false }
    return true
  }

  /// Ascending.
  var positions: [Int] {
    var found: [Int] = []
    for (index, word) in words.enumerated() {
      var left = word
      while left != 0 {
        found.append(index * 64 + left.trailingZeroBitCount)
        left &= left - 1
      }
    }
    return found
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
}

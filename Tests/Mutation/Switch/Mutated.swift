internal import CMutation

// What a mutant is, and what stands there while it is off. Each takes its operands once, and no more of them than the operator does.

@inline(__always) func isOn(_ number: Int32) -> Bool { mutant_is_on(number) }

@inline(__always) func mutatedLess<T: Comparable>(_ number: Int32, _ left: T, _ right: T) -> Bool {
  isOn(number) ? left <= right : left < right
}

@inline(__always) func mutatedAtMost<T: Comparable>(_ number: Int32, _ left: T, _ right: T) -> Bool {
  isOn(number) ? left < right : left <= right
}

@inline(__always) func mutatedGreater<T: Comparable>(_ number: Int32, _ left: T, _ right: T) -> Bool {
  isOn(number) ? left >= right : left > right
}

@inline(__always) func mutatedAtLeast<T: Comparable>(_ number: Int32, _ left: T, _ right: T) -> Bool {
  isOn(number) ? left > right : left >= right
}

@inline(__always) func mutatedEqual<T: Equatable>(_ number: Int32, _ left: T, _ right: T) -> Bool {
  isOn(number) ? left != right : left == right
}

@inline(__always) func mutatedUnequal<T: Equatable>(_ number: Int32, _ left: T, _ right: T) -> Bool {
  isOn(number) ? left == right : left != right
}

@inline(__always) func mutatedAnd(
  _ number: Int32, _ left: @autoclosure () throws -> Bool, _ right: @autoclosure () throws -> Bool
) rethrows -> Bool {
  if isOn(number) { return try left() || right() }
  return try left() && right()
}

@inline(__always) func mutatedOr(
  _ number: Int32, _ left: @autoclosure () throws -> Bool, _ right: @autoclosure () throws -> Bool
) rethrows -> Bool {
  if isOn(number) { return try left() && right() }
  return try left() || right()
}

@inline(__always) func mutatedPlus<T: AdditiveArithmetic>(_ number: Int32, _ left: T, _ right: T) -> T {
  isOn(number) ? left - right : left + right
}

@inline(__always) func mutatedMinus<T: AdditiveArithmetic>(_ number: Int32, _ left: T, _ right: T) -> T {
  isOn(number) ? left + right : left - right
}

@inline(__always) func mutatedNumber<T: BinaryInteger>(_ number: Int32, _ value: T) -> T {
  isOn(number) ? value + 1 : value
}

@inline(__always) func mutatedNumber<T: BinaryFloatingPoint>(_ number: Int32, _ value: T) -> T {
  isOn(number) ? value + 1 : value
}

@inline(__always) func mutatedTruth(_ number: Int32, _ value: Bool) -> Bool { isOn(number) ? !value : value }

@inline(__always) func mutatedNot(_ number: Int32, _ value: Bool) -> Bool { isOn(number) ? value : !value }

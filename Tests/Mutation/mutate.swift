import Foundation
import SwiftOperators
import SwiftParser
import SwiftSyntax

// Writes mutants into Swift sources, all at once, each behind a switch: `a < b` becomes `mutated(17, atMost: a, b)`, which is
// `a <= b` where mutant 17 is on and `a < b` else. Mutation by schemata: Untch, Offutt and Harrold (1993), ISSTA, 139–148. The
// operators are those that Offutt et al. (1996), ACM TOSEM 5(2), 99–118, found to suffice (relational, logical and arithmetic
// operators, constants), with statements taken away.
//
// mutate SEED COUNT MANIFEST DROPPED FILE…: COUNT mutants by SEED, less those whose numbers DROPPED lists (they do not compile), are
// written into the files; MANIFEST says what each is.

/// One place that can be mutated, and what stands there then.
struct Place {
  let file: String
  let offset: Int
  let line: Int
  let operation: String
  let original: String
  let mutated: String
}

/// The places of a file, in its order.
final class Places: SyntaxVisitor {
  private let file: String
  private let lines: SourceLocationConverter
  private(set) var found: [Place] = []

  init(file: String, tree: SourceFileSyntax) {
    self.file = file
    lines = SourceLocationConverter(fileName: file, tree: tree)
    super.init(viewMode: .sourceAccurate)
  }

  private func add(_ node: some SyntaxProtocol, _ operation: String, _ mutated: String) {
    found.append(
      Place(
        file: file, offset: node.positionAfterSkippingLeadingTrivia.utf8Offset,
        line: lines.location(for: node.positionAfterSkippingLeadingTrivia).line, operation: operation,
        original: node.trimmedDescription, mutated: mutated))
  }

  override func visitPost(_ node: InfixOperatorExprSyntax) {
    guard let mutation = Operators.mutation(of: node) else { return }
    add(node, mutation.name, mutation.sign)
  }

  override func visitPost(_ node: IntegerLiteralExprSyntax) {
    if Operators.isValue(node) { add(node, "constant", "\(node.trimmedDescription) + 1") }
  }

  override func visitPost(_ node: BooleanLiteralExprSyntax) {
    if Operators.isValue(node) { add(node, "constant", "!\(node.trimmedDescription)") }
  }

  override func visitPost(_ node: PrefixOperatorExprSyntax) {
    if node.operator.text == "!" { add(node, "negation", node.expression.trimmedDescription) }
  }

  override func visitPost(_ node: CodeBlockItemSyntax) {
    if Operators.canGo(node) { add(node, "statement", "") }
  }
}

/// Which operators are mutated, and where.
enum Operators {
  static let signs: [String: (name: String, sign: String, call: String)] = [
    "<": ("relation", "<=", "mutatedLess"), "<=": ("relation", "<", "mutatedAtMost"),
    ">": ("relation", ">=", "mutatedGreater"), ">=": ("relation", ">", "mutatedAtLeast"),
    "==": ("relation", "!=", "mutatedEqual"), "!=": ("relation", "==", "mutatedUnequal"),
    "&&": ("logic", "||", "mutatedAnd"), "||": ("logic", "&&", "mutatedOr"),
    "+": ("arithmetic", "-", "mutatedPlus"), "-": ("arithmetic", "+", "mutatedMinus"),
  ]

  static func mutation(of node: InfixOperatorExprSyntax) -> (name: String, sign: String, call: String)? {
    guard let sign = node.operator.as(BinaryOperatorExprSyntax.self),
      let mutation = signs[sign.operator.text],
      !node.rightOperand.is(NilLiteralExprSyntax.self), !node.leftOperand.is(StringLiteralExprSyntax.self),
      !node.rightOperand.is(StringLiteralExprSyntax.self), isReached(Syntax(node))
    else { return nil }
    return mutation
  }

  static func isValue(_ node: some ExprSyntaxProtocol) -> Bool {
    // Tuple members, patterns and arguments of attributes are no values.
    guard let parent = node.parent, isReached(Syntax(node)) else { return false }
    return !parent.is(DeclReferenceExprSyntax.self) && !parent.is(ExpressionPatternSyntax.self)
  }

  /// Whether the value is made when the program runs: not in a pattern, an attribute or a declared raw value.
  private static func isReached(_ node: Syntax) -> Bool {
    var above: Syntax? = node
    while let now = above {
      if now.is(ExpressionPatternSyntax.self) || now.is(AttributeSyntax.self)
        || now.is(EnumCaseElementSyntax.self)
        || now.is(PoundSourceLocationSyntax.self)
      {
        return false
      }
      above = now.parent
    }
    return true
  }

  /// Statements that leave a whole function without them: calls, and assignments that add to something. A block's only statement may
  /// be its value, and stays.
  static func canGo(_ node: CodeBlockItemSyntax) -> Bool {
    guard case .expr(var expression) = node.item, let list = node.parent?.as(CodeBlockItemListSyntax.self),
      list.count > 1
    else { return false }
    if let tried = expression.as(TryExprSyntax.self) { expression = tried.expression }
    if let call = expression.as(FunctionCallExprSyntax.self) {
      return !["precondition", "preconditionFailure", "fatalError", "assert"].contains(
        call.calledExpression.trimmedDescription)
        && !call.calledExpression.trimmedDescription.hasSuffix("super.init")
        && !call.calledExpression.trimmedDescription.hasSuffix("self.init")
    }
    guard let infix = expression.as(InfixOperatorExprSyntax.self),
      let sign = infix.operator.as(BinaryOperatorExprSyntax.self)
    else { return false }
    return ["+=", "-=", "|=", "&="].contains(sign.operator.text)
  }
}

/// A file with its mutants in.
final class Writer: SyntaxRewriter {
  /// The mutant's number by where its place begins and which operation it is.
  private let numbers: [String: Int]

  init(_ numbers: [String: Int]) { self.numbers = numbers }

  private func number(_ node: some SyntaxProtocol, _ operation: String) -> Int? {
    numbers["\(node.positionAfterSkippingLeadingTrivia.utf8Offset) \(operation) \(node.trimmedDescription)"]
  }

  private func expression(_ text: String, like node: some SyntaxProtocol) -> ExprSyntax {
    var parser = Parser(text)
    return ExprSyntax.parse(from: &parser).with(\.leadingTrivia, node.leadingTrivia).with(
      \.trailingTrivia, node.trailingTrivia)
  }

  override func visit(_ node: InfixOperatorExprSyntax) -> ExprSyntax {
    guard let mutation = Operators.mutation(of: node), let number = number(node, mutation.name) else {
      return super.visit(node)
    }
    let left = rewrite(node.leftOperand).trimmedDescription
    let right = rewrite(node.rightOperand).trimmedDescription
    return expression("\(mutation.call)(\(number), \(left), \(right))", like: node)
  }

  override func visit(_ node: IntegerLiteralExprSyntax) -> ExprSyntax {
    guard Operators.isValue(node), let number = number(node, "constant") else { return super.visit(node) }
    return expression("mutatedNumber(\(number), \(node.trimmedDescription))", like: node)
  }

  override func visit(_ node: BooleanLiteralExprSyntax) -> ExprSyntax {
    guard Operators.isValue(node), let number = number(node, "constant") else { return super.visit(node) }
    return expression("mutatedTruth(\(number), \(node.trimmedDescription))", like: node)
  }

  override func visit(_ node: PrefixOperatorExprSyntax) -> ExprSyntax {
    guard let number = number(node, "negation") else { return super.visit(node) }
    return expression("mutatedNot(\(number), \(rewrite(node.expression).trimmedDescription))", like: node)
  }

  override func visit(_ node: CodeBlockItemSyntax) -> CodeBlockItemSyntax {
    guard Operators.canGo(node), let number = number(node, "statement") else { return super.visit(node) }
    let inner = super.visit(node)
    var parser = Parser("if isOn(\(number)) {} else { \(inner.trimmedDescription) }")
    return CodeBlockItemSyntax.parse(from: &parser).with(\.leadingTrivia, node.leadingTrivia).with(
      \.trailingTrivia, node.trailingTrivia)
  }
}

/// Steele, Lea and Flood (2014), OOPSLA: SplitMix64.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func folded(_ source: String) -> SourceFileSyntax {
  // Operators of the package's own keep the standard's precedence, so that unknown ones can be left as they stand.
  OperatorTable.standardOperators.foldAll(Parser.parse(source: source)) { _ in }.as(SourceFileSyntax.self)!
}

let arguments = CommandLine.arguments
guard arguments.count > 5, let seed = UInt64(arguments[1]), let count = Int(arguments[2]) else {
  FileHandle.standardError.write(Data("mutate SEED COUNT MANIFEST DROPPED FILE…\n".utf8))
  exit(2)
}
let dropped = Set(
  ((try? String(contentsOfFile: arguments[4], encoding: .utf8)) ?? "").split(separator: "\n").compactMap {
    Int($0)
  })
var trees: [String: SourceFileSyntax] = [:]
var places: [Place] = []
for file in arguments[5...].sorted() {
  let tree = folded(try String(contentsOfFile: file, encoding: .utf8))
  trees[file] = tree
  let visitor = Places(file: file, tree: tree)
  visitor.walk(tree)
  places += visitor.found
}
var random = SplitMix(state: seed)
// As many of each operation as there are: constants alone would be nearly half.
var byOperation = Dictionary(grouping: places.indices.shuffled(using: &random), by: { places[$0].operation })
var chosen: [Int] = []
while chosen.count < count, !byOperation.isEmpty {
  for operation in byOperation.keys.sorted() where chosen.count < count {
    if let place = byOperation[operation]?.popLast() {
      chosen.append(place)
    } else {
      byOperation[operation] = nil
    }
  }
}
let mutants = chosen.sorted().enumerated().map { (number: $0.offset + 1, place: places[$0.element]) }
var manifest = ""
for (file, tree) in trees {
  let own = mutants.filter { $0.place.file == file && !dropped.contains($0.number) }
  if own.isEmpty { continue }
  let numbers = Dictionary(
    uniqueKeysWithValues: own.map {
      ("\($0.place.offset) \($0.place.operation) \($0.place.original)", $0.number)
    })
  try Writer(numbers).rewrite(tree).description.write(toFile: file, atomically: true, encoding: .utf8)
}
for (number, place) in mutants where !dropped.contains(number) {
  let words = [place.original, place.mutated].map {
    $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
  manifest += "\(number)\t\(place.file)\t\(place.line)\t\(place.operation)\t\(words[0])\t\(words[1])\n"
}
try manifest.write(toFile: arguments[3], atomically: true, encoding: .utf8)
print("\(places.count) places, \(mutants.count) mutants, \(dropped.count) of them left out")

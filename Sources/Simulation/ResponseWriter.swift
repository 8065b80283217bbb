import SurveyDefinition

/// Writes records as RFC 4180 has them, with line feeds, and adds the dirt on the way.
///
/// Answers are drawn before they come here: no dirt changes what anyone answered, and none changes a tally beyond
/// what the definition says about it.
struct ResponseWriter {
  private let columns: [ResponseColumn]
  private let encoder: CellEncoder
  private let dirt: Dirt
  private let forms: [AnswerForm]
  private var chance: SplitMix64
  private var freeTexts: [FreeText] = []
  /// Answers of people who were not asked, for the record at hand; the same over all columns of an item.
  private var strays: [Int?]
  private var cell: [UInt8] = []
  /// What is written and not yet handed on.
  private(set) var buffer: [UInt8] = []

  init(for survey: Survey, shares: Shares, responses: Int, seed: UInt64) throws(SimulationFailure) {
    columns = try responseColumns(of: survey, shares: shares)
    encoder = CellEncoder(input: survey.input)
    dirt = shares.dirt
    forms = survey.answerForms
    strays = forms.map { _ in nil }
    // Ids of the definition are lower case, so that these names are nobody's.
    chance = SplitMix64(seed: seed, stream: "DIRT")
    for column in shares.freeText {
      freeTexts.append(try FreeText(column, responses: responses, seed: seed, encoder: encoder))
    }
    guard survey.input.headerRows > 0 else { return }
    appendRecord { column, writer in writer.appendCell(column.heading) }
    // More header rows carry nothing: a heading must stand in one row only to be found.
    for _ in 1..<survey.input.headerRows { appendRecord { _, writer in writer.appendCell([]) } }
  }

  mutating func forgetWritten() { buffer.removeAll(keepingCapacity: true) }

  /// Writes the record of one respondent.
  /// - Parameter number: From 1, the respondent's id.
  mutating func append(_ response: [MadeAnswer], number: Int) {
    for item in forms.indices { strays[item] = strayAnswer(to: item, response[item]) }
    appendRecord { column, writer in writer.append(column.content, response, number) }
  }

  private mutating func appendRecord(_ cell: (ResponseColumn, inout ResponseWriter) -> Void) {
    let start = buffer.count
    for index in columns.indices {
      if index > 0 { buffer.append(encoder.separator) }
      cell(columns[index], &self)
    }
    // A record of one empty cell would be an empty line, which readers skip.
    if buffer.count == start && encoder.quoting { buffer += [UInt8(ascii: "\""), UInt8(ascii: "\"")] }
    buffer.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ content: ResponseColumn.Content, _ response: [MadeAnswer], _ number: Int) {
    switch content {
    case .nothing: appendCell([])
    case .respondent: appendCell(Array(String(number).utf8))
    case .constant(let text): appendCell(text)
    case .freeText(let index): appendCell(freeTexts[index].next())
    case .choice(let item, let texts):
      let position = response[item].positions.first ?? strays[item]
      if let position { appendAnswer(texts.answers[position]) } else { appendNoAnswer(response[item], texts) }
    case .option(let item, let position, let yes, let no, let texts):
      if response[item].outcome == .answered || strays[item] != nil {
        let isChosen = response[item].positions.contains(position) || strays[item] == position
        appendAnswer(isChosen ? yes : no)
      } else {
        appendNoAnswer(response[item], texts)
      }
    case .joined(let item, let separator, let texts):
      var positions = response[item].positions
      if let stray = strays[item] { positions = [stray] }
      if positions.isEmpty {
        appendNoAnswer(response[item], texts)
      } else {
        appendJoined(positions, separator, texts)
      }
    case .number(let item, let beyond, let texts): appendNumber(item, response[item], beyond, texts)
    case .rank(let item, let position, let texts):
      if let place = response[item].positions.firstIndex(of: position) {
        appendCell(Array(String(place + 1).utf8))
      } else {
        appendNoAnswer(response[item], texts)
      }
    }
  }

  private mutating func appendJoined(_ positions: [Int], _ separator: [UInt8], _ texts: ClosedTexts) {
    cell.removeAll(keepingCapacity: true)
    for (index, position) in positions.enumerated() {
      if index > 0 { cell += separator }
      cell += variant(of: texts.answers[position])
    }
    appendCell(cell)
  }

  private mutating func appendNumber(
    _ item: Int, _ answer: MadeAnswer, _ beyond: Decimal6?, _ texts: ClosedTexts
  ) {
    if answer.outcome == .answered {
      appendCell(Array(answer.number.text.utf8))
    } else if answer.outcome == .unanswered, let beyond, chance.happens(dirt.invalidNumbers) {
      let invalid = beyond.millionths / Decimal6.scale + 1 + Int64(chance.below(900))
      appendCell(Array(String(invalid).utf8))
    } else if let stray = strays[item], case .number(let bands) = forms[item] {
      appendCell(Array(bands[stray].from.text.utf8))
    } else {
      appendNoAnswer(answer, texts)
    }
  }

  private mutating func appendNoAnswer(_ answer: MadeAnswer, _ texts: ClosedTexts) {
    appendCell(variant(of: answer.outcome == .notAsked ? texts.notAsked : texts.unanswered))
  }

  /// An answer's cell, with blanks around it where chance has it so.
  private mutating func appendAnswer(_ texts: CellTexts) {
    let text = variant(of: texts)
    guard !text.isEmpty, chance.happens(dirt.strayBlanks) else { return appendCell(text) }
    let blank = UInt8(ascii: " ")
    switch chance.below(3) {
    case 0: appendCell([blank] + text)
    case 1: appendCell(text + [blank])
    default: appendCell([blank] + text + [blank])
    }
  }

  private mutating func variant(of texts: CellTexts) -> [UInt8] {
    if texts.areFree { return texts.variants[chance.below(texts.variants.count)] }
    guard texts.variants.count > 1, chance.happens(dirt.otherTexts) else { return texts.variants[0] }
    return texts.variants[1 + chance.below(texts.variants.count - 1)]
  }

  private mutating func strayAnswer(to item: Int, _ answer: MadeAnswer) -> Int? {
    guard answer.outcome == .notAsked, !forms[item].isTheme else { return nil }
    let count = forms[item].labels.count
    guard count > 0, chance.happens(dirt.unaskedAnswers) else { return nil }
    return chance.below(count)
  }

  private mutating func appendCell(_ bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    guard encoder.quoting, encoder.needsQuotes(bytes) else {
      buffer += bytes
      return
    }
    buffer.append(quote)
    for byte in bytes {
      if byte == quote { buffer.append(quote) }
      buffer.append(byte)
    }
    buffer.append(quote)
  }
}

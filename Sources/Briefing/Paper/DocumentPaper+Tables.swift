/// The tables of a document for paper.
extension DocumentPaper {
  mutating func write(_ table: Table, everyone: Table?, below: [Sentence]) {
    if let groups = GroupTable(table, everyone: everyone, words: words), table.groups.count > 1 {
      for piece in groups.pieces {
        let isLast = piece.upperBound == groups.answers.count
        write(piece, of: groups, table, below: isLast ? below : [])
      }
      return
    }
    defer { for sentence in below { add("after", [self.sentence(sentence)]) } }
    let rows = table.groups.flatMap(\.rows)
    if table.groups.allSatisfy({ $0.rows.count == 1 }), Set(rows.map(\.heading)).count == 1, rows.count > 1 {
      // One figure or two a group: what the rows are called says nothing.
      let height = PaperHeight.rows(table.groups.map { [(text: $0.heading, width: 240)] }, size: 9)
      add(
        "sizes",
        [
          sentence(table.caption), .truth(fits(height, below: table.caption)),
          .array(([table.columns[0]] + table.columns.dropFirst(2)).map { text($0) }),
        ]
          + table.groups.map { group in
            .array([name(group.heading, width: 240, size: 9)] + group.rows[0].cells.map { cell($0) })
          })
      return
    }
    // Of one group, which the caption names, its rows; of several, each row with its group.
    let showsGroups = table.groups.count > 1
    let columns = showsGroups ? table.columns : Array(table.columns.dropFirst())
    let isWords =
      (showsGroups ? [true, true] : [true])
      + (rows.first?.cells.indices.map { column in
        rows.contains { row in
          spans(row.cells).contains { $0.start == column && $0.span == 1 && $0.cell.isWords }
        }
      } ?? [])
    let room = max(110, PaperHeight.column - 48 * (columns.count - 1))
    let lines = table.groups.flatMap { group in
      group.rows.map { row in
        [(text: showsGroups ? group.heading : row.heading, width: room)]
          + (showsGroups ? [(text: row.heading, width: 48)] : [])
          + spans(row.cells).compactMap { cell, _, span in
            if case .words(let text) = cell { (text: text, width: 48 * span) } else { nil }
          }
      }
    }
    add(
      "figures",
      [
        sentence(table.caption), .truth(fits(PaperHeight.rows(lines, size: 9), below: table.caption)),
        .array(columns.map { text($0) }),
        .array(isWords.map { .truth($0) }),
      ]
        + table.groups.flatMap { group in
          group.rows.map { row in
            .array(
              (showsGroups ? [name(group.heading, width: room, size: 9)] : [])
                + [name(row.heading, width: showsGroups ? 80 : room, size: 9)]
                + spans(row.cells).map { cell, _, span in
                  span == 1 ? self.cell(cell) : .call("across", [.number(span), self.cell(cell)])
                })
          }
        })
  }

  /// The cells of a row, the same words in neighbouring columns as one.
  private func spans(_ cells: [Cell]) -> [(cell: Cell, start: Int, span: Int)] {
    var spans: [(cell: Cell, start: Int, span: Int)] = []
    for (column, cell) in cells.enumerated() {
      if cell.isWords, let last = spans.last, last.cell == cell {
        spans[spans.count - 1].span += 1
      } else {
        spans.append((cell, column, 1))
      }
    }
    return spans
  }

  private mutating func write(
    _ piece: Range<Int>, of groups: GroupTable, _ table: Table, below: [Sentence]
  ) {
    let answers = groups.answers[piece]
    let cells = groups.cells(of: piece)
    let parts = answers.flatMap { answer in
      zip(answer.parts, groups.widths(of: answer)).map { part, width in
        TypstCode.array([text(words[part.phrase]), .truth(part == answer.parts.last), .number(width)])
      }
    }
    let widths = answers.map { groups.widths(of: $0).reduce(0, +) }
    let width = widths.reduce(0, +)
    // A millimetre is 2.8 points.
    let head = zip(answers, widths).map { (text: $0.label, width: $1 * 14 / 5 - 6) }
    let height = PaperHeight.rows([head] + groups.rows.map { [(text: $0.group, width: 148)] }, size: 9)
    let foot = PaperHeight.lines(below.map(\.text) + [table.caption.text], size: 9, width: 740)
    add(
      "group-table",
      [
        sentence(table.caption), .truth(height + foot <= PaperHeight.annexPage),
        .truth(width <= GroupTable.room - 18),
        text(table.columns[0]), text(words[.base]),
        .array(
          zip(answers, widths).map { answer, width in
            .array([.number(answer.parts.count), name(answer.label, width: width * 14 / 5 - 6, size: 9)])
          }), .array(parts),
        below.isEmpty ? .none : sentence(below.dropFirst().reduce(below[0], +)),
      ]
        + groups.rows.map { row in
          .array([name(row.group, width: 148, size: 9), cell(row.base)] + row.cells[cells].map { cell($0) })
        })
  }

  /// How many groups the table of everything has room for beside the total.
  private static let comparedGroups = 5

  mutating func write(_ table: ComparisonTable) {
    guard !table.groups.isEmpty else { return }
    let others = Array(table.groups.indices.dropFirst())
    let count = max(1, (others.count + Self.comparedGroups - 1) / Self.comparedGroups)
    for piece in 0..<count {
      let groups = others[piece * others.count / count..<(piece + 1) * others.count / count]
      let room = max(110, PaperHeight.column - 40 - 54 * groups.count)
      let height = table.rows.reduce(40) {
        $0 + PaperHeight.lines([$1.question, $1.answer], size: 6, width: room) + 6
      }
      add(
        "comparison",
        [
          sentence(table.caption), .truth(fits(height, below: table.caption)),
          .array(
            [text(table.questionHead)]
              + ([0] + groups).map { name(table.groups[$0], width: 48, size: 9) }),
        ]
          + table.rows.map { row in
            .array(
              [.call("asked", [text(row.question), text(row.answer)])]
                + ([0] + groups).map { index in
                  let (content, shade) = row.cells[index]
                  return shade == .middle
                    ? cell(content) : .call("shade", [.string(shade.rawValue), cell(content)])
                })
          })
    }
  }

  /// Whether a table surely fits a page with its caption, and need not be broken over two.
  private func fits(_ height: Int, below caption: Sentence) -> Bool {
    height + PaperHeight.lines([caption.text], size: 9, width: PaperHeight.column) <= PaperHeight.page
  }

  private mutating func cell(_ cell: Cell) -> TypstCode {
    switch cell {
    case .number(let text), .marker(let text), .words(let text): self.text(text)
    case .flagged(let text, let marker): self.text(text + " " + marker)
    case .blank: .string("")
    }
  }
}

extension Cell {
  fileprivate var isWords: Bool { if case .words = self { true } else { false } }
}

extension GroupTable.Part {
  fileprivate var phrase: Phrase {
    switch self {
    case .count: .count
    case .percent: .percentHead
    case .value: .value
    }
  }
}

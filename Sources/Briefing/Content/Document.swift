import ReleaseModel

/// What a briefing says, apart from the format that says it.
struct Document {
  let words: Words
  let title: Sentence
  let subtitle: Sentence
  /// The publisher's picture; nil where the definition has none.
  var logo: PublicBriefing.Logo?
  /// What a reader must know before anything else, such as that the data are made up.
  let warnings: [Sentence]
  let sections: [Section]
}

/// A part of a document, with the parts below it.
struct Section {
  /// Unique on the page; the end of a link.
  let id: String
  let heading: Sentence
  var blocks: [Block]
  var sections: [Section] = []
}

/// What sections are made of.
enum Block {
  case paragraph(Sentence, Tone = .plain)
  case list([Sentence])
  /// What something is called, and what it is.
  case facts([(name: String, text: Sentence)])
  case figure(Figure)
  case table(Table)
  case comparison(ComparisonTable)
  /// What a reader opens; open on paper.
  case folded(Sentence, [Block])
  case links([(file: String, text: String)])
}

/// How a paragraph stands beside others.
enum Tone: String {
  case plain
  /// The exact wording of a question.
  case wording
  /// Smaller: bases, routes, sources.
  case note
}

/// A chart with what stands around it.
struct Figure {
  let title: Sentence
  let measure: Sentence
  /// The same for a picture that no table stands beside; nil where `measure` does not speak of any.
  var measureAlone: Sentence?
  let chart: Chart
  /// Nil where the chart stands below one that has it.
  let source: Sentence?
}

/// A table of figures: rows come in groups that share their first heading.
struct Table {
  struct Group {
    let heading: String
    let rows: [(heading: String, cells: [Cell])]
  }

  let caption: Sentence
  /// The id of the question whose figures these are; nil for a table of several.
  let question: String?
  /// The id of the banner whose groups these are.
  let banner: String
  /// The heads of the columns, those of the row headings first.
  let columns: [String]
  let groups: [Group]

  /// Whether words stand in a column of cells, not numbers.
  func hasWords(_ column: Int) -> Bool {
    groups.contains { group in
      group.rows.contains { row in
        if column < row.cells.count, case .words = row.cells[column] { true } else { false }
      }
    }
  }
}

/// What stands in a cell.
enum Cell: Hashable {
  case number(String)
  /// A figure to be read with care.
  case flagged(String, marker: String)
  /// In the place of a figure.
  case marker(String)
  case words(String)
  /// There is no such figure.
  case blank
}

/// Questions down, groups across, one figure each.
struct ComparisonTable {
  struct Row {
    let question: String
    let answer: String
    let cells: [(text: Cell, shade: Shade)]
  }

  /// How high a figure is.
  enum Shade: String, CaseIterable {
    case highest, high, middle, low, lowest

    /// - Parameter percent: In tenths.
    init(_ percent: Int) {
      switch percent {
      case 800...: self = .highest
      case 600...: self = .high
      case 400...: self = .middle
      case 200...: self = .low
      default: self = .lowest
      }
    }

    var paint: Paint {
      switch self {
      case .highest: .blue3
      case .high: .blue1
      case .middle: .page
      case .low: .orange1
      case .lowest: .orange3
      }
    }
  }

  let caption: Sentence
  let questionHead: String
  let answerHead: String
  let groups: [String]
  let rows: [Row]
}

/// What to do with the cells of a record, worked out once from survey and header: a flat list of steps.
///
/// Flat arrays of plain structs, so that the loop over cells neither allocates nor retains.
struct ColumnPlan {
  /// One cell to read. One column may have several steps; a column without any is passed over.
  struct Step {
    enum Kind {
      /// A single answer or a group: the table gives its position.
      case choice
      /// One option of a multiple question in columns of its own: the table gives 1 or 0.
      case option
      /// All chosen options of a multiple question: `rule` is its position in `joinedRules`.
      case joined
      /// A number: `rule` is its position in `numberRules`.
      case number
    }

    var kind: Kind
    var column: Int
    var table: TableRange
    /// The code that the cell decides.
    var target: Int
    /// The code of every undeclared text; `TextTables.undeclared` where such a text is a fault.
    var other = TextTables.undeclared
    /// The position in `items`.
    var item: Int
    /// The position of the question; -1 for a variable.
    var question = -1
    var rule = 0
    /// Of an option: the code of the whole question, and where in the question's columns it stands.
    var state = 0
    var isFirst = false
    var isLast = false
    var isExclusive = false

    /// Whether the table decides the cell, or only its missing texts.
    @inline(__always)
    var takesWholeTexts: Bool { kind == .choice || kind == .option }
  }

  /// A column that says whether a record is a response: one of the texts of the table has to stand in it.
  struct KeepStep {
    var column: Int
    var table: TableRange
  }

  struct NumberRule {
    var valid: ClosedRange<Int64>?
    /// The place of the value in the numbers of a response.
    var target: Int
    var bands: Range<Int>
  }

  struct NumberBand {
    var from: Int64
    var upTo: Int64
  }

  /// The number of cells of every record.
  var width: Int
  var steps: [Step] = []
  var keepSteps: [KeepStep] = []
  var respondentColumn: Int?
  var numberRules: [NumberRule] = []
  var numberBands: [NumberBand] = []
  var joinedRules: [JoinedRule] = []
  var tables = TextTables()
  /// Variables, then questions.
  var items: [ItemWords] = []
}

/// What to do with the cells of a record, worked out once from survey and header.
///
/// Flat arrays of small structs, one loop for each kind: the loops over cells neither allocate nor retain, and have
/// few enough values at hand to keep them in registers.
struct ColumnPlan {
  /// One cell to look up. One column may have several steps; a column without any is passed over.
  struct CellStep {
    /// The position of the column.
    var column: Int32
    /// The code that the cell decides.
    var target: Int32
    var table: TableRange
    /// The code of every undeclared text; `TextTables.undeclared` where such a text is a fault.
    var other = TextTables.undeclared
  }

  /// One option of a multiple question in columns of its own: the table gives 1 or 0.
  struct OptionStep {
    var cell: CellStep
    var isExclusive: Bool
  }

  /// A multiple question in columns: its steps in `options`, and the code of the question itself.
  struct OptionGroup {
    var options: Range<Int>
    var target: Int
    var item: Int
    var question: Int
  }

  /// One answer or group in columns of its own, one per answer: the steps in `answerColumns`, whose targets are the
  /// answers' positions.
  struct AnswerGroup {
    var columns: Range<Int>
    var target: Int
    /// The position of the answer that takes undeclared texts.
    var other: Int32?
    var item: Int
  }

  /// A multiple question joined in one cell: the table tells the cells that are missing as a whole.
  struct JoinedStep {
    var cell: CellStep
    var rule: JoinedRule
    var item: Int
    var question: Int
  }

  /// A number: the table tells the cells that are missing.
  struct NumberStep {
    var cell: CellStep
    var valid: ClosedRange<Int64>?
    /// The place of the value in the numbers of a response.
    var value: Int
    /// Its bands in `numberBands`.
    var bands: Range<Int>
    var item: Int
    var question: Int
  }

  struct NumberBand {
    var from: Int64
    var upTo: Int64
  }

  /// The number of cells of every record.
  var width: Int
  /// Single answers and groups: the table gives the position. `choiceItems` says whose they are.
  var choices: [CellStep] = []
  var choiceItems: [Int] = []
  var options: [OptionStep] = []
  var optionGroups: [OptionGroup] = []
  var answerColumns: [CellStep] = []
  var answerGroups: [AnswerGroup] = []
  var joined: [JoinedStep] = []
  var numbers: [NumberStep] = []
  var numberBands: [NumberBand] = []
  /// Cells of rankings: the table tells those that are missing.
  var ranks: [CellStep] = []
  var rankings: [RankingGroup] = []
  /// Columns one of whose texts a record needs to be a response.
  var keep: [CellStep] = []
  var respondentColumn: Int?
  var weightColumn: Int?
  var tables = TextTables()
  /// How findings speak of variables, then questions.
  var items: [ItemWords] = []

  init(width: Int) { self.width = width }
}

/// The parts of a .qsf that a dictionary is made of. Qualtrics does not describe the format; these are the forms that
/// its files have had from 2017 to 2024. Objects that are empty are written as `[]` or `false`.
struct QualtricsFile: Decodable {
  var title: String?
  var questions: [QualtricsQuestion] = []
  var blocks: [QualtricsBlock] = []
  /// Blocks in the order in which respondents come to them.
  var flow: [String] = []

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    title = container.object("SurveyEntry")?.lenient(String.self, "SurveyName")
    for element in try container.decode([Element].self, forKey: "SurveyElements") {
      switch element.content {
      case .question(let question): questions.append(question)
      case .blocks(let found): blocks += found
      case .flow(let ids): flow += ids
      case nil: break
      }
    }
  }

  private struct Element: Decodable {
    enum Content {
      case question(QualtricsQuestion)
      case blocks([QualtricsBlock])
      case flow([String])
    }

    var content: Content?

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: JSONKey.self)
      switch container.lenient(String.self, "Element") {
      case "SQ":
        let question = try container.decodeIfPresent(QualtricsQuestion.self, forKey: "Payload")
        content = question.map(Content.question)
      case "BL":
        content = container.lenient(Numbered<QualtricsBlock>.self, "Payload").map { .blocks($0.values) }
      case "FL": content = container.lenient(FlowElement.self, "Payload").map { .flow($0.blocks) }
      default: break
      }
    }
  }

  /// A block, or elements that are shown to some respondents, or in some order.
  private struct FlowElement: Decodable {
    var blocks: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: JSONKey.self)
      let inner = container.lenient([FlowElement].self, "Flow") ?? []
      blocks = [container.lenient(String.self, "ID")].compactMap { $0 } + inner.flatMap(\.blocks)
    }
  }
}

struct QualtricsBlock: Decodable {
  var id: String
  var questions: [String]
  /// Whether its questions were taken out of the questionnaire.
  var isTrash: Bool

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    id = container.lenient(String.self, "ID") ?? ""
    isTrash = container.lenient(String.self, "Type") == "Trash"
    let elements = container.lenient(Numbered<Element>.self, "BlockElements")?.values ?? []
    questions = elements.compactMap(\.question)
  }

  private struct Element: Decodable {
    /// Nil for a page break.
    var question: String?

    init(from decoder: any Decoder) throws {
      question = try decoder.container(keyedBy: JSONKey.self).lenient(String.self, "QuestionID")
    }
  }
}

struct QualtricsQuestion: Decodable {
  var id: String
  /// Empty where the survey's author gave none.
  var tag: String
  var text: String
  var type: String
  var selector: String
  var subSelector: String
  /// What a text must be, such as `ValidNumber`.
  var contentType: String
  /// Whether Qualtrics takes the answers for a scale, such as of agreement.
  var isScale: Bool
  var choices: Numbered<Choice>
  var answers: Numbered<Choice>
  /// Numbers that the data has instead of those of choices and answers.
  var recodes: [String: String]
  /// Tags of rows; those that the author gave.
  var rowTags: [String: String]
  /// Of a question whose columns are questions themselves.
  var parts: Numbered<QualtricsQuestion>

  struct Choice: Decodable {
    var display: String
    var hasTextEntry: Bool

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: JSONKey.self)
      display = container.lenient(JSONScalar.self, "Display")?.text ?? ""
      let entry = container.lenient(JSONScalar.self, "TextEntry")?.text ?? "false"
      hasTextEntry = entry != "false" && entry != "0"
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    func text(_ key: JSONKey) -> String { container.lenient(JSONScalar.self, key)?.text ?? "" }
    func texts(_ key: JSONKey) -> [String: String] {
      container.lenient([String: JSONScalar].self, key)?.mapValues(\.text) ?? [:]
    }
    id = text("QuestionID")
    tag = text("DataExportTag")
    self.text = text("QuestionText")
    type = text("QuestionType")
    selector = text("Selector")
    subSelector = text("SubSelector")
    contentType =
      container.object("Validation")?.object("Settings")?.lenient(String.self, "ContentType") ?? ""
    let scales = container.object("Configuration")?.object("Autoscale")
    isScale =
      scales?.allKeys.contains { scales?.object($0)?.lenient(String.self, "Type") == "likert" } ?? false
    choices = container.lenient(Numbered<Choice>.self, "Choices") ?? Numbered()
    choices.order(container.lenient([JSONScalar].self, "ChoiceOrder"))
    answers = container.lenient(Numbered<Choice>.self, "Answers") ?? Numbered()
    answers.order(container.lenient([JSONScalar].self, "AnswerOrder"))
    recodes = texts("RecodeValues")
    rowTags = texts("ChoiceDataExportTags")
    parts = container.lenient(Numbered<QualtricsQuestion>.self, "AdditionalQuestions") ?? Numbered()
  }
}

/// What Qualtrics numbers: an object whose keys are numbers, or a list, which is numbered from 1.
struct Numbered<Value: Decodable>: Decodable {
  private(set) var items: [(number: String, value: Value)] = []

  var values: [Value] { items.map(\.value) }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let list = try? container.decode([Value].self) {
      items = list.enumerated().map { (String($0.offset + 1), $0.element) }
    } else {
      let object = try container.decode([String: Lenient<Value>].self)
      items = object.compactMap { number, value in value.value.map { (number, $0) } }
      // The order in the file is lost; numbers are given in the order of writing.
      items.sort { (Int($0.number) ?? .max, $0.number) < (Int($1.number) ?? .max, $1.number) }
    }
  }

  /// Puts items in the order of their numbers in `order`; those that it does not name come last.
  mutating func order(_ order: [JSONScalar]?) {
    guard let order else { return }
    var places: [String: Int] = [:]
    for (place, number) in order.enumerated() where places[number.text] == nil { places[number.text] = place }
    items = items.enumerated().sorted { left, right in
      let (first, second) = (places[left.element.number] ?? .max, places[right.element.number] ?? .max)
      return (first, left.offset) < (second, right.offset)
    }.map(\.element)
  }
}

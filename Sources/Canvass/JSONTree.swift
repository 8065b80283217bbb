import Rendering

/// Any JSON value that canvass writes, read back, so that it can be laid out once more and compared: what came through another
/// editor, or has a key twice, comes out otherwise.
struct JSONTree: Decodable {
  let text: JSONText

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let fields = try? decoder.container(keyedBy: Key.self) {
      var object: [String: JSONText] = [:]
      for key in fields.allKeys {
        object[key.stringValue] = try fields.decode(JSONTree.self, forKey: key).text
      }
      text = .object(object)
    } else if var items = try? decoder.unkeyedContainer() {
      var list: [JSONText] = []
      while !items.isAtEnd { list.append(try items.decode(JSONTree.self).text) }
      text = .list(list)
    } else {
      let value = try decoder.singleValueContainer()
      if let flag = try? value.decode(Bool.self) {
        text = .boolean(flag)
      } else if let number = try? value.decode(Int.self) {
        text = .number(number)
      } else {
        text = .text(try value.decode(String.self))
      }
    }
  }
}

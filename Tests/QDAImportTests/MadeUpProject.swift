import Foundation
import Testing

@testable import QDAImport

/// GUIDs for tests: `guid(7)` ends in a 7.
func guid(_ number: Int) -> String {
  let digits = String(number, radix: 16, uppercase: true)
  return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
}

/// Text that must never come out of the reader again: each use has a number of its own.
func secret(_ number: Int) -> String { "SECRET\(number)" }

/// A made-up project with a coding in every place where the schema has one, and text that may not be carried in every
/// place where there is such text.
let madeUpProject = """
  <?xml version="1.0" encoding="utf-8"?>
  <Project xmlns="urn:QDA-XML:project:1.0" name="\(secret(0))" origin="made up" basePath="\(secret(1))">
    <Users>
      <User guid="\(guid(1))" name="\(secret(2))" id="\(secret(3))"/>
      <User guid="{\(guid(2).lowercased())}"/>
    </Users>
    <CodeBook>
      <Codes>
        <Code guid="\(guid(10))" name="ict" isCodable="false">
          <Description>\(secret(4))</Description>
          <NoteRef targetGUID="\(guid(90))"/>
          <Code guid="\(guid(11))" name="joined up" isCodable="true" color="#F00">
            <Code guid="\(guid(12))" name="twice" isCodable="1"/>
          </Code>
        </Code>
        <Code guid="\(guid(13))" name="training &amp; time" isCodable="true"/>
      </Codes>
    </CodeBook>
    <Variables>
      <Variable guid="\(guid(20))" name="number" typeOfVariable="Text"><Description>\(secret(5))</Description></Variable>
      <Variable guid="\(guid(21))" name="years" typeOfVariable="Integer"/>
    </Variables>
    <Cases>
      <Case guid="\(guid(30))" name="\(secret(6))">
        <Description>\(secret(7))</Description>
        <CodeRef targetGUID="\(guid(10))"/>
        <VariableValue><VariableRef targetGUID="\(guid(20))"/><TextValue>\(secret(8))</TextValue></VariableValue>
        <VariableValue><VariableRef targetGUID="\(guid(21))"/></VariableValue>
        <SourceRef targetGUID="\(guid(40))"/>
        <SelectionRef targetGUID="\(guid(61))"/>
      </Case>
      <Case guid="\(guid(31))"><SourceRef targetGUID="\(guid(41))"/></Case>
    </Cases>
    <Sources>
      <TextSource guid="\(guid(40))" name="\(secret(9))" plainTextPath="internal://\(secret(10)).txt">
        <Description>\(secret(11))</Description>
        <PlainTextContent>\(secret(12))</PlainTextContent>
        <PlainTextSelection guid="\(guid(60))" name="\(secret(13))" startPosition="0" endPosition="4">
          <Description>\(secret(14))</Description>
          <Coding guid="\(guid(70))" creatingUser="\(guid(1))">
            <CodeRef targetGUID="\(guid(11))"/><NoteRef targetGUID="\(guid(90))"/>
          </Coding>
        </PlainTextSelection>
        <Coding guid="\(guid(71))" creatingUser="\(guid(2))"><CodeRef targetGUID="\(guid(13))"/></Coding>
        <VariableValue><VariableRef targetGUID="\(guid(21))"/><IntegerValue>17</IntegerValue></VariableValue>
      </TextSource>
      <PDFSource guid="\(guid(41))" name="\(secret(15))" path="internal://\(secret(16)).pdf">
        <PDFSelection guid="\(guid(61))" name="\(secret(17))" page="1" firstX="1" firstY="1" secondX="2" secondY="2">
          <Representation guid="\(guid(50))" plainTextPath="internal://\(secret(18)).txt">
            <PlainTextSelection guid="\(guid(62))" name="\(secret(19))" startPosition="0" endPosition="1">
              <Coding guid="\(guid(72))"><CodeRef targetGUID="\(guid(12))"/></Coding>
            </PlainTextSelection>
            <Coding guid="\(guid(73))" creatingUser=""><CodeRef targetGUID="{\(guid(12))}"/></Coding>
          </Representation>
          <Coding guid="\(guid(74))"><CodeRef targetGUID=" \(guid(12)) "/></Coding>
        </PDFSelection>
        <Representation guid="\(guid(51))"><Coding guid="\(guid(75))"><CodeRef targetGUID="\(guid(11))"/></Coding></Representation>
      </PDFSource>
      <PictureSource guid="\(guid(42))" name="\(secret(20))">
        <TextDescription guid="\(guid(52))" name="\(secret(21))">
          <PlainTextContent>\(secret(22))</PlainTextContent>
          <PlainTextSelection guid="\(guid(63))" startPosition="0" endPosition="1">
            <Coding guid="\(guid(76))"><CodeRef targetGUID="\(guid(13))"/></Coding>
          </PlainTextSelection>
        </TextDescription>
        <PictureSelection guid="\(guid(64))" name="\(secret(23))" firstX="1" firstY="1" secondX="2" secondY="2">
          <Coding guid="\(guid(77))"><CodeRef targetGUID="\(guid(13))"/></Coding>
        </PictureSelection>
      </PictureSource>
      <AudioSource guid="\(guid(43))" name="\(secret(24))">
        <Transcript guid="\(guid(53))" name="\(secret(25))">
          <PlainTextContent>\(secret(26))</PlainTextContent>
          <SyncPoint guid="\(guid(80))" timeStamp="0" position="0"/>
          <TranscriptSelection guid="\(guid(65))" name="\(secret(27))" fromSyncPoint="\(guid(80))">
            <Coding guid="\(guid(78))"><CodeRef targetGUID="\(guid(11))"/></Coding>
          </TranscriptSelection>
        </Transcript>
        <AudioSelection guid="\(guid(66))" name="\(secret(28))" begin="0" end="1">
          <Coding guid="\(guid(79))"><CodeRef targetGUID="\(guid(11))"/></Coding>
        </AudioSelection>
      </AudioSource>
      <VideoSource guid="\(guid(44))">
        <VideoSelection guid="\(guid(67))" begin="0" end="1"/>
        <VideoSelection guid="\(guid(68))" begin="0" end="1">
          <Coding guid="\(guid(81))"><CodeRef targetGUID="\(guid(11))"/></Coding>
        </VideoSelection>
      </VideoSource>
    </Sources>
    <Notes>
      <Note guid="\(guid(90))" name="\(secret(29))">
        <PlainTextContent>\(secret(30))</PlainTextContent>
        <PlainTextSelection guid="\(guid(69))" name="\(secret(31))" startPosition="0" endPosition="1">
          <Coding guid="\(guid(82))"><CodeRef targetGUID="\(guid(11))"/></Coding>
        </PlainTextSelection>
      </Note>
    </Notes>
    <Links><Link guid="\(guid(91))" name="\(secret(32))"/></Links>
    <Sets><Set guid="\(guid(92))" name="\(secret(33))"><MemberSource targetGUID="\(guid(40))"/></Set></Sets>
    <Description>\(secret(34))</Description>
  </Project>
  """

/// How many texts that may not be carried the made-up project has.
let secretCount = 35

/// A folder that is removed with the value.
final class WorkFolder {
  let url: URL

  init() throws {
    url = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-qda-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, and gives its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = url.appending(path: name).path()
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }
}

/// A project's XML read from memory.
func read(
  _ bytes: [UInt8], limits: ImportLimits = ImportLimits(), chunkSize: Int = 1 << 16
) -> ImportReading<CodedProject> {
  var supply = MemoryBytes(bytes: bytes[...])
  let document = DocumentReader(.project, limits: limits)
  parse(&supply, into: document, limits: limits, chunkSize: chunkSize)
  return document.projectReading(entry: nil)
}

func read(_ text: String, limits: ImportLimits = ImportLimits()) -> ImportReading<CodedProject> {
  read(Array(text.utf8), limits: limits)
}

struct MemoryBytes: ByteSupply {
  var bytes: ArraySlice<UInt8>

  mutating func read(into buffer: inout [UInt8]) throws(Never) -> Int {
    let count = min(buffer.count, bytes.count)
    buffer.replaceSubrange(..<count, with: bytes.prefix(count))
    bytes = bytes.dropFirst(count)
    return count
  }
}

extension ImportReading {
  /// What was read; nil, and a failed expectation, where there are faults.
  func content(_ location: SourceLocation = #_sourceLocation) -> Content? {
    if case .content(let content) = self { return content }
    Issue.record("there are faults: \(faults)", sourceLocation: location)
    return nil
  }

  var faults: [ImportFault] {
    if case .faults(let faults) = self { return faults }
    return []
  }

  /// Faults as `code line:column`, or `code` where they have no place.
  var marks: [String] {
    faults.map { fault in
      guard let line = fault.line, let column = fault.column else { return fault.code.rawValue }
      return "\(fault.code.rawValue) \(line):\(column)"
    }
  }
}

import Foundation
import Testing

@testable import ExportFormats

/// The CSV of SPSS files compared with what pyreadstat reads of them: it brings a libreadstat of its own, and writes
/// the compressed kinds of file, too.
struct PyreadstatTests {
  /// Writes made-up data in three kinds of compression, and prints of each file, and of those in its arguments, the
  /// path and the cells, each line a record, as this module would have them.
  static let script = """
    import datetime, math, random, sys
    import pandas, pyreadstat
    folder, paths = sys.argv[1], sys.argv[2:]
    rng = random.Random(7)
    words = ['', 'a', 'a, "b"', 'Köln', 'x' * 300, '€uro', 'line\\nbreak', "it's"]
    frame = pandas.DataFrame({
        'whole': [float(rng.randint(-200, 20000)) for _ in range(500)],
        'real': [rng.choice([0.1, 1e-9, 2.5e17, -3.75, math.nan]) * rng.random() for _ in range(500)],
        'word': [rng.choice(words) for _ in range(500)],
        'day': [datetime.date(1900, 1, 1) + datetime.timedelta(rng.randint(0, 60000)) for _ in range(500)],
        'moment': [datetime.datetime(1999, 1, 1) + datetime.timedelta(0, rng.randint(0, 10**9)) for _ in range(500)],
        'code': [float(rng.choice([1, 2, 3, 9])) for _ in range(500)],
    })
    for name, options in [('plain', {}), ('rows', {'row_compress': True}), ('zlib', {'compress': True})]:
        path = f'{folder}/{name}.sav'
        pyreadstat.write_sav(
            frame, path, variable_value_labels={'code': {1: 'Yes', 2: 'No', 9: 'Refused'}},
            missing_ranges={'code': [9]}, **options)
        paths.append(path)
    def text(value):
        if value is None or value is pandas.NaT: return ''
        if isinstance(value, str): return value
        if isinstance(value, datetime.datetime): return value.strftime('%Y-%m-%dT%H:%M:%S')
        if isinstance(value, datetime.date): return value.isoformat()
        if math.isnan(value): return ''
        if value == int(value) and abs(value) < 2**53: return str(int(value))
        return 'r' + repr(float(value))
    for path in paths:
        frame, _ = pyreadstat.read_sav(path, user_missing=True)
        print('file', path.encode().hex())
        print(','.join(c.encode().hex() for c in frame.columns))
        for row in frame.itertuples(index=False):
            print(','.join(text(v).encode().hex() for v in row))
    """

  /// The records of each file by its path; nil where there is no python3 with pyreadstat.
  private static func python(_ paths: [String], folder: URL) throws -> [String: [[String]]]? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, folder.path()] + paths
    let output = folder.appending(path: "records.txt")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    var files: [String: [[String]]] = [:]
    var path = ""
    for line in try String(contentsOf: output, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("file ") {
        path = plain(line.dropFirst(5))
      } else {
        files[path, default: []].append(
          line.split(separator: ",", omittingEmptySubsequences: false).map(plain))
      }
    }
    return files
  }

  private static func plain(_ hex: Substring) -> String {
    let digits = Array(hex)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func agree(_ ours: String, _ theirs: String) -> Bool {
    // A number that is not whole, in Python's form.
    theirs.hasPrefix("r") ? Double(ours) == Double(theirs.dropFirst()) : ours == theirs
  }

  @Test func `every cell is what pyreadstat reads`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "canvass-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let real = ReferenceData.isAtHand ? [ReferenceData.path("converted/dlr2018.sav")] : []
    guard let files = try Self.python(real, folder: folder) else { return }
    #expect(files.count == real.count + 3)
    for (path, theirs) in files {
      let table = try readSPSS(exportBytes(at: path, atMost: 1 << 26))
      let ours = try records(table.csv)
      let sameShape = ours.map(\.count) == theirs.map(\.count)
      try #require(sameShape, "\(path)")
      let differing = zip(ours, theirs).enumerated().filter { _, pair in
        !zip(pair.0, pair.1).allSatisfy(Self.agree)
      }
      // The numbers of the records alone: their cells may be people's.
      #expect(differing.map(\.offset).isEmpty, "\(path)")
      guard let code = table.dictionary.column("code") else { continue }
      #expect(code.missing == ["9"] && code.labels == ["Yes", "No", "Refused"])
    }
  }
}

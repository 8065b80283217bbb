public import ReleaseModel
import Workbooks

/// tables.xlsx: the figures of tables.csv as an accessible workbook, in Office Open XML.
public struct TablesXLSX: PackWriter {
  public let format = "xlsx"
  public let fileName = "tables.xlsx"

  public init() {}

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    TablesWorkbook(pack, in: release).workbook.officeOpenXML
  }
}

/// tables.ods: the same workbook in OpenDocument.
public struct TablesODS: PackWriter {
  public let format = "ods"
  public let fileName = "tables.ods"

  public init() {}

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    TablesWorkbook(pack, in: release).workbook.openDocument
  }
}

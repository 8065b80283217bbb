import QDAImport

/// The versions of the C libraries that read files, by the names that these libraries have.
public var readingLibraries: [(name: String, version: String)] {
  [("Expat", xmlVersion), ("libcsv", csvVersion), ("libzip", zipVersion), ("zlib", gzipVersion)]
}

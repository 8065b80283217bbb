import Rendering
import SurveyDefinition

/// What `canvass verify` is asked to do.
public struct VerifyRequest: Sendable, Hashable {
  /// The release folder.
  public var releaseFolder: String
  /// The survey's folder, to make the release once more and compare; nil: the manifest alone is held against the files.
  public var surveyFolder: String?
  /// Say nothing where all is well.
  public var isQuiet = false
  /// For whom it is written.
  public var report = ReportForm.text

  public init(releaseFolder: String) { self.releaseFolder = releaseFolder }
}

/// `canvass verify`: whether a release folder is what its manifest says, and what a rerun gives.
///
/// Nothing is written. Exit status 0 where all is as it was released, 3 where not, or where that cannot be shown.
public func verify(_ request: VerifyRequest, on console: Console) -> ExitStatus {
  let path = FileSystem.trimmingSlashes(request.releaseFolder)
  do throws(RunFailure) {
    let verified = try files { () throws(FileFailure) in try VerifiedFolder(path) }
    var document = CommandReport("verify")
    document.isQuiet = request.isQuiet
    var differences = verified.findings
    do throws(RunFailure) {
      differences += try furtherFindings(of: verified, request, on: console)
    } catch .faults(let faults) {
      // Of the survey as it is now, so there is nothing to compare with.
      document.findings.formUnion(faults)
      document.status = .faults
    } catch {
      document.stop(by: error, on: console)
    }
    document.findings.formUnion(differences)
    if !differences.allSatisfy(\.isRemark) { document.status = max(document.status, .unsafe) }
    switch request.report {
    case .text:
      if !request.isQuiet { tell(verified, request, document.status, on: console) }
      tell(document.findings, remarks: !request.isQuiet, on: console)
    case .json:
      document.parts = parts(of: verified, request)
      document.tell(on: console)
    }
    return document.status
  } catch {
    return tell(error, of: "verify", as: request.report, parts: ["release": .text(path)], on: console)
  }
}

private func parts(of verified: VerifiedFolder, _ request: VerifyRequest) -> [String: JSONText] {
  let manifest = verified.manifest
  return [
    "release": .text(verified.path), "manifest_sha256": .text(verified.digest),
    "rerun_from": request.surveyFolder.map { .text(FileSystem.trimmingSlashes($0)) },
    "survey": manifest.map { .text($0.survey) }, "wave": manifest.map { .text($0.wave) },
    "made_by": manifest?.tool.version.map(JSONText.text),
    "files": (manifest?.outputs.count).map(JSONText.number),
  ].compactMapValues { $0 }
}

/// What the receipt beside the folder and a rerun add.
private func furtherFindings(
  of verified: VerifiedFolder, _ request: VerifyRequest, on console: Console
) throws(RunFailure) -> [Finding] {
  let receiptPath = verified.path + ".receipt.json"
  var findings: [Finding] = []
  var receipt: ReceiptBeside?
  do throws(ReceiptBeside.NotAReceipt) {
    receipt = try ReceiptBeside.read(receiptPath)
    if let receipt, receipt.manifestDigest != verified.digest {
      findings.append(
        Finding(
          .fault, code: "other-receipt", at: Place(file: receiptPath),
          "the receipt beside the release is of another one: the manifest's digest is not the one it names",
          remedy: "keep a release and its receipt together; where you moved neither, run the wave again"))
    }
  } catch {
    findings.append(
      Finding(
        .fault, code: "other-receipt", at: Place(file: receiptPath), "it is not the receipt of a release",
        remedy: "run the wave again, which writes it anew"))
  }
  guard let manifest = verified.manifest, let folder = request.surveyFolder else { return findings }
  let survey = try files { () throws(FileFailure) in
    try SurveyFolder(FileSystem.trimmingSlashes(folder))
  }
  let rerun = Rerun(verified: verified, manifest: manifest, survey: survey, console: console)
  findings += try rerun.findings(receipt: receipt, at: receiptPath)
  return findings
}

private func tell(
  _ verified: VerifiedFolder, _ request: VerifyRequest, _ status: ExitStatus, on console: Console
) {
  guard let manifest = verified.manifest else { return }
  console.output(
    "\(verified.path): wave \(shownName(manifest.wave)) of the survey \(shownName(manifest.survey)), "
      + counted(manifest.outputs.count, "file"))
  console.output("manifest.json: sha256 \(verified.digest)")
  guard status == .done else {
    console.output("Not shown to be what was released.")
    return
  }
  console.output("Every file is there as the manifest lists it, and no other.")
  if let survey = request.surveyFolder {
    console.output("A rerun from \(FileSystem.trimmingSlashes(survey)) gives the same bytes.")
  }
}

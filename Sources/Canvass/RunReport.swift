import Ingest
import ReleaseModel
import Rendering
import SurveyDefinition

/// How one wave of `canvass run` ended.
struct WaveOutcome {
  let survey: String?
  let wave: String
  let folder: String
  let status: ExitStatus
  /// What stopped it; nil for faults, which are findings.
  let failure: String?
  /// Nil where nothing was released.
  let released: ReleasedWave?

  init(_ defined: DefinedWave, _ released: ReleasedWave) {
    (survey, wave, folder) = (defined.wave.survey.id, defined.wave.id, defined.folder.path)
    (status, failure, self.released) = (.done, nil, released)
  }

  init(_ defined: DefinedWave, stoppedBy failure: RunFailure) {
    (survey, wave, folder) = (defined.wave.survey.id, defined.wave.id, defined.folder.path)
    (status, self.failure, released) = (failure.exitStatus, failure.sentence, nil)
  }

  /// A wave whose definition has a fault.
  init(faulty folder: WaveFolder) {
    (survey, wave, self.folder) = (nil, folder.id, folder.path)
    (status, failure, released) = (.faults, nil, nil)
  }

  /// - Parameter remarks: Whether what is remarked on is told, too.
  func json(remarks: Bool) -> JSONText {
    var fields: [String: JSONText?] = [
      "survey": survey.map(JSONText.text), "wave": .text(wave), "folder": .text(folder),
      "status": .text(status.word), "exit_status": .number(Int(status.rawValue)),
      "failure": failure.map(JSONText.text),
    ]
    if let released { fields.merge(released.json(remarks: remarks)) { $1 } }
    return .fields(fields)
  }
}

/// A wave that was released, with what the analyst is told of it.
struct ReleasedWave {
  let summary: Summary
  let manifestDigest: String
  let formats: [String]
  /// What protection and earlier releases give rise to, a sentence each.
  let remarks: [String]
  /// How it differs from the release whose place it took; nil where none stood there.
  let changes: ReleaseChanges?

  fileprivate func json(remarks isTelling: Bool) -> [String: JSONText?] {
    let packs = summary.release.packs
    func byPack(_ value: (Int) -> Int) -> JSONText {
      .object(Dictionary(uniqueKeysWithValues: packs.indices.map { (packs[$0].id, .number(value($0))) }))
    }
    return [
      "made_up": .boolean(summary.defined.wave.isMadeUp), "responses": .number(summary.report.responses),
      "rows": summary.report.rowsJSON, "release": .text(summary.releaseFolder),
      "receipt": .text(summary.receipt), "manifest_sha256": .text(manifestDigest),
      "formats": .texts(formats), "cells": byPack { packs[$0].rowCount },
      "withheld": byPack { packs[$0].withheldRows },
      "remarks": isTelling ? .texts(remarks) : nil,
      "replaced": isTelling ? changes.map(\.json) : nil,
    ]
  }
}

extension ReleaseChanges {
  /// By pack, how many figures differ and in which way.
  fileprivate var json: JSONText {
    let counts = packs.map { pack -> (String, JSONText) in
      (
        pack.id,
        .object([
          "changed": .number(pack.changed), "newly_shown": .number(pack.newlyShown),
          "newly_withheld": .number(pack.newlyWithheld), "added": .number(pack.added),
          "gone": .number(pack.gone),
        ])
      )
    }
    return .object([
      "figures": .object(Dictionary(uniqueKeysWithValues: counts)), "not_compared": .texts(damaged),
    ])
  }
}

extension ExitStatus {
  /// What became of a wave, in a word.
  fileprivate var word: String {
    switch self {
    case .done: "released"
    case .faults: "faults"
    case .usage: "usage"
    case .unsafe: "unsafe"
    case .internalFault: "internal fault"
    case .file: "file"
    case .locked: "locked"
    }
  }
}

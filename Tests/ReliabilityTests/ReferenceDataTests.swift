import FoundationEssentials
import Testing

@testable import Reliability

/// Every figure of agreement.json to 1e-9, and those known of fbposts.csv to the digits printed.
@Suite(.enabled(if: ReferenceData.isAtHand, "2 tests: REFERENCE_DATA names no folder with `reference`"))
struct ReferenceDataTests {
  private func isNear(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return abs(value - expected) < 1e-9
  }

  private func compare(_ ratings: Ratings, with expected: ExpectedAgreement.Figures, _ name: Comment) {
    #expect(ratings.units == expected.units && ratings.coders == expected.coders, name)
    let (profiles, categories) = ratings.profiles()
    #expect(categories == expected.categories, name)
    #expect(isNear(ratings.percentAgreement()?.value, expected.percentAgreement), name)
    #expect(isNear(ratings.krippendorffAlpha()?.value, expected.krippendorffAlphaNominal), name)
    #expect(isNear(ratings.gwetAC1()?.value, expected.gwetAc1), name)
    #expect(isNear(ratings.gwetAC1()?.standardError, expected.gwetSe), name)
    let shares = categoryShares(profiles, categories: categories)
    #expect(isNear(categories < 2 ? nil : gwetChanceAgreement(shares), expected.gwetPe), name)
    #expect(isNear(ratings.cohenKappa()?.value, expected.cohenKappa), name)
    if let both = expected.unitsCodedByBoth {
      #expect(ratings.codedTwice.units == both, name)
      #expect(isNear(ratings.codedTwice.percentAgreement()?.value, expected.percentAgreementBoth), name)
    }
  }

  @Test func `every figure of agreement.json is met to nine decimals`() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let expected = try decoder.decode(
      ExpectedAgreement.self, from: try ReferenceData.bytes("reference/stats/expected/agreement.json"))
    #expect(expected.publishedExamples.count >= 2 && expected.codings.count >= 4)
    for example in expected.publishedExamples {
      let categories = Set(example.rows.joined().compactMap(\.self)).sorted { $0.text < $1.text }
      let rows = example.rows.map { row in row.map { code in code.flatMap { categories.firstIndex(of: $0) } }
      }
      compare(Ratings(units: rows), with: example.computed, "\(example.name)")
    }

    let records = try ReferenceData.records("reference/stats/data/codings.csv")
    for theme in expected.codings {
      var given: [String: [String: Bool]] = [:]
      for record in records {
        let comment = try #require(record["comment"])
        let coder = try #require(record["coder"])
        given[comment, default: [:]][coder, default: false] =
          given[comment]?[coder] == true || record["theme"] == theme.theme
      }
      var ratings = Ratings(coders: theme.coderSet.count)
      for (_, codes) in given { ratings.add(theme.coderSet.map { codes[$0].map { $0 ? 1 : 0 } }) }
      for coder in theme.coderSet {
        #expect(given.values.count { $0[coder] == true } == theme.codedYes[coder], "\(theme.theme)")
      }
      compare(ratings, with: theme.figures, "\(theme.theme)")
    }
  }

  private struct Variable: Sendable {
    let name: String
    /// Units of 45 on which all coders agree, mean agreement of pairs of coders, kappa, alpha.
    let agreeing: Int
    var holsti: Double?
    var kappa: Double?
    let alpha: Double
  }

  /// Figures of R's tidycomm for coders 1 and 2, and for all six.
  private static let ofTwo = [
    Variable(name: "n_pictures", agreeing: 38, kappa: 0.734401, alpha: 0.735006),
    Variable(name: "pop_elite", agreeing: 37, kappa: 0.268293, alpha: 0.273469),
    Variable(name: "pop_people", agreeing: 43, kappa: 0.482759, alpha: 0.482558),
    Variable(name: "pop_othering", agreeing: 43, kappa: 0.647059, alpha: 0.650295),
    Variable(name: "type", agreeing: 45, kappa: 1, alpha: 1),
  ]
  private static let ofSix = [
    Variable(name: "n_pictures", agreeing: 37, holsti: 0.930370, alpha: 0.879728),
    Variable(name: "pop_elite", agreeing: 33, holsti: 0.860741, alpha: 0.339101),
    Variable(name: "pop_people", agreeing: 35, holsti: 0.915556, alpha: 0.287003),
    Variable(name: "pop_othering", agreeing: 39, holsti: 0.945185, alpha: 0.565656),
  ]

  @Test func `coders of 45 posts agree as they are known to`() throws {
    let records = try ReferenceData.records("data/icr_fbposts/fbposts.csv")
    for (coders, variables) in [(2, Self.ofTwo), (6, Self.ofSix)] {
      for variable in variables {
        let categories = Set(records.compactMap { $0[variable.name] }).sorted()
        var posts: [Int: [Int?]] = [:]
        for record in records {
          let post = try #require(record["post_id"].flatMap { Int($0) })
          let coder = try #require(record["coder_id"].flatMap { Int($0) })
          guard coder <= coders else { continue }
          posts[post, default: [Int?](repeating: nil, count: coders)][coder - 1] =
            categories.firstIndex(of: record[variable.name] ?? "")
        }
        var ratings = Ratings(coders: coders)
        for post in posts.keys.sorted() { ratings.add(try #require(posts[post])) }

        let name: Comment = "\(variable.name), \(coders) coders"
        #expect(ratings.units == 45 && ratings.differing.count == 45 - variable.agreeing, name)
        let agreement = try #require(ratings.percentAgreement()).value
        #expect(abs(agreement - (variable.holsti ?? Double(variable.agreeing) / 45)) < 5.1e-7, name)
        let alpha = try #require(ratings.krippendorffAlpha()).value
        #expect(abs(alpha - variable.alpha) < 5.1e-7, name)
        if let kappa = variable.kappa {
          #expect(abs(try #require(ratings.cohenKappa()).value - kappa) < 5.1e-7, name)
        } else {
          #expect(ratings.cohenKappa() == nil, name)
        }
      }
    }
  }
}

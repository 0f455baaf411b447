import Akin

/// What was skipped in the input, a line each, on standard error.
struct ProblemList {
    /// How many problems are printed one by one.
    private static let most = 20

    let problems: [InputProblem]
    /// The number of all problems; `problems` may hold fewer.
    let count: Int

    init(_ problems: [InputProblem], count: Int) {
        self.problems = problems
        self.count = count
    }

    func print() {
        for problem in problems.prefix(ProblemList.most) {
            StandardError.line("\(problem.path):\(problem.line.map { "\($0):" } ?? "") \(RemedyWording.text(problem))")
        }
        if count > ProblemList.most {
            StandardError.line("… and \(Figures.whole(count - ProblemList.most)) more like these")
        }
    }
}

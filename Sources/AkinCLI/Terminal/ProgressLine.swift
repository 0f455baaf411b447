import Akin
import AkinCore
import Foundation
import Synchronization

/// Shows the progress of a long piece of work: a bar with rate and time left on a terminal, a plain line every few
/// seconds elsewhere, nothing with `--quiet`.
final class ProgressLine: Sendable {
    private struct State {
        var phase: WorkProgress.Phase?
        var began = ContinuousClock.now
        /// What was done already when this phase was first reported. The rate of a resumed run leaves it out.
        var offset = 0.0
        var documentOffset = 0
        var shown: ContinuousClock.Instant?
        var barIsVisible = false
    }

    private let state = Mutex(State())
    private let isTerminal = Terminal.isTerminal(.error)
    private let interval: Duration

    init() {
        interval = Terminal.isTerminal(.error) ? .milliseconds(100) : .seconds(5)
    }

    /// What the facade calls; nil when nothing is to be shown.
    static func handler(for line: ProgressLine?) -> ProgressHandler? {
        guard let line else { return nil }
        return { line.show($0) }
    }

    /// Removes the bar from the screen, so that other lines can be written.
    func finish() {
        state.withLock { state in
            if state.barIsVisible { StandardError.write("\r\u{1B}[K") }
            state.barIsVisible = false
        }
    }

    private func show(_ progress: WorkProgress) {
        state.withLock { state in
            let now = ContinuousClock.now
            if state.phase != progress.phase {
                state.phase = progress.phase
                state.began = now
                state.offset = progress.completed
                state.documentOffset = progress.documents
                if !isTerminal && state.shown == nil { state.shown = now }
            }
            if let notice = progress.notice {
                if state.barIsVisible { StandardError.write("\r\u{1B}[K") }
                state.barIsVisible = false
                StandardError.line(VisibleText.line("\(progress.phase): \(notice)"))
            }
            if let shown = state.shown, now - shown < interval { return }
            state.shown = now
            let text = ProgressText(
                progress, seconds: (now - state.began) / .seconds(1), offset: state.offset,
                documentOffset: state.documentOffset)
            if isTerminal {
                StandardError.write("\r\u{1B}[K" + text.bar(columns: Terminal.width(.error) - 1))
                state.barIsVisible = true
            } else {
                StandardError.line(text.plain)
            }
        }
    }
}

/// The words and figures of one progress report.
struct ProgressText {
    private let phase: String
    private let share: Double?
    private let figures: String

    init(_ progress: WorkProgress, seconds: Double, offset: Double, documentOffset: Int) {
        phase = VisibleText.line(progress.phase.description)
        share = progress.fraction
        var parts: [String] = []
        let done = progress.completed - offset
        if progress.documents > 0 {
            parts.append("\(Figures.whole(progress.documents)) documents")
            if seconds > 0.5 {
                parts.append("\(Figures.rate(Double(progress.documents - documentOffset) / seconds))/s")
            }
        } else if progress.unit != .percent && (progress.completed > 0 || progress.total != nil) {
            let total = progress.total.map { " of " + Figures.amount($0, unit: progress.unit.rawValue) } ?? ""
            parts.append(
                "\(Figures.amount(progress.completed, unit: progress.unit.rawValue))\(total) \(progress.unit == .bytes ? "" : progress.unit.rawValue)"
            )
            if seconds > 0.5 && done > 0 {
                parts.append("\(Figures.amount(done / seconds, unit: progress.unit.rawValue))/s")
            }
        }
        if let total = progress.total, done > 0, seconds > 1 {
            parts.append("\(Figures.clock(max(0, total - progress.completed) * seconds / done)) left")
        }
        if let note = progress.note { parts.append(VisibleText.line(note)) }
        figures = parts.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: ", ")
    }

    var plain: String {
        let parts = [share.map(Figures.percent) ?? "", figures].filter { !$0.isEmpty }
        return parts.isEmpty ? "\(phase) …" : "\(phase): \(parts.joined(separator: ", "))"
    }

    func bar(columns: Int) -> String {
        guard let share else { return DisplayText.cut(Array(plain), to: columns) }
        let frame = "\(phase) [] \(Figures.percent(share))  \(figures)"
        let cells = min(30, columns - DisplayText.width(frame))
        guard cells >= 8 else { return DisplayText.cut(Array(plain), to: columns) }
        let full = Int(share * Double(cells))
        let bar = String(repeating: "#", count: full) + String(repeating: "-", count: cells - full)
        return "\(phase) [\(bar)] \(Figures.percent(share))  \(figures)"
    }
}

import Foundation

/// Numbers as a person reads them.
enum Figures {
    /// 12345 as `12,345`.
    static func whole(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var grouped = ""
        for (place, digit) in digits.enumerated() {
            if place > 0 && (digits.count - place).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return (value < 0 ? "-" : "") + grouped
    }

    /// A number with a fixed count of decimals.
    static func decimal(_ value: Double, _ places: Int) -> String {
        String(format: "%.\(places)f", value)
    }

    /// 0.456 as ` 45%`, three digits wide so that a bar does not jump.
    static func percent(_ share: Double) -> String {
        let digits = String(Int(share * 100))
        return String(repeating: " ", count: max(0, 3 - digits.count)) + digits + "%"
    }

    /// 0.4567 as `45.7 %`.
    static func score(_ share: Double) -> String { decimal(share * 100, 1) + " %" }

    /// A rate: whole above ten, one decimal below.
    static func rate(_ value: Double) -> String {
        value >= 10 ? whole(Int(value)) : decimal(value, 1)
    }

    /// Bytes in decimal units, anything else as a whole number.
    static func amount(_ value: Double, unit: String) -> String {
        unit == "bytes" ? bytes(value) : whole(Int(value))
    }

    /// 12345678 as `12.3 MB`.
    static func bytes(_ value: Double) -> String {
        for (size, name) in [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")] where value >= size {
            return "\(decimal(value / size, 1)) \(name)"
        }
        return "\(Int(value)) B"
    }

    /// Seconds as `0:07`, `12:30` or `1:02:03`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(), 359_999))
        let tail = String(format: "%d:%02d", whole / 60 % 60, whole % 60)
        return whole < 3600 ? tail : String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
    }

    /// `1 document`, `2 documents`.
    static func count(_ value: Int, _ noun: String) -> String {
        "\(whole(value)) \(noun)\(value == 1 ? "" : "s")"
    }
}

extension Figures {
    /// A time as `0.4 s` below a minute, as a clock above.
    static func duration(milliseconds: Double) -> String {
        let seconds = milliseconds / 1000
        return seconds < 60 ? "\(decimal(seconds, 1)) s" : clock(seconds)
    }

    /// A rate, such as `, 420 documents/s`; empty where nothing was done or no time has passed.
    static func speed(_ count: Int, _ noun: String, milliseconds: Double) -> String {
        count > 0 && milliseconds > 0 ? ", \(rate(Double(count) * 1000 / milliseconds)) \(noun)/s" : ""
    }
}

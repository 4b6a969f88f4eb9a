extension ByteWriter {
    /// Appends a floating point number: the shortest form that reads back as the same number, whole numbers without
    /// exponent as far as all of them are exact, and `+Inf`, `-Inf` and `NaN`.
    mutating func append(_ value: Double) {
        if let whole = Int(exactly: value), whole.magnitude <= lastExactWhole {
            // Zero has a sign too, which an integer would lose.
            if value.sign == .minus, whole == 0 { append(UInt8(ascii: "-")) }
            append(whole)
        } else if value.isFinite {
            append(value.description)
        } else {
            append(value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf")
        }
    }

    /// Appends the upper bound of a bucket. It always looks like a float, `1.0`, because Prometheus takes it as text:
    /// written as `1` in one format and `1.0` in the other, one bucket would be two series.
    mutating func append(bound: Double) {
        append(bound)
        if let whole = Int(exactly: bound), whole.magnitude <= lastExactWhole { append(".0") }
    }
}

/// 2^53: up to here every whole number has a floating point number of its own.
private let lastExactWhole: UInt = 1 << 53

extension Sequence<UInt8> {
    /// A hash by FNV-1a: the same on every machine, in every process and version. No secret, and none against forgery.
    ///
    /// Inlined where it is used: it goes over the ids of a million rooms.
    @inlinable
    public var stableHash: UInt64 {
        reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}

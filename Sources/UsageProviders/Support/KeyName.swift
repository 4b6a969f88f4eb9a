import Crypto

/// The name by which the ledger knows something that belongs to a key.
public enum KeyName {
    /// Names a key without telling it.
    ///
    /// - Parameters:
    ///   - kind: What is kept of which kind of key, such as `huawei/access_key`; readable in the ledger.
    ///   - key: The key, of which the name holds a short hash.
    /// - Returns: The same name for the same kind and key, in every run.
    public static func hashed(_ kind: String, key: String) -> String {
        "\(kind)/\(SHA256.hash(data: Array(key.utf8)).prefix(8).hexadecimal)"
    }
}

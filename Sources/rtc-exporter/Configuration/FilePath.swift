/// Paths in the configuration start at the configuration file, wherever the process was started.
enum FilePath {
    /// The path as it is, when absolute, or else joined to the folder of `file`.
    static func resolve(_ path: String, besides file: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}

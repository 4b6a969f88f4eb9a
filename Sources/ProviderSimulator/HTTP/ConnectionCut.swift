/// Thrown to end a connection where it stands, without an answer or in the middle of one.
struct ConnectionCut: Error {}

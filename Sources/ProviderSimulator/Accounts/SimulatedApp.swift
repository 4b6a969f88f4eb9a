/// One app and how much its users do.
public struct SimulatedApp: Hashable, Sendable {
    /// The provider's application id, as text; unique at its provider.
    public let id: String
    /// What people call it.
    public let name: String
    /// How many rooms it knows; four in five are used on a working day. 0 for an app without any usage.
    public let rooms: Int
    /// About how many people are in the largest room in business hours; the second has half as many, and so on.
    public let largestRoom: Int
    /// What its users send.
    public let media: MediaMix
    /// Whether it is billed without tiers, as Tencent's accounts from before 2019-10-11 may be: DescribeTrtcInteractiveTime
    /// then has all its usage in `AudioVideoTime`.
    public let isLegacy: Bool

    /// An app.
    public init(id: String, name: String, rooms: Int, largestRoom: Int, media: MediaMix, isLegacy: Bool = false) {
        self.id = id
        self.name = name
        self.rooms = rooms
        self.largestRoom = largestRoom
        self.media = media
        self.isLegacy = isLegacy
    }

    /// An app with a number as its id, as Tencent's apps have.
    public init(id: Int, name: String, rooms: Int, largestRoom: Int, media: MediaMix, isLegacy: Bool = false) {
        self.init(
            id: String(id),
            name: name,
            rooms: rooms,
            largestRoom: largestRoom,
            media: media,
            isLegacy: isLegacy
        )
    }
}

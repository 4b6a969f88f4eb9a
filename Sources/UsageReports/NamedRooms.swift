import Exposition
import Usage
import UsageLedger

/// The figures of some of the rooms that an app's days name: those that come next in the order of their bytes.
///
/// An app may name other rooms on each day. So that memory is bounded whatever the retention, they are taken some at a time:
/// never more than ``most`` rooms with one figure for each day that names them.
struct NamedRooms {
    /// A room's figures, oldest first.
    typealias Figures = [(day: UsageDay, seconds: TierSeconds)]

    /// How many rooms are taken at once: ten days of the usual hundred with nothing in common.
    static let most = 1000

    /// The rooms in the order of their bytes.
    private(set) var rooms: [(room: RoomID, figures: Figures)] = []
    private let previous: RoomID?
    private let most: Int

    /// - Parameters:
    ///   - previous: The last room that was taken before; `nil` when none was.
    ///   - most: How many rooms are taken at once.
    init(after previous: RoomID?, most: Int = Self.most) {
        (self.previous, self.most) = (previous, most)
    }

    /// Whether rooms may be left to take.
    var isFull: Bool { rooms.count == most }

    /// Takes what a later day tells of the rooms.
    mutating func take(_ history: DayHistory) {
        for usage in history.rooms?.named ?? [] { take(usage, on: history.day) }
    }

    private mutating func take(_ usage: RoomUsage, on day: UsageDay) {
        guard previous.map({ $0 < usage.room }) ?? true else { return }
        let place = place(of: usage.room)
        if place < rooms.count, rooms[place].room == usage.room {
            rooms[place].figures.append((day, usage.seconds))
        } else if place < most {
            rooms.insert((usage.room, [(day, usage.seconds)]), at: place)
            // It comes in a later turn. It cannot come back in this one: those before it stay.
            if rooms.count > most { rooms.removeLast() }
        }
    }

    /// The number of rooms that come before it.
    private func place(of room: RoomID) -> Int {
        var (low, high) = (0, rooms.count)
        while low < high {
            let middle = (low + high) / 2
            if rooms[middle].room < room { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

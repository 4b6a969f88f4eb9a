extension String {
    /// RFC 3986, with nothing but unreserved characters left as they are: how signatures write addresses.
    var percentEncoded: String {
        utf8.reduce(into: "") { result, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + [byte].hexadecimal.uppercased()
            }
        }
    }
}

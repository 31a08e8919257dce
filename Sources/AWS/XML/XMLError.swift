/// Why bytes are not an XML document that is read here.
package enum XMLError: Error, Sendable, Equatable {
    /// It has a document type declaration. Entities could be declared there, so it is never read.
    case documentType
    /// Elements are nested deeper than allowed.
    case tooDeep
    /// It is larger than allowed.
    case tooLarge
    /// It is not well formed, from the byte at `offset` on.
    case malformed(offset: Int)
}

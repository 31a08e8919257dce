import COpenSSL

/// Where this process's secrets are: those of its environment, too.
package enum ProcessMemory {
    /// Keeps other processes of the same user, unless they are privileged, from reading it in `/proc` and from attaching to
    /// it, and keeps it out of core files. A program that this process becomes or starts is not affected.
    ///
    /// Source: prctl(2), `PR_SET_DUMPABLE`; as ssh-agent does.
    package static func hide() { keyless_make_undumpable() }
}

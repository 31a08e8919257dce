import CCurl
import Domain
import Synchronization

/// All transfers of a client: one multi handle, driven by one thread that sleeps unless there is something to do.
///
/// Other threads only leave orders in the inbox and wake the loop. Everything else belongs to the loop's thread, which
/// is why this may be shared. The thread keeps the loop alive, so the multi handle goes when both the thread has ended
/// and nobody can wake it any more.
final class MultiLoop: @unchecked Sendable {
    private enum Order {
        case begin(PendingRequest)
        case abandon(PendingRequest)

        /// ``CurlHTTPClient/warmUp(_:limits:)`` alone asks for a head.
        var isWarmUp: Bool {
            if case .begin(let pending) = self { pending.request.method == .head } else { false }
        }
    }

    private struct Inbox {
        var orders: [Order] = []
        var isClosed = false
    }

    /// How many idle connections are kept: as many as transfers run at once in the widest command.
    private static let keptConnections = 128
    /// How long the loop sleeps when no limit can run out. Any length would do: orders wake it.
    private static let longestSleep = Duration.seconds(60)

    private let multi: UnsafeMutableRawPointer
    private let share: UnsafeMutableRawPointer
    private let configuration: TransportConfiguration
    private let time: any TimeSource
    private let inbox = Mutex(Inbox())

    /// Each is asked where the one before knows no authority for a certificate.
    private let authorities: [CertificateAuthorities]
    /// Which of them to ask first about a host, where those before know nothing of it.
    private var firstAuthorities: [String: Int] = [:]
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]

    /// Starts the thread.
    ///
    /// - Parameter system: where the system keeps its certificate authorities.
    /// - Throws: ``HTTPError/configuration(reason:)``.
    init(
        _ configuration: TransportConfiguration, system: CertificateAuthorities, time: any TimeSource
    ) throws(HTTPError) {
        guard let multi = curl_multi_init() else { throw .configuration(reason: "libcurl has no memory") }
        guard let share = curl_share_init() else {
            curl_multi_cleanup(multi)
            throw .configuration(reason: "libcurl has no memory")
        }
        (self.multi, self.share, self.configuration, self.time) = (multi, share, configuration, time)
        let bundle = configuration.caBundle.map { CertificateAuthorities(file: $0) }
        let keepsSystem = bundle == nil || configuration.keepsSystemAuthorities
        authorities =
            (keepsSystem ? [system.directoryOnly, system] : []).compactMap(\.self) + [bundle].compactMap(\.self)
        // Only the loop's thread uses handles that share, so no locks.
        keyless_curl_share_set_data(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION)
        keyless_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        keyless_curl_multi_set_long(multi, keyless_CURLMOPT_QUICK_EXIT, 1)
        try start()
    }

    deinit {
        curl_multi_cleanup(multi)
        curl_share_cleanup(share)
    }

    // MARK: - From any thread

    /// Has the loop work on a request.
    func begin(_ pending: PendingRequest) { send(.begin(pending)) }

    /// Has the loop drop a request that has its answer.
    func abandon(_ pending: PendingRequest) { send(.abandon(pending)) }

    /// Ends the thread, soon. Whatever is under way is cancelled.
    func stop() {
        inbox.withLock { $0.isClosed = true }
        curl_multi_wakeup(multi)
    }

    private func send(_ order: Order) {
        let isClosed = inbox.withLock { inbox in
            if !inbox.isClosed { inbox.orders.append(order) }
            return inbox.isClosed
        }
        if isClosed, case .begin(let pending) = order { pending.finish(.failure(.cancelled)) }
        if !isClosed { curl_multi_wakeup(multi) }
    }

    // MARK: - The thread

    private func start() throws(HTTPError) {
        // The thread takes no signal: they are for the threads that know what to do, and SIGPIPE, which OpenSSL can
        // cause by writing to a connection that is gone, is for nobody. Threads inherit the mask.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        let this = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                context.map { Unmanaged<MultiLoop>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, this.toOpaque())
        guard code == 0 else {
            this.release()
            throw .configuration(reason: "the system has no thread left for network requests")
        }
        pthread_detach(thread)
    }

    private func run() {
        var running: CInt = 0
        while takeOrders(), curl_multi_perform(multi, &running) == CURLM_OK {
            finishDone()
            let sleep = expireOverdue()
            guard curl_multi_poll(multi, nil, 0, CInt(sleep.wholeMilliseconds), nil) == CURLM_OK else { break }
        }
        let unread = inbox.withLock { inbox in
            inbox.isClosed = true
            return inbox.orders
        }
        for case .begin(let pending) in unread { pending.finish(.failure(.cancelled)) }
        for transfer in transfers.values { end(transfer, .failure(.cancelled)) }
    }

    /// `false` when the loop is to end.
    private func takeOrders() -> Bool {
        let (orders, isClosed) = inbox.withLock { inbox in
            defer { inbox.orders = [] }
            return (inbox.orders, inbox.isClosed)
        }
        // Of handshakes that begin together the one whose answer is waited for goes first.
        for order in orders.filter({ !$0.isWarmUp }) + orders.filter(\.isWarmUp) {
            switch order {
            case .begin(let pending):
                if !pending.isAnswered { attempt(pending, firstAuthorities[pending.request.url.authority] ?? 0) }
            case .abandon(let pending):
                if let transfer = transfers.values.first(where: { $0.pending === pending }) {
                    end(transfer, .failure(.cancelled))
                }
            }
        }
        return !isClosed
    }

    /// - Parameter place: which of ``authorities`` to ask.
    private func attempt(_ pending: PendingRequest, _ place: Int) {
        do throws(HTTPError) {
            let transfer = try Transfer(
                pending, configuration: configuration, authorities: authorities[place], share: share, time: time)
            guard curl_multi_add_handle(multi, transfer.raw) == CURLM_OK else {
                throw .configuration(reason: "libcurl does not take another transfer")
            }
            transfers[transfer.raw] = transfer
        } catch {
            pending.finish(.failure(error))
        }
    }

    private func finishDone() {
        var left: CInt = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let transfer = transfers[message.pointee.easy_handle] else {
                continue
            }
            let code = message.pointee.data.result
            let place = (authorities.firstIndex(of: transfer.authorities) ?? 0) + 1
            if transfer.lacksAuthority(after: code), place < authorities.count {
                // Nothing was sent yet, so the request can begin again. See CertificateAuthorities.
                firstAuthorities[transfer.pending.request.url.authority] = place
                drop(transfer)
                attempt(transfer.pending, place)
            } else {
                end(transfer, transfer.answer(after: code))
            }
        }
    }

    /// Ends what has taken too long, and says how long it is until more could.
    private func expireOverdue() -> Duration {
        guard !transfers.isEmpty else { return Self.longestSleep }
        let now = time.uptime()
        var sleep = Self.longestSleep
        for transfer in transfers.values {
            let (moment, phase) = transfer.expiry
            if moment <= now {
                end(transfer, .failure(.timedOut(host: transfer.pending.request.url.host, phase: phase)))
            } else {
                sleep = min(sleep, moment - now)
            }
        }
        return sleep
    }

    /// Answers before dropping: an old libcurl may wait for its resolver there.
    private func end(_ transfer: Transfer, _ answer: PendingRequest.Answer) {
        transfer.pending.finish(answer)
        drop(transfer)
    }

    private func drop(_ transfer: Transfer) {
        curl_multi_remove_handle(multi, transfer.raw)
        transfers[transfer.raw] = nil
    }
}

// swift-tools-version:6.1

import PackageDescription

// Rules of the house, enforced here and by scripts/check: the Swift 6 language mode, warnings are errors, and a target
// sees only what it lists (build with `--explicit-target-dependency-import-check error`, as every script does).
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-warnings-as-errors"]),
]

let package = Package(
    name: "keyless",
    products: [
        .executable(name: "keyless", targets: ["CLI"]),
        .executable(name: "keyless-sandbox", targets: ["Sandbox"]),
    ],
    // Exact, so that a commit gives the same archive whenever it is built. swift-system, which NIO names too, is left
    // out: nothing of it gets into a product, and SwiftPM warns of a package that no target uses.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        // NIO's own.
        .package(url: "https://github.com/apple/swift-atomics", exact: "1.3.0"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    ],
    targets: [
        .executableTarget(
            name: "CLI",
            dependencies: [
                "Operations", "CurlTransport", "LinuxSystem", "Domain", "TLSCrypto",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]
        ),
        .target(
            name: "Operations",
            dependencies: ["Domain", "AWS", "AzureDevOps", "CredentialServer", "TLSCrypto", "LinuxSystem"],
            swiftSettings: strict),
        .target(name: "LinuxSystem", dependencies: ["Domain"], swiftSettings: strict),
        .target(name: "Domain", swiftSettings: strict),
        .target(name: "AWS", dependencies: ["Domain", "TLSCrypto"], swiftSettings: strict),
        .target(name: "AzureDevOps", dependencies: ["Domain"], swiftSettings: strict),
        .target(name: "CurlTransport", dependencies: ["Domain", "CCurl"], swiftSettings: strict),
        .target(name: "TLSCrypto", dependencies: ["Domain", "COpenSSL"], swiftSettings: strict),
        .target(
            name: "CredentialServer",
            dependencies: [
                "Domain", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                // NIO's, and named for its version alone.
                .product(name: "Atomics", package: "swift-atomics"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),

        // Tests and the demo only: a strict stand-in for Azure DevOps and AWS, as a library and as an executable.
        .target(
            name: "Emulator",
            dependencies: [
                "Domain", "TLSCrypto", "COpenSSL",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/Emulator",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "Sandbox",
            dependencies: [
                "Emulator", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Sandbox",
            swiftSettings: strict
        ),

        // Tests only: the credential server alone in a process, for what is measured from outside.
        .executableTarget(
            name: "CredentialServerHost",
            dependencies: ["CredentialServer", "Domain"],
            path: "Tests/CredentialServerHost",
            swiftSettings: strict
        ),

        // Tests only: what their targets have in common.
        .target(name: "TestSupport", dependencies: ["Domain"], path: "Tests/Support", swiftSettings: strict),

        .testTarget(name: "DomainTests", dependencies: ["Domain", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TLSCryptoTests", dependencies: ["TLSCrypto", "Domain", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AWSTests", dependencies: ["AWS", "Domain", "TLSCrypto", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AzureDevOpsTests", dependencies: ["AzureDevOps", "Domain", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CurlTransportTests", dependencies: ["CurlTransport", "CCurl", "Domain", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "EmulatorTests", dependencies: ["Emulator", "Domain", "TLSCrypto", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CredentialServerTests",
            dependencies: ["CredentialServer", "CredentialServerHost", "Domain", "TestSupport"],
            exclude: ["Callers"],
            swiftSettings: strict),
        .testTarget(
            name: "LinuxSystemTests", dependencies: ["LinuxSystem", "Domain", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Operations", "Domain", "AWS", "AzureDevOps", "CredentialServer", "TLSCrypto", "LinuxSystem",
                "CurlTransport", "Emulator", "TestSupport",
            ],
            swiftSettings: strict),
        // The commands, and the built binary as users run it.
        .testTarget(
            name: "CLITests",
            dependencies: [
                "CLI", "Operations", "Emulator", "Domain", "LinuxSystem", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
    ]
)

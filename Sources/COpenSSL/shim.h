// The part of OpenSSL 3 that TLSCrypto uses, and the emulator of the tests.
#ifndef KEYLESS_COPENSSL_SHIM_H
#define KEYLESS_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <sys/prctl.h>

#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "keyless needs OpenSSL 3.0 or newer: apt-get install libssl-dev"
#endif

// A macro made of others, which Swift does not import.
static const int keyless_evp_pkey_public_key = EVP_PKEY_PUBLIC_KEY;

// A parameter builder keeps the addresses of the names it is given; a Swift string's lasts for the call only.
static inline const char *keyless_rsa_n(void) { return OSSL_PKEY_PARAM_RSA_N; }
static inline const char *keyless_rsa_e(void) { return OSSL_PKEY_PARAM_RSA_E; }

// Variadic, so Swift cannot call it.
static inline void keyless_make_undumpable(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

#endif

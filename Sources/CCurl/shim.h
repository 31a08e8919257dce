// Typed doors to libcurl's variadic functions, which Swift cannot call: one per option type, never one per option.
#ifndef KEYLESS_CCURL_SHIM_H
#define KEYLESS_CCURL_SHIM_H

#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075100
#error "keyless needs libcurl 7.81 or newer: apt-get install libcurl4-openssl-dev"
#endif

static inline CURLcode keyless_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyless_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

#endif

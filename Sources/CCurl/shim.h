// Typed doors to libcurl's variadic functions, which Swift cannot call: one per option type, never one per option.
#ifndef KEYLESS_CCURL_SHIM_H
#define KEYLESS_CCURL_SHIM_H

#include <curl/curl.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>

#if LIBCURL_VERSION_NUM < 0x075100
#error "keyless needs libcurl 7.81 or newer: apt-get install libcurl4-openssl-dev"
#endif

// Options by number: the first is marked deprecated since 7.85 but is the one spelling every version knows; the others
// are newer than 7.81, and an older library answers "unknown option".
static const CURLoption keyless_CURLOPT_PROTOCOLS = (CURLoption)181;
static const CURLoption keyless_CURLOPT_QUICK_EXIT = (CURLoption)322;
static const CURLMoption keyless_CURLMOPT_QUICK_EXIT = (CURLMoption)21;

static inline CURLcode keyless_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyless_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyless_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyless_curl_set_data_callback(CURL *handle, CURLoption option, curl_write_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyless_curl_set_prereq_callback(CURL *handle, CURLoption option, curl_prereq_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyless_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode keyless_curl_get_certificates(CURL *handle, CURLINFO info, struct curl_certinfo **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode keyless_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLSHcode keyless_curl_share_set_data(CURLSH *share, CURLSHoption option, curl_lock_data value) {
    return curl_share_setopt(share, option, value);
}

// GNU's, which Swift's view of the C library leaves out.
extern int sched_getcpu(void);
extern int sched_getaffinity(pid_t process, size_t size, cpu_set_t *processors);
extern int pthread_attr_setaffinity_np(pthread_attr_t *attributes, size_t size, const cpu_set_t *processors);

// Gives every thread's heap a megabyte at once, which takes memory only where it is used. glibc would go to the system
// for every 4 kB.
static inline void keyless_widen_heaps(void) { mallopt(M_TOP_PAD, 1 << 20); }

#endif

// Shows the thread sanitizer the lock behind Swift's Mutex under Linux. Where a lock is contended it is taken inside libswiftSynchronization,
// which is not built for the sanitizer, so that every program which contends for a Mutex is reported. This waits in sight of it instead.
//
// build: clang -fsanitize=thread -shared -fPIC -O1 -o libmutex.so mutex.c; use: LD_PRELOAD
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

// Synchronization._MutexHandle._lockSlow(UInt32): the word is 0 when free, else the holder's thread.
__attribute__((swiftcall)) void lock_slow(uint32_t thread, __attribute__((swift_context)) _Atomic uint32_t *word)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

__attribute__((swiftcall)) void lock_slow(uint32_t thread, __attribute__((swift_context)) _Atomic uint32_t *word) {
    uint32_t unheld = 0;
    while (!atomic_compare_exchange_strong_explicit(word, &unheld, thread, memory_order_acquire, memory_order_relaxed)) {
        unheld = 0;
        usleep(50);
    }
}

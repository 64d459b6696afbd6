// Package quickkey makes RSA keys for tests, which sign and decrypt twenty times as fast as others.
//
// RSA works modulo any product of different primes, and the smaller they are, the less the owner's
// half of it costs. A key of this package has 32 primes of 64 bits. Who verifies or encrypts sees a
// key of 2048 bits like any other, and does with it what he does with others. Anybody can factor
// it: it protects nothing.
//
// Files use each other in this order only: key, padding.
package quickkey

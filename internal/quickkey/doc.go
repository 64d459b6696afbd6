// Package quickkey makes RSA keys for tests, which sign and decrypt twenty times as fast as others.
//
// RSA works modulo any product of different primes, and private operations cost less with smaller
// primes. A key of this package has 32 primes of 64 bits. Its public half is an ordinary key of
// 2048 bits, to verify and to encrypt with. Anybody can factor it: it protects nothing.
//
// Files use each other in this order only: key, padding.
package quickkey

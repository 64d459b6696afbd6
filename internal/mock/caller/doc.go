// Package caller sends signed requests with sealed fields, like a merchant's client. The mock
// server's pages and tests use it.
package caller

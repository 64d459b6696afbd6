// Package caller sends requests as a merchant's client does: fields sealed, the whole signed. The
// mock server's own pages and tests use it.
package caller

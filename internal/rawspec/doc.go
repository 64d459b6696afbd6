// Package rawspec reads a description as plain YAML. It follows $refs itself and makes no
// decisions. It is for tests that must not trust the generator's own loader.
//
// Files use each other in this order only: limit, operation, rawspec.
package rawspec

// Package naming gives the operations and the shared schemas of a description their names.
//
// The rule for operations is in operation.go, that for shared schemas in share.go, and the words
// that both know in words.go.
//
// Files use each other in this order only: inline, operation, varnames, component, sharing, words.
package naming

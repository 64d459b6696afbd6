// Package naming gives the operations and the shared schemas of a description their names.
//
// The rule for operations is in operation.go, the rule for sharing in sharing.go, and the rule for
// the names of shared schemas in components.go and candidates.go. All of them use the words in
// vocabulary.go.
//
// Files use each other in this order only: operation, components, candidates, inline, sharing,
// varnames, goname, vocabulary.
package naming

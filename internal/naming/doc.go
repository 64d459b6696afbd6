// Package naming gives the operations and the shared schemas of a description their names.
//
// The rule for operations is in operation.go, the rule for what is shared in sharing.go, that for
// the names of shared schemas in components.go and candidates.go, and the words that all of them
// know in vocabulary.go.
//
// Files use each other in this order only: operation, components, candidates, inline, sharing,
// varnames, goname, vocabulary.
package naming

// Package check holds every object of a description against the dialect that wxgen understands.
//
// The dialect is in dialect.go: for each kind of object, the keys it may hold and what they take.
// check.go walks a file along it. Each of the other files has the rules of one kind of object, or
// of one concern of several kinds.
//
// Files use each other in this order only: null, document, operation, warn, parts, fact, schema,
// sample, param, link, limit, example, enum, choice, unused, check, dialect, conform.
package check

// Package diff tells what changed for a caller between two descriptions: on the wire, as oasdiff
// sees it, with what OpenAPI has no words for; and in Go, as apidiff sees the generated packages.
//
// Files use each other in this order only: report, diff, gocode, goplace, wire, mark, exchange,
// class, change.
package diff

// Package diff reports what changed for a caller between two descriptions. On the wire it uses
// oasdiff, and compares the extensions itself. In Go it compares the generated packages with
// apidiff.
//
// Files use each other in this order only: report, diff, gocode, goplace, wire, mark, exchange,
// class, change.
package diff

// Package layout prints a description in its one canonical form, and keeps all comments.
//
// wxgen fmt calls Format. Parse and Canonical are its two halves, for callers that change the tree
// in between. The functions of node.go read and build such trees.
//
// Files use each other in this order only: format, verify, parse, print, order, attach, comment,
// oneline, kind, scalar, json, node.
package layout

// Package known tells what a description already has under a name: which fields are sealed, which
// object holds which field, and what the operations send and get. With it a page can be read that
// has lost such facts.
//
// Files use each other in this order only: collect, known.
package known

// Package known tells what a description already knows of names: which fields are sealed, which
// object holds which field, and what the operations look like. A page that lost such things on its
// way is read with it.
//
// Files use each other in this order only: collect, known.
package known

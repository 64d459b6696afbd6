// Package index lists the operations and notifications of a description, for people who look for
// one. The list is a file beside the description, so that finding one does not take reading all of
// it.
//
// Files use each other in this order only: find, index.
package index

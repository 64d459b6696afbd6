// Package index lists the operations and notifications of a description, so that people can find
// one. The list is a file beside the description: a search need not read the whole description.
//
// Files use each other in this order only: find, index.
package index

// Package names turns names on the wire into Go names. A Go name depends on the wire name alone, so
// a new name never changes another. If two wire names give the same Go name, the caller reports it.
//
// Files use each other in this order only: names, words, glued, letters, initialisms.
package names

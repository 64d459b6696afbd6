// Package names turns names on the wire into Go names. It is pure: a name depends on nothing but
// the wire name, so adding one never renames another. What two wire names make of the same Go name
// is for the caller to refuse.
//
// Files use each other in this order only: names, words, glued, letters, initialisms.
package names

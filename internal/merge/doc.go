// Package merge adds what reference pages know to a description, and changes nothing that people
// have written.
//
// Files use each other in this order only: onto, known, comparevalue, lost, compare, insert,
// unplaced, merge, files, buildnode, build.
package merge

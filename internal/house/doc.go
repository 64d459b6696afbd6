// Package house holds the tests of the order that the packages and files of this repository keep:
// what imports what, what a doc.go says of its files, and how long files, functions and lines are.
package house

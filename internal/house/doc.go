// Package house tests the order of this repository: the imports between packages, the files that
// each doc.go names, and the lengths of files, functions and lines.
package house

// Package bundle tests the document of wxgen bundle with the tools of other languages. It has no
// code but its test.
package bundle

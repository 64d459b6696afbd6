// Package bundle holds the document that wxgen bundle writes against the tools of other languages.
// It has no code but its test.
package bundle

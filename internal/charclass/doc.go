// Package charclass reads a regular expression that only limits the characters of a text and their
// number.
package charclass

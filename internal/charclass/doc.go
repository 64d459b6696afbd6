// Package charclass reads a regular expression that says no more than which characters a text may
// hold, and how many.
package charclass

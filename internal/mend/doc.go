// Package mend does what the faults of a description say is to be done, where they say one thing
// only: a misspelt word is spelt right, a number that should be text gets quotes, what is missing
// is written, what has no meaning goes.
//
// It follows the words of the faults, so that what lint says and what is done cannot differ; what
// it makes is for the caller to check, since a mend may bring to light what it hid.
//
// Files use each other in this order only: mend, text.
package mend

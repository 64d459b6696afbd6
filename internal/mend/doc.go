// Package mend does what the faults of a description ask for, where a fault asks for one thing: it
// corrects a misspelt word, puts a number that should be text in quotes, writes what is missing and
// takes out what has no meaning.
//
// It follows the words of the faults, so that lint and mend cannot differ. The caller checks the
// result, since a mend may reveal another fault.
//
// Files use each other in this order only: mend, text, edit.
package mend

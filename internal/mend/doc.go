// Package mend mends faults of a description that have only one mend: it corrects a misspelt word,
// puts quotes around a number that should be text, writes a missing key and removes one without a
// meaning.
//
// It parses the texts of the faults, so that lint and mend cannot differ. The caller checks the
// result, since a mend may reveal another fault.
//
// Files use each other in this order only: mend, text, edit.
package mend

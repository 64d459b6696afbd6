// Package merge adds what reference pages know to a description, and changes nothing that people
// have written.
package merge

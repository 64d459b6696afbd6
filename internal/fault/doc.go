// Package fault is how wxgen tells what is wrong in a file that people write: where, what, and how
// to mend it.
//
// Files use each other in this order only: fault, cause.
package fault

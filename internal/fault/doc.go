// Package fault holds the faults of files that people write: the place, the fault, and how to mend
// it.
//
// Files use each other in this order only: fault, cause.
package fault

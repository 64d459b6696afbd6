// Package scaffold turns what a command line says of an operation into the facts that its reference
// page would hold, so that a new operation is named, placed and laid out as an imported one is.
//
// Files use each other in this order only: where, scaffold, field.
package scaffold

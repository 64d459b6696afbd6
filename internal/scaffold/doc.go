// Package scaffold turns the command line's description of an operation into the facts of a
// reference page. So wxgen names, places and prints a new operation like an imported one.
//
// Files use each other in this order only: where, scaffold, field.
package scaffold

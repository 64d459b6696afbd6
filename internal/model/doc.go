// Package model holds an API as wxgen generates it: every name is decided, every type resolved,
// every order fixed. Package load builds the model and package emit prints it. Neither imports the
// other.
//
// Files use each other in this order only: spelling, model, webhook, operation, type, limits.
package model

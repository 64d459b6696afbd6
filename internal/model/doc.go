// Package model holds what wxgen knows of an API once its description has been read: every name
// decided, every type resolved, every order fixed. Package load builds the model and package emit
// prints it; neither needs the other.
//
// Files use each other in this order only: spelling, model, webhook, operation, type, limits.
package model

// Package model is what wxgen knows of an API once its description has been read: every name
// decided, every type resolved, every order fixed. Package load builds it, package emit prints it,
// and neither needs the other.
//
// Files use each other in this order only: spelling, limits, model.
package model

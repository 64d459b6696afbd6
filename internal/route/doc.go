// Package route splits the paths of operations into their parts.
//
// Files use each other in this order only: check, route.
package route

// Package route takes the paths of operations apart.
//
// Files use each other in this order only: check, route.
package route

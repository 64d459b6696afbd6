// Package httptext checks and escapes the texts of an HTTP request: paths, headers, queries.
//
// Files use each other in this order only: path, plain.
package httptext

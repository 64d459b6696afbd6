// Package httptext judges and escapes the texts of an HTTP request: paths, headers, queries.
//
// Its files use those before them alone: plain, path.
package httptext

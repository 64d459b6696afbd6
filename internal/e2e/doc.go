// Package e2e holds the end-to-end tests: compiled generated code calls a server that knows the
// description alone.
package e2e

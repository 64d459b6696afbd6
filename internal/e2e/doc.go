// Package e2e holds the tests of the whole: generated code, compiled and run, calls a server that
// judges by the description alone.
package e2e

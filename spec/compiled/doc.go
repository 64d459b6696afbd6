// Package compiled holds the description in the compact form that the mock server reads. wxgen
// generate keeps it current.
package compiled

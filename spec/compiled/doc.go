// Package compiled holds the compact form of the description for the mock server. wxgen generate
// keeps it current.
package compiled

// Package templates holds the texts that wxgen writes besides generated Go: the documentation of
// generated packages and their index, and the first files of a module.
package templates

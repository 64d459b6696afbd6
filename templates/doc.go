// Package templates holds what wxgen writes that is text and no Go made from a description: the
// documentation of generated packages and their index, and the first files of a module.
package templates

// Package budget tests the costs of wxgen: the size of the generated code, the size that it adds to
// a linked program, and the time to build and to generate it.
package budget

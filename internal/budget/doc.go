// Package budget holds wxgen to what it may cost: the size of the generated code, what linking it
// adds to a program, how long it takes to build, and how long generating it takes.
package budget

// Package examples holds what wxgen shows with the help of other modules. Its test compiles the
// code in docs/.
package examples

// Package examples holds examples that need other modules. Its test compiles the code in docs/.
package examples

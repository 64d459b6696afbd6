// Package spell finds the name that a misspelt one probably means.
package spell

// Package config reads wxgen.yaml, which holds the flags that every command line would repeat.
//
// Files use each other in this order only: extend, config.
package config

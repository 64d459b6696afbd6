// Package config reads wxgen.yaml: what a command line would have to say every time.
//
// Files use each other in this order only: extend, config.
package config

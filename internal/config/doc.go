// Package config reads wxgen.yaml: what a command line would have to say every time.
package config

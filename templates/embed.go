// Package templates holds what wxgen writes that is prose: the documentation of generated packages and their index.
package templates

import "embed"

// FS holds the templates, of package text/template.
//
//go:embed *.tmpl
var FS embed.FS

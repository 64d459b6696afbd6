package templates

import "embed"

// FS holds the templates, of package text/template.
//
//go:embed *.tmpl
var FS embed.FS

// Init holds the files that wxgen init writes, below init. Go files end in .tmpl, so that the go
// command ignores them.
//
//go:embed init
var Init embed.FS

package compiled

import "embed"

// FS is the index and a compressed file per service.
//
//go:embed *.gz v3 brand
var FS embed.FS
